#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace linli::tests {

/// What is done to a program at one of its calls that change the disk (fault_disk.cpp). `Cut` are power cuts.
enum class FaultKind { None, Kill, Full, Cut, CutBytes, CutSome };

struct Fault {
    FaultKind kind = FaultKind::None;
    long at = 0;
};
/// "kill:17"
std::string to_text(const Fault& fault);

struct FaultyRun {
    /// The fault ended the program; else it ended by itself with `status`.
    bool was_ended = false;
    int status = 0;
    /// How many calls changed the disk; of a program that ended by itself.
    long calls = 0;
    /// What it said on its standard error output.
    std::string message;
};

/// Runs a program of the build with a fault on everything below `disk`, an absolute path.
FaultyRun run_with_fault(const std::vector<std::string>& command, const std::filesystem::path& disk, const Fault& fault);

/// The path of a program of the build.
std::string program(const std::string& name);

/// A program and the state of the disk that it begins with.
struct FaultLoop {
    std::vector<std::string> command;
    /// Copied to `disk` before every run.
    std::filesystem::path before;
    std::filesystem::path disk;
    /// Of each kind at most this many calls are tried, evenly spread.
    long most_points = 1000;
    std::vector<FaultKind> kinds = {FaultKind::Kill, FaultKind::Full, FaultKind::Cut, FaultKind::CutBytes,
                                    FaultKind::CutSome};
};

/// Tries every call with every kind of fault. `examine` looks at the disk afterwards and says what is wrong, or
/// nothing. Returns what it said with the fault, a line each: empty when all was well.
std::string try_every_fault(const FaultLoop& loop, const std::function<std::string(const FaultyRun&)>& examine);

}  // namespace linli::tests
