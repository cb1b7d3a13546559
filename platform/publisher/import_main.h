#pragma once

#include <memory>

#include "content/fault.h"

namespace CLI {
class App;
}

namespace linli::platform {

/// `linli-publish import`: makes exchange XML of what another system of the city wrote.
class ImportCommand {
  public:
    /// Adds itself to the program's commands; before its command line is parsed.
    explicit ImportCommand(CLI::App& app);
    ~ImportCommand();

    bool is_asked_for() const;
    /// The exit status: 0 something was imported, 1 nothing was, 2 wrong command line, 3 cannot
    /// read or write.
    int run(const content::Translate& translate) const;

  private:
    struct Settings;
    CLI::App* command_;
    std::unique_ptr<Settings> settings_;
};

}  // namespace linli::platform
