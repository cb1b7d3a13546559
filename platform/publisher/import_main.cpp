#include "platform/publisher/import_main.h"

#include <CLI/CLI.hpp>
#include <cstdio>
#include <filesystem>

#include "content/exchange_reader.h"
#include "content/value_type.h"
#include "middleware/base/clock.h"
#include "middleware/base/file.h"
#include "middleware/base/local_time.h"
#include "platform/importers/date_text.h"
#include "platform/importers/editor_file.h"
#include "platform/importers/import.h"
#include "platform/importers/telephone_text.h"

namespace linli::platform {

using content::Message;
using content::Translate;
namespace fs = std::filesystem;

struct ImportCommand::Settings {
    std::string kind;
    std::string file;
    std::string area;
    std::string category;
    std::string to;
    std::string mapping;
    std::string issuer;
    std::string telephone;
    std::string since;
    std::string until;
    std::string time_zone = "Asia/Shanghai";
    bool replaces = false;
};

namespace {

enum ExitStatus { kDone = 0, kNothing = 1, kWrongCommand = 2, kNoAccess = 3 };

void print(std::FILE* out, const std::string& line) {
    std::fprintf(out, "%s\n", line.c_str());
}

int refuse(ExitStatus status, const std::string& why) {
    print(stderr, "linli-publish: " + why);
    return status;
}

std::string check_area(const std::string& text) {
    return content::AreaCode::parse(text) ? "" : content::describe(content::ValueType::Code).text();
}

std::string check_category(const std::string& text) {
    std::string_view id = text;
    return content::accept_value(content::ValueType::ItemId, id)
               ? ""
               : content::describe(content::ValueType::ItemId).text();
}

std::string check_date(const std::string& text) {
    return read_date_text(text)
               ? ""
               : "a date such as 2026-11-23, or with its time 2026-11-23T09:00:00+08:00";
}

std::string check_telephone(const std::string& text) {
    return read_telephone(text).number == text
               ? ""
               : content::describe(content::ValueType::TelephoneNumber).text();
}

/// The last second of a day that is given without a time.
std::optional<std::chrono::sys_seconds> end_of(const std::string& text) {
    auto date = read_date_text(text);
    if (date && text.find(':') == text.npos)
        *date += std::chrono::days(1) - std::chrono::seconds(1);
    return date;
}

std::chrono::sys_seconds time_of(const fs::path& file) {
    std::error_code error;
    auto time = fs::last_write_time(file, error);
    if (error) return base::SystemClock().now();
    return std::chrono::floor<std::chrono::seconds>(std::chrono::file_clock::to_sys(time));
}

}  // namespace

ImportCommand::ImportCommand(CLI::App& app)
    : command_(app.add_subcommand(
          "import", "Makes exchange XML of a feed, a service directory, a table or a calendar")),
      settings_(std::make_unique<Settings>()) {
    Settings& s = *settings_;
    command_->add_option("kind", s.kind, "feed (Atom, RSS), hsds (Open Referral), csv, icalendar")
        ->required()
        ->check(CLI::IsMember({"feed", "hsds", "csv", "icalendar"}));
    command_->add_option("file", s.file, "the file; of hsds also a folder of CSV files")
        ->required()
        ->check(CLI::ExistingPath);
    command_->add_option("--area", s.area, "where the items belong, such as 12/0101")
        ->required()
        ->check(check_area);
    command_->add_option("--category", s.category, "the category of the items")
        ->required()
        ->check(check_category);
    command_->add_option("--to", s.to, "the file that is written")->required();
    command_->add_flag("--replace", s.replaces, "write it even when it is there");
    command_->add_option("--mapping", s.mapping, "of csv: the file that says which column is what")
        ->check(CLI::ExistingFile);
    command_->add_option("--issuer", s.issuer,
                         "who issues or provides it; without it whoever the file names");
    command_->add_option("--telephone", s.telephone, "for listings that have no number")
        ->check(check_telephone);
    command_
        ->add_option("--since", s.since,
                     "nothing older; of calendars: nothing that is over then, today without it")
        ->check(check_date);
    command_->add_option("--until", s.until, "nothing newer, or later")->check(check_date);
    command_->add_option("--time-zone", s.time_zone, "of times that do not say theirs")
        ->capture_default_str();
}

ImportCommand::~ImportCommand() = default;

bool ImportCommand::is_asked_for() const {
    return command_->parsed();
}

int ImportCommand::run(const Translate& translate) const {
    const Settings& s = *settings_;
    if (s.kind == "csv" && s.mapping.empty())
        return refuse(kWrongCommand, "a table needs --mapping, see docs/import.md");
    std::error_code error;
    if (fs::exists(s.to, error) && !s.replaces)
        return refuse(
            kNoAccess,
            s.to +
                " is there already, and somebody may have corrected it; --replace writes it anew");
    base::set_time_zone(s.time_zone);
    ImportOptions options{
        s.category, s.issuer, s.telephone, {}, {}, time_of(s.file), base::SystemClock().now(),
        translate};
    if (!s.since.empty()) options.since = read_date_text(s.since);
    if (!s.until.empty()) options.until = end_of(s.until);
    auto imported = s.kind == "feed"   ? import_feed(s.file, options)
                    : s.kind == "hsds" ? import_hsds(s.file, options)
                    : s.kind == "csv"  ? import_csv(s.file, s.mapping, options)
                                       : import_icalendar(s.file, options);
    if (!imported) return refuse(kNoAccess, imported.error().message);
    for (const Remark& remark : imported->remarks)
        print(stdout, to_text(remark, translate));
    Message summary{N_("Imported: {}, left out: {}, outside the period: {}"),
                    {std::to_string(imported->items.size()), std::to_string(imported->dropped()),
                     std::to_string(imported->passed_over)}};
    print(stdout, summary.text(translate));
    if (imported->items.empty()) return kNothing;
    std::string document = write_editor_file(*content::AreaCode::parse(s.area), imported->items);
    if (document.size() > content::kMostDocumentBytes)
        return refuse(kNoAccess, "it is more than one file may hold; import it in parts");
    auto written = base::write_file_atomically(s.to, document);
    return written ? static_cast<int>(kDone) : refuse(kNoAccess, written.error().message);
}

}  // namespace linli::platform
