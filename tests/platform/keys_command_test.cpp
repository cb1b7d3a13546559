#include <pty.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <string>

#include "middleware/base/file.h"
#include "middleware/base/format.h"
#include "platform/publication/key_ring.h"
#include "platform/publication/trust_chain.h"
#include "tests/content/sample_items.h"
#include "tests/support/check.h"
#include "tests/support/temporary_folder.h"

#include "CppUTest/TestHarness.h"

using namespace linli;
using linli::tests::area;

// clang-format off
/// The program itself, as an operator calls it.
TEST_GROUP(KeysCommand) {
    tests::TemporaryFolder folder;
    std::string program = std::filesystem::read_symlink("/proc/self/exe").parent_path() / "linli-publish";
    std::string said;
    int status = -1;

    /// Runs `linli-publish keys ARGUMENTS` in the folder through a shell; keeps what it says and its exit status.
    void run(const std::string& arguments) {
        std::string line = base::format("exec 2>&1; cd {} && {} --language en keys {}", folder.path().string(), program, arguments);
        std::FILE* pipe = ::popen(line.c_str(), "r");
        said.clear();
        std::array<char, 4096> buffer;
        while (std::size_t got = std::fread(buffer.data(), 1, buffer.size(), pipe)) said.append(buffer.data(), got);
        int result = ::pclose(pipe);
        status = WIFEXITED(result) ? WEXITSTATUS(result) : -1;
    }
    void expect_done(const std::string& arguments, const char* text = "") {
        run(arguments);
        LONGS_EQUAL_TEXT(0, status, said.c_str());
        STRCMP_CONTAINS(text, said.c_str());
    }
    void expect_refused(const std::string& arguments, const char* reason) {
        run(arguments);
        LONGS_EQUAL_TEXT(1, status, said.c_str());
        STRCMP_CONTAINS(reason, said.c_str());
    }
    std::string file(const std::string& name) { return *base::read_file(folder.path() / name); }
};
// clang-format on

TEST(KeysCommand, ARootOfTwoOfThreeIsSignedByItsHoldersOneAfterTheOther) {
    expect_done("create a --to holder-a");
    expect_done("create b --to holder-b");
    expect_done("create c --to holder-c");
    expect_done("create 12 --to city");
    expect_done(
        "root next.root --tree tree --root-key holder-a/a.pub --root-key holder-b/b.pub --root-key "
        "holder-c/c.pub "
        "--threshold 2 --city 12=city/12.pub",
        "Keys of the root that must sign: 2 of 3");
    expect_done("sign next.root --key holder-a/a.key", "More of the root's own keys must sign");
    expect_refused("install next.root --tree tree",
                   "1 good signatures of the 3 keys that count, 2 are needed");
    expect_done("sign next.root --key holder-c/c.key", "Signatures: 2");
    expect_done("install next.root --tree tree", "tree/root/1.signed");
    auto chain = platform::TrustChain::start(file("tree/root/1.signed"));
    CHECK_GOOD(chain);
    CHECK_TRUE(chain->keys_of(area("12")) != nullptr);

    // The next one: another city, a key of the root replaced. What is not said stays.
    expect_done("create d --to holder-d");
    expect_done(
        "root next.root --tree tree --root-key holder-a/a.pub --root-key holder-b/b.pub --root-key "
        "holder-d/d.pub "
        "--city 31=city/12.pub",
        "Root 2");
    expect_done("sign next.root --key holder-b/b.key --key holder-a/a.key");
    expect_done("install next.root --tree tree");
    CHECK_GOOD(chain->follow(file("tree/root/2.signed")));
    UNSIGNED_LONGS_EQUAL(2, chain->root().keys.threshold);
    CHECK_TRUE(chain->keys_of(area("12")) != nullptr && chain->keys_of(area("31")) != nullptr);

    expect_done("root next.root --tree tree --drop-city 31");
    expect_done("sign next.root --key holder-d/d.key --key holder-a/a.key");
    expect_done("install next.root --tree tree");
    CHECK_GOOD(chain->follow(file("tree/root/3.signed")));
    POINTERS_EQUAL(nullptr, chain->keys_of(area("31")));
}

