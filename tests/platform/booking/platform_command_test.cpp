// linli-platform as it is called: TLS and what proves a box, and the office's commands.

#include <fstream>

#include "middleware/base/file.h"
#include "middleware/net/http_client.h"
#include "platform/appointments/messages.h"
#include "tests/platform/booking/platform_process.h"
#include "tests/platform/booking/store_test.h"
#include "tests/support/check.h"
#include "tests/support/nginx.h"

#include "CppUTest/TestHarness.h"

using namespace linli;
using namespace linli::platform;
using namespace std::chrono_literals;
using linli::tests::PlatformProcess;
using linli::tests::TestAuthority;

namespace {

/// The SHA-256 of a certificate, as openssl tells it.
std::string fingerprint(const std::filesystem::path& certificate) {
    std::string command = "openssl x509 -noout -fingerprint -sha256 -in '" + certificate.string() + "'";
    std::FILE* pipe = ::popen(command.c_str(), "r");
    char line[200] = "";
    std::string text = std::fgets(line, sizeof line, pipe) ? line : "";
    ::pclose(pipe);
    std::string hex;
    for (char c : text.substr(text.find('=') + 1))
        if (std::isxdigit(static_cast<unsigned char>(c))) hex += static_cast<char>(std::tolower(c));
    return hex;
}

std::string household(const std::string& proof, const std::string& name) {
    return "<household " + proof + "><member ref='m1' name='" + name + "' pin='2468'/></household>";
}

}  // namespace

// clang-format off
TEST_GROUP(PlatformTls) {
    TestAuthority authority;
    tests::TemporaryFolder folder;
    net::HttpOptions options{.user_agent = "tests", .ca_file = authority.ca()};
    std::unique_ptr<PlatformProcess> platform;

    void serve(const TestAuthority& clients) {
        auto households = folder.write("households.xml", "<households xmlns='urn:linli:households:1'>" +
            household("token='box-token-1' certificate='" + fingerprint(clients.client_certificate()) + "'", "张*一") +
            household("token='box-token-2'", "李*二") + "</households>");
        platform = std::make_unique<PlatformProcess>(std::vector<std::string>{
            "--database", folder.path() / "bookings.db", "--households", households,
            "--certificate", authority.server_certificate(), "--key", authority.server_key(), "--client-ca", clients.ca()});
        STRCMP_CONTAINS("https://127.0.0.1:", platform->url().c_str());
    }
    void show(const TestAuthority& of) {
        options.client_certificate = of.client_certificate();
        options.client_key = of.client_key();
    }
    /// The name of the household's member, the reason of a refusal, or "no answer".
    std::string ask(const std::string& token = "") {
        auto answer = net::HttpClient(options).get({.url = platform->url() + "/appointments/members", .bearer_token = token}, {});
        if (!answer) return "no answer";
        if (auto members = read_members(answer->body)) return members->front().masked_name;
        auto refusal = read_refusal(answer->body);
        return refusal ? std::string(to_name(refusal->reason)) : answer->body;
    }
};
// clang-format on

TEST(PlatformTls, ACertificateOrATokenProvesABox) {
    serve(authority);
    CHECK_TEXT_EQUAL("unknown-box", ask());
    CHECK_TEXT_EQUAL("李*二", ask("box-token-2"));
    CHECK_TEXT_EQUAL("unknown-box", ask("box-token-3"));
    show(authority);
    CHECK_TEXT_EQUAL("张*一", ask());
    CHECK_TEXT_EQUAL("张*一", ask("box-token-1"));
}

TEST(PlatformTls, NeverBothOfDifferentHouseholds) {
    serve(authority);
    show(authority);
    CHECK_TEXT_EQUAL("unknown-box", ask("box-token-2"));
    CHECK_TEXT_EQUAL("unknown-box", ask("box-token-3"));
}

TEST(PlatformTls, ACertificateOfNoHouseholdIsNobodys) {
    serve(authority);
    // The server's own is of the same authority.
    options.client_certificate = authority.server_certificate();
    options.client_key = authority.server_key();
    CHECK_TEXT_EQUAL("unknown-box", ask());
    CHECK_TEXT_EQUAL("unknown-box", ask("box-token-2"));
}

TEST(PlatformTls, AForeignCertificateGetsNoAnswerWhateverItsToken) {
    serve(authority);
    TestAuthority foreign;
    show(foreign);
    CHECK_TEXT_EQUAL("no answer", ask());
    CHECK_TEXT_EQUAL("no answer", ask("box-token-1"));
}

TEST(PlatformTls, ACertificateThatIsOverGetsNoAnswer) {
    TestAuthority over(TestAuthority::Validity::Over);
    serve(over);
    show(over);
    CHECK_TEXT_EQUAL("no answer", ask());
}

