#pragma once

#include <filesystem>

#include "content/model.h"
#include "tests/support/temporary_folder.h"

namespace linli::tests {

/// The sample city as a box of the community 12/0101/001/002 has it after a sync. Read once a
/// process; each box of a test gets a copy.
class SampleCity {
  public:
    static const SampleCity& shared();
    static content::AreaCode community();

    void copy_store_to(const std::filesystem::path& file) const;
    const std::filesystem::path& objects() const { return objects_; }

  private:
    SampleCity();
    TemporaryFolder folder_;
    std::filesystem::path objects_;
};

}  // namespace linli::tests
