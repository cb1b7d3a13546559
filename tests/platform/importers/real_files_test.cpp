// What other senders really wrote: every file of a folder that is not part of this tree.

#include <sys/resource.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <map>

#include "middleware/base/file.h"
#include "middleware/base/local_time.h"
#include "tests/platform/importers/imported_text.h"
#include "tests/support/check.h"

#include "CppUTest/TestHarness.h"

using namespace linli;
using namespace linli::platform;
using tests::listing;
using tests::notice;

namespace fs = std::filesystem;

namespace {

long memory_in_kilobytes() {
    struct rusage usage {};
    ::getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss;
}

}  // namespace

// clang-format off
TEST_GROUP(RealFiles) {
    ImportOptions options = tests::import_options();

    /// Nothing where the folder is not there.
    static std::optional<fs::path> folder(const char* name, const char* test) {
        const char* folder = std::getenv("LINLI_REAL_FILES");
        if (folder != nullptr) return fs::path(folder) / name;
        std::printf("\nskipped RealFiles.%s: LINLI_REAL_FILES does not name a folder of real files\n", test);
        return std::nullopt;
    }
    Imported good(base::Result<Imported> imported) {
        CHECK_GOOD(imported);
        CHECK_TEXT_EQUAL("", tests::faults_of(*imported));
        return std::move(*imported);
    }
};
// clang-format on

TEST(RealFiles, EveryFeedIsImportedOrRefusedWithItsReason) {
    auto feeds = folder("feeds", "EveryFeedIsImportedOrRefusedWithItsReason");
    if (!feeds) return;
    const std::map<std::string, std::string> kRefused = {
        {"1.2/missing-namespace.xml", "<feed> of the namespace \"\" is neither Atom nor RSS"},
        {"1.2/wrong-namespace-case.xml",
         "<feed> of the namespace \"http://www.w3.org/2005/atom\" is neither Atom nor RSS"},
        {"1.2/wrong-namespace.xml",
         "<feed> of the namespace \"http://example.org\" is neither Atom nor RSS"},
        {"3.1.1.3/xhtml_named_entity.xml", "undefined entity"},
    };
    int files = 0;
    for (const auto& entry : fs::recursive_directory_iterator(*feeds)) {
        if (entry.path().extension() != ".xml") continue;
        ++files;
        std::string name = entry.path().lexically_relative(*feeds).generic_string();
        long before = memory_in_kilobytes();
        auto imported = import_feed(entry.path(), options);
        CHECK_TRUE_TEXT(memory_in_kilobytes() - before < 16 * 1024, name.c_str());
        if (auto refused = kRefused.find(name); refused != kRefused.end()) {
            CHECK_TRUE_TEXT(!imported && imported.error().message.ends_with(refused->second),
                            name.c_str());
            continue;
        }
        CHECK_TRUE_TEXT(imported && !imported->items.empty(), name.c_str());
        CHECK_TEXT_EQUAL("", tests::faults_of(*imported));
        // Dates of the third clause that are none are told; others are read.
        bool is_bad_date =
            name.starts_with("3.3/published_bad") || name.ends_with("published_no_colons.xml") ||
            name.ends_with("published_no_hyphens.xml") || name.ends_with("published_no_year.xml") ||
            name.ends_with("published_year_and_month.xml") ||
            name.ends_with("published_year_only.xml");
        bool tells_of_date =
            tests::remarks_of(*imported).find("which is none") != std::string::npos;
        CHECK_TRUE_TEXT(is_bad_date == tells_of_date, name.c_str());
    }
    CHECK_TRUE(files >= 90);
}

