#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "middleware/base/result.h"
#include "tests/bench/report.h"

namespace linli::bench {

/// What the parts of the sync benchmark share.
struct SyncSetup {
    std::filesystem::path programs;
    std::filesystem::path sample;
    std::filesystem::path work;
    /// The editor's folder, the keys, and the publication that is made from them.
    std::filesystem::path content, keys, tree;
    std::filesystem::path root_file;
    std::string publication_url;
};

base::Result<void> bench_city_sync(const std::filesystem::path& programs, const std::filesystem::path& sample,
                                   std::vector<Figure>& figures);

/// Publishes the folder from nothing, after one edit, and without a change.
base::Result<void> bench_publish(const SyncSetup& setup, std::vector<Figure>& figures);
/// MB that the first sync of a new box takes beyond the program itself.
base::Result<double> peak_of_first_sync(const SyncSetup& setup);
/// First sync, unchanged poll, a delta of 100 items, and searching.
base::Result<void> bench_box(const SyncSetup& setup, std::vector<Figure>& figures);

/// A program that runs to its end.
struct Finished {
    double milliseconds = 0;
    double peak_mb = 0;
};
base::Result<Finished> run_program(const std::vector<std::string>& command);

/// What the first sync costs at the least, one after the other in one thread.
struct SyncLimit {
    double download = 0, signatures = 0, unpack = 0, parse = 0, insert = 0;
    double sum() const { return download + signatures + unpack + parse + insert; }
    std::uint64_t packed_bytes = 0, unpacked_bytes = 0;
};
base::Result<SyncLimit> measure_limit(const SyncSetup& setup);

}  // namespace linli::bench
