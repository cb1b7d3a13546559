#include "tests/content/sample_items.h"

namespace linli::tests {

using namespace content;
using namespace std::chrono;

namespace {

constexpr sys_seconds kPublished = sys_days(year(2026) / 11 / 20) + hours(2);

Hours full_hours() {
    Hours hours;
    hours.open = {{0b0011111, minutes(8 * 60 + 30), minutes(17 * 60)},
                  {0b0100000, minutes(0), minutes(24 * 60)}};
    hours.exceptions = {{year(2027) / 1 / 1, year(2027) / 1 / 1, {}, {}, "元旦"},
                        {year(2027) / 2 / 5, year(2027) / 2 / 11, minutes(540), minutes(720), ""}};
    return hours;
}

Body full_body() {
    return {Heading{"一、时间"},
            Paragraph{"今天 <停水> & \"检修\"。"},
            List{ListStyle::Bullets, {"甲", "乙"}},
            List{ListStyle::Numbers, {"先", "后"}},
            Table{{{"楼", "时间"}, {"1号", ""}}},
            Picture{{"pictures/map.png", 0, "", true}, "地图", "从南门进"},
            Picture{{"pictures/a.jpg", 1234, "image/jpeg"}, "门牌", ""}};
}

const std::vector<Telephone> kTelephones = {{"000-8800-1001", "白天"}, {"+86 22 8800 1002", ""}};

}  // namespace

std::vector<Item> full_items() {
    Place place{"居委会", "杏林路25号", full_hours(), kTelephones};
    std::vector<Item> items;
    items.push_back({"area", "", {}, Area{"杏林里社区", place}});
    items.push_back({"health", "", {}, Category{Board::Notices, "卫生健康", "hospital-box", 20}});
    items.push_back({"home",
                     "",
                     {},
                     Portal{{{Board::Services, "medical", "pill", "看病"},
                             {Board::Live, "", "television", "直播"}}}});
    Notice notice{"停水通知",      "明天停水。", "居委会",
                  Urgency::Urgent, kPublished,   kPublished + days(2),
                  kTelephones,     full_body(),  {{{"files/list.pdf"}, "名单"}}};
    items.push_back({"water-cut", "health", kPublished, notice, "tstz"});
    items.push_back({"clinic", "medical", kPublished,
                     Listing{"诊所",
                             "医院",
                             "看病。",
                             {"量血压", "换药"},
                             "路1号",
                             full_hours(),
                             kTelephones,
                             "免费",
                             "居民",
                             full_body()}});
    items.push_back({"check-up", "medical", kPublished,
                     Service{"体检",
                             "医院",
                             "每年一次。",
                             "路1号",
                             full_hours(),
                             kTelephones,
                             "约1小时",
                             "免费",
                             "60岁以上",
                             {"身份证", "医保卡"},
                             full_body(),
                             "12#check-up-guide"}});
    items.push_back({"check-up-guide", "medical", kPublished,
                     Guide{"体检怎么办",
                           "三步。",
                           "卫健委",
                           "60岁以上",
                           {"打电话", "去"},
                           {"身份证"},
                           {place, {"街道", "", {}, {}}},
                           "当天",
                           "免费",
                           {"某某办法"},
                           full_body(),
                           "check-up"}});
    items.push_back({"breathing", "health-class", kPublished,
                     Course{"呼吸操",
                           "坐着做。",
                           "老年大学",
                           {{"classes/breathing.mp4", 0, ""}, ""},
                           std::chrono::seconds(48),
                           {{{{"classes/breathing.srt", 0, ""}, ""}, "zh"}, {{{}, "https://class.example/b.vtt?a=1&b=2"}, "en"}},
                           full_body()}});
    return items;
}

Item make_notice(const std::string& id, const std::string& title) {
    Notice notice;
    notice.title = title;
    notice.issuer = "居委会";
    notice.body = {Paragraph{"正文"}};
    return {id, "health", kPublished, notice};
}

Item make_listing(const std::string& id, const std::string& name) {
    Listing listing;
    listing.name = name;
    listing.provider = "某店";
    listing.offers = {"送货"};
    listing.telephones = {{"000-1", ""}};
    return {id, "shops", kPublished, listing};
}

AreaCode area(const std::string& code) {
    return AreaCode::parse(code).value_or(*AreaCode::parse("00"));
}

}  // namespace linli::tests
