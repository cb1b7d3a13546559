#include "platform/publisher/keys_main.h"

#include <CLI/CLI.hpp>
#include <cstdio>

#include "platform/publisher/key_actions.h"

namespace linli::platform {

using base::Result;
using content::Translate;

namespace {

std::string check_area(const std::string& text) {
    return content::AreaCode::parse(text) ? "" : "an area, such as 12/0101";
}

/// What one subcommand is called, says of itself, and does.
struct Subcommand {
    const char* name;
    Result<void> (KeyActions::*run)() const;
};

constexpr Subcommand kSubcommands[] = {
    {"create", &KeyActions::create},     {"init", &KeyActions::init},
    {"list", &KeyActions::list},         {"root", &KeyActions::root},
    {"sign", &KeyActions::sign},         {"install", &KeyActions::install},
    {"delegate", &KeyActions::delegate}, {"rotate", &KeyActions::rotate},
    {"revoke", &KeyActions::revoke},
};

/// An option that is given once for each value, so that what follows it is not taken for one more.
CLI::Option* add_many(CLI::App& command, const char* name, std::vector<std::string>& values,
                      const char* what) {
    return command.add_option(name, values, what)->allow_extra_args(false);
}

void add_ring(CLI::App& command, KeySettings& s) {
    add_many(command, "--key", s.key_files,
             "a key file to sign with, or a folder of them; as often as needed");
    command.add_option("--passphrase-file", s.passphrase_file,
                       "its first line opens sealed keys; without it the terminal is asked");
}

void add_tree(CLI::App& command, KeySettings& s) {
    command.add_option("--tree", s.tree, "folder of the publication")->required();
}

void add_making(CLI::App& keys, KeySettings& s) {
    auto* create =
        keys.add_subcommand("create", "Makes keys: NAME.key, to be kept secret, and NAME.pub");
    create->add_option("name", s.names, "names of the keys' files")->required();
    create->add_option("--to", s.to, "folder for them")->required();
    create->add_flag("--seal", s.is_sealed, "asks for a passphrase and seals the key with it");
    create->add_option("--passphrase-file", s.passphrase_file,
                       "seals the key with the first line of a file");

    auto* init = keys.add_subcommand(
        "init", "Makes all keys that trying out needs: of a root and of each area");
    init->add_option("--to", s.to, "folder for the keys")->required();
    add_tree(*init, s);
    add_many(*init, "--area", s.areas, "an area; those above it come with it")
        ->required()
        ->check(check_area);

    auto* list = keys.add_subcommand("list", "Says who may publish for which area");
    list->add_option("tree", s.tree, "folder of the publication")->required();
    add_ring(*list, s);
}

void add_root(CLI::App& keys, KeySettings& s) {
    auto* root =
        keys.add_subcommand("root", "Drafts the next version of the root; what is not said stays");
    root->add_option("file", s.file, "the draft that is written, for `keys sign`")->required();
    add_tree(*root, s);
    add_many(*root, "--root-key", s.public_keys,
             "each public key of the root: 64 hex digits or NAME.pub");
    root->add_option("--threshold", s.threshold, "how many of them must sign")
        ->check(CLI::Range(1, 16));
    add_many(*root, "--city", s.cities, "CODE=KEY,KEY…: the public keys of a city");
    root->add_option("--city-threshold", s.city_threshold,
                     "how many keys of these cities must sign")
        ->check(CLI::Range(1, 16));
    add_many(*root, "--drop-city", s.dropped, "a city that publishes no longer")->check(check_area);
    root->add_option("--years", s.years, "how long it is good")
        ->check(CLI::Range(1, 20))
        ->capture_default_str();

    auto* sign = keys.add_subcommand(
        "sign", "Shows a root and signs it; each holder on a machine of his own");
    sign->add_option("file", s.file, "the draft, or what others have signed before")->required();
    add_ring(*sign, s);

    auto* install = keys.add_subcommand(
        "install", "Checks a signed root against the newest one and puts it in place");
    install->add_option("file", s.file, "the root")->required();
    add_tree(*install, s);
    add_ring(*install, s);
}

void add_areas(CLI::App& keys, KeySettings& s) {
    auto add = [&](const char* name, const char* what) {
        auto* command = keys.add_subcommand(name, what);
        command->add_option("area", s.area, "an area below a city, such as 12/0101")
            ->required()
            ->check(check_area);
        add_tree(*command, s);
        add_ring(*command, s);
        return command;
    };
    auto* delegate = add("delegate", "Names the keys of an area");
    add_many(*delegate, "--to", s.public_keys, "each of its public keys: 64 hex digits or NAME.pub")
        ->required();
    delegate->add_option("--threshold", s.threshold, "how many of them must sign")
        ->check(CLI::Range(1, 16));
    auto* rotate = add("rotate", "Puts a new key of an area in the place of an old one");
    rotate->add_option("--new", s.new_key, "the public key that comes")->required();
    auto* revoke = add("revoke", "Takes a key away from an area");
    for (CLI::App* command : {rotate, revoke})
        command->add_option("--old", s.old_key, "the public key that goes")->required();
}

}  // namespace

KeysCommand::KeysCommand(CLI::App& app)
    : command_(app.add_subcommand("keys", "Makes keys, and says who may publish for which area")),
      settings_(std::make_unique<KeySettings>()) {
    command_->require_subcommand(1);
    command_->footer(
        "Exit status: 0 done, 1 refused or impossible, 2 wrong command line. See docs/keys.md");
    add_making(*command_, *settings_);
    add_root(*command_, *settings_);
    add_areas(*command_, *settings_);
}

KeysCommand::~KeysCommand() = default;

bool KeysCommand::is_asked_for() const {
    return command_->parsed();
}

int KeysCommand::run(const Translate& translate) const {
    KeyActions actions(*settings_, translate);
    for (const Subcommand& subcommand : kSubcommands) {
        if (!command_->got_subcommand(subcommand.name)) continue;
        auto done = (actions.*subcommand.run)();
        if (done) return 0;
        std::fprintf(stderr, "linli-publish: %s\n", done.error().message.c_str());
        return 1;
    }
    return 2;
}

}  // namespace linli::platform
