#pragma once

#include <condition_variable>
#include <cstdint>
#include <filesystem>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <variant>
#include <vector>

#include "content/model.h"
#include "middleware/base/result.h"

namespace linli::platform {

/// Unpacks and reads a document of a publication on a thread of its own, while another one stores what was read. What
/// is read and not yet stored takes some megabytes at most, however long the document is. The file's hash was checked
/// before; here it is checked that it unpacks to as many bytes as it should and is a document of the area.
class DocumentReading {
  public:
    enum class Form { Content, Delta };
    struct Source {
        /// Packed.
        std::filesystem::path file;
        Form form = Form::Content;
        std::uint64_t unpacked_length = 0;
        content::AreaCode area;
    };
    struct Entry {
        /// Removals come in a delta only, before its items.
        std::variant<content::Item, content::Removal> what;
        /// Of an item.
        std::string xml;
    };

    explicit DocumentReading(Source source);
    /// Ends the reading where it is.
    ~DocumentReading();
    DocumentReading(const DocumentReading&) = delete;
    DocumentReading& operator=(const DocumentReading&) = delete;

    /// Waits for what comes next; empty after the last one. Why there is no more is told once, in place of the end.
    base::Result<std::vector<Entry>> next();
    /// After the end: how many items of kinds were left out that this version does not know.
    std::uint64_t items_passed_over() const { return passed_over_; }

  private:
    class Unpacking;
    void run();
    base::Result<void> read();
    base::Result<void> hand_over(std::vector<Entry> entries, std::size_t bytes);

    Source source_;
    std::uint64_t passed_over_ = 0;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<Entry> waiting_;         // guarded by mutex_
    std::size_t waiting_bytes_ = 0;      // guarded by mutex_
    bool has_ended_ = false;             // guarded by mutex_
    bool is_given_up_ = false;           // guarded by mutex_
    std::optional<base::Error> failure_;  // guarded by mutex_
    std::jthread thread_;
};

}  // namespace linli::platform
