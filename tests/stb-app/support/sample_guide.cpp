#include "tests/stb-app/support/sample_guide.h"

#include <array>

#include "middleware/base/format.h"
#include "middleware/base/local_time.h"
#include "tests/stb-app/support/test_time.h"

namespace linli::tests {

using namespace std::chrono;
using epg::Genre;

namespace {

struct Programme {
    const char* title;
    const char* initials;
    Genre genre;
};

constexpr std::array kProgrammes{
    Programme{"早安海津", "zahj", Genre::News},          Programme{"电视剧：渡口人家第三集", "dsjdkrjdsj", Genre::Film},
    Programme{"名段欣赏：一折老戏的前世今生", "mdxsyzlxdqsjs", Genre::Music},
    Programme{"健康大讲堂", "jkdjt", Genre::Education},   Programme{"晚间新闻", "wjxw", Genre::News},
    Programme{"厨房里的四季", "cfldsj", Genre::Leisure},
};

constexpr const char* kLongTitle = "大型系列纪录片：从渡口到港湾——海津城三百年的人和事（第一百二十八集，重播，有字幕）";
constexpr const char* kLongText =
    "这一集从老码头的石阶讲起：三百年前第一批渔家在河口落脚，一百年前第一条铁路修到江边，四十年前第一幢高楼在滩涂上立起来。"
    "片中请来了八位老人，最年长的一位九十六岁，讲他十二岁时怎样跟着父亲摇橹过江，怎样在灯塔下等一封信。导演说，他想拍的不是"
    "一座城市怎样变高，而是住在里面的人怎样慢慢变老，又怎样把自己记得的事情交给孩子。\n配乐：海津民乐团。手语：有。";

epg::Channel channel(int number, const char* name, const char* initials) {
    epg::Channel channel;
    channel.id = sample_service(number);
    channel.number = number;
    channel.name = name;
    channel.initials = initials;
    channel.is_community = number == kCommunityChannel;
    channel.is_scrambled = number == kScrambledChannel;
    return channel;
}

}  // namespace

epg::ServiceId sample_service(int number) { return {1, 16, static_cast<std::uint16_t>(100 + number)}; }

void fill_sample_guide(epg::Guide& guide) {
    guide.set_channels({channel(1, "河湾社区频道", "hwsqpd"), channel(2, "海津新闻", "hjxw"), channel(3, "海津生活", "hjsh"),
                        channel(5, "海津戏曲", "hjxq"), channel(6, "海津少儿", "hjse"), channel(7, "海津体育健身频道", "hjtyjspd"),
                        channel(8, "测试图", "cst"), channel(12, "海津影院", "hjyy")});
    std::vector<epg::Event> events;
    sys_seconds begin = base::from_local(base::to_local(kMonday).date, 0, 0);
    for (int number : {1, 2, 3, 5, 6, 7, 12}) {
        for (int hour = 0; hour < 72; ++hour) {
            const Programme& programme = kProgrammes[static_cast<std::size_t>(hour + number) % kProgrammes.size()];
            epg::Event event;
            event.channel = sample_service(number);
            event.id = static_cast<std::uint16_t>(hour + 1);
            event.start = begin + hours(hour);
            event.duration = hours(1);
            event.title = programme.title;
            event.summary = "为老年朋友制作的节目。";
            event.description = base::format("{}，每天播出，欢迎收看。", programme.title);
            event.genre = programme.genre;
            if (number == kLongNamedChannel) {
                event.title = base::format("{} {}", hour, kLongTitle);
                event.description = kLongText;
                event.minimum_age = 12;
                event.genre = hour % 2 == 0 ? Genre::Unknown : programme.genre;
            }
            events.push_back(std::move(event));
        }
    }
    guide.apply(epg::GuideUpdate::of_events(std::move(events)));
}

}  // namespace linli::tests
