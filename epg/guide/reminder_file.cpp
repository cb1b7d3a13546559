#include "epg/guide/reminder_file.h"

#include <charconv>
#include <system_error>

#include "middleware/base/file.h"
#include "middleware/base/format.h"
#include "middleware/base/local_time.h"
#include "middleware/xml/element.h"
#include "middleware/xml/xml_writer.h"

namespace linli::epg {

using base::Result;

namespace {

constexpr std::size_t kMostBytes = 1u << 20;

Result<ReminderList> read(const std::string& xml) {
    LINLI_TRY(root, xml::read_element(xml, kMostBytes));
    std::vector<Reminder> reminders;
    for (const xml::Element& element : root.children) {
        auto service = ServiceId::parse(element.attribute("channel"));
        auto start = base::parse_instant(element.attribute("start"));
        if (element.name != "reminder" || !service || !start)
            return base::fail(base::format("line {}: this is no reminder", element.place.line));
        Reminder one{.key = {*service, *start}, .title = std::string(element.attribute("title"))};
        std::string_view id = element.attribute("event");
        std::from_chars(id.data(), id.data() + id.size(), one.event_id);
        one.mode = element.attribute("mode") == "switch" ? ReminderMode::Switch : ReminderMode::Tell;
        reminders.push_back(std::move(one));
    }
    return ReminderList(std::move(reminders));
}

}  // namespace

Result<ReminderList> ReminderFile::load() const {
    std::error_code error;
    if (!std::filesystem::exists(file_, error)) return ReminderList();
    LINLI_TRY(xml, base::read_file(file_, kMostBytes));
    auto reminders = read(xml);
    if (reminders) return reminders;
    std::filesystem::path aside = file_;
    std::filesystem::rename(file_, aside += ".damaged", error);
    return base::fail(base::format("{} was damaged and has been begun anew: {}", file_.string(), reminders.error().message));
}

Result<void> ReminderFile::save(const ReminderList& reminders) const {
    xml::XmlWriter writer;
    writer.open("reminders");
    for (const Reminder& one : reminders.all()) {
        writer.open("reminder").attribute("channel", one.key.channel.str()).attribute("start", base::format_instant(one.key.start));
        writer.attribute("event", std::to_string(one.event_id)).attribute("title", one.title);
        writer.attribute("mode", one.mode == ReminderMode::Switch ? "switch" : "tell").close();
    }
    return base::write_file_atomically(file_, writer.close().str());
}

}  // namespace linli::epg
