#include <algorithm>

#include "middleware/base/secret.h"
#include "platform/appointments/message_parts.h"
#include "platform/appointments/messages.h"

namespace linli::platform {

using base::Result;
using xml::Element;
using xml::XmlWriter;

namespace {

constexpr int kMostSessionSeconds = 86'400;

bool is_pin(std::string_view text) {
    return text.size() >= 4 && text.size() <= 8 && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

Result<MemberPin> read_checked(const Element& root) {
    LINLI_CHECK(expect_only(root, {"member"}, {"pin"}));
    LINLI_TRY(member, read_reference(root, "member"));
    const Element* pin = root.child("pin");
    if (!pin || !is_pin(pin->text)) return refuse_element(root, "the PIN is missing or not 4 to 8 digits");
    LINLI_CHECK(expect_only(*pin, {}));
    return MemberPin{std::move(member), pin->text};
}

void wipe_pin(Element& element) {
    base::wipe(element.text);
    for (Element& child : element.children) wipe_pin(child);
}

}  // namespace

std::string write_members(std::span<const Member> members) {
    XmlWriter writer = begin_message("members");
    for (const Member& member : members)
        writer.open("member").attribute("ref", member.ref).text(member.masked_name).close();
    return end_message(writer);
}

std::string write_open_session(std::string_view member_ref, std::string_view pin) {
    XmlWriter writer = begin_message("open-session");
    writer.attribute("member", member_ref).open("pin").text("").close();
    std::string message = end_message(writer);
    if (!std::ranges::all_of(pin, [](char c) { return c >= '0' && c <= '9'; })) return message;
    message.reserve(message.size() + pin.size());
    message.insert(message.find("</pin>"), pin);
    return message;
}

std::string write_session(const Session& session) {
    XmlWriter writer = begin_message("session");
    writer.attribute("ref", session.ref).attribute("member", session.member);
    writer.attribute("seconds", std::to_string(session.lasts.count()));
    return end_message(writer);
}

Result<std::vector<Member>> read_members(std::string_view xml) {
    LINLI_TRY(root, read_message(xml, "members"));
    std::vector<Member> members;
    for (const Element& child : root.children) {
        if (child.name != "member") continue;
        LINLI_TRY(ref, read_reference(child, "ref"));
        LINLI_TRY(name, read_text(child));
        if (!name.contains('*')) return refuse_element(child, "the name is not masked");
        if (std::ranges::find(members, ref, &Member::ref) != members.end()) return refuse_element(child, "a member is there twice");
        members.push_back({std::move(ref), std::move(name)});
    }
    return members;
}

Result<MemberPin> read_open_session(std::string_view xml) {
    LINLI_TRY(root, read_message(xml, "open-session"));
    auto read = read_checked(root);
    wipe_pin(root);
    return read;
}

Result<Session> read_session(std::string_view xml, std::string_view member_ref) {
    LINLI_TRY(root, read_message(xml, "session"));
    LINLI_TRY(ref, read_reference(root, "ref"));
    LINLI_TRY(member, read_reference(root, "member"));
    LINLI_TRY(seconds, read_number(root, "seconds", kMostSessionSeconds));
    if (member != member_ref) return refuse_element(root, "the session is another member's");
    if (seconds == 0) return refuse_element(root, "the session lasts no time");
    return Session{std::move(ref), std::move(member), std::chrono::seconds(seconds)};
}

}  // namespace linli::platform
