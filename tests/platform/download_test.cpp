#include "platform/sync/download.h"

#include <filesystem>

#include "middleware/base/file.h"
#include "middleware/base/hash.h"
#include "tests/platform/test_platform.h"
#include "tests/support/check.h"
#include "tests/support/temporary_folder.h"

#include "CppUTest/TestHarness.h"

using namespace linli;
using linli::tests::streamed;
using linli::tests::with_body;
using linli::tests::with_status;
using net::HttpRequest;

// clang-format off
TEST_GROUP(Download) {
    tests::TestPlatform platform;
    tests::TemporaryFolder folder;
    std::filesystem::path part = folder.path() / "file.part";
    std::string bytes = std::string(50'000, 'a') + std::string(50'000, 'b');
    platform::RemoteFile file{platform.url() + "/" + platform::object_path(base::Sha256::of(bytes)), base::Sha256::of(bytes), bytes.size()};
    net::HttpClient client{{.user_agent = "tests"}};
    platform::Traffic traffic;

    void setup() override { platform.signed_tree.add_object(bytes); }
    base::Result<void> fetch() { return platform::download(client, file, part, {}, traffic); }
    void put_part(std::string_view begin) { CHECK_GOOD(base::write_file_atomically(part, begin)); }
    void expect_whole() {
        CHECK_GOOD(fetch());
        CHECK_TRUE(*base::read_file(part) == bytes);
    }
};
// clang-format on

TEST(Download, BringsTheWholeFile) {
    expect_whole();
    CHECK_TRUE(traffic.received > bytes.size() && traffic.sent > 0);
}

TEST(Download, GoesOnWhereItWasInterrupted) {
    platform.set_fault("objects", [this](auto&) {
        return streamed(bytes.size(), [this](auto& write) { write(std::string_view(bytes).substr(0, 60'000)); });
    });
    STRCMP_CONTAINS("transfer closed", fetch().error().message.c_str());
    auto come = std::filesystem::file_size(part);
    CHECK_TRUE(come > 0 && come <= 60'000);
    platform.clear_faults();
    traffic = {};
    expect_whole();
    CHECK_TRUE(traffic.received < bytes.size() - come + 1000);
}

TEST(Download, AsksNobodyForWhatIsThere) {
    put_part(bytes);
    expect_whole();
    LONGS_EQUAL(0, platform.requests("objects"));
}

TEST(Download, BeginsAgainWhereThePartWasDamaged) {
    put_part(std::string(60'000, '\0'));
    expect_whole();
    put_part(std::string(bytes.size(), '\0'));
    expect_whole();
    put_part(bytes + "longer");
    expect_whole();
}

TEST(Download, BeginsAgainWhereTheServerKnowsNoRanges) {
    put_part(std::string_view(bytes).substr(0, 60'000));
    platform.set_fault("objects", [this](auto&) { return with_body(bytes); });
    expect_whole();
}

TEST(Download, BeginsAgainWhereTheServerHasNoSuchRange) {
    put_part(std::string_view(bytes).substr(0, 60'000));
    platform.set_fault("objects", [this](const HttpRequest& request) {
        return request.header("Range") ? with_status(416) : with_body(bytes);
    });
    expect_whole();
}

TEST(Download, LeavesNothingOfOtherBytes) {
    for (std::string other : {std::string(bytes.size(), 'x'), bytes + "x", bytes.substr(1), std::string()}) {
        platform.set_fault("objects", [other](auto&) { return with_body(other); });
        CHECK_FALSE(fetch().has_value());
        CHECK_FALSE(std::filesystem::exists(part));
    }
}

TEST(Download, LeavesNothingWhereThereIsNothing) {
    platform.set_fault("objects", [](auto&) { return with_status(404); });
    STRCMP_CONTAINS("status 404", fetch().error().message.c_str());
    CHECK_FALSE(std::filesystem::exists(part));
}
