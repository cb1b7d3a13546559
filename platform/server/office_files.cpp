#include "platform/server/office_files.h"

#include "middleware/base/file.h"
#include "middleware/base/format.h"
#include "platform/server/household.h"
#include "platform/server/result_file.h"

namespace linli::platform {

using base::Result;

namespace {

/// What `read` makes of a file; its errors begin with the line.
template <typename T>
Result<T> read(const std::filesystem::path& file, Result<T> (*read)(std::string_view)) {
    LINLI_TRY(bytes, base::read_file(file));
    auto value = read(bytes);
    if (!value) return base::fail(base::format("{}:{}", file.string(), value.error().message));
    return value;
}

/// All that the files hold, one after the other.
template <typename T>
Result<std::vector<T>> read_all(const std::vector<std::filesystem::path>& files,
                                Result<std::vector<T>> (*read_one)(std::string_view)) {
    std::vector<T> all;
    for (const auto& file : files) {
        LINLI_TRY(some, read(file, read_one));
        all.insert(all.end(), std::move_iterator(some.begin()), std::move_iterator(some.end()));
    }
    return all;
}

Result<Holidays> read_calendars(const std::vector<std::filesystem::path>& files) {
    Holidays holidays;
    for (const auto& file : files) {
        LINLI_TRY(some, read(file, read_holidays));
        for (auto& [date, day] : some.days) holidays.days.insert_or_assign(date, std::move(day));
    }
    return holidays;
}

}  // namespace

Result<void> import_files(const OfficeFiles& files, BookingStore& store, std::chrono::sys_seconds now, base::Log& log) {
    LINLI_TRY(households, read_all(files.households, read_households));
    LINLI_TRY(schedules, read_all(files.schedules, read_schedules));
    LINLI_TRY(holidays, read_calendars(files.holidays));
    LINLI_TRY(results, read_all(files.results, read_result_file));
    // Schedules first: households have appointments of their services.
    if (!files.schedules.empty() || !files.holidays.empty())
        LINLI_CHECK(store.import_schedules(schedules, holidays, now));
    if (!files.households.empty()) LINLI_CHECK(store.import_households(households));
    if (!files.results.empty()) LINLI_CHECK(store.import_results(results));
    log.info(base::format("imported: {} households, {} schedules, {} holidays, {} results", households.size(),
                          schedules.size(), holidays.days.size(), results.size()));
    return {};
}

}  // namespace linli::platform
