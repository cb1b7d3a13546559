// gettext chooses a catalog by process-wide locale. A simulator shows two languages side by side and a box
// changes its language while it runs, so each language has a text domain of its own instead: the catalog of
// language X is FOLDER/linli/LC_MESSAGES/linli-X.mo, and LANGUAGE is fixed to "linli".

#include "middleware/text/catalog.h"

#include <libintl.h>

#include <clocale>
#include <cstdlib>

namespace linli::text {
namespace {

const char* domain(Language language) { return language == Language::Chinese ? "linli-zh_CN" : "linli-en"; }

}  // namespace

void Catalog::install(const std::string& folder) {
    std::setlocale(LC_MESSAGES, "C.UTF-8");  // anything but "C", in which gettext translates nothing
    ::setenv("LANGUAGE", "linli", 1);
    for (Language language : {Language::Chinese, Language::English}) {
        ::bindtextdomain(domain(language), folder.c_str());
        ::bind_textdomain_codeset(domain(language), "UTF-8");
    }
}

Language Catalog::language_of_environment() {
    for (const char* variable : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
        const char* value = std::getenv(variable);
        if (value == nullptr || *value == '\0') continue;
        return std::string_view(value).starts_with("en") ? Language::English : Language::Chinese;
    }
    return Language::Chinese;
}

std::string_view Catalog::operator()(const char* message) const { return ::dgettext(domain(language_), message); }

std::string_view Catalog::operator()(const char* one, const char* many, unsigned long count) const {
    return ::dngettext(domain(language_), one, many, count);
}

}  // namespace linli::text