TEST(PlatformTls, WhatABoxSaysOfItsCertificateDoesNotCount) {
    serve(authority);
    // A hash in a token's place is no certificate: each is hashed by its kind.
    CHECK_TEXT_EQUAL("unknown-box", ask(fingerprint(authority.client_certificate())));
    CHECK_TEXT_EQUAL("unknown-box", ask(box_of_certificate(fingerprint(authority.client_certificate()))));
}

TEST_GROUP(PlatformCommand) {
    tests::TemporaryFolder folder;

    PlatformProcess::Ended run(const std::string& arguments) {
        return PlatformProcess::run("--database '" + (folder.path() / "bookings.db").string() + "' " + arguments);
    }
    void said(const std::string& what, int status, const std::string& arguments) {
        auto ended = run(arguments);
        STRCMP_CONTAINS(what.c_str(), ended.said.c_str());
        LONGS_EQUAL(status, ended.status);
    }
};

TEST(PlatformCommand, ListensElsewhereOnlyOverTls) {
    said("0.0.0.0 can be reached from other machines, and what boxes say is personal: give --certificate and --key", 1,
         "--publication /tmp --address 0.0.0.0 --port 0");
    said("--certificate and --key go together", 1, "--publication /tmp --certificate a.pem");
    said("--client-ca needs --certificate", 1, "--publication /tmp --client-ca a.pem");
    said("/nowhere.pem: no certificate", 1, "--publication /tmp --port 0 --certificate /nowhere.pem --key /nowhere.key");
    said("--publication is missing", 1, "");
    LONGS_EQUAL(2, PlatformProcess::run("--publication /tmp").status);
    LONGS_EQUAL(2, run("--dance").status);
}

TEST(PlatformCommand, TellsTheLineOfAFaultInItsFiles) {
    auto file = folder.write("schedules.xml", "<schedules xmlns='urn:linli:schedules:1'>\n<schedule/></schedules>");
    said("schedules.xml:2:1: <schedule>: service=\"\": expected", 1, "--publication /tmp --port 0 --schedules '" + file.string() + "'");
}

TEST(PlatformCommand, AnOfficeTakesItsListAndHandsItBack) {
    {
        PlatformProcess platform({"--database", (folder.path() / "bookings.db").string(), "--schedules",
                                  folder.write("schedules.xml", "<schedules xmlns='urn:linli:schedules:1'><schedule service='12/0101#check'"
                                               " places='3' book-until='0'><name>体检</name><place>中心</place><telephone>000</telephone>"
                                               "<open days='mon tue wed thu fri sat sun' from='00:00' until='24:00'/></schedule></schedules>")
                                      .string()});
    }
    auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    std::string day = Zone::find("Asia/Shanghai")->date_text(now + 72h), digits = day;
    std::erase(digits, '-');
    auto table = folder.write("desk.csv", "action,service,date,from,key\nbook,12/0101#check," + day + ",09:00,1\nbook,12/0101#check," + day +
                                              ",09:07,2\n");
    said("desk.csv:2: booked, YY-", 1, "office import '" + table.string() + "'");
    said("desk.csv:3: NOT DONE: unknown-slot\n1 rows done, 1 not\n", 1, "office import '" + table.string() + "'");
    said("12/0101#check," + day + ",09:00,09:30,booked,\r\n", 0, "office export --service '12/0101#check'");
    std::string list = (folder.path() / "list.ics").string();
    said("", 0, "office export --service '12/0101#check' --format ics --until " + day + " --to '" + list + "'");
    STRCMP_CONTAINS("\r\nSTATUS:CONFIRMED\r\n", base::read_file(list)->c_str());
    auto busy = folder.write("busy.ics", "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:t\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART:" +
                                             digits +
                                             "T100000\r\nDURATION:PT1H\r\nSUMMARY:x\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n");
    said("1 closed times", 0, "office closed '" + busy.string() + "' --service '12/0101#check'");
    folder.write("desk.csv", "action,service,date,from,key\nbook,12/0101#check," + day + ",10:00,3\n");
    said("NOT DONE: unknown-slot", 1, "office import '" + table.string() + "'");
    said("#none has no schedule", 1, "office closed '" + busy.string() + "' --service '12/0101#none'");
    said("expected AREA#ID", 1, "office export --service check");
}

TEST(PlatformCommand, ExplainsItself) {
    auto help = PlatformProcess::run("--help").said;
    for (const char* part : {"--client-ca", "--operator-token-file", "office", "For example:", "Exit status:"})
        STRCMP_CONTAINS(part, help.c_str());
}
