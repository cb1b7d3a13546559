#pragma once

#include <chrono>
#include <filesystem>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "middleware/base/result.h"
#include "middleware/storage/database.h"
#include "platform/appointments/messages.h"
#include "platform/server/household.h"

namespace linli::platform {

/// Households, their members and appointments in a SQLite file. Of tokens and PINs it keeps what they can be
/// checked with (SHA-256, Argon2id) and not themselves. Safe from every thread; one question at a time.
class HouseholdStore {
  public:
    /// Wrong PINs in a row that lock a member, first for `kFirstLock`, then each time twice as long.
    static constexpr int kTries = 5;
    static constexpr std::chrono::seconds kFirstLock{60};
    static constexpr std::chrono::seconds kLongestLock{24 * 3600};

    static base::Result<std::unique_ptr<HouseholdStore>> open(const std::filesystem::path& file);

    /// Puts each household in the place of the one with the same token; others stay. All of them or none.
    base::Result<void> import(std::span<const Household> households);

    /// The members of a box's household; nothing for an unknown box.
    base::Result<std::optional<std::vector<Member>>> members(std::string_view box_token);

    /// The appointments of a member by rising start, or why not. A try is counted before the PIN is checked, so
    /// that a power cut or a race gives none away.
    using Answer = std::variant<std::vector<Appointment>, Refusal>;
    base::Result<Answer> look_up(std::string_view box_token, const LookUp& look_up, std::chrono::sys_seconds now);

  private:
    struct Person;

    explicit HouseholdStore(storage::Database database) : database_(std::move(database)) {}
    base::Result<void> insert(const Household& household);
    base::Result<void> insert(std::int64_t household, const Household::Person& person);
    base::Result<std::optional<std::int64_t>> find_household(std::string_view box_token);
    base::Result<std::optional<Person>> find_person(std::int64_t household, std::string_view ref);
    base::Result<void> note_tries(const Person& person);
    base::Result<std::vector<Appointment>> appointments(std::int64_t person);

    std::mutex mutex_;
    storage::Database database_;  // guarded by mutex_
};

}  // namespace linli::platform
