#include "epg/si/packet_reader.h"

#include <vector>

#include "CppUTest/TestHarness.h"

using namespace linli::epg;

namespace {

using ByteVector = std::vector<std::uint8_t>;

/// Numbered in the PID; the rest is a pattern without sync bytes.
ByteVector packet(unsigned number) {
    ByteVector bytes(kPacketSize, 0x11);
    bytes[0] = kSyncByte;
    bytes[1] = static_cast<std::uint8_t>(number >> 8 & 0x1F);
    bytes[2] = static_cast<std::uint8_t>(number == kSyncByte ? 0 : number);
    bytes[3] = 0x10;
    return bytes;
}

ByteVector packets(unsigned first, unsigned count, std::size_t before = 0, std::size_t after = 0) {
    ByteVector all;
    for (unsigned i = 0; i < count; ++i) {
        all.insert(all.end(), before, 0x22);
        ByteVector one = packet(first + i);
        all.insert(all.end(), one.begin(), one.end());
        all.insert(all.end(), after, 0x33);
    }
    return all;
}

}  // namespace

// clang-format off
TEST_GROUP(PacketReader) {
    SiCounters counters;
    PacketReader reader{counters};
    std::vector<unsigned> pids;

    void push(const ByteVector& bytes, std::size_t piece = 1 << 20) {
        for (std::size_t at = 0; at < bytes.size(); at += piece) {
            std::size_t size = std::min(piece, bytes.size() - at);
            reader.push({bytes.data() + at, size}, [&](TsPacket one) { pids.push_back(one.pid()); });
        }
    }
    void finish() {
        reader.finish([&](TsPacket one) { pids.push_back(one.pid()); });
    }
    void expect(unsigned first, unsigned count) {
        LONGS_EQUAL(count, pids.size());
        for (unsigned i = 0; i < count; ++i) LONGS_EQUAL(first + i, pids[i]);
    }
};
// clang-format on

TEST(PacketReader, PiecesOfAnyLengthGiveTheSamePackets) {
    for (std::size_t piece : {1, 2, 187, 188, 189, 300, 1316, 5000}) {
        pids.clear();
        reader.forget();
        push(packets(1, 40), piece);
        finish();
        expect(1, 40);
    }
    LONGS_EQUAL(0, counters.garbage_bytes);
}

TEST(PacketReader, PacketsWithTimesOrErrorCorrectionAreFound) {
    for (std::size_t piece : {50, 1 << 20}) {
        pids.clear();
        reader.forget();
        push(packets(1, 20, 4, 0), static_cast<std::size_t>(piece));
        finish();
        expect(1, 20);
        pids.clear();
        reader.forget();
        push(packets(1, 20, 0, 16), static_cast<std::size_t>(piece));
        finish();
        expect(1, 20);
    }
}

TEST(PacketReader, GarbageBeforeAndBetweenIsSkipped) {
    ByteVector stream(1000, 0x55);
    stream[500] = kSyncByte;  // not one that others follow
    ByteVector first = packets(1, 5), second = packets(6, 5);
    stream.insert(stream.end(), first.begin(), first.end());
    stream.insert(stream.end(), 333, 0x66);
    stream.insert(stream.end(), second.begin(), second.end());
    for (std::size_t piece : {7, 1 << 20}) {
        pids.clear();
        reader.forget();
        push(stream, static_cast<std::size_t>(piece));
        finish();
        expect(1, 10);
    }
    LONGS_EQUAL(2, counters.resyncs);
    LONGS_EQUAL(2 * 1333, counters.garbage_bytes);
}

TEST(PacketReader, AWrongSyncByteCostsOnePacket) {
    ByteVector stream = packets(1, 10);
    stream[3 * kPacketSize] = 0x48;
    push(stream);
    finish();
    LONGS_EQUAL(9, pids.size());
    LONGS_EQUAL(1, counters.malformed_packets);
    LONGS_EQUAL(0, counters.resyncs);
}

TEST(PacketReader, OnePacketAloneIsReadAtTheEnd) {
    push(packets(9, 1));
    LONGS_EQUAL(0, pids.size());
    finish();
    expect(9, 1);
}

TEST(PacketReader, NothingButSyncBytesComesToAnEnd) {
    push(ByteVector(5000, kSyncByte), 13);
    finish();
    CHECK_TRUE(counters.packets <= 27);
}
