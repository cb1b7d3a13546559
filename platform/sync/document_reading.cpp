#include "platform/sync/document_reading.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>

#include "content/exchange_reader.h"
#include "content/fault.h"
#include "middleware/base/compress.h"
#include "middleware/base/format.h"
#include "platform/publication/delta_prefix.h"

namespace linli::platform {

using base::Result;

namespace {

constexpr std::size_t kPieceBytes = 64 << 10;
/// Of XML: handed over together, and waiting at most. In memory an item takes about four times its XML.
constexpr std::size_t kBatchBytes = 32 << 10;
constexpr std::size_t kMostWaitingBytes = 512 << 10;

struct CloseFile {
    void operator()(std::FILE* file) const { std::fclose(file); }
};

}  // namespace

DocumentReading::DocumentReading(Source source) : source_(std::move(source)), thread_([this] { run(); }) {}

DocumentReading::~DocumentReading() {
    {
        std::lock_guard lock(mutex_);
        is_given_up_ = true;
    }
    changed_.notify_all();
}

Result<std::vector<DocumentReading::Entry>> DocumentReading::next() {
    std::vector<Entry> entries;
    {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [this] { return !waiting_.empty() || has_ended_; });
        if (waiting_.empty() && failure_) return std::unexpected(*failure_);
        entries.swap(waiting_);
        waiting_bytes_ = 0;
    }
    changed_.notify_all();
    return entries;
}

void DocumentReading::run() {
    auto result = read();
    {
        std::lock_guard lock(mutex_);
        if (!result) failure_ = result.error();
        has_ended_ = true;
    }
    changed_.notify_all();
}

Result<void> DocumentReading::hand_over(std::vector<Entry> entries, std::size_t bytes) {
    {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [this] { return waiting_bytes_ < kMostWaitingBytes || is_given_up_; });
        if (is_given_up_) return base::fail("given up");
        waiting_bytes_ += bytes;
        if (waiting_.empty()) waiting_ = std::move(entries);
        else waiting_.insert(waiting_.end(), std::make_move_iterator(entries.begin()), std::make_move_iterator(entries.end()));
    }
    changed_.notify_all();
    return {};
}

/// Packed bytes go in, entries come out in batches.
class DocumentReading::Unpacking {
  public:
    explicit Unpacking(DocumentReading& reading)
        : reading_(reading),
          unpack_(reading.source_.unpacked_length, options(reading.source_.form)),
          reader_(content::ExchangeReader::Strictness::FirstFault,
                  [this](const content::Item& item, std::string_view xml, xml::Place) { take({item, std::string(xml)}); },
                  [this](const content::Fault& fault) { outcome_ = base::fail(content::to_text(fault)); },
                  on_removal(reading.source_.form)) {}

    Result<void> push(std::string_view packed) {
        return unpack_.push(packed, [this](std::string_view xml) {
            reader_.push(xml);
            return outcome_;
        });
    }

    Result<void> finish() {
        LINLI_CHECK(unpack_.finish());
        const Source& source = reading_.source_;
        if (unpack_.unpacked_bytes() != source.unpacked_length)
            return base::fail(base::format("it unpacks to {} bytes, not {}", unpack_.unpacked_bytes(), source.unpacked_length));
        reader_.finish();
        LINLI_CHECK(outcome_);
        if (reader_.area() != source.area) return base::fail("it is the content of another area");
        reading_.passed_over_ = reader_.items_passed_over();
        return reading_.hand_over(std::move(batch_), batch_bytes_);
    }

  private:
    static base::DecompressOptions options(Form form) {
        if (form == Form::Delta) return {.prefix = delta_prefix()};
        return {.frames = base::Frames::Several};
    }
    content::ExchangeReader::OnRemoval on_removal(Form form) {
        if (form == Form::Content) return {};
        return [this](const content::Removal& removal) { take({removal, {}}); };
    }
    void take(Entry entry) {
        if (!outcome_) return;
        batch_bytes_ += entry.xml.size() + sizeof entry;
        batch_.push_back(std::move(entry));
        if (batch_bytes_ < kBatchBytes) return;
        outcome_ = reading_.hand_over(std::exchange(batch_, {}), std::exchange(batch_bytes_, 0));
    }

    DocumentReading& reading_;
    base::Decompressor unpack_;
    std::vector<Entry> batch_;
    std::size_t batch_bytes_ = 0;
    Result<void> outcome_;
    content::ExchangeReader reader_;
};

Result<void> DocumentReading::read() {
    std::unique_ptr<std::FILE, CloseFile> file(std::fopen(source_.file.c_str(), "rbe"));
    if (!file) return base::fail(base::format("cannot read {}: {}", source_.file.string(), std::strerror(errno)));
    Unpacking unpacking(*this);
    auto piece = std::make_unique<char[]>(kPieceBytes);
    while (std::size_t got = std::fread(piece.get(), 1, kPieceBytes, file.get()))
        LINLI_CHECK(unpacking.push({piece.get(), got}));
    if (std::ferror(file.get())) return base::fail(base::format("cannot read {}", source_.file.string()));
    return unpacking.finish();
}

}  // namespace linli::platform
