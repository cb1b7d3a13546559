// A folder that is edited at random, rightly and wrongly: the publisher, which looks at the changes only, has to find
// the same faults and the same content as one that has never seen the folder before.

#include <random>

#include "content/checker.h"
#include "content/exchange_writer.h"
#include "platform/publication/publisher.h"
#include "tests/platform/publisher/editors_desk.h"
#include "tests/support/check.h"

#include "CppUTest/TestHarness.h"

using namespace linli;
using namespace linli::tests;
using platform::Part;

namespace {

const std::vector<std::string> kAreas = {"12", "12/0101", "12/0101/001", "12/0102"};

/// What may stand in a file. Ids are few, so that they meet.
class RandomEditor {
  public:
    RandomEditor(EditorsDesk& desk, unsigned seed) : desk_(desk), random_(seed) {
        for (const std::string& area : kAreas) desk.write(area + "/area.xml", area, area_xml("名"));
        desk.write("12/categories.xml", "12", categories());
    }

    void edit() {
        std::string area = kAreas[below(kAreas.size())];
        std::string file = area + "/file" + std::to_string(below(3)) + ".xml";
        switch (below(12)) {
            case 0: return desk_.remove(file);
            case 1: return desk_.write("12/categories.xml", "12", below(3) == 0 ? category_xml("news") : categories());
            case 2: return desk_.write_bytes("12/picture" + std::to_string(below(2)) + ".png", picture());
            case 3: return below(8) == 0 ? desk_.remove(area + "/area.xml") : desk_.write(area + "/area.xml", area, area_xml(number("名", 3)));
            case 4: return below(6) == 0 ? desk_.write(file, kAreas[below(kAreas.size())], items()) : desk_.write(file, area, items());
            default: return desk_.write(file, area, items());
        }
    }

  private:
    std::size_t below(std::size_t bound) { return random_() % bound; }
    std::string number(std::string_view text, std::size_t bound) { return std::string(text) + std::to_string(below(bound)); }

    static std::string categories() { return category_xml("news") + category_xml("shops", "services") + category_xml("papers", "guides"); }
    std::string picture() { return below(6) == 0 ? "no picture" : number("\x89PNG\r\n\x1A\n", 3); }

    std::string items() {
        std::string items;
        for (std::size_t i = below(6); i > 0; --i) items += item();
        if (below(25) == 0) items += "<oops/>";
        return items;
    }
    std::string item() {
        std::string id = number("i", 30);
        std::string reference = (below(3) == 0 ? "12#" : "") + number("i", 30);
        switch (below(8)) {
            case 0:
                return "<guide id=\"" + id + "\" category=\"papers\" published=\"2026-11-20T10:00:00Z\"" +
                       (below(4) == 0 ? " service=\"" + reference + "\"" : "") +
                       "><title>t</title><issuer>i</issuer><step>s</step><where><name>n</name></where>"
                       "<duration>d</duration></guide>\n";
            case 1:
                return "<service id=\"" + id + "\" category=\"shops\" published=\"2026-11-20T10:00:00Z\"" +
                       (below(4) == 0 ? " guide=\"" + reference + "\"" : "") +
                       "><name>n</name><provider>p</provider><address>a</address><telephone>110</telephone></service>\n";
            case 2: return below(4) == 0 ? category_xml(number("c", 3), below(2) ? "services" : "notices") : "";
            case 3: return below(4) == 0 ? "<portal id=\"" + number("p", 2) + "\"><tile board=\"live\" icon=\"bus\"><label>看</label></tile></portal>\n" : "";
            case 4: return notice_xml(id, number("题", 5), "urgency=\"urgent\"");
            case 5:
                return below(3) == 0 ? notice_xml(id, "图", "", "<picture src=\"../12/picture" + std::to_string(below(2)) + ".png\" alt=\"x\"/>")
                                     : notice_xml(id, "图", "", "<picture src=\"picture" + std::to_string(below(2)) + ".png\" alt=\"x\"/>");
            default: return notice_xml(id, number("题", 5), "published=\"2026-11-2" + std::to_string(below(3)) + "T10:00:00Z\"");
        }
    }

    EditorsDesk& desk_;
    std::mt19937 random_;
};

std::filesystem::path good_copy(const EditorsDesk& desk) { return desk.editor().string() + ".good"; }
void keep(const EditorsDesk& desk) {
    std::filesystem::remove_all(good_copy(desk));
    std::filesystem::copy(desk.editor(), good_copy(desk), std::filesystem::copy_options::recursive);
}
/// Most editors undo what they are told is wrong; else nothing would ever be right again.
void undo(const EditorsDesk& desk) {
    std::filesystem::remove_all(desk.editor());
    std::filesystem::copy(good_copy(desk), desk.editor(), std::filesystem::copy_options::recursive);
}

/// The content of every area and part that has a head.
std::map<std::string, std::string> contents_of(const EditorsDesk& desk) {
    std::map<std::string, std::string> contents;
    for (const std::string& area : kAreas) {
        contents[area] = desk.read(desk.head(area)).document;
        if (desk.head(area).alerts) contents[area + " alerts"] = desk.read(desk.head(area, Part::Alerts)).document;
    }
    return contents;
}

}  // namespace

TEST_GROUP(Editing){};

TEST(Editing, TheIncrementalPublisherFindsWhatAFreshOneFinds) {
    int good = 0, bad = 0;
    for (unsigned seed = 1; seed <= 3; ++seed) {
        EditorsDesk desk(kAreas);
        RandomEditor editor(desk, seed);
        desk.publish();
        keep(desk);
        std::map<std::string, ReadContent> past;
        for (const std::string& area : kAreas) past[desk.head(area).content.sha256] = desk.read(desk.head(area));
        for (int round = 1; round <= 60; ++round) {
            editor.edit();
            auto now = kNow + std::chrono::hours(round);
            auto checked = content::check_folder(desk.editor());
            auto report = desk.try_publish(now);
            CHECK_GOOD(report);
            std::string expected, found;
            for (const auto& fault : checked.faults) expected += to_text(fault) + "\n";
            for (const auto& fault : report->check.faults) found += to_text(fault) + "\n";
            CHECK_TEXT_EQUAL(expected, found);
            ++(checked.is_good() ? good : bad);
            if (!checked.is_good() && round % 3 != 0) undo(desk);
            if (!checked.is_good()) continue;
            keep(desk);
            LONGS_EQUAL(checked.items, report->check.items);

            auto contents = contents_of(desk);
            for (const std::string& area : kAreas) {
                platform::Head head = desk.head(area);
                ReadContent present = desk.read(head);
                for (const auto& delta : head.deltas)
                    CHECK_TRUE(desk.apply(past.at(delta.from), delta).items == present.items);
                past[head.content.sha256] = std::move(present);
            }
            if (round % 5 != 0) continue;
            std::filesystem::remove_all(desk.tree() / ".publisher/state.db");
            std::filesystem::remove_all(desk.tree() / "areas");
            desk.publish(now);
            auto fresh = contents_of(desk);
            for (const auto& [name, document] : fresh) CHECK_TEXT_EQUAL(document, contents[name]);
        }
    }
    CHECK_TRUE(good > 40 && bad > 40);
}
