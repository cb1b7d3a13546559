// A box against a publication of 100,000 items.

#include <sstream>

#include "content/exchange_reader.h"
#include "content/exchange_writer.h"
#include "content/fault.h"
#include "middleware/base/compress.h"
#include "middleware/base/file.h"
#include "middleware/base/format.h"
#include "platform/publication/delta_prefix.h"
#include "platform/publication/head.h"
#include "platform/publication/signed_file.h"
#include "tests/bench/child.h"
#include "tests/bench/core_content.h"
#include "tests/bench/sync_bench.h"

namespace linli::bench {
namespace {

struct Synced {
    double milliseconds = 0;
    std::uint64_t bytes = 0;
    double peak_mb = 0;
    double written_pages = 0;
};

base::Result<Synced> sync(Child& box) {
    box.write_line("sync");
    std::string line = box.read_line();
    std::istringstream in(line);
    std::string word;
    Synced synced;
    double peak_kb = 0, written = 0;
    if (!(in >> word >> synced.milliseconds >> synced.bytes >> peak_kb >> written) || word != "fresh")
        return base::fail("the box did not sync: " + line);
    synced.peak_mb = peak_kb / 1024;
    synced.written_pages = written / 4096;
    return synced;
}

base::Result<Child> start_box(const SyncSetup& setup, const std::string& name) {
    std::filesystem::remove_all(setup.work / name);
    std::filesystem::create_directories(setup.work / name);
    return Child::start({setup.programs / "linli-bench-sync", setup.publication_url, setup.root_file, setup.work / name});
}

base::Result<platform::Head> read_head_of(const SyncSetup& setup, const std::string& area) {
    auto path = platform::head_path(*content::AreaCode::parse(area), platform::Part::Content);
    LINLI_TRY(bytes, base::read_file(setup.tree / path));
    LINLI_TRY(file, platform::read_signed(bytes));
    return platform::read_head(file.payload);
}

/// Changes every item of one file, as an editor would.
base::Result<void> change_file(const std::filesystem::path& file, int round) {
    LINLI_TRY(text, base::read_file(file));
    std::vector<content::Item> items;
    content::ExchangeReader reader(
        content::ExchangeReader::Strictness::FirstFault,
        [&](const content::Item& item, std::string_view, xml::Place) {
            items.push_back(item);
            std::visit(
                [&](auto& content) {
                    if constexpr (requires { content.summary; }) content.summary = base::format("第{}次更正。", round) + content.summary;
                },
                items.back().content);
        },
        [](const content::Fault&) {});
    if (!reader.push(text) || !reader.finish()) return base::fail("cannot read " + file.string());
    return base::write_file_atomically(file, content::write_exchange(*reader.area(), items));
}

/// The changed items alone, as they are published: what a delta unpacks to without the element around them.
base::Result<std::string> items_of(const SyncSetup& setup, const platform::Head::Delta& delta) {
    LINLI_TRY(packed, base::read_file(setup.tree / platform::packed_path(delta.sha256)));
    LINLI_TRY(document, base::decompress(packed, delta.unpacked_length, {.prefix = platform::delta_prefix()}));
    auto begin = document.find('\n', document.find("<exchange"));
    auto end = document.rfind("</exchange>");
    if (begin == std::string::npos || end == std::string::npos) return base::fail("a delta is not as it should be");
    return document.substr(begin + 1, end - begin - 1);
}

base::Result<void> bench_delta(const SyncSetup& setup, Child& box, double unchanged_ms, std::vector<Figure>& figures) {
    std::vector<double> applied;
    double bytes = 0, packed_bytes = 0, pages = 0;
    for (int round = 1; round <= 5; ++round) {
        LINLI_CHECK(change_file(setup.content / "12" / base::format("part-{:04}.xml", 100 + round), round));
        LINLI_CHECK(run_program({setup.programs / "linli-publish", "publish", setup.content, "--to", setup.tree, "--key", setup.keys}));
        LINLI_TRY(head, read_head_of(setup, "12"));
        if (head.deltas.empty()) return base::fail("the head of the city has no delta");
        LINLI_TRY(changed, items_of(setup, head.deltas.front()));
        LINLI_TRY(packed, base::compress(changed));
        bytes = static_cast<double>(head.deltas.front().length);
        packed_bytes = static_cast<double>(packed.size());
        LINLI_TRY(synced, sync(box));
        applied.push_back(synced.milliseconds - unchanged_ms);
        pages = synced.written_pages;
    }
    figures.push_back({"sync", "delta of 100 items, bytes", bytes / 1000, "kB", packed_bytes / 1000, "ratio <= 1.0"});
    figures.push_back({"sync", "  fetched and applied", median(applied), "ms", std::nullopt, "value <= 5"});
    figures.push_back({"sync", "  written pages", pages, "", std::nullopt, ""});
    return {};
}

/// The words that are looked for: pieces of titles and of texts, and some that are nowhere.
std::vector<std::string> words_of_length(const SyncSetup& setup, std::size_t characters);

base::Result<void> bench_search(const SyncSetup& setup, Child& box, std::vector<Figure>& figures) {
    for (std::size_t characters : {1u, 2u, 4u}) {
        std::vector<double> took;
        for (const std::string& words : words_of_length(setup, characters)) {
            box.write_line("search " + words);
            std::istringstream in(box.read_line());
            std::string word;
            double milliseconds = 0;
            if (!(in >> word >> milliseconds) || word != "found") return base::fail("a search failed");
            took.push_back(milliseconds);
        }
        figures.push_back({"sync", base::format("search of {} characters, p50", characters), median(took), "ms", std::nullopt, "value <= 1"});
        figures.push_back({"sync", base::format("search of {} characters, p99", characters), percentile(took, 0.99), "ms", std::nullopt, "value <= 10"});
    }
    std::vector<double> took;
    for (const char* digits : {"7699", "2", "9", "5478", "94", "747", "999", "3456", "78", "23"}) {
        box.write_line(std::string("digits ") + digits);
        std::istringstream in(box.read_line());
        std::string word;
        double milliseconds = 0;
        if (!(in >> word >> milliseconds) || word != "found") return base::fail("a search by digits failed");
        took.push_back(milliseconds);
    }
    figures.push_back({"sync", "search by digits, slowest", percentile(took, 1.0), "ms", std::nullopt, "value <= 10"});
    return {};
}

std::vector<std::string> words_of_length(const SyncSetup& setup, std::size_t characters) {
    constexpr std::size_t kBytesOfHan = 3;
    std::vector<std::string> words{std::string("龘龘龘龘").substr(0, characters * kBytesOfHan)};
    auto text = base::read_file(setup.content / "12" / "part-0050.xml");
    for (std::size_t at = 0; text && at + characters * kBytesOfHan < text->size() && words.size() < 500; ++at) {
        auto is_han = [&](std::size_t i) { return static_cast<unsigned char>((*text)[i]) >= 0xE4 && static_cast<unsigned char>((*text)[i]) <= 0xE9; };
        bool all = true;
        for (std::size_t i = 0; i < characters; ++i) all = all && is_han(at + i * kBytesOfHan);
        if (!all) continue;
        words.push_back(text->substr(at, characters * kBytesOfHan));
        at += 37 * kBytesOfHan;
    }
    return words;
}

}  // namespace

base::Result<double> peak_of_first_sync(const SyncSetup& setup) {
    LINLI_TRY(box, start_box(setup, "box"));
    LINLI_TRY(synced, sync(box));
    return synced.peak_mb;
}

base::Result<void> bench_box(const SyncSetup& setup, std::vector<Figure>& figures) {
    std::vector<double> ours, limits;
    Synced first;
    SyncLimit limit;
    for (int run = 0; run < 3; ++run) {
        LINLI_TRY(box, start_box(setup, "box"));
        LINLI_TRY(synced, sync(box));
        LINLI_TRY(measured, measure_limit(setup));
        ours.push_back(synced.milliseconds);
        limits.push_back(measured.sum());
        first = synced;
        limit = measured;
    }
    figures.push_back({"sync", "first sync of 100,000 items, searchable", median(ours), "ms", median(limits), "ratio <= 1.5"});
    figures.push_back({"sync", "  limit: loopback download", limit.download, "ms", std::nullopt, ""});
    figures.push_back({"sync", "  limit: zstd", limit.unpack, "ms", std::nullopt, ""});
    figures.push_back({"sync", "  limit: signatures", limit.signatures, "ms", std::nullopt, ""});
    figures.push_back({"sync", "  limit: Expat with empty handlers", limit.parse, "ms", std::nullopt, ""});
    figures.push_back({"sync", "  limit: plain inserts", limit.insert, "ms", std::nullopt, ""});
    figures.push_back({"sync", "  bytes", static_cast<double>(first.bytes) / 1e6, "MB", static_cast<double>(limit.packed_bytes) / 1e6, ""});
    figures.push_back({"sync", "  written pages", first.written_pages, "", static_cast<double>(std::filesystem::file_size(setup.work / "plain.db")) / 4096, ""});
    figures.push_back({"sync", "  peak memory", first.peak_mb, "MB", std::nullopt, "value <= 60"});

    LINLI_TRY(box, start_box(setup, "box"));
    LINLI_CHECK(sync(box));
    std::vector<double> polls;
    Synced poll;
    for (int run = 0; run < 9; ++run) {
        LINLI_TRY(synced, sync(box));
        poll = synced;
        polls.push_back(poll.milliseconds);
    }
    figures.push_back({"sync", "unchanged poll of 4 areas", median(polls), "ms", std::nullopt, ""});
    figures.push_back({"sync", "  bytes an area", static_cast<double>(poll.bytes) / 4, "B", std::nullopt, "value <= 500"});
    figures.push_back({"sync", "  written pages", poll.written_pages, "", std::nullopt, "value <= 0"});
    LINLI_CHECK(bench_delta(setup, box, median(polls), figures));
    return bench_search(setup, box, figures);
}

}  // namespace linli::bench
