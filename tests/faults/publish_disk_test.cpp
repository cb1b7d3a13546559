#include <algorithm>

#include "middleware/base/file.h"
#include "middleware/base/hash.h"
#include "platform/publication/tree_verifier.h"
#include "platform/publication/trust_chain.h"
#include "tests/content/sample_items.h"
#include "tests/faults/faulty_run.h"
#include "tests/platform/publisher/editors_desk.h"
#include "tests/support/check.h"

#include "CppUTest/TestHarness.h"

using namespace linli;
using content::Part;
using linli::tests::kNow;
using platform::Head;
namespace fs = std::filesystem;

namespace {

constexpr int kNotices = 60;

}  // namespace

// clang-format off
/// Publishing on a disk that fails, at each call and in each way.
TEST_GROUP(PublishOnABadDisk) {
    tests::EditorsDesk desk;
    tests::TemporaryFolder folder;
    fs::path disk = folder.path() / "disk";
    std::string root = *base::read_file(desk.tree() / "root/1.signed");

    std::vector<std::string> command() const {
        return {tests::program("linli-publish"), "publish", desk.editor(), "--to", disk, "--key", desk.keys()};
    }
    void write(const std::string& area, const std::string& title) {
        std::string items = tests::area_xml("地方") + (area == "12" ? tests::category_xml("news") : "");
        std::string picture = "<p>看图</p><picture src=\"map.png\" alt=\"地图\"/>";
        // Texts that do not pack away, so that a delta of every fifth is worth having.
        for (int i = 0; i < kNotices; ++i)
            items += tests::notice_xml("n" + std::to_string(i), i % 5 == 0 ? title : "旧", "",
                                       i == 0 ? picture : "<p>" + base::Sha256::of(std::to_string(i)) + "</p>");
        desk.write(area + "/all.xml", area, items);
        desk.write_bytes(area + "/map.png", "\x89PNG\r\n\x1A\n" + title);
    }
    Head head(const std::string& area, const fs::path& tree) {
        auto chain = platform::TrustChain::start(root);
        for (const auto& above : tests::area(area).chain()) {
            auto bytes = base::read_file(tree / platform::head_path(above, Part::Content));
            auto verified = bytes ? chain->verify(*bytes, above, Part::Content) : base::fail(bytes.error().message);
            if (!verified) return Head{.area = above};
            if (above == tests::area(area)) return *verified;
            chain->take_delegations(*verified);
        }
        return Head{.area = tests::area(area)};
    }
    std::string examine_tree() {
        auto report = platform::verify_tree(disk, root, kNow);
        if (!report) return report.error().message;
        return report->faults.empty() ? "" : report->faults.front();
    }
    void publish_first() {
        write("12", "旧");
        write("12/0101", "旧");
        fs::copy(desk.tree(), disk, fs::copy_options::recursive);
        auto first = tests::run_with_fault(command(), disk, {});
        CHECK_TEXT_EQUAL("", first.message);
        CHECK_TEXT_EQUAL("", examine_tree());
    }
    /// Each area has the old content or the new one; after publishing again the new one, and a delta from the old.
    std::string examine(const tests::FaultyRun& run, const std::map<std::string, std::string>& old_hashes,
                        const std::map<std::string, std::string>& new_hashes) {
        if (auto problem = examine_tree(); !problem.empty()) return problem;
        for (const auto& [area, hash] : new_hashes) {
            std::string present = head(area, disk).content.sha256;
            if (present != hash && present != old_hashes.at(area)) return area + " has neither the old content nor the new one";
        }
        if (!run.was_ended && run.status == 0 && head("12", disk).content.sha256 != new_hashes.at("12"))
            return "the publisher says that all is well, but the tree is the old one";
        auto again = tests::run_with_fault(command(), disk, {});
        if (again.status != 0) return "publishing again fails: " + again.message;
        if (auto problem = examine_tree(); !problem.empty()) return "after publishing again: " + problem;
        for (const auto& [area, hash] : new_hashes) {
            Head present = head(area, disk);
            if (present.content.sha256 != hash) return "publishing again does not bring the new content of " + area;
            const std::string& old = old_hashes.at(area);
            if (!old.empty() && std::ranges::find(present.deltas, old, &Head::Delta::from) == present.deltas.end())
                return "after publishing again no delta leads from the old content of " + area;
        }
        return "";
    }
    std::map<std::string, std::string> hashes() {
        return {{"12", head("12", disk).content.sha256}, {"12/0101", head("12/0101", disk).content.sha256}};
    }
    void expect_old_or_new(const fs::path& before, const std::map<std::string, std::string>& old_hashes) {
        fs::remove_all(disk);
        fs::copy(before, disk, fs::copy_options::recursive);
        CHECK_TEXT_EQUAL("", tests::run_with_fault(command(), disk, {}).message);
        auto new_hashes = hashes();
        CHECK_TRUE(new_hashes != old_hashes);
        tests::FaultLoop loop{.command = command(), .before = before, .disk = disk};
        CHECK_TEXT_EQUAL("", tests::try_every_fault(loop, [&](const tests::FaultyRun& run) {
                             return examine(run, old_hashes, new_hashes);
                         }));
    }
};
// clang-format on

TEST(PublishOnABadDisk, LeavesTheOldTreeOrTheNewOne) {
    publish_first();
    auto old_hashes = hashes();
    fs::rename(disk, folder.path() / "first");
    write("12", "新");
    write("12/0101", "新");
    expect_old_or_new(folder.path() / "first", old_hashes);
}
