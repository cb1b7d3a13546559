#pragma once

#include <memory>

#include "content/fault.h"

namespace CLI {
class App;
}

namespace linli::platform {

/// `linli-publish verify`: whether receivers would find a publication whole, from its root down.
class VerifyCommand {
  public:
    /// Adds itself to the program's commands; before its command line is parsed.
    explicit VerifyCommand(CLI::App& app);
    ~VerifyCommand();

    bool is_asked_for() const;
    /// The exit status: 0 all is good, 1 something is not, 3 cannot read.
    int run(const content::Translate& translate) const;

  private:
    struct Settings;
    CLI::App* verify_;
    std::unique_ptr<Settings> settings_;
};

}  // namespace linli::platform
