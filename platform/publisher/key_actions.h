#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "content/fault.h"
#include "middleware/base/result.h"
#include "platform/publication/key_changes.h"

namespace linli::platform {

/// What the command line said. Which fields count depends on the subcommand.
struct KeySettings {
    std::vector<std::string> names;
    std::vector<std::string> areas;
    std::vector<std::string> key_files;
    std::vector<std::string> public_keys;
    std::vector<std::string> cities;
    std::vector<std::string> dropped;
    std::string area;
    std::string tree;
    std::string file;
    std::string to;
    std::string old_key;
    std::string new_key;
    std::string passphrase_file;
    unsigned threshold = 0;
    unsigned city_threshold = 1;
    int years = 5;
    bool is_sealed = false;
};

/// What the subcommands of `linli-publish keys` do; they print what came of it.
class KeyActions {
  public:
    /// Both must outlive this.
    KeyActions(const KeySettings& settings, const content::Translate& translate)
        : s_(settings), translate_(translate) {}

    base::Result<void> create() const;
    base::Result<void> init() const;
    base::Result<void> list() const;
    base::Result<void> root() const;
    base::Result<void> sign() const;
    base::Result<void> install() const;
    base::Result<void> delegate() const;
    base::Result<void> rotate() const;
    base::Result<void> revoke() const;

  private:
    base::Result<KeyRing> open_ring() const;
    base::Result<void> make_keys(const std::string& passphrase) const;
    void say(const content::Message& message) const;
    void say_written(const std::filesystem::path& file) const;
    void say_change(const KeyChange& change) const;

    const KeySettings& s_;
    const content::Translate& translate_;
};

}  // namespace linli::platform
