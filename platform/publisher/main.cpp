// linli-publish: checks an editor's folder, and publishes it. Exit status: 0 done, 1 the folder has faults, 2 wrong
// command line, 3 something could not be read or written.

#include <cstdio>

#include <CLI/CLI.hpp>

#include "content/checker.h"
#include "middleware/base/clock.h"
#include "middleware/text/catalog.h"
#include "platform/publication/publisher.h"
#include "platform/publisher/import_main.h"
#include "platform/publisher/keys_main.h"

using namespace linli;
using content::Message;
using content::Translate;

namespace {

enum ExitStatus { kDone = 0, kFaults = 1, kWrongCommand = 2, kNoAccess = 3 };

struct Settings {
    std::string folder;
    std::string tree;
    std::string language;
    int days = 30;
    int poll = 60;
};

/// The words of the language that is asked for, or else of the one that the environment says.
Translate open_catalog(const std::string& asked) {
    text::Catalog::install(LINLI_SHARE_DIR "/locale");
    text::Language language = asked.empty()    ? text::Catalog::language_of_environment()
                              : asked == "en" ? text::Language::English
                                              : text::Language::Chinese;
    return [catalog = text::Catalog(language)](std::string_view id) { return catalog(id.data()); };
}

void print(std::FILE* out, const std::string& line) { std::fprintf(out, "%s\n", line.c_str()); }

void print_faults(const content::CheckReport& report, const Translate& translate) {
    for (const content::Fault& fault : report.faults) print(stdout, content::to_text(fault, translate));
    Message summary{N_("Nothing was published. Faults: {}, items read: {}, areas: {}"),
                    {std::to_string(report.faults.size()), std::to_string(report.items), std::to_string(report.areas)}};
    print(stdout, summary.text(translate));
}

ExitStatus check(const Settings& settings, const Translate& translate) {
    content::CheckReport report = content::check_folder(settings.folder);
    for (const content::Fault& fault : report.faults) print(stdout, content::to_text(fault, translate));
    Message summary{report.is_good() ? N_("No faults. Items read: {1}, areas: {2}")
                                     : N_("Faults: {}, items read: {}, areas: {}"),
                    {std::to_string(report.faults.size()), std::to_string(report.items), std::to_string(report.areas)}};
    print(stdout, summary.text(translate));
    return report.is_good() ? kDone : kFaults;
}

std::string_view describe(platform::PublishOutcome outcome) {
    switch (outcome) {
        case platform::PublishOutcome::Unchanged: return N_("{}: unchanged, items: {}");
        case platform::PublishOutcome::Renewed: return N_("{}: renewed, items: {}");
        case platform::PublishOutcome::Changed: return N_("{}: published, items: {}");
    }
    return "{}";
}

ExitStatus publish(const Settings& settings, const Translate& translate) {
    platform::PublishOptions options;
    options.now = base::SystemClock().now();
    options.lifetime = std::chrono::days(settings.days);
    options.poll = std::chrono::seconds(settings.poll);
    auto report = platform::publish_folder(settings.folder, settings.tree, options);
    if (!report) {
        print(stderr, "linli-publish: " + report.error().message);
        return kNoAccess;
    }
    if (!report->check.is_good()) {
        print_faults(report->check, translate);
        return kFaults;
    }
    for (const auto& area : report->areas)
        print(stdout, Message{describe(area.outcome), {area.code.str(), std::to_string(area.items)}}.text(translate));
    return kDone;
}

}  // namespace

int main(int argc, char** argv) {
    Settings settings;
    CLI::App app("Checks the content of a community and publishes it");
    app.require_subcommand(1);
    app.footer("Exit status: 0 done, 1 the folder has faults, 2 wrong command line, 3 cannot read or write");
    app.add_option("--language", settings.language, "language of the messages; from the environment without it")
        ->check(CLI::IsMember({"zh_CN", "en"}));
    app.fallthrough();
    auto* check_command = app.add_subcommand("check", "Says what is wrong in a folder of exchange XML, and where");
    auto* publish_command = app.add_subcommand("publish", "Checks a folder and puts it into a publication");
    for (auto* command : {check_command, publish_command})
        command->add_option("folder", settings.folder, "the editor's folder")->required();
    publish_command->add_option("--to", settings.tree, "folder of the publication; made when missing")->required();
    publish_command->add_option("--days", settings.days, "how long boxes take it for up to date")
        ->check(CLI::Range(1, 3650))->capture_default_str();
    publish_command->add_option("--poll", settings.poll, "seconds: boxes ask no more often")
        ->check(CLI::Range(1, 86400))->capture_default_str();
    platform::ImportCommand import_command(app);
    platform::KeysCommand keys_command(app);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? kDone : kWrongCommand;
    }
    Translate translate = open_catalog(settings.language);
    if (import_command.is_asked_for()) return import_command.run(translate);
    if (keys_command.is_asked_for()) return keys_command.run(translate);
    return check_command->parsed() ? check(settings, translate) : publish(settings, translate);
}
