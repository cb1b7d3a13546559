#pragma once

#include <memory>

#include "content/fault.h"

namespace CLI {
class App;
}

namespace linli::platform {

/// `linli-publish check` and `linli-publish publish`: what is wrong in an editor's folder, and putting it into a
/// publication.
class PublishCommand {
  public:
    /// Adds itself to the program's commands; before its command line is parsed.
    explicit PublishCommand(CLI::App& app);
    ~PublishCommand();

    bool is_asked_for() const;
    /// The exit status: 0 done, 1 the folder has faults, 3 cannot read, write or sign.
    int run(const content::Translate& translate) const;

  private:
    struct Settings;
    CLI::App* check_;
    CLI::App* publish_;
    std::unique_ptr<Settings> settings_;
};

}  // namespace linli::platform
