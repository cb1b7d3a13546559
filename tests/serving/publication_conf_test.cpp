// What packaging/nginx/linli-publication.conf makes a real nginx do.

#include <chrono>

#include "middleware/base/file.h"
#include "tests/content/sample_items.h"
#include "tests/platform/signed_tree.h"
#include "tests/serving/raw_request.h"
#include "tests/support/check.h"
#include "tests/support/nginx.h"
#include "tests/support/temporary_folder.h"

#include "CppUTest/TestHarness.h"

using namespace linli;
using content::Part;
using linli::tests::RawAnswer;

namespace {

const std::string kImmutable = "public, max-age=31536000, immutable";

}  // namespace

// clang-format off
TEST_GROUP(PublicationConf) {
    tests::TemporaryFolder folder;
    tests::SignedTree tree{folder.path() / "tree"};
    tests::TestAuthority authority;
    content::AreaCode home = tests::area("12/0101");
    platform::Head head = publish("旧");
    tests::Nginx nginx{tree.folder(), authority, "include " LINLI_SOURCE_DIR "/packaging/nginx/linli-publication.conf;"};

    platform::Head publish(const char* title) {
        std::vector<content::Item> items;
        for (int i = 0; i < 30; ++i) items.push_back(tests::make_notice("n" + std::to_string(i), title));
        return tree.publish(home, items);
    }
    RawAnswer get(const std::string& path, std::vector<std::string> headers = {}, std::string method = "GET") {
        return tests::ask({nginx.url() + "/" + path, authority.ca(), std::move(headers), std::move(method)});
    }
    std::string file(const std::string& path) { return base::read_file(tree.folder() / path).value_or(""); }
    void put(const std::string& path, const std::string& bytes) {
        CHECK_GOOD(base::write_file_atomically(tree.folder() / path, bytes));
    }
};
// clang-format on

TEST(PublicationConf, AHeadIsAskedForAnewEachTime) {
    RawAnswer answer = get(platform::head_path(home, Part::Content));
    LONGS_EQUAL(200, answer.status);
    CHECK_TEXT_EQUAL("HTTP/2", answer.protocol);
    CHECK_TEXT_EQUAL("application/vnd.linli.signed", answer.headers["content-type"]);
    CHECK_TEXT_EQUAL("no-cache", answer.headers["cache-control"]);
    CHECK_TRUE(answer.body == file(platform::head_path(home, Part::Content)));
}

TEST(PublicationConf, AHeadThatDidNotChangeIsNotSentAgain) {
    std::string etag = get(platform::head_path(home, Part::Content)).headers["etag"];
    RawAnswer answer = get(platform::head_path(home, Part::Content), {"If-None-Match: " + etag});
    LONGS_EQUAL(304, answer.status);
    CHECK_TEXT_EQUAL("", answer.body);
    CHECK_TEXT_EQUAL(etag, answer.headers["etag"]);
    CHECK_TEXT_EQUAL("no-cache", answer.headers["cache-control"]);
}

TEST(PublicationConf, AHeadIsCompressedForWhoTakesThat) {
    std::string path = platform::head_path(home, Part::Content);
    put(path, file(path) + std::string(1000, ' '));
    RawAnswer answer = get(path, {"Accept-Encoding: gzip"});
    LONGS_EQUAL(200, answer.status);
    CHECK_TEXT_EQUAL("gzip", answer.headers["content-encoding"]);
    CHECK_TEXT_EQUAL("Accept-Encoding", answer.headers["vary"]);
    CHECK_TRUE(answer.body.size() < file(path).size());
    // The validator of the compressed answer is a weak one, and as good.
    LONGS_EQUAL(304, get(path, {"Accept-Encoding: gzip", "If-None-Match: " + answer.headers["etag"]}).status);
}

TEST(PublicationConf, ContentIsKeptForEverAndNotCompressedTwice) {
    std::string path = platform::packed_path(head.content.sha256);
    RawAnswer answer = get(path, {"Accept-Encoding: gzip, br"});
    LONGS_EQUAL(200, answer.status);
    CHECK_TEXT_EQUAL("application/zstd", answer.headers["content-type"]);
    CHECK_TEXT_EQUAL(kImmutable, answer.headers["cache-control"]);
    CHECK_TEXT_EQUAL("", answer.headers["content-encoding"]);
    CHECK_TEXT_EQUAL(std::to_string(head.content.length), answer.headers["content-length"]);
    CHECK_TRUE(answer.body == file(path));
}

TEST(PublicationConf, AnInterruptedDownloadIsResumed) {
    std::string path = platform::packed_path(head.content.sha256);
    std::string whole = file(path);
    std::string etag = get(path).headers["etag"];
    RawAnswer answer = get(path, {"Range: bytes=100-", "If-Range: " + etag});
    LONGS_EQUAL(206, answer.status);
    CHECK_TEXT_EQUAL("bytes 100-" + std::to_string(whole.size() - 1) + "/" + std::to_string(whole.size()),
                     answer.headers["content-range"]);
    CHECK_TRUE(answer.body == whole.substr(100));
}

TEST(PublicationConf, APictureIsWhatItsItemSaysAndNobodyGuesses) {
    std::string path = platform::object_path(std::string(64, 'a'));
    put(path, "<html>");
    RawAnswer answer = get(path);
    LONGS_EQUAL(200, answer.status);
    CHECK_TEXT_EQUAL("application/octet-stream", answer.headers["content-type"]);
    CHECK_TEXT_EQUAL("nosniff", answer.headers["x-content-type-options"]);
    CHECK_TEXT_EQUAL(kImmutable, answer.headers["cache-control"]);
}

TEST(PublicationConf, NobodyRemembersThatARootIsNotThereYet) {
    RawAnswer missing = get("root/7.signed");
    LONGS_EQUAL(404, missing.status);
    CHECK_TEXT_EQUAL("no-cache", missing.headers["cache-control"]);
    put("root/7.signed", "linli-signed 1\n");
    RawAnswer answer = get("root/7.signed");
    LONGS_EQUAL(200, answer.status);
    CHECK_TEXT_EQUAL(kImmutable, answer.headers["cache-control"]);
}

TEST(PublicationConf, NobodyRemembersThatAnAreaHasNoHeadYet) {
    RawAnswer missing = get("areas/12/0102/head.signed");
    LONGS_EQUAL(404, missing.status);
    CHECK_TEXT_EQUAL("no-cache", missing.headers["cache-control"]);
}

TEST(PublicationConf, ServesNothingElse) {
    put(".publishing", "");
    put("areas/12/.note", "the publisher's own");
    put("areas/12/head.signed.1234.new", "not yet whole");
    for (const char* path : {"", ".publishing", "areas/12/.note", "areas/12/head.signed.1234.new", "areas/", "areas/12/0101/",
                             "objects/", "areas/../.publishing", "index.html"})
        LONGS_EQUAL_TEXT(404, get(path).status, path);
    LONGS_EQUAL(405, get(platform::head_path(home, Part::Content), {}, "POST").status);
}

TEST(PublicationConf, NoticesANewHead) {
    std::string path = platform::head_path(home, Part::Content);
    std::string etag = get(path).headers["etag"];
    put(path, file(path) + "\n");
    RawAnswer answer;
    auto give_up = std::chrono::steady_clock::now() + std::chrono::seconds(10);
    do answer = get(path, {"If-None-Match: " + etag});
    while (answer.status == 304 && std::chrono::steady_clock::now() < give_up);
    LONGS_EQUAL(200, answer.status);
    CHECK_TRUE(answer.body == file(path));
}
