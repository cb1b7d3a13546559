#include "platform/appointments/appointment_transfer.h"

#include <algorithm>

#include "middleware/base/format.h"
#include "middleware/base/secret.h"
#include "platform/appointments/messages.h"

namespace linli::platform {

using base::Result;

namespace {

constexpr int kOk = 200;
constexpr std::chrono::seconds kConnect{5};

AppointmentFailure unreachable(std::string detail) {
    return {.reason = AppointmentFailure::Reason::Unreachable, .detail = std::move(detail)};
}

/// Reads what the platform says; a status without a refusal is none of its own.
AppointmentResult understand(const net::HttpAnswer& answer, const AppointmentQuestion& question) {
    if (answer.status == kOk) {
        auto value = question.read(answer.body);
        if (!value) return unreachable(base::format("{}: {}", question.name, value.error().message));
        return std::move(*value);
    }
    auto refusal = read_refusal(answer.body);
    if (!refusal) return unreachable(base::format("{}: status {}", question.name, answer.status));
    return AppointmentFailure{.reason = AppointmentFailure::Reason::Refused,
                              .refusal = *refusal,
                              .detail = base::format("{}: refused, {}", question.name, to_name(refusal->reason))};
}

bool is_known(const AppointmentResult& result) {
    const auto* failure = std::get_if<AppointmentFailure>(&result);
    if (!failure) return true;
    return failure->reason == AppointmentFailure::Reason::Refused && failure->refusal.reason != Refusal::Reason::Busy;
}

}  // namespace

AppointmentTransfer::AppointmentTransfer(const AppointmentOptions& options, net::HttpClient& client)
    : base_url_(options.base_url), options_(options), client_(client) {
    while (base_url_.ends_with('/')) base_url_.pop_back();
}

Result<net::HttpAnswer> AppointmentTransfer::send(const AppointmentQuestion& question,
                                                  std::chrono::milliseconds patience) {
    net::HttpLimits limits{.bytes = kMostMessageBytes,
                           .connect = std::min<std::chrono::milliseconds>(kConnect, patience),
                           .total = patience,
                           .redirects = 0};
    std::vector<std::string> headers;
    if (question.session) headers.push_back("Linli-Session: " + question.session->ref);
    std::string url = base_url_ + question.path;
    auto answer = question.body ? client_.post({.url = url,
                                                .body = *question.body,
                                                .media_type = "application/xml",
                                                .bearer_token = options_.box_token,
                                                .headers = headers},
                                               limits)
                                : client_.get({.url = url, .bearer_token = options_.box_token, .headers = headers}, limits);
    for (std::string& header : headers) base::wipe(header);
    // An address may hold the digits of a receipt or a key: the log shall not tell them.
    if (!answer) {
        std::string& message = answer.error().message;
        if (auto at = message.find(url); at != std::string::npos) message.replace(at, url.size(), base_url_ + "/" + question.name);
    }
    return answer;
}

AppointmentReply AppointmentTransfer::ask(const AppointmentQuestion& question, std::chrono::milliseconds patience) {
    AppointmentReply reply;
    auto answer = send(question, patience);
    reply.was_sent = answer || client_.was_sent();
    if (!answer) {
        reply.result = unreachable(answer.error().message);
        return reply;
    }
    reply.result = understand(*answer, question);
    reply.is_known = is_known(reply.result);
    reply.retry_after = answer->retry_after;
    reply.date = answer->date;
    base::wipe(answer->body);
    return reply;
}

}  // namespace linli::platform
