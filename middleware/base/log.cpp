#include "middleware/base/log.h"

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <string>

namespace linli::base {
namespace {

spdlog::level::level_enum to_spdlog(Log::Level level) {
    switch (level) {
        case Log::Level::Debug: return spdlog::level::debug;
        case Log::Level::Info: return spdlog::level::info;
        case Log::Level::Warning: return spdlog::level::warn;
        case Log::Level::Error: return spdlog::level::err;
    }
    return spdlog::level::off;
}

class StderrLog final : public Log {
  public:
    StderrLog(std::string_view program, Level lowest)
        : logger_(std::string(program), std::make_shared<spdlog::sinks::stderr_sink_mt>()) {
        logger_.set_pattern("%Y-%m-%dT%H:%M:%S.%eZ %n %l: %v", spdlog::pattern_time_type::utc);
        logger_.set_level(to_spdlog(lowest));
        logger_.flush_on(spdlog::level::debug);
    }

    void write(Level level, std::string_view line) override {
        logger_.log(to_spdlog(level), spdlog::string_view_t(line.data(), line.size()));
    }

  private:
    spdlog::logger logger_;
};

class SilentLog final : public Log {
  public:
    void write(Level, std::string_view) override {}
};

}  // namespace

std::unique_ptr<Log> make_stderr_log(std::string_view program, Log::Level lowest) {
    return std::make_unique<StderrLog>(program, lowest);
}

std::unique_ptr<Log> make_silent_log() { return std::make_unique<SilentLog>(); }

}  // namespace linli::base
