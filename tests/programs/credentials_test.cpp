// What proves a box is nobody else's to read, and goes to no platform in the clear.

#include <sys/wait.h>

#include "platform/appointments/platform_address.h"
#include "tests/programs/program_run.h"
#include "tests/support/check.h"
#include "tests/support/temporary_folder.h"

#include "CppUTest/TestHarness.h"

using namespace linli;
namespace fs = std::filesystem;

// clang-format off
TEST_GROUP(Credentials) {
    tests::TemporaryFolder folder;

    /// What the box says as it refuses to start.
    std::string refusal(std::vector<std::string> arguments) {
        arguments.insert(arguments.end(), {"--area", "12/0101/001/002", "--data", (folder.path() / "data").string()});
        tests::ProgramRun box("linli-stb", arguments, folder.path());
        std::string said = box.read_to_end();
        int status = box.wait();
        CHECK_TRUE_TEXT(WIFEXITED(status) && WEXITSTATUS(status) == 1, said.c_str());
        return said;
    }
    fs::path secret(const char* bytes, fs::perms mode) {
        fs::remove(folder.path() / "secret");
        fs::path file = folder.write("secret", bytes);
        fs::permissions(file, mode);
        return file;
    }
};
// clang-format on

TEST(Credentials, InAFileThatOthersMayReadAreRefused) {
    for (fs::perms more : {fs::perms::group_read, fs::perms::others_read, fs::perms::others_write}) {
        fs::path file = secret("demo-box-1", fs::perms::owner_read | fs::perms::owner_write | more);
        STRCMP_CONTAINS(("must be readable by its owner only (chmod 600 " + file.string() + ")").c_str(),
                        refusal({"--box-token-file", file}).c_str());
    }
    fs::path key = secret("-----BEGIN PRIVATE KEY-----", fs::perms::owner_read | fs::perms::others_read);
    STRCMP_CONTAINS("must be readable by its owner only",
                    refusal({"--client-certificate", key, "--client-key", key}).c_str());
}

TEST(Credentials, ThatAreNotThereOrEmptyAreRefused) {
    STRCMP_CONTAINS("cannot read /no/such/file", refusal({"--box-token-file", "/no/such/file"}).c_str());
    for (const char* no_token : {"\n", "two words", "a\r\nLinli-Session: b"}) {
        STRCMP_CONTAINS("does not hold a token", refusal({"--box-token-file", secret(no_token, fs::perms::owner_read)}).c_str());
    }
    STRCMP_CONTAINS("not a file", refusal({"--box-token-file", folder.path()}).c_str());
    STRCMP_CONTAINS("more than 4096 bytes",
                    refusal({"--box-token-file", secret(std::string(5000, 'x').c_str(), fs::perms::owner_read)}).c_str());
}

TEST(Credentials, AreNotTakenToAPlatformInTheClear) {
    STRCMP_CONTAINS("http://platform.example would send PINs and names in the clear",
                    refusal({"--platform", "http://platform.example"}).c_str());
}

TEST(Credentials, GoToHttpsAndToLoopbackAlone) {
    for (const char* good : {"https://platform.example", "https://platform.example:8443/base", "http://127.0.0.1:8081",
                             "http://127.3.2.1", "http://localhost:8081/", "http://[::1]:8081"})
        CHECK_GOOD(platform::check_platform_address(good));
    for (const char* bad : {"", "platform.example", "ftp://127.0.0.1", "http://", "https://", "http://10.0.0.1:8081",
                            "http://127.0.0.1.example", "http://127.1", "http://localhost.example", "http://[::2]",
                            "http://localhost@platform.example", "http://127.0.0.1\\@platform.example",
                            "http://127.0.0.1 .example", "http://2130706433", "HTTP://127.0.0.1", "http://[::1].example"})
        CHECK_FALSE_TEXT(platform::check_platform_address(bad).has_value(), bad);
}
