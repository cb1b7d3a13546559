#include "stb-app/screens/appointment_texts.h"

#include "stb-app/appointment_calendar.h"
#include "stb-app/words.h"

namespace linli::app {

using platform::Appointment;
using platform::AppointmentState;

std::vector<Element> appointment_facts(const Context& context, const Appointment& appointment, NumberPlace number) {
    std::vector<Element> elements;
    auto fact = [&](std::string label, std::string value) {
        if (!value.empty()) elements.push_back(FactElement{std::move(label), std::move(value)});
    };
    if (appointment.start) fact(context.tr("When"), words::date_and_time(context, *appointment.start));
    if (appointment.duration.count() > 0)
        fact(context.tr("Takes"), context.tr_n("{} minute", "{} minutes", appointment.duration.count()));
    fact(context.tr("Where"), appointment.place);
    fact(context.tr("Address"), appointment.address);
    if (!appointment.telephone.empty() && number == NumberPlace::Within)
        elements.push_back(NumberElement{context.tr("Telephone"), appointment.telephone});
    if (appointment.state != AppointmentState::Cancelled) fact(context.tr("Please note"), appointment.note);
    fact(context.tr("Number"), appointment.number);
    if (!appointment.bring.empty() && appointment.state != AppointmentState::Cancelled) {
        elements.push_back(HeadingElement{context.tr("What to bring")});
        for (const std::string& thing : appointment.bring)
            elements.push_back(ParagraphElement{.text = thing, .marker = "•"});
    }
    bool is_agreed = appointment.state == AppointmentState::Booked || appointment.state == AppointmentState::Pending;
    if (std::string code = is_agreed ? appointment_qr_text(appointment) : std::string(); !code.empty())
        elements.push_back(QrElement{std::move(code), context.tr("Photograph this with a telephone to take the appointment along.")});
    return elements;
}

std::vector<Element> appointment_news(const Context& context, const Appointment& appointment) {
    std::vector<Element> elements;
    auto say = [&](std::string text) { elements.push_back(ParagraphElement{.text = std::move(text), .tone = Tone::Important}); };
    auto until = [&](const char* with_time, const char* without) {
        say(appointment.held_until ? context.tr(with_time, words::date_and_time(context, *appointment.held_until))
                                   : context.tr(without));
    };
    switch (appointment.state) {
        case AppointmentState::Offered:
            until(LINLI_N_("A place is free for you. Please confirm it until {}."),
                  LINLI_N_("A place is free for you. Please confirm it."));
            break;
        case AppointmentState::Held:
            until(LINLI_N_("This place is kept for you until {}. Please confirm it."),
                  LINLI_N_("This place is kept for you. Please confirm it."));
            break;
        case AppointmentState::Cancelled:
            if (appointment.cancelled_by == "office") {
                say(context.tr("The office has called this appointment off."));
                if (!appointment.note.empty()) elements.push_back(ParagraphElement{.text = appointment.note});
            }
            return elements;
        default: break;
    }
    if (appointment.changed_from)
        say(context.tr("The time was changed. Before, it was {}.", words::date_and_time(context, *appointment.changed_from)));
    return elements;
}

Changeable changeable(const Context& context, const Appointment& appointment) {
    switch (appointment.state) {
        case AppointmentState::Held:
        case AppointmentState::Offered:
        case AppointmentState::Pending:
        case AppointmentState::Booked:
        case AppointmentState::Waiting: break;
        default: return Changeable::Over;
    }
    // On an unknown clock nothing is over: the platform knows better.
    auto now = context.now();
    if (!now) return Changeable::Yes;
    if (appointment.start && *appointment.start + appointment.duration <= *now) return Changeable::Over;
    if (appointment.cancel_until && *appointment.cancel_until < *now) return Changeable::TooLate;
    return Changeable::Yes;
}

}  // namespace linli::app
