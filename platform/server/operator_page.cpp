#include "platform/server/operator_page.h"

#include <algorithm>
#include <array>
#include <map>

#include "middleware/base/format.h"

namespace linli::platform {

using namespace std::chrono;

namespace {

constexpr std::string_view kRefused = "refused:";

/// A text of the page in both languages.
struct Words {
    std::string_view id, chinese, english;
};

// clang-format off
constexpr Words kWords[] = {
    {"title", "预约情况", "Appointments"},
    {"no-names", "只有数字，没有任何人的信息。", "Counts only; nobody’s data."},
    {"from", "从", "From"}, {"until", "到", "to"}, {"show", "查看", "Show"}, {"table", "下载表格 (CSV)", "Download as a table (CSV)"},
    {"other-language", "English", "中文"},
    {"nothing", "这些天没有预约。", "There were no appointments in these days."},
    {"by-service", "按服务", "By service"}, {"by-day", "按日期", "By day"},
    {"by-both", "按日期和服务", "By day and service"}, {"day-and-service", "日期和服务", "Day and service"}, {"refusals", "没有办成的原因", "Why requests were refused"},
    {"refusals-by-all", "没有办成的，按日期、服务和原因", "Refused, by day, service and reason"}, {"no-service", "不属于某项服务", "(no service)"},
    {"service", "服务", "Service"}, {"day", "日期", "Day"}, {"reason", "原因", "Reason"}, {"count", "次数", "Count"},
    // Counts, in the order of the columns.
    {"booked", "已约成", "Booked"}, {"pending", "待确认", "To be agreed"}, {"changed", "改期", "Changed"},
    {"cancelled", "居民取消", "Cancelled by residents"}, {"called-off", "单位取消", "Called off by offices"},
    {"fulfilled", "已到", "Attended"}, {"missed", "未到", "Missed"}, {"waiting", "候补", "Waiting"}, {"refused", "未办成", "Refused"},
    // Reasons.
    {"slot-taken", "号源刚被别人约走", "Somebody was quicker"}, {"too-late", "太晚了，已截止", "After the cut-off"},
    {"too-early", "还没到可约的日期", "Too far ahead"}, {"quota", "超过每人可约的次数", "More than one person may have"},
    {"no-waiting", "还有号，或没有候补", "No list, or places left"}, {"already-booked", "这个时间已有预约", "Had one at that time"},
    {"wrong-state", "预约已经变了", "The appointment had changed"}, {"key-reused", "重复的请求号", "A key used twice"},
    {"unknown-service", "没有这项服务", "No such service"}, {"unknown-slot", "没有这个号", "No such slot"},
    {"unknown-number", "没有这个预约", "No such appointment"}, {"wrong-pin", "密码不对", "Wrong PIN"},
    {"locked", "密码输错太多，已锁定", "Locked after wrong PINs"}, {"no-session", "登录已过期", "The session had ended"},
    {"unknown-box", "不认识的机顶盒", "No such box"}, {"too-many", "查询次数太多", "Asked too often"},
};
// clang-format on
constexpr std::array<std::string_view, 9> kColumns{"booked",    "pending", "changed", "cancelled", "called-off",
                                                   "fulfilled", "missed",  "waiting", "refused"};

constexpr std::string_view kStyle = R"(
:root{color-scheme:light}
body{margin:0 auto;max-width:70rem;padding:2rem 1.5rem 4rem;font:17px/1.5 "Noto Sans CJK SC","Noto Sans",sans-serif;color:#1d2733;background:#fbfbf9}
header{display:flex;justify-content:space-between;align-items:baseline;gap:1rem}
h1{font-size:1.9rem;margin:0}h2{font-size:1.25rem;margin:2.2rem 0 .6rem}
p{margin:.3rem 0;color:#4a5662}a{color:#0b5394}
form{display:flex;flex-wrap:wrap;gap:.8rem;align-items:center;margin:1.2rem 0}
input,button{font:inherit;padding:.35rem .7rem;border:1px solid #9aa5b1;border-radius:.4rem;background:#fff;color:inherit}
button{background:#0b5394;border-color:#0b5394;color:#fff}
ul{display:grid;grid-template-columns:repeat(auto-fit,minmax(9rem,1fr));gap:.8rem;list-style:none;padding:0;margin:1.2rem 0}
li{background:#fff;border:1px solid #dde2e6;border-radius:.6rem;padding:.7rem .9rem;display:flex;flex-direction:column;justify-content:space-between}
li span{color:#4a5662;font-size:.9rem}li b{font-size:1.8rem;line-height:1.2;font-weight:600}
div{overflow-x:auto}
table{border-collapse:collapse;width:100%;background:#fff;border:1px solid #dde2e6}
th,td{padding:.5rem .7rem;text-align:right;border-bottom:1px solid #e8ebee;font-variant-numeric:tabular-nums}
th{font-weight:600;font-size:.9rem;color:#4a5662;vertical-align:bottom}
td.n{color:#98a2ad}
th:first-child,td:first-child{text-align:left;white-space:nowrap}
table.words th:not(:last-child),table.words td:not(:last-child){text-align:left}
:lang(en){font-family:"Noto Sans","Noto Sans CJK SC",sans-serif}
)";

std::string escape(std::string_view text) {
    std::string escaped;
    for (char c : text) {
        switch (c) {
            case '&': escaped += "&amp;"; break;
            case '<': escaped += "&lt;"; break;
            case '>': escaped += "&gt;"; break;
            case '"': escaped += "&quot;"; break;
            default: escaped += c;
        }
    }
    return escaped;
}

std::string date_text(year_month_day day) {
    return base::format("{:04}-{:02}-{:02}", static_cast<int>(day.year()), static_cast<unsigned>(day.month()),
                        static_cast<unsigned>(day.day()));
}

std::string name_of(const OperatorReport& report, const std::string& service) {
    auto found = std::ranges::find(report.names, service, &std::pair<std::string, std::string>::first);
    return found == report.names.end() ? service : found->second;
}

/// Counts by what they count; all refusals together as "refused".
using Counts = std::map<std::string, std::int64_t, std::less<>>;

void add(Counts& counts, const BookingStore::Progress& one) {
    counts[one.what.starts_with(kRefused) ? "refused" : one.what] += one.count;
}

class Page {
  public:
    Page(const OperatorReport& report, OperatorLanguage language) : report_(report), language_(language) {
        for (const BookingStore::Progress& one : report.counts) {
            add(sums_, one);
            add(by_service_[one.service], one);
            add(by_day_[one.day], one);
            add(by_both_[{one.day, one.service}], one);
            if (one.what.starts_with(kRefused)) reasons_[one.what.substr(kRefused.size())] += one.count;
        }
    }

    std::string write() {
        write_head();
        if (report_.counts.empty()) {
            html_ += base::format("<p>{}</p>", word("nothing"));
        } else {
            write_sums();
            write_counts("by-service", "service", by_service_, [&](const std::string& key) { return name(key); });
            write_counts("by-day", "day", by_day_, [](year_month_day day) { return date_text(day); });
            write_reasons();
            write_counts("by-both", "day-and-service", by_both_, [&](const auto& key) {
                return base::format("{} {}", date_text(key.first), name(key.second));
            });
            write_refusals();
        }
        return html_ + "</body></html>\n";
    }

  private:
    std::string_view word(std::string_view id) const {
        auto found = std::ranges::find(kWords, id, &Words::id);
        if (found == std::end(kWords)) return id;
        return language_ == OperatorLanguage::Chinese ? found->chinese : found->english;
    }

    std::string name(const std::string& service) const {
        return service.empty() ? std::string(word("no-service")) : escape(name_of(report_, service));
    }

    void write_head() {
        bool is_chinese = language_ == OperatorLanguage::Chinese;
        std::string span = base::format("from={}&amp;until={}", date_text(report_.first), date_text(report_.last));
        html_ += base::format("<!DOCTYPE html><html lang=\"{}\"><head><meta charset=\"utf-8\"><meta name=\"viewport\""
                              " content=\"width=device-width\"><title>{}</title><style>{}</style></head><body>",
                              is_chinese ? "zh-CN" : "en", word("title"), kStyle);
        html_ += base::format("<header><h1>{}</h1><a href=\"/operator?{}&amp;language={}\">{}</a></header><p>{}</p>",
                              word("title"), span, is_chinese ? "en" : "zh", word("other-language"), word("no-names"));
        html_ += base::format("<form><label>{} <input type=\"date\" name=\"from\" value=\"{}\"></label><label>{} <input"
                              " type=\"date\" name=\"until\" value=\"{}\"></label><input type=\"hidden\" name=\"language\""
                              " value=\"{}\"><button>{}</button><a href=\"/operator.csv?{}\">{}</a></form>",
                              word("from"), date_text(report_.first), word("until"), date_text(report_.last),
                              is_chinese ? "zh" : "en", word("show"), span, word("table"));
    }

    void write_sums() {
        html_ += "<ul>";
        for (std::string_view column : kColumns)
            html_ += base::format("<li><span>{}</span><b>{}</b></li>", word(column), of(sums_, column));
        html_ += "</ul>";
    }

    template <typename Rows, typename Name>
    void write_counts(std::string_view title, std::string_view heading, const Rows& rows, Name name) {
        html_ += base::format("<h2>{}</h2><div><table><tr><th>{}</th>", word(title), word(heading));
        for (std::string_view column : kColumns) html_ += base::format("<th>{}</th>", word(column));
        html_ += "</tr>";
        for (const auto& [key, counts] : rows) {
            html_ += base::format("<tr><td>{}</td>", name(key));
            for (std::string_view column : kColumns) {
                std::int64_t count = of(counts, column);
                html_ += base::format("<td{}>{}</td>", count == 0 ? " class=\"n\"" : "", count);
            }
            html_ += "</tr>";
        }
        html_ += "</table></div>";
    }

    void write_reasons() {
        if (reasons_.empty()) return;
        std::vector<std::pair<std::string, std::int64_t>> reasons(reasons_.begin(), reasons_.end());
        std::ranges::stable_sort(reasons, std::greater(), &std::pair<std::string, std::int64_t>::second);
        html_ += base::format("<h2>{}</h2><table><tr><th>{}</th><th>{}</th></tr>", word("refusals"), word("reason"), word("count"));
        for (const auto& [reason, count] : reasons)
            html_ += base::format("<tr><td>{}</td><td>{}</td></tr>", escape(word(reason)), count);
        html_ += "</table>";
    }

    void write_refusals() {
        if (reasons_.empty()) return;
        html_ += base::format("<h2>{}</h2><div><table class=\"words\"><tr><th>{}</th><th>{}</th><th>{}</th><th>{}</th></tr>",
                              word("refusals-by-all"), word("day"), word("service"), word("reason"), word("count"));
        for (const BookingStore::Progress& one : report_.counts) {
            if (!one.what.starts_with(kRefused)) continue;
            html_ += base::format("<tr><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>", date_text(one.day), name(one.service),
                                  escape(word(one.what.substr(kRefused.size()))), one.count);
        }
        html_ += "</table></div>";
    }

    static std::int64_t of(const Counts& counts, std::string_view what) {
        auto found = counts.find(what);
        return found == counts.end() ? 0 : found->second;
    }

    const OperatorReport& report_;
    OperatorLanguage language_;
    std::string html_;
    Counts sums_;
    std::map<std::string, Counts> by_service_;
    std::map<year_month_day, Counts> by_day_;
    std::map<std::pair<year_month_day, std::string>, Counts> by_both_;
    std::map<std::string, std::int64_t> reasons_;
};

}  // namespace

std::string write_operator_page(const OperatorReport& report, OperatorLanguage language) {
    return Page(report, language).write();
}

std::string write_operator_table(const OperatorReport& report) {
    std::string table = "\xEF\xBB\xBF" "day,service,name,what,count\r\n";
    for (const BookingStore::Progress& one : report.counts) {
        std::string name = name_of(report, one.service);
        for (std::size_t at = name.find('"'); at != std::string::npos; at = name.find('"', at + 2)) name.insert(at, 1, '"');
        table += base::format("{},{},\"{}\",{},{}\r\n", date_text(one.day), one.service, name, one.what, one.count);
    }
    return table;
}

}  // namespace linli::platform
