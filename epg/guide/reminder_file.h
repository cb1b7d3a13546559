#pragma once

#include <filesystem>

#include "epg/guide/reminder_list.h"
#include "middleware/base/result.h"

namespace linli::epg {

/// Where reminders are kept: a small XML file of their own, so that they outlive the guide's. Nothing in it says who set
/// them. Written as a whole, so that a power cut leaves the old or the new ones.
class ReminderFile {
  public:
    explicit ReminderFile(std::filesystem::path file) : file_(std::move(file)) {}

    /// None where there is no file. A file that cannot be understood is moved aside (`FILE.damaged`) and an error.
    base::Result<ReminderList> load() const;
    base::Result<void> save(const ReminderList& reminders) const;

  private:
    std::filesystem::path file_;
};

}  // namespace linli::epg
