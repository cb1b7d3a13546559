#include "tests/bench/epg_stream.h"

#include <algorithm>
#include <random>
#include <string>

#include "tests/epg/support/encoded.h"
#include "tests/epg/support/section_writer.h"

namespace linli::bench {

using namespace std::chrono;
using namespace linli::tests;

namespace {

constexpr unsigned kChannels = 200, kDays = 7, kDaysPerTable = 4, kSegmentsPerDay = 8;
constexpr std::size_t kSectionRoom = 4096 - 3 - 9 - 6 - 4;

constexpr std::string_view kSubjects[] = {"新闻", "天气", "健康", "戏曲", "电影", "少儿", "法治", "财经", "体育", "军事",
                                          "农业", "旅游", "美食", "音乐", "科学", "历史", "社区", "养生", "故事", "交通"};
constexpr std::string_view kShapes[] = {"早班车", "直播间", "面对面", "大讲堂", "晚间版", "天天看", "周刊", "进行时", "剧场",
                                        "在线", "人生", "调查", "时间", "之窗", "30分"};
constexpr std::string_view kSentences[] = {
    "本期节目邀请社区卫生服务中心的医生，介绍冬季老年人如何预防感冒。",
    "记者走进老街巷，听几位老邻居讲述三十年来的变化。",
    "讲述一家三代人为修缮祖屋而奔走，最终和邻里和解的故事。",
    "节目组随渔民出海，记录一天的劳作与收获。",
    "名家新秀同台演唱传统戏曲选段，重温经典唱腔。",
    "主持人与嘉宾一起，解读新近出台的养老服务政策以及办理的手续。",
    "大厨现场演示三道家常菜的做法，简单易学，营养丰富。",
    "第12集：面对突如其来的洪水，村民们在党员干部的带领下转移到安全地带。",
    "回顾本周国内外要闻，分析粮价、油价和菜价的走势。",
    "孩子们在森林里遇到了一只受伤的小鹿，他们决定帮助它回到妈妈身边。"};

/// Writes texts as one kind of network does, with its mark.
class Encoder {
  public:
    explicit Encoder(StreamText text)
        : mark_(text == StreamText::Gb2312Marked ? "\x13" : text == StreamText::Utf8Marked ? "\x15" : ""),
          is_utf8_(text == StreamText::Utf8Marked) {}

    std::string encode(const std::string& text) const { return mark_ + (is_utf8_ ? text : encoded(text, "GB18030")); }

  private:
    std::string mark_;
    bool is_utf8_;
};

class Week {
  public:
    explicit Week(StreamText text) : encoder_(text) {}

    EpgStream make() {
        std::vector<ByteVector> sections;
        for (unsigned channel = 0; channel < kChannels; ++channel) add_channel(channel, sections);
        std::ranges::shuffle(sections, random_);
        stream_.sections = sections.size();
        stream_.packets = PacketWriter(0x12).write_joined(sections);
        return std::move(stream_);
    }

  private:
    template <typename List>
    std::string_view any(const List& list) {
        return list[random_() % std::size(list)];
    }

    ByteVector event(unsigned id, sys_seconds start, minutes length) {
        std::string title = std::string(any(kSubjects)) + std::string(any(kShapes));
        if (id % 3 == 0) title += "（" + std::to_string(id % 40 + 1) + "）";
        ByteVector descriptors = short_event("chi", encoder_.encode(title), encoder_.encode(std::string(any(kSentences))));
        if (id % 2 == 0) {
            std::string text;
            for (int i = 0; i < 2; ++i) text += any(kSentences);
            std::string coded = encoder_.encode(text);
            auto extended = extended_event(0, 0, "chi", coded.substr(0, 240));
            descriptors.insert(descriptors.end(), extended.begin(), extended.end());
        }
        ByteVector content = descriptor(0x54, ByteWriter().u8((id % 10 + 1) << 4).u8(0));
        descriptors.insert(descriptors.end(), content.begin(), content.end());
        return event_entry({id, start, length, descriptors});
    }

    /// The events of three hours, in sections that are not longer than sections may be.
    std::vector<ByteVector> segment(sys_seconds start, unsigned& id) {
        std::vector<ByteVector> sections(1);
        // Fifty events a day: six or seven in three hours.
        unsigned count = 6 + (id / 6 % 4 == 0);
        for (unsigned i = 0; i < count; ++i) {
            ByteVector entry = event(id++, start + i * minutes(180 / count), minutes(180 / count));
            if (sections.back().size() + entry.size() > kSectionRoom) sections.emplace_back();
            sections.back().insert(sections.back().end(), entry.begin(), entry.end());
            ++stream_.events;
        }
        return sections;
    }

    void add_channel(unsigned channel, std::vector<ByteVector>& sections) {
        sys_days monday = EpgStream::kBegin;
        unsigned id = 1;
        for (unsigned table = 0; table * kDaysPerTable < kDays; ++table) {
            unsigned days_here = std::min(kDaysPerTable, kDays - table * kDaysPerTable);
            unsigned segments = days_here * kSegmentsPerDay;
            for (unsigned number = 0; number < segments; ++number) {
                auto start = monday + days(table * kDaysPerTable) + number * hours(3);
                std::vector<ByteVector> parts = segment(start, id);
                EitHead head{0x50 + table, {1, static_cast<std::uint16_t>(channel / 10 + 1), static_cast<std::uint16_t>(channel + 1)}};
                head.last_number = (segments - 1) * 8;
                head.segment_last = number * 8 + static_cast<unsigned>(parts.size()) - 1;
                // The last segment ends the table.
                head.last_number += static_cast<unsigned>(number + 1 == segments ? parts.size() - 1 : 0);
                head.last_table_id = 0x50 + (kDays - 1) / kDaysPerTable;
                for (unsigned part = 0; part < parts.size(); ++part) {
                    head.number = number * 8 + part;
                    sections.push_back(eit_section(head, parts[part]));
                }
            }
        }
    }

    Encoder encoder_;
    std::mt19937 random_{20261123};
    EpgStream stream_;
};

}  // namespace

EpgStream make_epg_stream(StreamText text) { return Week(text).make(); }

}  // namespace linli::bench
