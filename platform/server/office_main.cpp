#include "platform/server/office_main.h"

#include <cstdio>

#include <CLI/CLI.hpp>

#include "middleware/base/clock.h"
#include "middleware/base/file.h"
#include "middleware/base/format.h"
#include "middleware/base/local_time.h"
#include "platform/appointments/messages.h"
#include "platform/server/office/closed_times.h"
#include "platform/server/office/desk_calendar.h"
#include "platform/server/office/desk_import.h"
#include "platform/server/office/desk_table.h"

namespace linli::platform {

using base::Result;
using namespace std::chrono;

struct OfficeCommand::Settings {
    CLI::App *export_command = nullptr, *import_command = nullptr, *closed_command = nullptr;
    std::string service, from, until, format = "csv", to, file;
};

namespace {

Result<content::ItemKey> read_service(const std::string& text) {
    auto service = parse_service(text);
    if (!service) return base::fail(base::format("--service {}: expected AREA#ID such as 12/0101#health-check", text));
    return *service;
}

Result<year_month_day> read_day(const std::string& text, year_month_day otherwise) {
    if (text.empty()) return otherwise;
    auto day = base::parse_date(text);
    if (!day) return base::fail(base::format("{}: expected a day such as 2026-11-27", text));
    return *day;
}

Result<void> write(const std::string& text, const std::string& file) {
    if (!file.empty()) return base::write_file_atomically(file, text);
    std::fwrite(text.data(), 1, text.size(), stdout);
    return {};
}

}  // namespace

OfficeCommand::OfficeCommand(CLI::App& app)
    : command_(app.add_subcommand("office", "For an office: its list of appointments, and what it hands back")),
      settings_(std::make_unique<Settings>()) {
    Settings& all = *settings_;
    command_->require_subcommand(1);
    all.export_command = command_->add_subcommand("export", "Writes who comes to a service, with masked names, as a table or a calendar");
    all.export_command->add_option("--service", all.service, "such as 12/0101#health-check")->required();
    all.export_command->add_option("--from", all.from, "first day; today without it");
    all.export_command->add_option("--until", all.until, "last day; four weeks on without it");
    all.export_command->add_option("--format", all.format, "csv or ics (iCalendar)")->check(CLI::IsMember({"csv", "ics"}))->capture_default_str();
    all.export_command->add_option("--to", all.to, "a file; the terminal without it");
    all.import_command = command_->add_subcommand("import", "Does what a table says, row by row: bookings at the desk, who came, what is called off");
    all.import_command->add_option("file", all.file, "CSV; docs/platform.md has the columns")->required()->check(CLI::ExistingFile);
    all.closed_command = command_->add_subcommand("closed", "Closes a service while a calendar says that its office is busy");
    all.closed_command->add_option("file", all.file, "iCalendar; takes the place of the one before")->required()->check(CLI::ExistingFile);
    all.closed_command->add_option("--service", all.service, "such as 12/0101#health-check")->required();
}

OfficeCommand::~OfficeCommand() = default;

bool OfficeCommand::is_asked_for() const { return command_->parsed(); }

namespace {

class Office {
  public:
    Office(BookingStore& store, sys_seconds now) : store_(store), now_(now) {}

    Result<void> write_list(const std::string& service_text, const std::string& from, const std::string& until,
                            const std::string& format, const std::string& to) const {
        LINLI_TRY(service, read_service(service_text));
        LINLI_TRY(first, read_day(from, store_.zone().date_of(now_)));
        LINLI_TRY(last, read_day(until, sys_days(first) + days(27)));
        LINLI_TRY(rows, store_.desk_list(service, store_.zone().begin_of(first),
                                         store_.zone().begin_of(sys_days(last) + days(1))));
        return write(format == "ics" ? write_desk_calendar(rows, service.str(), now_) : write_desk_table(rows, store_.zone()), to);
    }

    /// Whether every row was done.
    Result<bool> take_table(const std::string& file) const {
        LINLI_TRY(bytes, base::read_file(file));
        auto outcomes = import_desk_table(bytes, store_, now_);
        if (!outcomes) return base::fail(base::format("{}: {}", file, outcomes.error().message));
        std::size_t not_done = 0;
        for (const DeskOutcome& outcome : *outcomes) {
            std::printf("%s:%zu: %s%s\n", file.c_str(), outcome.line, outcome.is_done ? "" : "NOT DONE: ", outcome.said.c_str());
            not_done += !outcome.is_done;
        }
        std::printf("%zu rows done, %zu not\n", outcomes->size() - not_done, not_done);
        return not_done == 0;
    }

    Result<void> take_closed_times(const std::string& file, const std::string& service_text) const {
        LINLI_TRY(service, read_service(service_text));
        LINLI_TRY(bytes, base::read_file(file));
        auto times = read_closed_times(bytes, now_);
        if (!times) return base::fail(base::format("{}:{}", file, times.error().message));
        LINLI_TRY(answer, store_.import_closed_times(service, *times, now_));
        if (std::holds_alternative<Refusal>(answer)) return base::fail(base::format("{} has no schedule", service.str()));
        std::printf("%zu closed times\n", times->size());
        return {};
    }

  private:
    BookingStore& store_;
    sys_seconds now_;
};

}  // namespace

int OfficeCommand::run(const BookingStoreOptions& store_options, base::Log& log) const {
    auto work = [&]() -> Result<bool> {
        LINLI_TRY(store, open_booking_store(store_options));
        Office office(*store, base::SystemClock().now());
        const Settings& all = *settings_;
        if (all.import_command->parsed()) return office.take_table(all.file);
        auto written = all.closed_command->parsed() ? office.take_closed_times(all.file, all.service)
                                                    : office.write_list(all.service, all.from, all.until, all.format, all.to);
        LINLI_CHECK(written);
        return true;
    };
    auto done = work();
    if (!done) log.error(done.error().message);
    return done && *done ? 0 : 1;
}

}  // namespace linli::platform
