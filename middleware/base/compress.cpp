// What senders really send, and what is done about it:
//   a few KB that unpack to gigabytes (Decompressor.StopsABombAtItsBound)
//   a frame with a window of gigabytes (Decompressor.RefusesALargeWindow)
//   half a frame, or something after it (Decompressor.ReportsTruncation, …RefusesBytesAfterTheFrame, …RefusesOtherBytes)

#include "middleware/base/compress.h"

#include <zstd.h>

#include <vector>

#include "middleware/base/format.h"

namespace linli::base {
namespace {

constexpr int kWindowLog = 22;

}  // namespace

Result<std::string> compress(std::string_view bytes, const CompressOptions& options) {
    std::unique_ptr<ZSTD_CCtx, decltype(&ZSTD_freeCCtx)> context(ZSTD_createCCtx(), ZSTD_freeCCtx);
    ZSTD_CCtx_setParameter(context.get(), ZSTD_c_compressionLevel, options.level);
    ZSTD_CCtx_setParameter(context.get(), ZSTD_c_windowLog, kWindowLog);
    ZSTD_CCtx_setParameter(context.get(), ZSTD_c_checksumFlag, 0);
    ZSTD_CCtx_refPrefix(context.get(), options.prefix.data(), options.prefix.size());
    std::string packed(ZSTD_compressBound(bytes.size()), '\0');
    auto size = ZSTD_compress2(context.get(), packed.data(), packed.size(), bytes.data(), bytes.size());
    if (ZSTD_isError(size)) return fail(format("zstd: {}", ZSTD_getErrorName(size)));
    packed.resize(size);
    return packed;
}

struct Decompressor::Impl {
    std::unique_ptr<ZSTD_DCtx, decltype(&ZSTD_freeDCtx)> context{ZSTD_createDCtx(), ZSTD_freeDCtx};
    std::vector<char> out = std::vector<char>(ZSTD_DStreamOutSize());
};

Decompressor::Decompressor(std::uint64_t most_bytes, const DecompressOptions& options)
    : impl_(std::make_unique<Impl>()), most_bytes_(most_bytes), options_(options) {
    ZSTD_DCtx_setParameter(impl_->context.get(), ZSTD_d_windowLogMax, kWindowLog);
    // It holds for the first frame.
    ZSTD_DCtx_refPrefix(impl_->context.get(), options.prefix.data(), options.prefix.size());
}
Decompressor::~Decompressor() = default;

Result<void> Decompressor::push(std::string_view packed, const Sink& sink) {
    ZSTD_inBuffer in{packed.data(), packed.size(), 0};
    // A full buffer may leave output behind, so an empty input does not mean that nothing comes any more.
    bool may_have_more = false;
    while (in.pos < in.size || may_have_more) {
        if (has_ended_ && options_.frames == Frames::One) return fail("zstd: there are bytes after the end of the frame");
        ZSTD_outBuffer out{impl_->out.data(), impl_->out.size(), 0};
        auto hint = ZSTD_decompressStream(impl_->context.get(), &out, &in);
        if (ZSTD_isError(hint)) return fail(format("zstd: {}", ZSTD_getErrorName(hint)));
        has_ended_ = hint == 0;
        may_have_more = !has_ended_ && out.pos == out.size;
        unpacked_ += out.pos;
        if (unpacked_ > most_bytes_) return fail(format("it unpacks to more than {} bytes", most_bytes_));
        if (out.pos > 0) LINLI_CHECK(sink({impl_->out.data(), out.pos}));
    }
    return {};
}

Result<void> Decompressor::finish() const {
    if (!has_ended_) return fail("zstd: the frame is cut short");
    return {};
}

Result<std::string> decompress(std::string_view packed, std::uint64_t most_bytes, const DecompressOptions& options) {
    Decompressor decompressor(most_bytes, options);
    std::string bytes;
    LINLI_CHECK(decompressor.push(packed, [&](std::string_view piece) -> Result<void> {
        bytes += piece;
        return {};
    }));
    LINLI_CHECK(decompressor.finish());
    return bytes;
}

}  // namespace linli::base