TEST(RealFiles, FeedsHaveTheirTitlesDatesAndTexts) {
    auto feeds = folder("feeds", "FeedsHaveTheirTitlesDatesAndTexts");
    if (!feeds) return;
    const struct {
        const char* file;
        const char* title;
        const char* published;
        const char* text;
    } kCases[] = {
        {"1.1/brief-noerror.xml", "Atom-Powered Robots Run Amok", "2003-12-13T18:30:02Z",
         "Some text.\n"},
        {"1.1/extensive-noerror.xml", "Atom draft-07 snapshot", "2003-12-13T12:29:29Z",
         "[Update: The Atom draft is finished.]\n"},
        {"3.1.1.2/example_html_title.xml", "Less: <", "2003-12-13T18:30:02Z", "Some text.\n"},
        {"3.1.1.1/example_text_title.xml", "Less: <", "2003-12-13T18:30:02Z", "Some text.\n"},
        {"3.1.1.1/escaped_text.xml", "Atom-Powered Robots Run Amok", "2003-12-13T18:30:02Z",
         "Some escaped html\n"},
        {"3.1.1.2/valid_html.xml", "Atom-Powered Robots Run Amok", "2003-12-13T18:30:02Z",
         "# Heading\n"},
        {"3.3/published_fractional_second.xml", "Atom-Powered Robots Run Amok",
         "2002-12-31T18:20:30Z", "Some text.\n"},
        {"3.3/published_bad_day2.xml", "Atom-Powered Robots Run Amok", "2003-12-13T18:30:02Z",
         "Some text.\n"},
    };
    for (const auto& [file, title, published, text] : kCases) {
        Imported imported = good(import_feed(*feeds / file, options));
        CHECK_TEXT_EQUAL(title, notice(imported).title);
        CHECK_TEXT_EQUAL(published, base::format_instant(imported.items.at(0).published));
        CHECK_TEXT_EQUAL(text, tests::to_text(notice(imported).body));
    }
    Imported unsafe = good(import_feed(*feeds / "3.1.1.3/unsafe_xhtml_element.xml", options));
    CHECK_TRUE(tests::to_text(notice(unsafe).body).find("script") == std::string::npos);
}

TEST(RealFiles, BothGenerationsOfHsdsGiveListings) {
    auto hsds = folder("hsds", "BothGenerationsOfHsdsGiveListings");
    if (!hsds) return;
    for (const char* file : {"service_full.json", "organization_full.json",
                             "service_at_location_full.json", "tabular.json", "csv"}) {
        Imported imported = good(import_hsds(*hsds / "spec-examples" / file, options));
        LONGS_EQUAL_TEXT(1, imported.items.size(), file);
        CHECK_TEXT_EQUAL("ac148810-d857-441c-9679-408f346de14b", imported.items[0].id);
        CHECK_TEXT_EQUAL("Community Counselling", listing(imported).name);
        CHECK_TEXT_EQUAL("Example Organization Inc.", listing(imported).provider);
        CHECK_TEXT_EQUAL("+44 1234 234567", listing(imported).telephones.at(0).number);
        CHECK_TRUE_TEXT(listing(imported).address.find("1-30 Main Street") != std::string::npos,
                        file);
    }
    for (const char* file : {"service_list.json", "service_at_location_list.json"}) {
        Imported imported = good(import_hsds(*hsds / "spec-examples" / file, options));
        LONGS_EQUAL_TEXT(1, imported.dropped(), file);
    }
    for (const char* file : {"base.json", "location.json", "taxonomy.json", "taxonomy_list.json",
                             "organization_list.json"})
        CHECK_FALSE_TEXT(import_hsds(*hsds / "spec-examples" / file, options).has_value(), file);
    options.telephone = "12345";
    for (const char* package : {"simple", "all_resources/datapackage.json"}) {
        Imported imported = good(import_hsds(*hsds / "sample-datapackage" / package, options));
        LONGS_EQUAL_TEXT(10, imported.items.size(), package);
        LONGS_EQUAL_TEXT(3, imported.dropped(), package);
        CHECK_TEXT_EQUAL("Never Homeless Helpline", listing(imported).name);
        CHECK_TEXT_EQUAL("Sanctuary Example City", listing(imported).provider);
    }
}
