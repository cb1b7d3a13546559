#include "middleware/base/local_time.h"
#include "platform/importers/hsds_tables.h"
#include "tests/platform/importers/imported_text.h"
#include "tests/support/check.h"
#include "tests/support/temporary_folder.h"

#include "CppUTest/TestHarness.h"

using namespace linli;
using namespace linli::platform;
using tests::listing;
using tests::remarks_of;

namespace {

constexpr const char* kService = R"({
  "id": "s1", "name": "Meals on wheels", "description": "Hot meals.", "status": "active", "last_modified": "2026-11-07T09:00:00Z",
  "application_process": "Ring us.", "fees_description": "12 yuan a meal", "eligibility_description": "From 60 years on",
  "organization": {"id": "o1", "name": "Kitchen Co."},
  "phones": [{"id": "p1", "number": "(0571) 8800-1234", "extension": 7, "type": "voice"}, {"number": "999999", "type": "fax"}],
  "schedules": [{"freq": "WEEKLY", "byday": "MO,TU", "opens_at": "09:00:00", "closes_at": "17:00:00"},
                {"byday": "WE", "opens_at": "09:00", "closes_at": "12:00", "valid_to": "2020-01-01"}],
  "required_documents": [{"document": "Identity card"}],
  "languages": [{"name": "Wu"}],
  "attributes": [{"id": "a1", "taxonomy_term": {"id": "t1", "name": "Food"}}],
  "service_at_locations": [
    {"id": "l", "location": {"id": "loc1", "name": "Kitchen", "transportation": "Line 7",
      "addresses": [{"address_1": "12 Bay Road", "city": "Riverbend", "postal_code": "310000"}]}},
    {"id": "m", "location": {"id": "loc2", "name": "Hall", "phones": [{"number": "110", "description": "Hall"}]}}]
})";

}  // namespace

// clang-format off
TEST_GROUP(HsdsImporter) {
    tests::TemporaryFolder folder;
    ImportOptions options = tests::import_options();

    Imported import(const std::filesystem::path& path) {
        auto imported = import_hsds(path, options);
        CHECK_GOOD(imported);
        CHECK_TEXT_EQUAL("", tests::faults_of(*imported));
        return std::move(*imported);
    }
    Imported json(std::string_view text) { return import(folder.write("hsds.json", text)); }
    std::string error(std::string_view text) {
        auto imported = import_hsds(folder.write("hsds.json", text), options);
        std::string message = imported ? "" : imported.error().message;
        return message.substr(std::min(message.find("hsds.json"), message.size()));
    }
};
// clang-format on

TEST(HsdsImporter, AServiceWithAllThatIsNestedInItBecomesAListing) {
    Imported imported = json(kService);
    LONGS_EQUAL(1, imported.items.size());
    const content::Listing& meals = listing(imported);
    CHECK_TEXT_EQUAL("s1", imported.items[0].id);
    CHECK_TEXT_EQUAL("2026-11-07T09:00:00Z", base::format_instant(imported.items[0].published));
    CHECK_TEXT_EQUAL("Meals on wheels", meals.name);
    CHECK_TEXT_EQUAL("Kitchen Co.", meals.provider);
    CHECK_TEXT_EQUAL("Food", meals.offers.at(0));
    CHECK_TEXT_EQUAL("Kitchen, 12 Bay Road, Riverbend 310000", meals.address);
    CHECK_TEXT_EQUAL("12 yuan a meal", meals.price);
    CHECK_TEXT_EQUAL("From 60 years on", meals.eligibility);
    LONGS_EQUAL(2, meals.telephones.size());
    CHECK_TEXT_EQUAL("0571 8800-1234", meals.telephones[0].number);
    CHECK_TEXT_EQUAL("ext. 7", meals.telephones[0].label);
    CHECK_TEXT_EQUAL("Hall", meals.telephones[1].label);
    LONGS_EQUAL(1, meals.hours.open.size());
    LONGS_EQUAL(3, meals.hours.open[0].days);
    CHECK_TEXT_EQUAL(
        "Hot meals.\n# How to apply\nRing us.\n# Please bring\n- Identity card\n# Also at\n- "
        "Hall\n# Getting there\nLine 7\n"
        "# Languages\nWu\n",
        tests::to_text(meals.body));
    CHECK_TEXT_EQUAL(
        "hsds.json: missing from \"Meals on wheels\": opening hours that ended on 2020-01-01\n",
        remarks_of(imported));
}

TEST(HsdsImporter, PagesOrganizationsTablesAndArraysHoldTheSameService) {
    std::string service = kService;
    std::string inner = service;
    auto organization = inner.find("\"organization\"");
    inner.erase(organization, inner.find('\n', organization) - organization);
    for (const std::string& text :
         {"{\"total_items\": 1, \"contents\": [" + service + "]}", "[" + service + "]",
          "{\"services\": [" + service + "]}",
          "{\"id\": \"o1\", \"name\": \"Kitchen Co.\", \"services\": [" + inner + "]}"}) {
        Imported imported = json(text);
        LONGS_EQUAL(1, imported.items.size());
        CHECK_TRUE(imported.items[0] == json(kService).items[0]);
    }
}

