#include "platform/importers/collector.h"

#include <algorithm>
#include <optional>

#include "content/exchange_reader.h"
#include "content/exchange_writer.h"
#include "content/item_check.h"
#include "content/value_type.h"
#include "middleware/base/hash.h"
#include "platform/importers/tidy_item.h"

namespace linli::platform {
namespace {

using content::Fault;
using content::Item;
using content::Message;

constexpr std::string_view kHashedPrefix = "id-";
constexpr std::size_t kHashDigits = 32;

/// What `linli-publish check` would say of the item first.
std::optional<Fault> first_fault(const Item& item) {
    std::optional<Fault> first;
    auto keep_first = [&](Fault fault) {
        if (!first) first = std::move(fault);
    };
    content::ExchangeReader* self = nullptr;
    content::ExchangeReader reader(
        content::ExchangeReader::Strictness::AllFaults,
        [&](const Item& read, std::string_view, xml::Place) {
            content::check_item(read, self->places(), keep_first);
        },
        keep_first);
    self = &reader;
    // Which area it is does not matter to any check of a single item.
    reader.push(content::write_exchange(*content::AreaCode::parse("10"), {&item, 1}));
    reader.finish();
    return first;
}

/// What an editor would miss, in words that say what to do.
Message what_is_missing(const content::Notice& notice) {
    if (notice.title.empty()) return {N_("it has no title"), {}};
    if (notice.issuer.empty()) return {N_("it does not say who issues it; --issuer does"), {}};
    return notice.body.empty() ? Message{N_("it has no text"), {}} : Message{};
}
Message what_is_missing(const content::Listing& listing) {
    if (listing.name.empty()) return {N_("it has no name"), {}};
    return listing.telephones.empty()
               ? Message{N_("it has no telephone number; --telephone gives one"), {}}
               : Message{};
}
template <typename Other>
Message what_is_missing(const Other&) {
    return {};
}

}  // namespace

std::string to_item_id(std::string_view source) {
    std::string_view id = source;
    bool is_id = content::accept_value(content::ValueType::ItemId, id);
    if (is_id && !source.starts_with(kHashedPrefix)) return std::string(source);
    return std::string(kHashedPrefix) + base::Sha256::of(source).substr(0, kHashDigits);
}

Collector::Collector(const std::filesystem::path& file, const ImportOptions& options)
    : file_(file.filename().string()), options_(options) {}

void Collector::accept(Item item, xml::Place place, std::vector<Message> left_out) {
    std::string name = item.title().empty() ? item.id : item.title();
    std::vector<Message> tidied = tidy_item(item);
    left_out.insert(left_out.end(), tidied.begin(), tidied.end());
    Message missing =
        std::visit([](const auto& content) { return what_is_missing(content); }, item.content);
    if (!missing.empty()) {
        drop(std::move(name), place, std::move(missing));
        return;
    }
    if (auto fault = first_fault(item)) {
        drop(std::move(name), place, std::move(fault->what), std::move(fault->expected));
        return;
    }
    for (std::size_t i = 0; i < left_out.size(); ++i)
        if (std::find(left_out.begin(), left_out.begin() + i, left_out[i]) == left_out.begin() + i)
            leave_out(item.title(), place, left_out[i]);
    auto [found, is_new] = by_id_.try_emplace(item.id, imported_.items.size());
    if (is_new) {
        imported_.items.push_back(std::move(item));
        return;
    }
    Item& kept = imported_.items[found->second];
    if (kept.published < item.published) std::swap(kept, item);
    drop(item.title(), place,
         {N_("another entry of the same id is newer, or as new and before it: \"{}\""),
          {kept.title()}});
}

void Collector::drop(std::string entry, xml::Place place, Message why, Message expected) {
    remark(Remark::Loss::Entry, std::move(entry), place, std::move(why), std::move(expected));
}

void Collector::leave_out(std::string entry, xml::Place place, Message what) {
    remark(Remark::Loss::Part, std::move(entry), place, std::move(what), {});
}

void Collector::remark(Remark::Loss loss, std::string entry, xml::Place place, Message what,
                       Message expected) {
    imported_.remarks.push_back(
        {loss, std::move(entry), {file_, place, std::move(what), std::move(expected)}});
}

bool Collector::is_asked_for(std::chrono::sys_seconds begin, std::chrono::sys_seconds end) {
    bool is_before = options_.since && end < *options_.since;
    bool is_after = options_.until && begin > *options_.until;
    if (is_before || is_after) pass_over();
    return !is_before && !is_after;
}

Imported Collector::finish() {
    return std::move(imported_);
}

}  // namespace linli::platform
