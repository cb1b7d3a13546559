#pragma once

#include <filesystem>

#include "middleware/base/result.h"
#include "middleware/storage/database.h"

namespace linli::platform {

/// What the publisher remembers of an editor's folder that was without fault, and of what it published of it:
/// TREE/.publisher/state.db. All of it can be made again from the folder and the tree, apart from the contents from
/// which deltas lead on. The tables are said in publisher_state.cpp.
class PublisherState {
  public:
    /// One that another version of the publisher wrote is begun anew.
    static base::Result<PublisherState> open(const std::filesystem::path& tree);
    /// After a fault of the database: removes it where it is damaged. False where it is not.
    static bool discard_if_damaged(const std::filesystem::path& tree);

    /// Everything that one publishing reads and writes is in one transaction: after a crash the state before it holds, and
    /// publishing again comes to the same files.
    base::Result<storage::Transaction> begin();
    storage::Database& database() { return database_; }
    /// It was not there, or could not be used.
    bool is_new() const { return is_new_; }

  private:
    PublisherState(storage::Database database, bool is_new) : database_(std::move(database)), is_new_(is_new) {}
    storage::Database database_;
    bool is_new_;
};

}  // namespace linli::platform
