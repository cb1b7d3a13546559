#include "platform/server/store/change_keys.h"

#include "middleware/base/result.h"

namespace linli::platform {

using Reason = Refusal::Reason;

SqlResult<std::optional<KeptAnswer>> find_answer(SqlConnection& sql, std::string_view key,
                                           std::optional<std::int64_t> household, std::string_view question) {
    LINLI_TRY(rows, sql.query("SELECT household, question, appointment, reason, quota FROM change_key WHERE key = $1", {key}));
    if (rows.empty()) return std::nullopt;
    const SqlRow& row = rows[0];
    bool is_same_household = household ? !row.is_null(0) && row.integer(0) == *household : row.is_null(0);
    if (!is_same_household || row.text(1) != question) return Refusal{Reason::KeyReused};
    if (row.text(3).empty()) return row.integer(2);
    return Refusal{.reason = parse_refusal_reason(row.text(3)).value_or(Reason::WrongState),
                   .limit = static_cast<int>(row.integer(4))};
}

SqlResult<void> keep_answer(SqlConnection& sql, std::string_view key, std::optional<std::int64_t> household,
                            std::string_view question, const KeptAnswer& answer, std::chrono::sys_seconds now) {
    const auto* refusal = std::get_if<Refusal>(&answer);
    auto appointment = refusal ? std::nullopt : std::optional(std::get<std::int64_t>(answer));
    LINLI_TRY(rows, sql.query("INSERT INTO change_key VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (key) DO NOTHING"
                              " RETURNING key",
                              {key, household, question, now, appointment, refusal ? to_name(refusal->reason) : "",
                               refusal ? refusal->limit : 0}));
    if (!rows.empty()) return {};
    // Two persons, or two desks, at the same time.
    return std::unexpected(SqlError{SqlError::Kind::Retry, "the key was used at the same time"});
}

}  // namespace linli::platform
