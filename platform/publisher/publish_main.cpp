#include "platform/publisher/publish_main.h"

#include <cstdio>

#include <CLI/CLI.hpp>

#include "content/checker.h"
#include "middleware/base/clock.h"
#include "platform/publication/publisher.h"
#include "platform/publisher/passphrase.h"

namespace linli::platform {

using content::Message;
using content::Translate;

namespace {

enum ExitStatus { kDone = 0, kFaults = 1, kNoAccess = 3 };

void print(std::FILE* out, const std::string& line) { std::fprintf(out, "%s\n", line.c_str()); }

int print_report(const content::CheckReport& report, std::string_view summary, const Translate& translate) {
    for (const content::Fault& fault : report.faults) print(stdout, content::to_text(fault, translate));
    Message message{summary,
                    {std::to_string(report.faults.size()), std::to_string(report.items), std::to_string(report.areas)}};
    print(stdout, message.text(translate));
    return report.is_good() ? kDone : kFaults;
}

std::string_view describe(PublishOutcome outcome) {
    switch (outcome) {
        case PublishOutcome::Unchanged: return N_("{}: unchanged, items: {}");
        case PublishOutcome::Renewed: return N_("{}: renewed, items: {}");
        case PublishOutcome::Changed: return N_("{}: published, items: {}");
        case PublishOutcome::NoKey: return N_("{}: left as it was, its key is not at hand");
    }
    return "{}";
}

}  // namespace

struct PublishCommand::Settings {
    std::string folder;
    std::string tree;
    std::vector<std::filesystem::path> keys;
    std::string passphrase_file;
    int days = 30;
    int poll = 300;
    int alerts_poll = 30;
    int deltas = 16;
};

PublishCommand::PublishCommand(CLI::App& app)
    : check_(app.add_subcommand("check", "Says what is wrong in a folder of exchange XML, and where")),
      publish_(app.add_subcommand("publish", "Checks a folder and puts it into a publication")),
      settings_(std::make_unique<Settings>()) {
    Settings& settings = *settings_;
    for (auto* command : {check_, publish_})
        command->add_option("folder", settings.folder, "the editor's folder")->required();
    publish_->add_option("--to", settings.tree, "folder of the publication, which has a root")->required();
    publish_->add_option("--key", settings.keys, "file of a private key, or folder of such files; may be given again")
        ->required()->check(CLI::ExistingPath)->allow_extra_args(false);
    publish_->add_option("--passphrase-file", settings.passphrase_file, "of sealed keys; asked for at the terminal without it")
        ->check(CLI::ExistingPath);
    publish_->add_option("--days", settings.days, "how long boxes take it for up to date")
        ->check(CLI::Range(1, 3650))->capture_default_str();
    publish_->add_option("--poll", settings.poll, "seconds: boxes ask no more often")
        ->check(CLI::Range(1, 86400))->capture_default_str();
    publish_->add_option("--alerts-poll", settings.alerts_poll, "the same for urgent notices")
        ->check(CLI::Range(1, 86400))->capture_default_str();
    publish_->add_option("--deltas", settings.deltas, "for how many earlier contents of an area there is a delta")
        ->check(CLI::Range(0, 200))->capture_default_str();
}

PublishCommand::~PublishCommand() = default;

bool PublishCommand::is_asked_for() const { return check_->parsed() || publish_->parsed(); }

int PublishCommand::run(const Translate& translate) const {
    const Settings& settings = *settings_;
    if (check_->parsed()) {
        content::CheckReport report = content::check_folder(settings.folder);
        return print_report(report, report.is_good() ? N_("No faults. Items read: {1}, areas: {2}")
                                                     : N_("Faults: {}, items read: {}, areas: {}"),
                            translate);
    }
    auto report = [&]() -> base::Result<PublishReport> {
        LINLI_TRY(keys, KeyRing::open(settings.keys, passphrase_from(settings.passphrase_file, translate)));
        return publish_folder(settings.folder, settings.tree, keys,
                              {.now = base::SystemClock().now(),
                               .lifetime = std::chrono::days(settings.days),
                               .poll = std::chrono::seconds(settings.poll),
                               .alerts_poll = std::chrono::seconds(settings.alerts_poll),
                               .deltas = settings.deltas});
    }();
    if (!report) {
        print(stderr, "linli-publish: " + report.error().message);
        return kNoAccess;
    }
    if (!report->check.is_good())
        return print_report(report->check, N_("Nothing was published. Faults: {}, items read: {}, areas: {}"), translate);
    for (const auto& area : report->areas)
        print(stdout, Message{describe(area.outcome), {area.code.str(), std::to_string(area.items)}}.text(translate));
    return kDone;
}

}  // namespace linli::platform
