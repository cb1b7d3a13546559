#include "platform/publication/pinyin_words.h"

namespace linli::platform {
namespace {

constexpr PinyinWord kWords[] = {{"银行", "yh"}};
constexpr PinyinSurname kSurnames[] = {{"单", "s"}};
constexpr std::string_view kAfterNames[] = {"医生"};

}  // namespace

std::span<const PinyinWord> pinyin_words() { return kWords; }
std::span<const PinyinSurname> pinyin_surnames() { return kSurnames; }
std::span<const std::string_view> words_after_names() { return kAfterNames; }

}  // namespace linli::platform
