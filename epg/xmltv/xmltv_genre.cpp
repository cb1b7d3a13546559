#include "epg/xmltv/xmltv_genre.h"

#include <algorithm>
#include <string>

namespace linli::epg {
namespace {

struct Word {
    std::string_view word;
    Genre genre;
};

// The first that is in a category counts: what is narrower comes first.
constexpr Word kWords[] = {
    {"children", Genre::Children}, {"kids", Genre::Children},       {"cartoon", Genre::Children},  {"animat", Genre::Children},
    {"少儿", Genre::Children},     {"动画", Genre::Children},       {"儿童", Genre::Children},     {"卡通", Genre::Children},
    {"news", Genre::News},         {"current affairs", Genre::News}, {"weather", Genre::News},     {"新闻", Genre::News},
    {"时事", Genre::News},         {"天气", Genre::News},           {"sport", Genre::Sports},      {"football", Genre::Sports},
    {"basketball", Genre::Sports}, {"体育", Genre::Sports},         {"足球", Genre::Sports},       {"赛事", Genre::Sports},
    {"opera", Genre::Music},       {"music", Genre::Music},         {"ballet", Genre::Music},      {"dance", Genre::Music},
    {"音乐", Genre::Music},        {"戏曲", Genre::Music},          {"歌舞", Genre::Music},        {"movie", Genre::Film},
    {"film", Genre::Film},         {"drama", Genre::Film},          {"series", Genre::Film},       {"comedy", Genre::Film},
    {"soap", Genre::Film},         {"电影", Genre::Film},           {"电视剧", Genre::Film},       {"影视", Genre::Film},
    {"剧场", Genre::Film},         {"education", Genre::Education}, {"documentary", Genre::Education}, {"science", Genre::Education},
    {"nature", Genre::Education},  {"教育", Genre::Education},      {"纪录", Genre::Education},    {"科教", Genre::Education},
    {"自然", Genre::Education},    {"art", Genre::Arts},            {"culture", Genre::Arts},      {"religio", Genre::Arts},
    {"艺术", Genre::Arts},         {"文化", Genre::Arts},           {"social", Genre::Society},    {"politic", Genre::Society},
    {"economic", Genre::Society},  {"business", Genre::Society},    {"社会", Genre::Society},      {"财经", Genre::Society},
    {"法治", Genre::Society},      {"leisure", Genre::Leisure},     {"cooking", Genre::Leisure},   {"travel", Genre::Leisure},
    {"health", Genre::Leisure},    {"garden", Genre::Leisure},      {"shopping", Genre::Leisure},  {"生活", Genre::Leisure},
    {"美食", Genre::Leisure},      {"旅游", Genre::Leisure},        {"健康", Genre::Leisure},      {"养生", Genre::Leisure},
    {"show", Genre::Show},         {"game", Genre::Show},           {"quiz", Genre::Show},         {"variety", Genre::Show},
    {"talk", Genre::Show},         {"综艺", Genre::Show},           {"娱乐", Genre::Show},         {"访谈", Genre::Show},
};

constexpr std::size_t kMostBytes = 64;

}  // namespace

Genre genre_of_category(std::string_view category) {
    std::string folded(category.substr(0, kMostBytes));
    for (char& c : folded)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    auto found = std::ranges::find_if(kWords, [&](const Word& word) { return folded.find(word.word) != folded.npos; });
    return found == std::end(kWords) ? Genre::Unknown : found->genre;
}

}  // namespace linli::epg
