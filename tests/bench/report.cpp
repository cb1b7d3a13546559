#include "tests/bench/report.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include "middleware/base/format.h"

namespace linli::bench {

using base::format;

bool Figure::is_met() const {
    auto sign = goal.find("= ");
    if (sign == std::string::npos || sign == 0) return true;
    double bound = std::strtod(goal.c_str() + sign + 2, nullptr);
    double measured = goal.starts_with("ratio") ? ratio().value_or(1e9) : value;
    return goal[sign - 1] == '<' ? measured <= bound : measured >= bound;
}

void print_table(const std::vector<Figure>& figures) {
    std::printf("%-8s %-44s %12s %12s %7s  %-14s %s\n", "group", "figure", "value", "limit", "ratio", "goal", "met");
    for (const Figure& figure : figures) {
        std::string limit = figure.limit ? format("{:.2f}", *figure.limit) : "";
        std::string ratio = figure.ratio() ? format("{:.2f}", *figure.ratio()) : "";
        std::printf("%-8s %-44s %12s %12s %7s  %-14s %s\n", figure.group.c_str(), figure.name.c_str(),
                    format("{:.2f} {}", figure.value, figure.unit).c_str(), limit.c_str(), ratio.c_str(), figure.goal.c_str(),
                    figure.goal.empty() ? "" : figure.is_met() ? "yes" : "NO");
    }
}

std::string to_json(const std::vector<Figure>& figures) {
    std::string out = "[\n";
    for (std::size_t i = 0; i < figures.size(); ++i) {
        const Figure& figure = figures[i];
        out += format(R"(  {{"group": "{}", "name": "{}", "value": {:.4f}, "unit": "{}", "limit": {}, "ratio": {}, "goal": "{}", "met": {}}})",
                      figure.group, figure.name, figure.value, figure.unit,
                      figure.limit ? format("{:.4f}", *figure.limit) : "null",
                      figure.ratio() ? format("{:.4f}", *figure.ratio()) : "null", figure.goal, figure.is_met());
        out += i + 1 < figures.size() ? ",\n" : "\n";
    }
    return out + "]\n";
}

double median(std::vector<double> values) { return percentile(std::move(values), 0.5); }

double percentile(std::vector<double> values, double share) {
    if (values.empty()) return 0;
    std::ranges::sort(values);
    auto index = static_cast<std::size_t>(share * static_cast<double>(values.size()));
    return values[std::min(index, values.size() - 1)];
}

}  // namespace linli::bench