TEST(HsdsImporter, TablesOfTheSecondVersionAreJoined) {
    folder.write("p/services.csv",
                 "id,organization_id,name,description,status\ns1,o1,Laundry,Washing.,active\ns2,o1,"
                 "Old,,inactive\n");
    folder.write("p/organizations.csv", "id,name\no1,Wash Co.\n");
    folder.write("p/services_at_location.csv", "id,service_id,location_id\nsl1,s1,l1\n");
    folder.write("p/locations.csv", "id,name\nl1,The Laundry\n");
    folder.write("p/physical_addresses.csv",
                 "id,location_id,address_1,city\na1,l1,Bay Road 2,Riverbend\n");
    folder.write("p/phones.csv", "id,service_at_location_id,number,type\np1,sl1,110,voice\n");
    folder.write(
        "p/regular_schedules.csv",
        "id,service_id,weekday,opens_at,closes_at\n1,s1,1,09:00:00,17:00:00\n2,s1,6,22:00,02:00\n");
    folder.write("p/holiday_schedules.csv",
                 "id,service_id,closed,opens_at,closes_at,start_date,end_date\n1,s1,true,,,2027-01-"
                 "01,2027-01-02\n2,s1,true,,,2019-01-01,2019-01-02\n");
    folder.write("p/services_taxonomy.csv", "id,service_id,taxonomy_id\n1,s1,t1\n");
    folder.write("p/taxonomy.csv", "id,name\nt1,Laundries\n");
    folder.write("p/eligibility.csv", "id,service_id,eligibility\n1,s1,adults\n");
    folder.write(
        "p/metadata.csv",
        "id,resource_id,last_action_date\n1,s1,2026-01-01T00:00:00Z\n2,s1,2026-02-01T00:00:00Z\n");
    Imported imported = import(folder.path() / "p");
    LONGS_EQUAL(1, imported.items.size());
    const content::Listing& laundry = listing(imported);
    CHECK_TEXT_EQUAL("2026-02-01T00:00:00Z", base::format_instant(imported.items[0].published));
    CHECK_TEXT_EQUAL("Wash Co.", laundry.provider);
    CHECK_TEXT_EQUAL("Laundries", laundry.offers.at(0));
    CHECK_TEXT_EQUAL("The Laundry, Bay Road 2, Riverbend", laundry.address);
    CHECK_TEXT_EQUAL("adults", laundry.eligibility);
    CHECK_TEXT_EQUAL("110", laundry.telephones.at(0).number);
    LONGS_EQUAL(3, laundry.hours.open.size());
    LONGS_EQUAL(1, laundry.hours.exceptions.size());
    CHECK_TEXT_EQUAL("p: \"Old\" left out: its status is \"inactive\"\n", remarks_of(imported));
}

TEST(HsdsImporter, APackageNamesItsFiles) {
    folder.write("p/data/svc.csv", "id,name\ns1,Laundry\n");
    folder.write("p/other.csv", "id,service_id,number\np1,s1,110\n");
    auto package = folder.write(
        "p/datapackage.json",
        R"({"resources": [{"name": "service", "path": "data/svc.csv"}, {"name": "phone", "path": ["other.csv"]},
                                    {"name": "contact", "path": "contacts.csv"}]})");
    LONGS_EQUAL(1, import(package).items.size());
    LONGS_EQUAL(1, import(folder.path() / "p").items.size());
}

TEST(HsdsImporter, APackageCannotNameFilesOutsideItsFolder) {
    folder.write("services.csv", "id,name\ns1,Secret\n");
    for (const char* path : {"../services.csv", "/etc/passwd", "a/../../services.csv",
                             "http://a.example/services.csv"}) {
        folder.write(
            "p/datapackage.json",
            std::string(R"({"resources": [{"name": "service", "path": ")") + path + "\"}]}");
        CHECK_FALSE_TEXT(import_hsds(folder.path() / "p", options).has_value(), path);
    }
}

TEST(HsdsImporter, ANumberOfTheOrganizationServesWhereTheServiceHasNone) {
    Imported imported = json(
        R"({"id": "s", "name": "n", "organization": {"id": "o", "name": "O", "phones": [{"number": "110"}]}})");
    CHECK_TEXT_EQUAL("110", listing(imported).telephones.at(0).number);
}

TEST(HsdsImporter, AServiceWithoutANumberIsDropped) {
    CHECK_TEXT_EQUAL(
        "hsds.json: \"n\" left out: it has no telephone number; --telephone gives one\n",
        remarks_of(json(R"({"id": "s", "name": "n", "organization": {"id": "o", "name": "O"}})")));
}

TEST(HsdsImporter, HoursThatAreNotWeeklyBecomeTextOrAreTold) {
    Imported imported = json(
        R"({"id": "s", "name": "n", "organization_id": "o", "phones": [{"number": "110"}], "schedules": [
        {"freq": "MONTHLY", "byday": "1MO", "opens_at": "09:00", "closes_at": "12:00", "description": "First Mondays"},
        {"byday": "1MO", "opens_at": "09:00", "closes_at": "12:00"}]})");
    CHECK_TEXT_EQUAL("Opening hours: First Mondays\n", tests::to_text(listing(imported).body));
    CHECK_TEXT_EQUAL(
        "hsds.json: missing from \"n\": opening hours that are not weekly: 1MO 09:00 to 12:00\n",
        remarks_of(imported));
}

TEST(HsdsImporter, WhatIsNoServiceDirectoryIsNamed) {
    CHECK_TEXT_EQUAL("hsds.json: there are no services in it", error("{}"));
    CHECK_TEXT_EQUAL(
        "hsds.json: there are no services in it",
        error(R"({"id": "l", "name": "A place", "latitude": 1, "organization": null})"));
    CHECK_TRUE(error("{\"id\": ").find("it is no JSON") != std::string::npos);
    CHECK_TRUE(error("").find("it is no JSON") != std::string::npos);
}

TEST(HsdsImporter, DeepNestingIsRefused) {
    CHECK_TEXT_EQUAL("hsds.json: it is nested more than 32 deep, or has more than 10000000 values",
                     error(std::string(1'000'000, '[') + std::string(1'000'000, ']')));
}