TEST(KeysCommand, ListsWhoMayPublishForWhichArea) {
    expect_done("init --to keys --tree tree --area 12/0101/001 --area 12/0102",
                "tree/root/1.signed");
    std::filesystem::rename(folder.path() / "keys/root.key", folder.path() / "root.key");
    expect_done("list tree --key keys");
    auto key = *platform::read_public_key(folder.path() / "keys/12-0102.pub");
    STRCMP_CONTAINS("12/0101/001: keys that must sign: 1 of 1", said.c_str());
    STRCMP_CONTAINS((key.hex() + "  (at hand)").c_str(), said.c_str());
    auto root = *platform::read_public_key(folder.path() / "keys/root.pub");
    STRCMP_CONTAINS((root.hex() + "\n").c_str(), said.c_str());
}

TEST(KeysCommand, DelegatesRotatesAndRevokes) {
    expect_done("init --to keys --tree tree --area 12");
    expect_done("create a b c --to keys");
    expect_done(
        "delegate 12/0101 --tree tree --to keys/a.pub --to keys/b.pub --threshold 2 --key keys");
    expect_done("list tree", "12/0101: keys that must sign: 2 of 2");
    expect_done("rotate 12/0101 --tree tree --old keys/b.pub --new keys/c.pub --key keys");
    expect_done("list tree",
                platform::read_public_key(folder.path() / "keys/c.pub")->hex().c_str());
    expect_refused("revoke 12/0101 --tree tree --old keys/c.pub --key keys",
                   "has 1 keys, 2 must sign");
    expect_done("delegate 12/0101 --tree tree --to keys/a.pub --key keys");
    expect_done("revoke 12/0101 --tree tree --old keys/a.pub --key keys");
    run("list tree");
    STRCMP_CONTAINS("12: keys", said.c_str());
    CHECK_FALSE(said.contains("12/0101"));
}

TEST(KeysCommand, TakesThePassphraseFromAPipe) {
    expect_done("create a b --to keys --passphrase-file /dev/fd/3 3<<X\nred apple\nX\n");
    CHECK_TRUE(base::SecretKey::is_sealed(file("keys/a.key")));
    expect_done(
        "root next.root --tree tree --root-key keys/a.pub --root-key keys/b.pub --threshold 2");
    expect_refused(
        "sign next.root --key keys/a.key --passphrase-file /dev/fd/3 3<<X\ngreen apple\nX\n",
        "the passphrase is wrong");
    expect_done("sign next.root --key keys --passphrase-file /dev/fd/3 3<<X\nred apple\nX\n",
                "Signatures: 2");
}

TEST(KeysCommand, RefusesAKeyThatOthersMayRead) {
    expect_done("create a --to keys");
    std::filesystem::permissions(folder.path() / "keys/a.key", std::filesystem::perms(0644));
    expect_done("root next.root --tree tree --root-key keys/a.pub");
    expect_refused("sign next.root --key keys/a.key",
                   "has mode 0644: others may read or change this key");
}

TEST(KeysCommand, SignsNothingButRoots) {
    expect_done("create a --to keys");
    folder.write("letter.txt", "I owe you 100 yuan");
    expect_refused("sign letter.txt --key keys/a.key", "the root is wrong at 1:");
    CHECK_TEXT_EQUAL("I owe you 100 yuan", file("letter.txt"));
}

TEST(KeysCommand, AsksATerminalForThePassphraseAndDoesNotShowIt) {
    int terminal = -1;
    pid_t child = ::forkpty(&terminal, nullptr, nullptr, nullptr);
    if (child == 0) {
        std::string keys = folder.path() / "keys";
        ::execl(program.c_str(), program.c_str(), "--language", "en", "keys", "create", "a",
                "--seal", "--to", keys.c_str(), nullptr);
        ::_exit(127);
    }
    // Each question is there before its answer is typed.
    auto read_until = [&](std::string_view text) {
        std::array<char, 256> buffer;
        while (!said.contains(text)) {
            ssize_t got = ::read(terminal, buffer.data(), buffer.size());
            if (got <= 0) return;
            said.append(buffer.data(), static_cast<std::size_t>(got));
        }
    };
    for (const char* question : {"New passphrase:", "The same once more:"}) {
        read_until(question);
        LONGS_EQUAL(11, ::write(terminal, "red apple!\n", 11));
    }
    read_until("public ");
    int result = 0;
    ::waitpid(child, &result, 0);
    ::close(terminal);
    LONGS_EQUAL_TEXT(0, result, said.c_str());
    CHECK_FALSE(said.contains("apple"));
    CHECK_GOOD(base::SecretKey::parse(file("keys/a.key"), "red apple!"));
}
