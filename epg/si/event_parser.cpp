// What head-ends really send (tests/epg/si/event_parser_test.cpp):
//   - an extended text cut into descriptors in the middle of a character (ACharacterCutBetweenDescriptorsIsWhole),
//     with the mark of its encoding at its first part only (AMarkHoldsForTheWholeText);
//   - parts out of order (PartsAreJoinedByNumber);
//   - ratings for several countries (AgeIsOfTheFirstCountryThatGivesOne).
#include "epg/si/event_parser.h"

#include <algorithm>
#include <cstring>

#include "epg/si/dvb_time.h"
#include "epg/si/section_assembler.h"

namespace linli::epg {
namespace {

/// Of one event, in all languages: sixteen parts each.
constexpr std::size_t kMostParts = 64;

bool is_same(Bytes a, Bytes b) { return std::ranges::equal(a, b); }

EventInformation::Kind kind_of(TableId id) {
    return is_schedule(id) ? EventInformation::Kind::Schedule : EventInformation::Kind::PresentFollowing;
}

}  // namespace

EventParser::EventParser(TextDecoder& text, std::vector<std::string> languages, SiCounters& counters)
    : text_(text), languages_(std::move(languages)), counters_(counters), room_(4 * kMaxSectionSize) {}

EventInformation EventParser::parse(const Section& section, std::uint16_t pid) {
    EventInformation table;
    table.source = {pid, section.table_id, section.version, section.number, section.last_number};
    table.kind = kind_of(section.table_id);
    ByteReader reader(section.body);
    table.service.service = section.extension;
    table.service.stream = reader.u16();
    table.service.network = reader.u16();
    table.segment_last_section = reader.u8();
    table.last_table_id = TableId(reader.u8());
    text_.enter(table.service);
    events_.clear();
    end_ = room_.data();
    while (!reader.is_at_end()) parse_event(reader);
    if (reader.has_failed()) ++counters_.malformed_sections;
    counters_.events += events_.size();
    table.events = events_;
    return table;
}

void EventParser::parse_event(ByteReader& reader) {
    constexpr std::size_t kHeader = 12;
    Bytes header = reader.bytes(kHeader);
    if (header.empty()) return;
    EitEvent& event = events_.emplace_back();
    event.id = static_cast<std::uint16_t>(header[0] << 8 | header[1]);
    take_times(event, header.subspan(2, 5), header.subspan(7, 3));
    unsigned status = header[10] >> 5;
    if (status <= 5) event.running_status = RunningStatus(status);
    event.is_scrambled = header[10] & 0x10;
    std::size_t size = (header[10] & 0x0Fu) << 8 | header[11];

    short_ = {};
    extended_.clear();
    for_each_descriptor(reader.bytes_at_most(size), counters_, [&](DescriptorTag tag, Bytes body) {
        switch (tag) {
            case DescriptorTag::ShortEvent: take_short(event, body); break;
            case DescriptorTag::ExtendedEvent: take_extended(body); break;
            case DescriptorTag::Content:
                if (event.content == 0 && body.size() >= 2) event.content = body[0];
                break;
            case DescriptorTag::ParentalRating:
                if (event.minimum_age == 0) event.minimum_age = read_minimum_age(body);
                break;
            default: break;
        }
    });
    write_texts(event);
}

void EventParser::take_times(EitEvent& event, Bytes start, Bytes duration) {
    std::chrono::sys_seconds time;
    TimeField field = read_time(start, time);
    if (field == TimeField::Good) event.start = time;
    if (field == TimeField::Bad) ++counters_.bad_times;
    std::chrono::seconds length;
    field = read_duration(duration, length);
    if (field == TimeField::Good) event.duration = length;
    if (field == TimeField::Bad) ++counters_.bad_times;
}

std::size_t EventParser::rank(Bytes language) const {
    std::string_view code(reinterpret_cast<const char*>(language.data()), language.size());
    return static_cast<std::size_t>(std::ranges::find(languages_, code) - languages_.begin());
}

void EventParser::take_short(EitEvent& event, Bytes body) {
    auto read = ShortEventDescriptor::read(body);
    if (!read) {
        ++counters_.cut_descriptors;
        return;
    }
    std::size_t language_rank = rank(read->language);
    if (!short_.language.empty() && language_rank >= short_rank_) return;
    short_ = *read;
    short_rank_ = language_rank;
    event.language = code_of(read->language);
}

void EventParser::take_extended(Bytes body) {
    auto read = ExtendedEventDescriptor::read(body);
    if (!read) {
        ++counters_.cut_descriptors;
        return;
    }
    if (extended_.size() == kMostParts) {
        ++counters_.dropped_values;
        return;
    }
    extended_.push_back(*read);
}

void EventParser::write_texts(EitEvent& event) {
    auto written = [&](Bytes text) {
        char* begin = end_;
        end_ = text_.decode(text, begin);
        return std::string_view(begin, static_cast<std::size_t>(end_ - begin));
    };
    if (!short_.title.empty()) event.title = written(short_.title);
    if (!short_.summary.empty()) event.summary = written(short_.summary);
    if (!extended_.empty()) write_description(event);
}

void EventParser::write_description(EitEvent& event) {
    // The language of the title, where the extended text has it; else the first one it has.
    auto has_language = [&](const ExtendedEventDescriptor& part) { return is_same(part.language, short_.language); };
    bool has_title_language = std::ranges::any_of(extended_, has_language);
    Bytes language = has_title_language ? short_.language : extended_.front().language;
    std::erase_if(extended_, [&](const auto& part) { return !is_same(part.language, language); });
    if (!std::ranges::is_sorted(extended_, {}, &ExtendedEventDescriptor::number))
        std::ranges::stable_sort(extended_, {}, &ExtendedEventDescriptor::number);
    if (event.language.empty()) event.language = code_of(language);

    char* begin = end_;
    for (std::size_t first = 0; first < extended_.size();) {
        Bytes text = extended_[first].text;
        Bytes mark = text.first(TextDecoder::mark_size(text));
        std::size_t last = first + 1;
        for (; last < extended_.size(); ++last) {
            Bytes next = extended_[last].text;
            std::size_t next_mark = TextDecoder::mark_size(next);
            if (next_mark != 0 && !is_same(next.first(next_mark), mark)) break;
        }
        write_joined(first, last);
        first = last;
    }
    bool has_text = end_ != begin;
    if (has_text) *end_++ = '\n';
    char* items = end_;
    write_items();
    if (items == end_ && has_text) --end_;
    event.description = {begin, static_cast<std::size_t>(end_ - begin)};
}

void EventParser::write_joined(std::size_t first, std::size_t last) {
    if (last - first == 1) {
        if (!extended_[first].text.empty()) end_ = text_.decode(extended_[first].text, end_);
        return;
    }
    joined_.clear();
    for (std::size_t i = first; i < last; ++i) {
        Bytes text = extended_[i].text;
        if (i > first) text = text.subspan(TextDecoder::mark_size(text));
        joined_.insert(joined_.end(), text.begin(), text.end());
    }
    if (!joined_.empty()) end_ = text_.decode(joined_, end_);
}

void EventParser::write_items() {
    bool is_first = true;
    for (const ExtendedEventDescriptor& part : extended_) {
        ByteReader items(part.items);
        while (!items.is_at_end()) {
            Bytes what = items.counted_bytes();
            Bytes who = items.counted_bytes();
            if (items.has_failed()) ++counters_.cut_descriptors;
            // Without a description it goes on with what the part before began.
            if (!what.empty()) {
                if (!is_first) *end_++ = '\n';
                end_ = text_.decode(what, end_);
                *end_++ = ':';
                *end_++ = ' ';
            }
            if (!who.empty()) end_ = text_.decode(who, end_);
            is_first = is_first && what.empty() && who.empty();
        }
    }
}

}  // namespace linli::epg
