#include "platform/publication/pinyin.h"

#include <unicode/alphaindex.h>
#include <unicode/normalizer2.h>

#include <algorithm>
#include <functional>
#include <optional>
#include <unordered_map>
#include <vector>

#include "content/initials.h"
#include "middleware/text/utf8.h"
#include "platform/publication/pinyin_words.h"

namespace linli::platform {
namespace {

constexpr char kUnread = '0';
/// Of Chinese characters.
constexpr std::size_t kMostGivenName = 2;

/// How many bytes of a text a word is, and how it is read.
struct Match {
    std::size_t length;
    std::string_view initials;
};

bool is_ideograph(char32_t c) { return c > 0x3000 && c < 0xFF00 && content::has_initial(c); }

/// Words of ours by their first character, the longest first.
std::unordered_map<char32_t, std::vector<PinyinWord>> make_words() {
    std::unordered_map<char32_t, std::vector<PinyinWord>> words;
    for (const PinyinWord& word : pinyin_words()) {
        std::string_view rest = word.word;
        words[text::take_character(rest)].push_back(word);
    }
    for (auto& [first, list] : words)
        std::ranges::sort(list, std::greater(), [](const PinyinWord& word) { return word.word.size(); });
    return words;
}

}  // namespace

struct Pinyin::Reader {
    Reader() {
        UErrorCode status = U_ZERO_ERROR;
        icu::AlphabeticIndex index(icu::Locale("zh@collation=pinyin"), status);
        index_.reset(index.buildImmutableIndex(status));
        decompose_ = icu::Normalizer2::getNFKDInstance(status);
    }

    /// The letter under which a list in the order of pinyin has the character.
    char read(char32_t character) {
        auto [known, is_new] = letters_.try_emplace(character, kUnread);
        if (!is_new) return known->second;
        icu::UnicodeString text(static_cast<UChar32>(character));
        UErrorCode status = U_ZERO_ERROR;
        // Letters with marks and full-width ones are the plain ones; compatibility ideographs the common ones.
        if (decompose_) text = decompose_->normalize(text, status);
        UChar32 first = text.char32At(0);
        if ((first >= '0' && first <= '9') || (first >= 'a' && first <= 'z')) return known->second = static_cast<char>(first);
        if (first >= 'A' && first <= 'Z') return known->second = static_cast<char>(first - 'A' + 'a');
        if (first == 0x3007) return known->second = 'l';
        if (!index_) return kUnread;
        auto* bucket = index_->getBucket(index_->getBucketIndex(text, status));
        if (U_FAILURE(status) || !bucket || bucket->getLabelType() != U_ALPHAINDEX_NORMAL) return kUnread;
        UChar32 label = bucket->getLabel().char32At(0);
        if (label >= 'A' && label <= 'Z') known->second = static_cast<char>(label - 'A' + 'a');
        return known->second;
    }

    /// The word of ours at the beginning of a text.
    std::optional<Match> find_word(std::string_view text) const {
        std::string_view rest = text;
        auto list = words_.find(text::take_character(rest));
        if (list == words_.end()) return std::nullopt;
        auto word = std::ranges::find_if(list->second, [&](const PinyinWord& one) { return text.starts_with(one.word); });
        if (word == list->second.end()) return std::nullopt;
        return Match{word->word.size(), word->initials};
    }

    std::unique_ptr<icu::AlphabeticIndex::ImmutableIndex> index_;
    const icu::Normalizer2* decompose_ = nullptr;
    std::unordered_map<char32_t, char> letters_;
    std::unordered_map<char32_t, std::vector<PinyinWord>> words_ = make_words();
};

Pinyin::Pinyin() = default;
Pinyin::~Pinyin() = default;

namespace {

/// Whether a text begins with what follows a name, after a given name of up to two characters.
bool ends_name(std::string_view text) {
    for (std::size_t given = 0; given <= kMostGivenName; ++given) {
        auto begins = [&](std::string_view word) { return text.starts_with(word); };
        if (std::ranges::any_of(words_after_names(), begins)) return true;
        if (text.empty() || !is_ideograph(text::take_character(text))) return false;
    }
    return false;
}

std::optional<Match> find_surname(std::string_view text) {
    for (const PinyinSurname& name : pinyin_surnames()) {
        if (text.starts_with(name.surname) && ends_name(text.substr(name.surname.size())))
            return Match{name.surname.size(), name.initials};
    }
    return std::nullopt;
}

}  // namespace

std::string Pinyin::initials(std::string_view title) {
    if (!reader_) reader_ = std::make_unique<Reader>();
    std::string initials;
    bool may_begin_name = true;
    while (!title.empty()) {
        auto word = reader_->find_word(title);
        if (!word && may_begin_name) word = find_surname(title);
        if (word) {
            initials += word->initials;
            title.remove_prefix(word->length);
            may_begin_name = false;
            continue;
        }
        char32_t character = text::take_character(title);
        may_begin_name = !is_ideograph(character);
        if (content::has_initial(character)) initials += reader_->read(character);
    }
    return initials;
}

}  // namespace linli::platform
