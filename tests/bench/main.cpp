// linli-bench: the benchmarks, as a table and as JSON.

#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cstdio>

#include "middleware/base/file.h"
#include "middleware/base/local_time.h"
#include "middleware/text/catalog.h"
#include "tests/bench/booking_bench.h"
#include "tests/bench/core_bench.h"
#include "tests/bench/epg_bench.h"
#include "tests/bench/guide_bench.h"
#include "tests/bench/sync_bench.h"
#include "tests/bench/watch_bench.h"

using namespace linli;

namespace {

base::Result<void> bench_appointments(const std::string& programs, const std::string& sample, std::vector<bench::Figure>& figures) {
    LINLI_CHECK(bench::bench_answer(sample, figures));
    return bench::bench_bookings(programs, figures);
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App cli("Linli TV: benchmarks");
    std::string group = "core", json, frames;
    cli.add_option("group", group, "which ones")->check(CLI::IsMember({"core", "sync", "epg", "fleet", "appointments"}));
    cli.add_option("--json", json, "write the figures to this file too");
    cli.add_option("--dump-frames", frames, "write the frames of the bare program to this file instead");
    CLI11_PARSE(cli, argc, argv);

    if (group == "fleet") {
        // Another program: what it shares with the tests has an allocator of its own.
        std::string program = LINLI_BUILD_DIR "/bin/linli-bench-fleet";
        ::execl(program.c_str(), program.c_str(), json.c_str(), nullptr);
    }
    base::set_time_zone("Asia/Shanghai");
    text::Catalog::install(LINLI_BUILD_DIR "/locale");
    std::vector<bench::Figure> figures;
    auto sample = LINLI_SOURCE_DIR "/simulator/samples/city";
    auto programs = LINLI_BUILD_DIR "/bin";
    auto bench_television = [&] {
        auto done = bench::bench_epg(figures);
        if (done) done = bench::bench_guide(programs, sample, figures);
        return done ? bench::bench_watching(programs, figures) : done;
    };
    auto done = !frames.empty()           ? bench::dump_frames(sample, frames)
                : group == "sync"         ? bench::bench_city_sync(programs, sample, figures)
                : group == "epg"          ? bench_television()
                : group == "appointments" ? bench_appointments(programs, sample, figures)
                                          : bench::bench_core(programs, sample, figures);
    if (!done) {
        std::fprintf(stderr, "linli-bench: %s\n", done.error().message.c_str());
        return 1;
    }
    bench::print_table(figures);
    if (!json.empty()) {
        if (auto written = base::write_file_atomically(json, bench::to_json(figures)); !written) {
            std::fprintf(stderr, "linli-bench: %s\n", written.error().message.c_str());
            return 1;
        }
    }
    return 0;
}
