#include "middleware/base/local_time.h"
#include "platform/appointments/message_parts.h"
#include "platform/appointments/messages.h"

namespace linli::platform {

using base::Result;
using xml::Element;
using xml::XmlWriter;

namespace {

constexpr int kMostPlaces = 1'000'000;
constexpr int kMostMinutes = 65535;

struct Places {
    int all = 0, free = 0;
};

Result<Places> read_places(const Element& element) {
    LINLI_TRY(all, read_number(element, "places", kMostPlaces));
    LINLI_TRY(free, read_number(element, "free", kMostPlaces));
    if (free > all) return refuse_element(element, "more places are free than there are");
    return Places{all, free};
}

Result<bool> read_boolean(const Element& element, std::string_view attribute) {
    std::string_view text = element.attribute(attribute);
    if (text == "true" || text == "1") return true;
    if (text == "false" || text == "0") return false;
    return refuse_element(element, "expected true or false");
}

Result<BookableService> read_bookable(const Element& element) {
    BookableService service;
    LINLI_TRY(ref, read_service(element, "ref"));
    LINLI_TRY(name, read_text(element));
    LINLI_TRY(free, read_number(element, "free", kMostPlaces));
    LINLI_TRY(has_waiting_list, read_boolean(element, "waiting"));
    auto confirmation = parse_confirmation(element.attribute("confirm"));
    if (!confirmation) return refuse_element(element, "expected confirm=\"automatic\" or \"by-hand\"");
    if (has_attribute(element, "first")) {
        LINLI_TRY(first, read_date(element, "first"));
        service.first = first;
    }
    service.ref = std::move(ref);
    service.name = std::move(name);
    service.free = free;
    service.has_waiting_list = has_waiting_list;
    service.confirmation = *confirmation;
    return service;
}

Result<Slot> read_slot(const Element& element) {
    Slot slot;
    LINLI_TRY(ref, read_reference(element, "ref"));
    LINLI_TRY(start, read_instant(element, "start"));
    LINLI_TRY(minutes, read_number(element, "minutes", kMostMinutes));
    LINLI_TRY(places, read_places(element));
    slot.ref = std::move(ref);
    slot.start = start;
    slot.length = std::chrono::minutes(minutes);
    slot.places = places.all;
    slot.free = places.free;
    return slot;
}

Result<Element> read_of_service(std::string_view xml, std::string_view root_name, std::string_view service) {
    LINLI_TRY(root, read_message(xml, root_name));
    if (root.attribute("service") != service) return refuse_element(root, "the answer is about another service");
    return root;
}

}  // namespace

std::string write_services(std::span<const BookableService> services) {
    XmlWriter writer = begin_message("services");
    if (!services.empty()) write_if(writer, "zone", services.front().zone);
    for (const BookableService& service : services) {
        writer.open("service").attribute("ref", service.ref).attribute("free", std::to_string(service.free));
        if (service.first) writer.attribute("first", format_date(*service.first));
        writer.attribute("confirm", to_name(service.confirmation));
        writer.attribute("waiting", service.has_waiting_list ? "true" : "false").text(service.name).close();
    }
    return end_message(writer);
}

std::string write_days(std::string_view service, std::span<const BookableDay> days) {
    XmlWriter writer = begin_message("days");
    writer.attribute("service", service);
    for (const BookableDay& day : days) {
        writer.open("day").attribute("date", format_date(day.date));
        writer.attribute("places", std::to_string(day.places)).attribute("free", std::to_string(day.free));
        write_child_if(writer, "closed", day.closed);
        writer.close();
    }
    return end_message(writer);
}

std::string write_slots(std::string_view service, std::chrono::year_month_day day, std::span<const Slot> slots) {
    XmlWriter writer = begin_message("slots");
    writer.attribute("service", service).attribute("day", format_date(day));
    for (const Slot& slot : slots) {
        writer.open("slot").attribute("ref", slot.ref).attribute("start", base::format_instant(slot.start));
        writer.attribute("minutes", std::to_string(slot.length.count()));
        writer.attribute("places", std::to_string(slot.places)).attribute("free", std::to_string(slot.free)).close();
    }
    return end_message(writer);
}

Result<std::vector<BookableService>> read_services(std::string_view xml) {
    LINLI_TRY(root, read_message(xml, "services"));
    std::vector<BookableService> services;
    for (const Element& child : root.children) {
        if (child.name != "service") continue;
        LINLI_TRY(service, read_bookable(child));
        service.zone = root.attribute("zone");
        if (service.zone.empty() || service.zone.size() > 64) return refuse_element(root, "the zone is missing");
        services.push_back(std::move(service));
    }
    return services;
}

Result<std::vector<BookableDay>> read_days(std::string_view xml, std::string_view service) {
    LINLI_TRY(root, read_of_service(xml, "days", service));
    std::vector<BookableDay> days;
    for (const Element& child : root.children) {
        if (child.name != "day") continue;
        LINLI_TRY(date, read_date(child, "date"));
        LINLI_TRY(places, read_places(child));
        if (!days.empty() && date <= days.back().date) return refuse_element(child, "the days do not rise");
        days.push_back({date, places.all, places.free, std::string(child.child_text("closed"))});
    }
    return days;
}

Result<std::vector<Slot>> read_slots(std::string_view xml, std::string_view service, std::chrono::year_month_day day) {
    LINLI_TRY(root, read_of_service(xml, "slots", service));
    LINLI_TRY(answered, read_date(root, "day"));
    if (answered != day) return refuse_element(root, "the answer is about another day");
    std::vector<Slot> slots;
    for (const Element& child : root.children) {
        if (child.name != "slot") continue;
        LINLI_TRY(slot, read_slot(child));
        if (!slots.empty() && slot.start <= slots.back().start) return refuse_element(child, "the slots do not rise");
        slots.push_back(std::move(slot));
    }
    return slots;
}

}  // namespace linli::platform
