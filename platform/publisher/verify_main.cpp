#include "platform/publisher/verify_main.h"

#include <cstdio>

#include <CLI/CLI.hpp>

#include "middleware/base/clock.h"
#include "middleware/base/file.h"
#include "platform/publication/signed_file.h"
#include "platform/publication/tree_verifier.h"

namespace linli::platform {

using content::Message;
using content::Translate;

namespace {

enum ExitStatus { kDone = 0, kFaults = 1, kNoAccess = 3 };

base::Result<TreeReport> verify(const std::string& tree, const std::string& root_file) {
    LINLI_TRY(root, base::read_file(root_file, kMostSignedBytes));
    return verify_tree(tree, root, base::SystemClock().now());
}

}  // namespace

struct VerifyCommand::Settings {
    std::string tree;
    std::string root_file;
};

VerifyCommand::VerifyCommand(CLI::App& app)
    : verify_(app.add_subcommand("verify", "Examines a publication as its receivers do: signatures, hashes, deltas")),
      settings_(std::make_unique<Settings>()) {
    verify_->add_option("tree", settings_->tree, "folder of the publication")->required()->check(CLI::ExistingDirectory);
    verify_->add_option("--root", settings_->root_file, "the root that receivers are provisioned with")
        ->required()->check(CLI::ExistingFile);
}

VerifyCommand::~VerifyCommand() = default;

bool VerifyCommand::is_asked_for() const { return verify_->parsed(); }

int VerifyCommand::run(const Translate& translate) const {
    auto report = verify(settings_->tree, settings_->root_file);
    if (!report) {
        std::fprintf(stderr, "linli-publish: %s\n", report.error().message.c_str());
        return kNoAccess;
    }
    for (const std::string& fault : report->faults) std::printf("%s\n", fault.c_str());
    Message summary{N_("Faults: {}, heads: {}, other files: {}, bytes: {}"),
                    {std::to_string(report->faults.size()), std::to_string(report->heads), std::to_string(report->files),
                     std::to_string(report->bytes)}};
    std::printf("%s\n", summary.text(translate).c_str());
    return report->faults.empty() ? kDone : kFaults;
}

}  // namespace linli::platform
