#include "simulator/serve/state_message.h"

#include "middleware/base/format.h"
#include "middleware/base/local_time.h"
#include "simulator/serve/browser_command.h"
#include "simulator/serve/json.h"

namespace linli::simulator {

namespace {

content::Translate translate_to(text::Language language) {
    // The ids are literals: what they view ends with a zero.
    return [catalog = text::Catalog(language)](std::string_view id) { return catalog(id.data()); };
}

/// As a browser's field for date and time takes it.
std::string local_time(std::chrono::sys_seconds time) {
    base::LocalTime local = base::to_local(time);
    return base::format("{:04}-{:02}-{:02}T{:02}:{:02}", static_cast<int>(local.date.year()),
                        static_cast<unsigned>(local.date.month()), static_cast<unsigned>(local.date.day()), local.hour,
                        local.minute);
}

void write_page(JsonWriter& json, const app::Page& page) {
    bool has_focus = page.focus < page.elements.size() && app::is_focusable(page.elements[page.focus]);
    json.name("page").begin_object();
    json.text("id", page.id).text("text", app::page_text(page));
    json.text("focus", has_focus ? app::element_text(page.elements[page.focus]) : "");
    json.text("freshness", page.status.freshness).boolean("isOld", page.status.is_warning);
    json.name("keys").begin_array();
    for (const app::KeyHint& hint : page.legend) {
        json.begin_object().name("keys").begin_array();
        for (input::Key key : hint.keys) json.text(input::key_name(key));
        json.end_array().text("text", hint.text).end_object();
    }
    json.end_array().end_object();
}

}  // namespace

std::string write_state(ChangingBox& box, std::chrono::sys_seconds now) {
    app::Application& application = box.now().application();
    JsonWriter json;
    json.begin_object().text("type", "state");
    json.number("width", box.screen().width).number("height", box.screen().height);
    json.text("textSize", text_size_name(application.settings().text_size));
    json.text("language", language_name(application.settings().language));
    json.text("area", box.area().str()).text("time", local_time(now));
    json.boolean("isNetworkOn", box.is_network_on());
    json.boolean("isBusy", !box.now().box().is_idle());
    write_page(json, application.page());
    json.end_object();
    return std::move(json).finish();
}

std::string write_content(const ContentState& content, const std::string& folder) {
    content::Translate chinese = translate_to(text::Language::Chinese), english = translate_to(text::Language::English);
    JsonWriter json;
    json.begin_object().text("type", "content").text("folder", folder);
    json.number("items", content.items).text("error", content.error).text("checked", base::format_instant(content.checked));
    json.name("areas").begin_array();
    for (const ContentState::Area& area : content.areas) {
        json.begin_object().text("code", area.code.str()).text("name", area.name);
        json.number("level", static_cast<long long>(area.code.chain().size())).end_object();
    }
    json.end_array().name("faults").begin_array();
    for (const content::Fault& fault : content.faults) {
        json.begin_object().text("file", fault.file).number("line", static_cast<long long>(fault.place.line));
        json.text("zh", content::to_text(fault, chinese)).text("en", content::to_text(fault, english)).end_object();
    }
    json.end_array().end_object();
    return std::move(json).finish();
}

}  // namespace linli::simulator
