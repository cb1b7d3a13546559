#pragma once

#include <string>
#include <string_view>

/// Marks a text for translation where it stands, without translating it yet.
#define LINLI_N_(text) text

namespace linli::text {

enum class Language { Chinese, English };

/// The texts of the interface in one language, from gettext catalogs (`zh_CN.mo`, `en.mo`). The message ids
/// are English; a text without a translation stays English. Cheap to copy.
class Catalog {
  public:
    /// Where the catalogs are installed; once, at the start of the program, before `Catalog` is used.
    static void install(const std::string& folder);
    /// The language that the environment asks for (LC_ALL, LC_MESSAGES, LANG); Chinese where it says nothing.
    static Language language_of_environment();

    explicit Catalog(Language language) : language_(language) {}
    Language language() const { return language_; }

    std::string_view operator()(const char* message) const;
    /// With the form that fits the number.
    std::string_view operator()(const char* one, const char* many, unsigned long count) const;

  private:
    Language language_;
};

}  // namespace linli::text
