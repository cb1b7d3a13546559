#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <stop_token>
#include <string>
#include <string_view>

#include "epg/guide/event_intake.h"
#include "epg/guide/guide_update.h"
#include "epg/xmltv/xmltv_mapping.h"
#include "middleware/base/result.h"

namespace linli::epg {

struct XmltvOptions {
    /// East of UTC, of times that name no zone. The format says UTC.
    std::chrono::minutes untold_zone{0};
    /// Whose title, sub-title and description is taken, where there are several; else the first.
    std::string language = "zh";
    /// What is outside is passed over.
    TimeWindow window;
};

/// What was in a file, for the log and Diagnostics.
struct XmltvCounts {
    std::uint64_t programmes = 0;  // of channels of ours
    std::uint64_t of_others = 0;   // of channels that nobody receives
    std::uint64_t out_of_time = 0;
    std::uint64_t bad_times = 0;
    std::uint64_t channels = 0;  // of ours
};

/// Reads a file of XMLTV that is pushed in, plain or packed with gzip, in pieces of any size, and hands on updates for the
/// guide. Costs the same memory whatever the size of the file. A file that breaks off or is no XMLTV is an error; what
/// came before the mistake has been handed on, and what an earlier file said stays beside it.
class XmltvImport {
  public:
    using Sink = std::function<void(GuideUpdate)>;
    /// Events in an update.
    static constexpr std::size_t kMostEvents = 512;
    /// Of the file, unpacked.
    static constexpr std::uint64_t kMostBytes = std::uint64_t(4) << 30;

    XmltvImport(XmltvMapping mapping, XmltvOptions options, Sink sink);
    ~XmltvImport();
    XmltvImport(const XmltvImport&) = delete;
    XmltvImport& operator=(const XmltvImport&) = delete;

    /// An error names line and column; it sticks.
    base::Result<void> push(std::string_view bytes);
    base::Result<XmltvCounts> finish();

  private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

/// The whole of a file. An error where it is stopped before its end.
base::Result<XmltvCounts> import_xmltv_file(const std::filesystem::path& file, XmltvImport& import, const std::stop_token& stop = {});

}  // namespace linli::epg
