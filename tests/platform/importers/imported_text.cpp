#include "tests/platform/importers/imported_text.h"

#include "content/checker.h"
#include "middleware/base/format.h"
#include "middleware/base/local_time.h"
#include "platform/importers/editor_file.h"
#include "tests/support/temporary_folder.h"

namespace linli::tests {
namespace {

struct BlockText {
    std::string operator()(const content::Heading& heading) const {
        return base::format("# {}\n", heading.text);
    }
    std::string operator()(const content::Paragraph& paragraph) const {
        return base::format("{}\n", paragraph.text);
    }
    std::string operator()(const content::List& list) const {
        std::string text;
        for (const std::string& entry : list.entries)
            text += base::format("{} {}\n", list.style == content::ListStyle::Numbers ? "1." : "-",
                                 entry);
        return text;
    }
    std::string operator()(const content::Table& table) const {
        std::string text;
        for (const auto& row : table.rows) {
            for (const std::string& cell : row)
                text += base::format("| {} ", cell);
            text += "|\n";
        }
        return text;
    }
    std::string operator()(const content::Picture& picture) const {
        return base::format("picture {}\n", picture.object.src);
    }
};

}  // namespace

std::string to_text(const content::Body& body) {
    std::string text;
    for (const content::Block& block : body)
        text += std::visit(BlockText(), block);
    return text;
}

std::string remarks_of(const platform::Imported& imported) {
    std::string text;
    for (const platform::Remark& remark : imported.remarks)
        text += platform::to_text(remark) + "\n";
    return text;
}

std::string faults_of(const platform::Imported& imported) {
    TemporaryFolder folder;
    std::string categories;
    for (const char* board : {"notices", "services"})
        categories += base::format(
            "<category id=\"c\" board=\"{}\" icon=\"bus\" order=\"1\"><name>c</name></category>",
            board);
    folder.write("area.xml", base::format("<exchange xmlns=\"urn:linli:exchange:1\" area=\"12\">"
                                          "<area id=\"area\"><name>a</name></area>{}</exchange>",
                                          categories));
    folder.write("imported.xml",
                 platform::write_editor_file(*content::AreaCode::parse("12"), imported.items));
    std::string faults;
    for (const content::Fault& fault : content::check_folder(folder.path()).faults)
        faults += content::to_text(fault) + "\n";
    return faults;
}

platform::ImportOptions import_options() {
    base::set_time_zone("Asia/Shanghai");
    platform::ImportOptions options;
    options.category += 'c';  // an assignment is a false warning of GCC 12
    options.now = *base::parse_instant("2026-11-23T09:00:00+08:00");
    options.undated = options.now;
    return options;
}

}  // namespace linli::tests
