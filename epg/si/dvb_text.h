#pragma once

#include <string>

#include "epg/si/character_tables.h"
#include "epg/si/si_counters.h"
#include "epg/si/text_rules.h"

namespace linli::epg {

/// Turns the texts of descriptors into UTF-8, as they are really sent: by their mark, by the operator's rules, and by
/// what the bytes look like where there is no mark or a wrong one. New lines become '\n', emphasis and other control
/// codes are dropped. What is no character becomes U+FFFD and is counted: nothing is garbage silently.
///
/// One thread. @spec ETSI EN 300 468 annex A
class TextDecoder {
  public:
    TextDecoder(TextRules rules, SiCounters& counters) : rules_(std::move(rules)), counters_(counters) {}

    /// Whose texts follow: which of the operator's rules counts.
    void enter(const ServiceId& id) {
        if (id == entered_) return;
        entered_ = id;
        rule_ = rules_.rule_for(id);
    }

    /// How many bytes `decode` may write for a text of so many.
    static constexpr std::size_t room_for(std::size_t size) { return 3 * size + 8; }
    /// Writes to `out`, which has `room_for(text.size())` bytes, and returns the end of what counts.
    char* decode(Bytes text, char* out);
    std::string decode(Bytes text);

    /// How many bytes at the front of a text are its mark, and nothing of the text.
    static std::size_t mark_size(Bytes text);

  private:
    struct Marked {
        Encoding encoding = Encoding::Automatic;
        std::size_t mark = 0;
        bool is_known = true;
    };
    Marked read_mark(Bytes text) const;
    char* decode_unmarked(Bytes text, char* out);
    char* decode_marked(Bytes text, Encoding encoding, char* out);
    char* decode_as(Bytes text, Encoding encoding, char* out);
    Encoding corrected(Bytes text, Encoding encoding) const;

    char* decode_pairs(Bytes text, const DoubleByteTable& table, char* out);
    char* decode_gb18030(Bytes text, char* out);
    /// Quick for what is Chinese; null, with nothing counted, where a closer look is needed.
    char* try_gb18030(Bytes text, char* out);
    char* decode_utf8(Bytes text, char* out);
    char* decode_ucs2(Bytes text, char* out);
    char* decode_single(Bytes text, const SingleByteTable& table, char* out);
    char* decode_iso6937(Bytes text, char* out);
    char* replace(char* out);

    TextRules rules_;
    SiCounters& counters_;
    CharacterTables tables_;
    const DoubleByteTable* gb18030_ = nullptr;
    ServiceId entered_;
    TextRule rule_ = rules_.rule_for(entered_);
};

}  // namespace linli::epg
