#include "tests/bench/sync_content.h"

#include <random>
#include <span>
#include <string>
#include <string_view>

#include "content/checker.h"
#include "content/exchange_writer.h"
#include "middleware/base/file.h"
#include "middleware/base/format.h"
#include "tests/bench/core_content.h"

namespace linli::bench {
namespace {

using content::AreaCode;
using content::Item;
using content::Kind;

constexpr std::size_t kItemsPerFile = 100;
constexpr std::size_t kTextBytes = 120;
/// How many of a hundred items each area of the chain has, from the city down.
constexpr int kShares[] = {40, 30, 20, 10};

/// The sentences of the sample city, and the originals that new items are made from.
struct Pool {
    std::vector<std::string> sentences;
    std::vector<std::string> names;
    std::map<AreaCode, std::vector<Item>> originals;
};

void add_sentences(std::vector<std::string>& sentences, std::string_view text) {
    constexpr std::string_view kStop = "。";
    while (!text.empty()) {
        auto at = text.find(kStop);
        auto end = at == std::string_view::npos ? text.size() : at + kStop.size();
        if (end > 12) sentences.emplace_back(text.substr(0, end));
        text.remove_prefix(end);
    }
}

void add_item(Pool& pool, const Item& item) {
    add_sentences(pool.sentences, item.detail());
    if (auto* listing = std::get_if<content::Listing>(&item.content)) pool.names.push_back(listing->name);
    std::visit(
        [&](const auto& content) {
            if constexpr (requires { content.body; })
                for (const content::Block& block : content.body)
                    if (auto* paragraph = std::get_if<content::Paragraph>(&block))
                        add_sentences(pool.sentences, paragraph->text);
        },
        item.content);
}

bool is_repeated(const Item& item) {
    return item.kind() == Kind::Notice || item.kind() == Kind::Listing || item.kind() == Kind::Guide;
}

base::Result<Pool> read_pool(const std::filesystem::path& sample) {
    content::LoadedFolder loaded = content::load_folder(sample);
    if (!loaded.report.is_good()) return base::fail("the sample has faults");
    Pool pool;
    for (const AreaCode& area : AreaCode::parse(kArea)->chain()) {
        for (const content::LoadedItem& one : loaded.areas.at(area)) {
            if (!content::objects_of(one.item).empty()) continue;
            add_item(pool, one.item);
            pool.originals[area].push_back(one.item);
        }
    }
    return pool;
}

/// Item number `number` of an area: an original with another name, sentences and date.
Item compose(const Pool& pool, const Item& original, int number, std::minstd_rand& random) {
    auto any = [&](const std::vector<std::string>& of) -> const std::string& { return of[random() % of.size()]; };
    Item item = original;
    item.id += base::format("-{}", number);
    item.published -= std::chrono::minutes(random() % (365 * 24 * 60));
    content::Body body;
    for (std::size_t bytes = 0; bytes < kTextBytes;) {
        body.push_back(content::Paragraph{any(pool.sentences)});
        bytes += std::get<content::Paragraph>(body.back()).text.size();
    }
    std::visit(
        [&](auto& content) {
            if constexpr (requires { content.title; }) content.title = any(pool.names) + content.title;
            if constexpr (requires { content.offers; }) content.name = any(pool.names) + base::format("{}", number);
            if constexpr (requires { content.body; }) content.body = std::move(body);
            if constexpr (requires { content.valid_until; }) content.valid_until.reset();
            // The long parts of an original are few in the whole.
            if constexpr (requires { content.offers; }) content.offers.resize(1);
            if constexpr (requires { content.hours; }) content.hours = {};
            if constexpr (requires { content.steps; }) {
                content.steps.resize(1);
                content.papers.clear();
                content.where.resize(1);
                content.where.front().hours = {};
                content.legal_basis.clear();
            }
        },
        item.content);
    return item;
}

}  // namespace

base::Result<std::map<AreaCode, std::vector<Item>>> make_city(const std::filesystem::path& sample, int items) {
    LINLI_TRY(pool, read_pool(sample));
    std::map<AreaCode, std::vector<Item>> city = pool.originals;
    std::minstd_rand random(20261123);
    std::size_t level = 0;
    for (auto& [area, all] : city) {
        std::vector<Item> repeated;
        for (const Item& item : all)
            if (is_repeated(item)) repeated.push_back(item);
        auto wanted = static_cast<std::size_t>(items) * static_cast<std::size_t>(kShares[level++]) / 100;
        for (int number = 1; all.size() < wanted; ++number)
            all.push_back(compose(pool, repeated[random() % repeated.size()], number, random));
    }
    return city;
}

base::Result<void> write_city(const std::filesystem::path& sample, int items, const std::filesystem::path& folder) {
    LINLI_TRY(city, make_city(sample, items));
    for (const auto& [area, all] : city) {
        std::span<const Item> rest(all);
        for (int number = 1; !rest.empty(); ++number) {
            auto part = rest.first(std::min(rest.size(), kItemsPerFile));
            rest = rest.subspan(part.size());
            LINLI_CHECK(base::write_file_atomically(folder / area.str() / base::format("part-{:04}.xml", number),
                                                    content::write_exchange(area, part)));
        }
    }
    return {};
}

}  // namespace linli::bench
