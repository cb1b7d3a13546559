#include "simulator/stream/si/broadcast_text.h"

#include <iconv.h>

namespace linli::simulator {

namespace {

class Converter {
  public:
    explicit Converter(const std::string& charset) : handle_(::iconv_open(charset.c_str(), "UTF-8")) {}
    ~Converter() {
        if (is_open()) ::iconv_close(handle_);
    }
    Converter(const Converter&) = delete;
    Converter& operator=(const Converter&) = delete;

    std::string convert(std::string_view character) const {
        char out[16];
        char* to = out;
        auto* from = const_cast<char*>(character.data());
        std::size_t left = character.size(), room = sizeof out;
        if (!is_open() || ::iconv(handle_, &from, &left, &to, &room) == static_cast<std::size_t>(-1))
            return character == "?" ? std::string("?") : convert("?");
        return {out, to};
    }

  private:
    bool is_open() const { return handle_ != reinterpret_cast<iconv_t>(-1); }

    iconv_t handle_;
};

/// The first character of UTF-8; a byte that begins none stands alone.
std::string_view first_character(std::string_view text) {
    auto lead = static_cast<unsigned char>(text.front());
    std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
    for (std::size_t i = 1; i < length; ++i)
        if (i >= text.size() || (static_cast<unsigned char>(text[i]) & 0xC0) != 0x80) return text.substr(0, 1);
    return text.substr(0, length);
}

}  // namespace

BroadcastEncoding gb2312() { return {"GB2312", "\x13"}; }
BroadcastEncoding gb18030_unmarked() { return {"GB18030", ""}; }
BroadcastEncoding big5() { return {"BIG5", "\x14"}; }
BroadcastEncoding utf8() { return {"UTF-8", "\x15"}; }
BroadcastEncoding ucs2() { return {"UCS-2BE", "\x11"}; }
BroadcastEncoding ksx1001() { return {"EUC-KR", "\x12"}; }
BroadcastEncoding iso6937() { return {"ISO_6937", ""}; }

BroadcastEncoding iso8859_three_bytes(int part) {
    return {"ISO-8859-" + std::to_string(part), {'\x10', '\0', static_cast<char>(part)}};
}

BroadcastEncoding iso8859(int part) {
    // Table A.3; 0x08 is reserved, as ISO 8859-12 never was.
    if (part < 5 || part > 15 || part == 12) return iso8859_three_bytes(part);
    return {"ISO-8859-" + std::to_string(part), std::string(1, static_cast<char>(part - 4))};
}

std::optional<BroadcastEncoding> find_broadcast_encoding(std::string_view name) {
    if (name == "gb2312") return gb2312();
    if (name == "gb18030") return gb18030_unmarked();
    if (name == "big5") return big5();
    if (name == "utf8") return utf8();
    if (name == "ucs2") return ucs2();
    if (name == "ksx1001") return ksx1001();
    if (name == "iso6937") return iso6937();
    for (int part = 1; part <= 15; ++part)
        if (part != 12 && name == "iso8859-" + std::to_string(part)) return iso8859(part);
    return std::nullopt;
}

std::vector<Bytes> encode_text_pieces(std::string_view text, const BroadcastEncoding& encoding, std::size_t most_bytes) {
    Converter converter(encoding.charset);
    std::vector<Bytes> pieces;
    std::string piece;
    auto finish = [&] {
        ByteWriter writer;
        writer.put(piece);
        pieces.push_back(writer.take());
    };
    while (!text.empty()) {
        std::string_view character = first_character(text);
        text.remove_prefix(character.size());
        std::string encoded = converter.convert(character);
        if (!piece.empty() && piece.size() + encoded.size() > most_bytes) {
            finish();
            piece.clear();
        }
        if (piece.empty()) piece = encoding.selector;
        piece += encoded;
    }
    if (!piece.empty()) finish();
    return pieces;
}

Bytes encode_text(std::string_view text, const BroadcastEncoding& encoding, std::size_t most_bytes) {
    auto pieces = encode_text_pieces(text, encoding, most_bytes);
    return pieces.empty() ? Bytes() : std::move(pieces.front());
}

}  // namespace linli::simulator
