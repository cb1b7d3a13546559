#include <algorithm>

#include "middleware/base/format.h"
#include "middleware/base/local_time.h"
#include "platform/importers/calendar_reader.h"
#include "platform/importers/collector.h"
#include "platform/importers/html_body.h"
#include "platform/importers/import.h"
#include "platform/importers/plain_text.h"
#include "platform/importers/source_text.h"

namespace linli::platform {
namespace {

using namespace std::chrono;
using content::Message;
using content::Notice;
using content::Paragraph;

constexpr std::string_view kWeekdays[] = {N_("Sunday"),    N_("Monday"),   N_("Tuesday"),
                                          N_("Wednesday"), N_("Thursday"), N_("Friday"),
                                          N_("Saturday")};
constexpr std::string_view kMonths[] = {
    N_("January"), N_("February"), N_("March"),     N_("April"),   N_("May"),      N_("June"),
    N_("July"),    N_("August"),   N_("September"), N_("October"), N_("November"), N_("December")};

/// Makes a notice of one event.
class NoticeWriter {
  public:
    NoticeWriter(const Calendar& calendar, const CalendarEvent& event, const ImportOptions& options)
        : calendar_(calendar), event_(event), options_(options) {}

    std::vector<Message> left_out;

    base::Result<content::Item> write() {
        Notice notice;
        notice.title = clean_text(event_.title);
        notice.issuer = issuer();
        notice.summary = describe(event_.occurrences.front());
        add_dates(notice.body);
        if (std::string place = clean_text(event_.location); !place.empty())
            notice.body.emplace_back(Paragraph{word(N_("Place: {}"), {place})});
        LINLI_TRY(description, read_any_text(event_.description));
        std::ranges::move(description.body, std::back_inserter(notice.body));
        left_out = event_.left_out;
        std::ranges::move(description.left_out, std::back_inserter(left_out));
        // What is shown after the last date that it names would be old.
        notice.valid_until = event_.occurrences.back().end;
        sys_seconds published = event_.changed.value_or(options_.undated);
        if (published >= *notice.valid_until)
            published = event_.occurrences.front().begin - days(1);
        return content::Item{to_item_id(id()), options_.category, published, std::move(notice), {}};
    }

  private:
    std::string word(std::string_view id, std::vector<std::string> arguments = {}) const {
        return Message{id, std::move(arguments)}.text(options_.words);
    }

    std::string id() const {
        if (!event_.uid.empty()) return "calendar " + event_.uid;
        return "calendar " + event_.title + " " +
               base::format_instant(event_.occurrences.front().begin);
    }

    std::string issuer() const {
        if (!options_.issuer.empty()) return options_.issuer;
        return event_.organizer.empty() ? calendar_.name : event_.organizer;
    }

    std::string day(sys_seconds time) const {
        base::LocalTime local = base::to_local(time);
        auto month = static_cast<unsigned>(local.date.month());
        // Translators: {0} day of the week, {1} day, {2} name of the month, {3} year, {4} number of
        // the month.
        return word(
            N_("{0}, {1} {2} {3}"),
            {word(kWeekdays[local.weekday.c_encoding()]),
             std::to_string(static_cast<unsigned>(local.date.day())), word(kMonths[month - 1]),
             std::to_string(static_cast<int>(local.date.year())), std::to_string(month)});
    }

    static std::string clock_time(sys_seconds time) {
        base::LocalTime local = base::to_local(time);
        return base::format("{}:{:02}", local.hour, local.minute);
    }

    std::string describe(const Occurrence& occurrence) const {
        // The last day of days without times is the one before the midnight that ends them.
        sys_seconds last = occurrence.is_all_day ? occurrence.end - minutes(1) : occurrence.end;
        bool is_one_day = base::to_local(occurrence.begin).date == base::to_local(last).date;
        if (occurrence.is_all_day)
            return is_one_day ? day(occurrence.begin)
                              : word(N_("{0} to {1}"), {day(occurrence.begin), day(last)});
        std::string begin = day(occurrence.begin) + " " + clock_time(occurrence.begin);
        if (occurrence.begin == occurrence.end) return begin;
        return word(N_("{0} to {1}"),
                    {begin, is_one_day ? clock_time(last) : day(last) + " " + clock_time(last)});
    }

    void add_dates(content::Body& body) const {
        if (event_.occurrences.size() == 1) {
            body.emplace_back(Paragraph{describe(event_.occurrences.front())});
        } else {
            content::List dates;
            for (const Occurrence& occurrence : event_.occurrences)
                dates.entries.push_back(describe(occurrence));
            body.emplace_back(std::move(dates));
        }
        if (event_.has_more) body.emplace_back(Paragraph{word(N_("More dates will follow."))});
    }

    const Calendar& calendar_;
    const CalendarEvent& event_;
    const ImportOptions& options_;
};

}  // namespace

base::Result<Imported> import_icalendar(const std::filesystem::path& file,
                                        const ImportOptions& options) {
    LINLI_TRY(text, read_text(file, kMostCalendarBytes));
    CalendarWindow window;
    window.since = options.since.value_or(options.now);
    window.until = options.until;
    auto calendar = read_calendar(text, window);
    if (!calendar) return base::fail(file.string() + ": " + calendar.error().message);
    Collector collector(file, options);
    for (std::size_t line : calendar->long_lines)
        collector.leave_out({}, {.line = line},
                            {N_("a line of more than {} bytes"), {std::to_string(kMostLineBytes)}});
    for (const CalendarEvent& event : calendar->events) {
        xml::Place place{.line = event.line};
        if (event.is_cancelled) {
            collector.drop(event.title, place, {N_("the event is cancelled"), {}});
        } else if (event.is_private) {
            collector.drop(event.title, place, {N_("the event is marked as private"), {}});
        } else if (!event.has_date) {
            collector.drop(event.title, place, {N_("it has no date that can be read"), {}});
        } else if (event.occurrences.empty()) {
            collector.pass_over();
        } else {
            NoticeWriter writer(*calendar, event, options);
            auto item = writer.write();
            if (item)
                collector.accept(std::move(*item), place, std::move(writer.left_out));
            else
                collector.drop(event.title, place,
                               {N_("it cannot be read: {}"), {item.error().message}});
        }
    }
    return collector.finish();
}

}  // namespace linli::platform
