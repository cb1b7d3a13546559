// What networks and platforms do to a change, and what is done about it:
//   no connection: it was not sent, and is not done
//   the answer does not come, is cut short or makes no sense: `outcome` is asked for, then the same key sent again
//   the answer came to nobody, and the session has ended since: what `outcome` tells is the answer
//   the platform is busy (503): it may have done it all the same, so this is no answer

#include "platform/appointments/change_maker.h"

#include <algorithm>

#include "middleware/base/format.h"
#include "platform/appointments/pauses.h"

namespace linli::platform {

using namespace std::chrono;
using namespace std::chrono_literals;

namespace {

/// Less than this is too little to ask anything.
constexpr milliseconds kLeastTime = 200ms;

AppointmentFailure refused(Refusal refusal, std::string_view name) {
    std::string detail = base::format("{}: refused, {}", name, to_name(refusal.reason));
    return {AppointmentFailure::Reason::Refused, std::move(refusal), std::move(detail)};
}

milliseconds left(steady_clock::time_point end) {
    return std::max(duration_cast<milliseconds>(end - steady_clock::now()), 0ms);
}

}  // namespace

ChangeMaker::ChangeMaker(const AppointmentPatience& patience, AppointmentTransfer& transfer, ChangeJournal& journal,
                         const PlatformTime& time)
    : patience_(patience), transfer_(transfer), journal_(journal), time_(time) {}

AppointmentResult ChangeMaker::make(std::stop_token stop, const std::shared_ptr<const Session>& session,
                                    const Change& change, const std::string& key, Key use) {
    Instant end = steady_clock::now() + patience_.change;
    if (auto written = journal_.add({key, change.kind, time_.now()}); !written)
        return AppointmentFailure{
            .reason = AppointmentFailure::Reason::Unreachable,
            .detail = base::format("{}: not sent, {}", to_name(change.kind), written.error().message)};
    AppointmentQuestion question = question_of_change(session, change, key);
    AppointmentReply reply = transfer_.ask(question, patience_.first_try);
    if (reply.is_known) return std::move(reply.result);
    if (!reply.was_sent && use == Key::New && !transfer_.is_cancelled()) {
        // An entry that stays for want of a disk does no harm: the platform will not know the key.
        (void)journal_.remove(key);
        return std::move(reply.result);
    }
    return follow_up(stop, question, change.kind, key, std::move(reply), end);
}

AppointmentResult ChangeMaker::follow_up(std::stop_token stop, const AppointmentQuestion& question, Change::Kind kind,
                                         const std::string& key, AppointmentReply reply, Instant end) {
    Pauses pauses(patience_.least_follow_up, patience_.change);
    std::optional<Appointment> done;
    if (reply.retry_after) pause(stop, std::min<milliseconds>(*reply.retry_after, left(end)));
    while (!reply.is_known && !transfer_.is_cancelled() && left(end) > kLeastTime) {
        OutcomeReply told = transfer_.ask_outcome(kind, key, std::min(patience_.outcome, left(end)));
        if (told.outcome && told.outcome->result == Outcome::Result::Refused)
            return refused({.reason = parse_refusal_reason(told.outcome->reason).value_or(Refusal::Reason::WrongState)},
                           question.name);
        if (told.outcome && told.outcome->appointment) done = told.outcome->appointment;
        // The same key again: it brings the whole appointment where it was done, and does it where it was not.
        if (told.outcome && left(end) > kLeastTime) reply = transfer_.ask(question, left(end));
        if (!reply.is_known && !done) pause(stop, std::min(pauses.next(told.retry_after), left(end)));
        if (done) break;
    }
    bool is_refused = std::holds_alternative<AppointmentFailure>(reply.result);
    if (reply.is_known && !(done && is_refused)) return std::move(reply.result);
    if (done) return std::move(*done);
    return AppointmentFailure{.reason = AppointmentFailure::Reason::Unsettled,
                              .detail = base::format("{}: what became of it is not known yet", question.name)};
}

void ChangeMaker::pause(std::stop_token stop, milliseconds time) {
    std::unique_lock lock(mutex_);
    wake_.wait_for(lock, stop, time, [] { return false; });
}

}  // namespace linli::platform
