// linli-publish: checks an editor's folder, and publishes it. Exit status: 0 done, 1 the folder has faults, 2 wrong
// command line, 3 something could not be read or written.

#include <CLI/CLI.hpp>

#include "middleware/text/catalog.h"
#include "platform/publisher/import_main.h"
#include "platform/publisher/keys_main.h"
#include "platform/publisher/publish_main.h"
#include "platform/publisher/verify_main.h"

using namespace linli;
using content::Translate;

namespace {

constexpr int kDone = 0, kWrongCommand = 2;

/// The words of the language that is asked for, or else of the one that the environment says.
Translate open_catalog(const std::string& asked) {
    text::Catalog::install(LINLI_SHARE_DIR "/locale");
    text::Language language = asked.empty()    ? text::Catalog::language_of_environment()
                              : asked == "en" ? text::Language::English
                                              : text::Language::Chinese;
    return [catalog = text::Catalog(language)](std::string_view id) { return catalog(id.data()); };
}

}  // namespace

int main(int argc, char** argv) {
    std::string language;
    CLI::App app("Checks the content of a community and publishes it");
    app.require_subcommand(1);
    app.footer("Exit status: 0 done, 1 the folder has faults, 2 wrong command line, 3 cannot read or write");
    app.add_option("--language", language, "language of the messages; from the environment without it")
        ->check(CLI::IsMember({"zh_CN", "en"}));
    app.fallthrough();
    platform::PublishCommand publish_command(app);
    platform::ImportCommand import_command(app);
    platform::KeysCommand keys_command(app);
    platform::VerifyCommand verify_command(app);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? kDone : kWrongCommand;
    }
    Translate translate = open_catalog(language);
    if (import_command.is_asked_for()) return import_command.run(translate);
    if (keys_command.is_asked_for()) return keys_command.run(translate);
    if (verify_command.is_asked_for()) return verify_command.run(translate);
    return publish_command.run(translate);
}
