#pragma once

#include <optional>
#include <string>
#include <vector>

namespace linli::bench {

/// One figure, beside what was measured as its limit in the same run.
struct Figure {
    std::string group;
    std::string name;
    double value = 0;
    std::string unit;
    std::optional<double> limit;
    /// Such as "ratio <= 1.5" or "value <= 0.5".
    std::string goal;

    std::optional<double> ratio() const {
        if (!limit || *limit == 0) return std::nullopt;
        return value / *limit;
    }
    /// True where there is no goal.
    bool is_met() const;
};

void print_table(const std::vector<Figure>& figures);
/// A list of objects with group, name, value, unit, limit, ratio, goal, met.
std::string to_json(const std::vector<Figure>& figures);

double median(std::vector<double> values);
/// `share` from 0 to 1.
double percentile(std::vector<double> values, double share);

}  // namespace linli::bench
