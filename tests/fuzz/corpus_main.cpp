// Writes the corpus that is kept in tests/fuzz/corpus, with the encoder of our own tests:
//   linli-fuzz-corpus tests/fuzz/corpus
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>

#include "tests/epg/support/encoded.h"
#include "tests/epg/support/section_writer.h"

using namespace linli::tests;
using namespace std::chrono;

namespace {

std::filesystem::path folder;

void keep(const char* target, const std::string& name, const ByteVector& bytes) {
    std::filesystem::create_directories(folder / target);
    std::ofstream(folder / target / name, std::ios::binary).write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
}

ByteVector bytes_of(const std::string& text) { return ByteVector(text.begin(), text.end()); }

void keep_texts() {
    const std::pair<const char*, std::string> texts[] = {
        {"gb2312", "\x13" + encoded("新闻联播（第3期）", "GB2312")}, {"gbk", encoded("朱镕基 喆", "GBK")},
        {"gb18030", "\x13" + encoded("𠀀字头㐀", "GB18030")},         {"utf8", "\x15新闻\uE08A联播"},
        {"ucs2", "\x11" + encoded("新闻News", "UTF-16BE")},           {"big5", "\x14" + encoded("新聞報導", "BIG5")},
        {"ksx1001", "\x12" + encoded("뉴스", "EUC-KR")},              {"iso6937", encoded("Météo œuvre", "ISO_6937")},
        {"cyrillic", "\x01" + encoded("Новости", "ISO-8859-5")},      {"part", std::string("\x10\x00\x02", 3) + encoded("żółć", "ISO-8859-2")},
        {"type", "\x1F\x01text"},                                     {"control", "\x86ohne\x87\x8Aund"}};
    // 99: the decoder that has no rule; else one of the encodings.
    for (const auto& [name, text] : texts) keep("text", name, bytes_of("\x63" + text));
    for (char encoding = 0; encoding < 21; ++encoding) keep("text", "rule-" + std::to_string(encoding), bytes_of(std::string(1, encoding) + "Text \xC4\xE3\xBA\xC3 \x8A"));
}

ByteVector body_of(const ByteVector& section) { return ByteVector(section.begin() + 8, section.end() - 4); }

void keep_tables_and_packets() {
    sys_seconds noon = sys_days(year(2026) / 11 / 23) + hours(12);
    ByteVector items = ByteWriter().counted("\x15导演").counted("\x15张某某");
    ByteVector event = event_entry({7, noon, minutes(30), joined({short_event("chi", "\x13" + encoded("新闻联播", "GB2312"), "\x15今日要闻"),
                                                                  extended_event(0, 1, "chi", "\x15故事", items), extended_event(1, 1, "chi", "\x15结尾"),
                                                                  descriptor(0x54, ByteWriter().u16(0x2100)), descriptor(0x55, ByteWriter().text("CHN").u8(9))}), 4});
    ByteVector eit = eit_section({0x50, {1, 16, 101}, 1, 0, 1, 1, 0x51}, joined({event, event}));
    ByteVector sdt = sdt_section(0x42, 16, 1, 5, {{101, joined({service_descriptor(1, "\x15供应商", "\x15新闻频道"), descriptor(0x53, ByteWriter().u16(0x4A02))}), true}});
    ByteVector cable = descriptor(0x44, ByteWriter().u32(0x03460000).u16(0xFFF2).u8(3).u32(0x00687500).u8(0x0F));
    ByteVector listed = joined({cable, descriptor(0x41, ByteWriter().u16(101).u8(1)), descriptor(0x5F, ByteWriter().u32(0x28)), descriptor(0x83, ByteWriter().u16(101).u16(0xFC01))});
    ByteVector nit = make_section({0x40, 77}, ByteWriter().counted12(descriptor(0x40, "network")).counted12(ByteWriter().u16(16).u16(1).counted12(listed)));
    ByteVector pmt = make_section({0x02, 101}, ByteWriter().u16(0xE101).counted12({}).u8(4).u16(0xE102).counted12(descriptor(0x0A, ByteWriter().text("chi").u8(0))));
    ByteVector pat = pat_section(16, 3, {{0, 0x10}, {101, 0x100}});
    ByteVector tdt = tdt_section(noon);
    ByteVector offset = descriptor(0x58, ByteWriter().text("CHN").u8(2).u16(0x0800).bytes(dvb_time(noon)).u16(0x0800));
    ByteVector tot = ByteWriter().u8(0x73).u16(0x7000 | static_cast<unsigned>(11 + offset.size())).bytes(dvb_time(noon)).counted12(offset);
    tot = ByteWriter().bytes(tot).u32(plain_crc32(tot));

    const std::pair<const char*, const ByteVector*> sections[] = {{"eit", &eit}, {"sdt", &sdt}, {"nit", &nit}, {"pmt", &pmt}, {"pat", &pat}};
    for (const auto& [name, section] : sections) keep("tables", name, body_of(*section));
    keep("tables", "tdt", tdt);
    keep("tables", "tot", tot);

    ByteVector stream = joined({PacketWriter(0).write(pat), PacketWriter(0x100).write(pmt), PacketWriter(0x10).write(nit), PacketWriter(0x11).write_joined({sdt, nit}),
                                PacketWriter(0x12).write(eit), PacketWriter(0x14).write_joined({tdt, tot})});
    for (unsigned piece : {0u, 1u, 38u}) keep("packets", "stream-" + std::to_string(piece), joined({ByteVector{static_cast<std::uint8_t>(piece)}, stream}));
    keep("packets", "garbage", joined({ByteVector(300, 0x47), stream, ByteVector(77, 0x12), stream}));
}

}  // namespace

int main(int count, char** arguments) {
    if (count != 2) {
        std::fprintf(stderr, "usage: %s FOLDER\n", arguments[0]);
        return 2;
    }
    folder = arguments[1];
    keep_texts();
    keep_tables_and_packets();
    return 0;
}
