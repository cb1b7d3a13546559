#include "middleware/storage/migration.h"

#include "middleware/base/format.h"

namespace linli::storage {

using base::Result;

namespace {

const Migration* step_from(std::int64_t version, std::span<const Migration> steps) {
    const Migration* longest = nullptr;
    for (const Migration& step : steps)
        if (step.from == version && (!longest || step.to > longest->to)) longest = &step;
    return longest;
}

}  // namespace

Result<void> migrate(Database& database, std::span<const Migration> steps) {
    while (true) {
        LINLI_TRY(version, database.number("PRAGMA user_version"));
        if (!step_from(version, steps)) return {};
        LINLI_TRY(transaction, Transaction::begin(database));
        // Another one may have been faster.
        LINLI_TRY(version_now, database.number("PRAGMA user_version"));
        const Migration* step = step_from(version_now, steps);
        if (!step) return {};
        LINLI_CHECK(database.run(step->sql));
        LINLI_CHECK(database.run(base::format("PRAGMA user_version = {}", step->to)));
        LINLI_CHECK(transaction.commit());
        if (step->then == Migration::Then::Vacuum) (void)database.run("PRAGMA auto_vacuum = INCREMENTAL; VACUUM");
    }
}

}  // namespace linli::storage
