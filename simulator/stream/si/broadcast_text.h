#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "simulator/stream/si/byte_writer.h"

namespace linli::simulator {

/// How a head-end writes a text: the character set that the bytes are in, and the bytes before them that name it. The two
/// need not agree: real head-ends leave the selector out or send a wrong one.
/// @spec ETSI EN 300 468 Annex A
struct BroadcastEncoding {
    /// A name that iconv knows: "GB18030", "BIG5", "UTF-16BE".
    std::string charset;
    std::string selector;
};

BroadcastEncoding gb2312();
/// As Chinese networks send it: no selector at all.
BroadcastEncoding gb18030_unmarked();
BroadcastEncoding big5();
BroadcastEncoding utf8();
BroadcastEncoding ucs2();
BroadcastEncoding ksx1001();
/// The standard's own table, which has no selector.
BroadcastEncoding iso6937();
/// ISO 8859-5 to 8859-15 by the selector of one byte where there is one; other parts by the one of three.
BroadcastEncoding iso8859(int part);
BroadcastEncoding iso8859_three_bytes(int part);

/// By its name: "gb2312", "gb18030" (without a selector), "big5", "utf8", "ucs2", "ksx1001", "iso6937", "iso8859-5"…;
/// nothing for other names.
std::optional<BroadcastEncoding> find_broadcast_encoding(std::string_view name);

/// The text, given in UTF-8, with its selector. A character that the set lacks becomes '?'. What does not fit into
/// `most_bytes` is cut off between two characters. An empty text has no selector.
Bytes encode_text(std::string_view text, const BroadcastEncoding& encoding, std::size_t most_bytes = 255);
/// All of a text in pieces of at most `most_bytes`, each with its selector.
std::vector<Bytes> encode_text_pieces(std::string_view text, const BroadcastEncoding& encoding, std::size_t most_bytes);

}  // namespace linli::simulator
