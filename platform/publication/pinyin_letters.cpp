#include "platform/publication/pinyin_letters.h"

#include <unicode/alphaindex.h>
#include <unicode/normalizer2.h>

#include <unordered_map>

namespace linli::platform {
namespace {

constexpr char kUnread = '0';

}  // namespace

struct PinyinLetters::Icu {
    Icu() {
        UErrorCode status = U_ZERO_ERROR;
        icu::AlphabeticIndex alphabet(icu::Locale("zh@collation=pinyin"), status);
        index.reset(alphabet.buildImmutableIndex(status));
        decompose = icu::Normalizer2::getNFKDInstance(status);
    }

    std::unique_ptr<icu::AlphabeticIndex::ImmutableIndex> index;
    const icu::Normalizer2* decompose = nullptr;
    std::unordered_map<char32_t, char> known;
};

PinyinLetters::PinyinLetters() : icu_(std::make_unique<Icu>()) {}
PinyinLetters::~PinyinLetters() = default;

char PinyinLetters::letter(char32_t character) {
    auto [known, is_new] = icu_->known.try_emplace(character, kUnread);
    if (!is_new) return known->second;
    icu::UnicodeString text(static_cast<UChar32>(character));
    UErrorCode status = U_ZERO_ERROR;
    // Letters with marks and full-width ones are the plain ones; compatibility ideographs the common ones.
    if (icu_->decompose) text = icu_->decompose->normalize(text, status);
    UChar32 first = text.char32At(0);
    if ((first >= '0' && first <= '9') || (first >= 'a' && first <= 'z')) return known->second = static_cast<char>(first);
    if (first >= 'A' && first <= 'Z') return known->second = static_cast<char>(first - 'A' + 'a');
    if (first == 0x3007) return known->second = 'l';
    if (!icu_->index) return kUnread;
    auto* bucket = icu_->index->getBucket(icu_->index->getBucketIndex(text, status));
    if (U_FAILURE(status) || !bucket || bucket->getLabelType() != U_ALPHAINDEX_NORMAL) return kUnread;
    UChar32 label = bucket->getLabel().char32At(0);
    if (label >= 'A' && label <= 'Z') known->second = static_cast<char>(label - 'A' + 'a');
    return known->second;
}

}  // namespace linli::platform
