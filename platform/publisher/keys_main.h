#pragma once

#include <memory>

#include "content/fault.h"

namespace CLI {
class App;
}

namespace linli::platform {

struct KeySettings;

/// `linli-publish keys`: makes keys and says who may publish for which area (docs/keys.md).
class KeysCommand {
  public:
    /// Adds itself to the program's commands; before its command line is parsed.
    explicit KeysCommand(CLI::App& app);
    ~KeysCommand();

    bool is_asked_for() const;
    /// The exit status: 0 done, 1 refused or impossible, with the reason.
    int run(const content::Translate& translate) const;

  private:
    CLI::App* command_;
    std::unique_ptr<KeySettings> settings_;
};

}  // namespace linli::platform
