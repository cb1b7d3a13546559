#include "simulator/serve/state_message.h"

#include "simulator/serve/json.h"
#include "tests/support/check.h"

#include "CppUTest/TestHarness.h"

using namespace linli;
using namespace linli::simulator;

TEST_GROUP(StateMessage) {};

TEST(StateMessage, IsJson) {
    JsonWriter json;
    json.begin_object().text("a\"b", "line\n\\ \x01").number("n", -3).boolean("t", true);
    json.name("list").begin_array().text("水").number(1).begin_object().end_object().end_array().end_object();
    CHECK_TEXT_EQUAL("{\"a\\\"b\":\"line\\u000a\\\\ \\u0001\",\"n\":-3,\"t\":true,\"list\":[\"水\",1,{}]}", std::move(json).finish());
}

TEST(StateMessage, NamesFileAndLineOfAFault) {
    ContentState state;
    state.items = 3;
    state.checked = std::chrono::sys_seconds(std::chrono::seconds(1795395600));
    state.areas.push_back({*content::AreaCode::parse("12/0101"), "河湾区"});
    content::Fault fault;
    fault.file = "12/notices.xml";
    fault.place.line = 4;
    fault.place.column = 7;
    fault.what = {N_("<{}> is given twice in <{}>"), {"title", "notice"}};
    state.faults.push_back(fault);
    std::string json = write_content(state, "city");
    STRCMP_CONTAINS(R"("folder":"city","items":3)", json.c_str());
    STRCMP_CONTAINS(R"({"code":"12/0101","name":"河湾区","level":2})", json.c_str());
    STRCMP_CONTAINS(R"("file":"12/notices.xml","line":4)", json.c_str());
    STRCMP_CONTAINS("<title> is given twice in <notice>", json.c_str());
}
