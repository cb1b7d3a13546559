#pragma once

#include <memory>
#include <string_view>

namespace linli::base {

/// The log of a program: one line an event, with ids, never personal data. Handed in by reference.
/// Safe from every thread.
class Log {
  public:
    enum class Level { Debug, Info, Warning, Error };

    virtual ~Log() = default;
    virtual void write(Level level, std::string_view line) = 0;

    void debug(std::string_view line) { write(Level::Debug, line); }
    void info(std::string_view line) { write(Level::Info, line); }
    void warning(std::string_view line) { write(Level::Warning, line); }
    void error(std::string_view line) { write(Level::Error, line); }
};

/// A log to standard error, with the time (UTC) before each line. Lines below `lowest` are dropped.
std::unique_ptr<Log> make_stderr_log(std::string_view program, Log::Level lowest);

/// A log that drops everything: for tools whose output is their own, and for tests.
std::unique_ptr<Log> make_silent_log();

}  // namespace linli::base
