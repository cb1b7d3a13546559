#include "platform/server/office/desk_table.h"

#include "middleware/base/format.h"

namespace linli::platform {

using namespace std::chrono;

std::string csv_cell(std::string_view text) {
    bool is_formula = !text.empty() && std::string_view("=+-@\t\r").contains(text.front());
    std::string cell = is_formula ? "'" : "";
    cell += text;
    if (cell.find_first_of(",\"\r\n") == std::string::npos) return cell;
    std::string quoted = "\"";
    for (char c : cell) {
        if (c == '"') quoted += '"';
        quoted += c;
    }
    return quoted + '"';
}

std::string write_desk_table(std::span<const BookingStore::DeskRow> rows, const Zone& zone) {
    std::string table = "\xEF\xBB\xBFnumber,service,date,from,until,state,name\r\n";
    for (const BookingStore::DeskRow& row : rows) {
        table += base::format("{},{},{},{},{},{},{}\r\n", csv_cell(row.number), csv_cell(row.service),
                              zone.date_text(row.start), zone.clock_text(row.start), zone.clock_text(row.start + row.length),
                              row.state, csv_cell(row.masked_name));
    }
    return table;
}

}  // namespace linli::platform
