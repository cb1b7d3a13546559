#include "platform/publication/area_content.h"

#include <algorithm>

#include "content/exchange_writer.h"
#include "middleware/base/compress.h"
#include "middleware/base/file.h"
#include "middleware/base/format.h"
#include "middleware/base/hash.h"
#include "platform/publication/canonical_item.h"
#include "platform/publication/delta_prefix.h"
#include "platform/publication/file_stamp.h"

namespace linli::platform {

using base::Result;
using content::AreaCode;
using storage::Statement;

namespace {

/// What packs at some 90 MB/s, and unpacks as quickly as everything else.
constexpr int kContentLevel = 9;
/// Deltas are fetched by every box: as small as they get, unless that would take seconds.
constexpr int kDeltaLevel = 19;
constexpr std::size_t kMostForDeltaLevel = 1u << 20;

std::int64_t number(auto value) { return static_cast<std::int64_t>(value); }
std::uint64_t count(std::int64_t value) { return static_cast<std::uint64_t>(value); }

}  // namespace

AreaContent::AreaContent(storage::Database& state, const std::filesystem::path& tree, const TreeWriter& writer,
                         AreaCode area, Part part)
    : state_(state), tree_(tree), writer_(writer), area_(std::move(area)), part_(part) {}

/// The first two values of every statement here are the area and the part.
Statement AreaContent::bound(std::string_view sql) const {
    Statement statement = state_.prepare(sql);
    statement.bind(area_.str()).bind(number(part_));
    return statement;
}

bool AreaContent::exists() const {
    return bound("SELECT 1 FROM items WHERE area = ? AND part = ? LIMIT 1").step() || present();
}

std::optional<AreaContent::Remembered> AreaContent::present() const {
    Statement row = bound("SELECT generation, hash, length, unpacked, items, stamp FROM contents WHERE area = ? AND part = ? "
                          "ORDER BY generation DESC LIMIT 1");
    if (!row.step()) return std::nullopt;
    return Remembered{row.integer(0),
                      {std::string(row.text(1)), count(row.integer(2)), count(row.integer(3)), count(row.integer(4))},
                      std::string(row.text(5))};
}

/// The places at which the frames end: that of the document's head, those of items, and the end.
Result<std::vector<std::string>> AreaContent::frame_ends() const {
    std::vector<std::string> places{kFirstPlace};
    Statement ends = bound("SELECT place FROM items INDEXED BY items_at_ends WHERE area = ? AND part = ? AND ends_frame "
                           "ORDER BY place");
    while (ends.step()) places.emplace_back(ends.text(0));
    LINLI_CHECK(ends.finish());
    places.push_back(kLastPlace);
    return places;
}

std::optional<Head::Content> AreaContent::unchanged() const {
    auto known = present();
    if (!known || !writer_.has(packed_path(known->content.sha256), known->content.length)) return std::nullopt;
    auto ends = frame_ends();
    Statement frames = bound("SELECT count(*) FROM frames WHERE area = ? AND part = ?");
    if (!ends || !frames.step() || count(frames.integer(0)) != ends->size()) return std::nullopt;
    return known->content;
}

/// Those of the present content that are still good. None where its file is not what was written.
Result<std::map<std::string, AreaContent::Frame>> AreaContent::load_frames() {
    std::map<std::string, Frame> frames;
    auto known = present();
    if (!known) return frames;
    std::filesystem::path path = tree_ / packed_path(known->content.sha256);
    bool is_untouched = !known->stamp.empty() && known->stamp == file_stamp(path);
    auto file = base::read_file(path, kMostPackedBytes);
    if (!file || file->size() != known->content.length) return frames;
    old_file_ = std::move(*file);
    if (!is_untouched && base::Sha256::of(old_file_) != known->content.sha256) return frames;
    Statement rows = bound("SELECT place, start, length, unpacked, items FROM frames WHERE area = ? AND part = ?");
    while (rows.step()) {
        std::uint64_t start = count(rows.integer(1)), length = count(rows.integer(2));
        if (start > old_file_.size()) return frames;
        std::string place(rows.text(0));
        frames.emplace(place, Frame{place, std::string_view(old_file_).substr(start, length), count(rows.integer(3)),
                                    count(rows.integer(4))});
    }
    LINLI_CHECK(rows.finish());
    return frames;
}

Result<AreaContent::Frame> AreaContent::pack_frame(const std::string& after, const std::string& place) {
    Frame frame{.place = place};
    std::string text;
    if (place == kFirstPlace) text = content::exchange_begin(area_);
    Statement items = bound("SELECT xml FROM items WHERE area = ? AND part = ? AND place > ? AND place <= ? ORDER BY place");
    items.bind_blob(after).bind_blob(place);
    while (items.step()) {
        text += items.text(0);
        text += '\n';
        ++frame.items;
    }
    LINLI_CHECK(items.finish());
    if (place == kLastPlace) text += content::kExchangeEnd;
    LINLI_TRY(packed, base::compress(text, {.level = kContentLevel}));
    frame.packed = packed_.emplace_back(std::move(packed));
    frame.unpacked = text.size();
    return frame;
}

Result<Head::Content> AreaContent::put() {
    if (auto known = unchanged()) return *known;
    LINLI_TRY(kept, load_frames());
    LINLI_TRY(ends, frame_ends());
    std::vector<Frame> frames;
    for (std::size_t i = 0; i < ends.size(); ++i) {
        if (auto good = kept.find(ends[i]); good != kept.end()) {
            frames.push_back(std::move(good->second));
            continue;
        }
        LINLI_TRY(frame, pack_frame(i == 0 ? std::string() : ends[i - 1], ends[i]));
        frames.push_back(std::move(frame));
    }
    return write(frames);
}

Result<Head::Content> AreaContent::write(const std::vector<Frame>& frames) {
    Head::Content content;
    std::string packed;
    packed.reserve(old_file_.size() + old_file_.size() / 8);
    for (const Frame& frame : frames) {
        packed += frame.packed;
        content.unpacked_length += frame.unpacked;
        content.items += frame.items;
    }
    content.length = packed.size();
    content.sha256 = base::Sha256::of(packed);
    if (content.length > kMostPackedBytes || content.unpacked_length > kMostUnpackedBytes)
        return base::fail(base::format("the content of area {} has {} bytes ({} packed), {} at most ({} packed)",
                                       area_.str(), content.unpacked_length, content.length, kMostUnpackedBytes,
                                       kMostPackedBytes));
    LINLI_CHECK(writer_.put(packed_path(content.sha256), packed));
    LINLI_CHECK(remember(frames, content));
    return content;
}

Result<void> AreaContent::remember(const std::vector<Frame>& frames, const Head::Content& content) {
    LINLI_CHECK(bound("DELETE FROM frames WHERE area = ? AND part = ?").finish());
    Statement put = state_.prepare("INSERT INTO frames VALUES(?, ?, ?, ?, ?, ?, ?)");
    std::uint64_t start = 0;
    for (const Frame& frame : frames) {
        put.bind(area_.str()).bind(number(part_)).bind_blob(frame.place).bind(number(start));
        put.bind(number(frame.packed.size())).bind(number(frame.unpacked)).bind(number(frame.items));
        LINLI_CHECK(put.finish_and_reset());
        start += frame.packed.size();
    }
    auto known = present();
    if (known && known->content == content) return {};
    // The same content again, after another one: it is what it was, and is remembered once.
    LINLI_CHECK(bound("DELETE FROM contents WHERE area = ? AND part = ? AND hash = ?").bind(content.sha256).finish());
    Statement row = bound("INSERT INTO contents VALUES(?, ?, ?, ?, ?, ?, ?, ?)");
    row.bind(known ? known->generation + 1 : 0).bind(content.sha256).bind(number(content.length));
    row.bind(number(content.unpacked_length)).bind(number(content.items));
    row.bind_blob(file_stamp(tree_ / packed_path(content.sha256)));
    return row.finish();
}

Result<std::vector<Head::Delta>> AreaContent::put_deltas(const Head::Content& present_content, int most) {
    auto newest = present();
    std::vector<Remembered> before;
    Statement rows = bound("SELECT generation, hash FROM contents WHERE area = ? AND part = ? ORDER BY generation DESC");
    while (rows.step()) before.push_back({rows.integer(0), {std::string(rows.text(1))}, {}});
    LINLI_CHECK(rows.finish());

    std::vector<Head::Delta> deltas;
    std::int64_t oldest = newest ? newest->generation : 0;
    for (const Remembered& one : before) {
        if (newest && one.generation == newest->generation) continue;
        if (number(deltas.size()) >= most) break;
        oldest = one.generation;
        LINLI_TRY(document, delta_document(one.generation));
        int level = document.size() <= kMostForDeltaLevel ? kDeltaLevel : kContentLevel;
        LINLI_TRY(packed, base::compress(document, {.level = level, .prefix = delta_prefix()}));
        if (packed.size() > present_content.length / 2) break;
        Head::Delta delta{one.content.sha256, base::Sha256::of(packed), packed.size(), document.size()};
        LINLI_CHECK(writer_.put(packed_path(delta.sha256), packed));
        deltas.push_back(std::move(delta));
    }
    LINLI_CHECK(bound("DELETE FROM contents WHERE area = ? AND part = ? AND generation < ?").bind(oldest).finish());
    LINLI_CHECK(bound("DELETE FROM removals WHERE area = ? AND part = ? AND generation <= ?").bind(oldest).finish());
    return deltas;
}

Result<std::string> AreaContent::delta_document(std::int64_t generation) const {
    std::string document = content::exchange_begin(area_);
    Statement removals = bound("SELECT kind, name FROM removals WHERE area = ? AND part = ? AND generation > ? ORDER BY place");
    removals.bind(generation);
    while (removals.step())
        document += content::write_removal(removal_of(static_cast<content::Kind>(removals.integer(0)), removals.text(1))) + "\n";
    LINLI_CHECK(removals.finish());
    Statement items = bound("SELECT xml FROM items INDEXED BY items_changed WHERE area = ? AND part = ? AND changed > ? AND "
                            "changed > 0 ORDER BY place");
    items.bind(generation);
    while (items.step()) {
        document += items.text(0);
        document += '\n';
    }
    LINLI_CHECK(items.finish());
    return document + std::string(content::kExchangeEnd);
}

}  // namespace linli::platform
