#include "platform/server/office/desk_import.h"

#include <algorithm>
#include <array>

#include "content/value_type.h"
#include "middleware/base/format.h"
#include "middleware/base/hash.h"
#include "middleware/base/local_time.h"
#include "platform/appointments/messages.h"
#include "platform/importers/csv_table.h"

namespace linli::platform {

using base::Result;
using namespace std::chrono;
using Verdict = BookingStore::Verdict;

namespace {

constexpr std::array<std::string_view, 8> kColumns{"action", "number", "service", "date", "from", "until", "note", "key"};
constexpr std::size_t kLongestNote = 500;

/// What an office says of one appointment, and the state that this leads to.
struct Word {
    std::string_view action;
    Verdict verdict;
    AppointmentState state;
};
constexpr Word kWords[] = {{"agreed", Verdict::Agreed, AppointmentState::Booked},
                           {"called-off", Verdict::CalledOff, AppointmentState::Cancelled},
                           {"attended", Verdict::Attended, AppointmentState::Fulfilled},
                           {"missed", Verdict::Missed, AppointmentState::Missed}};

/// What was done, or why not.
struct Said {
    bool is_done = false;
    std::string text;
};
Said done(std::string text) { return {true, std::move(text)}; }
Said not_done(std::string text) { return {false, std::move(text)}; }

class DeskImport {
  public:
    DeskImport(const CsvTable& table, BookingStore& store, sys_seconds now) : table_(table), store_(store), now_(now) {}

    Result<Said> run(const CsvTable::Row& row) const {
        std::string_view action = cell(row, "action");
        if (cell(row, "note").size() > kLongestNote) return not_done("note: expected 500 bytes at most");
        if (action == "book") return book(row);
        if (action == "session-off") return call_off_session(row);
        for (const Word& word : kWords)
            if (action == word.action) return judge(row, word);
        return not_done(base::format("action \"{}\": expected book, agreed, called-off, attended, missed or session-off", action));
    }

  private:
    std::string_view cell(const CsvTable::Row& row, std::string_view column) const {
        auto index = table_.column(column);
        return index ? CsvTable::cell(row, *index) : std::string_view();
    }

    /// The time of a row's date and one of its clocks.
    std::optional<sys_seconds> time_of(const CsvTable::Row& row, std::string_view column) const {
        auto date = base::parse_date(cell(row, "date"));
        std::string_view clock = cell(row, column);
        if (!date || !content::accept_value(content::ValueType::TimeOfDay, clock)) return std::nullopt;
        std::string text(clock);
        return store_.zone().at(*date, hours(std::stoi(text.substr(0, 2))) + minutes(std::stoi(text.substr(3))));
    }

    Result<Said> book(const CsvTable::Row& row) const {
        auto service = parse_service(cell(row, "service"));
        auto start = time_of(row, "from");
        std::string_view key = cell(row, "key");
        if (!service) return not_done("service: expected AREA#ID such as 12/0101#health-check");
        if (!start) return not_done("date and from: expected a day and a time such as 2026-11-27 and 09:30");
        if (key.empty())
            return not_done("key: expected what names this row in your own book, so that it is not booked twice");
        std::string hash = base::Sha256::of(base::format("desk|{}|{}", service->str(), key));
        LINLI_TRY(answer, store_.book_at_desk(*service, *start, hash, now_));
        if (auto* refusal = std::get_if<Refusal>(&answer)) return not_done(std::string(to_name(refusal->reason)));
        return done("booked, " + std::get<Appointment>(answer).number);
    }

    Result<Said> judge(const CsvTable::Row& row, const Word& word) const {
        std::string_view number = cell(row, "number");
        if (!is_reference(number)) return not_done("number: expected that of an appointment such as YY-1127-0203");
        LINLI_TRY(answer, store_.judge(number, word.verdict, cell(row, "note"), now_));
        auto* refusal = std::get_if<Refusal>(&answer);
        if (!refusal) return done(base::format("{}, {}", word.action, number));
        LINLI_TRY(found, store_.find_at_desk(number));
        if (found && found->state == to_name(word.state)) return done(base::format("{} already, {}", word.action, number));
        std::string state = found ? base::format(", it is {}", found->state) : "";
        return not_done(base::format("{}: {}{}", number, to_name(refusal->reason), state));
    }

    Result<Said> call_off_session(const CsvTable::Row& row) const {
        auto service = parse_service(cell(row, "service"));
        auto from = time_of(row, "from"), until = time_of(row, "until");
        if (!service) return not_done("service: expected AREA#ID such as 12/0101#health-check");
        if (!from || !until || *until <= *from)
            return not_done("date, from and until: expected a day and two times such as 2026-11-27, 09:00 and 12:00");
        if (cell(row, "note").empty()) return not_done("note: expected what those who have booked are told");
        LINLI_TRY(names, store_.service_names());
        if (std::ranges::find(names, service->str(), &std::pair<std::string, std::string>::first) == names.end())
            return not_done("unknown-service");
        LINLI_TRY(called_off, store_.cancel_session(*service, *from, *until, cell(row, "note"), now_));
        return done(base::format("session off, {} appointments called off", called_off));
    }

    const CsvTable& table_;
    BookingStore& store_;
    sys_seconds now_;
};

}  // namespace

Result<std::vector<DeskOutcome>> import_desk_table(std::string_view csv, BookingStore& store, sys_seconds now) {
    constexpr std::string_view kMark = "\xEF\xBB\xBF";
    if (csv.starts_with(kMark)) csv.remove_prefix(kMark.size());
    LINLI_TRY(table, read_csv(csv));
    if (!table.column("action")) return base::fail("the first row has no column \"action\"");
    for (const std::string& column : table.columns)
        if (std::ranges::find(kColumns, column) == kColumns.end())
            return base::fail(base::format("the column \"{}\" is not known; expected action, number, service, date, from, until, note, key", column));
    DeskImport import(table, store, now);
    std::vector<DeskOutcome> outcomes;
    for (const CsvTable::Row& row : table.rows) {
        auto said = import.run(row);
        if (!said) return base::fail(base::format("line {}: {}", row.line, said.error().message));
        outcomes.push_back({row.line, said->is_done, std::move(said->text)});
    }
    return outcomes;
}

}  // namespace linli::platform
