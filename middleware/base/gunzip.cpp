#include "middleware/base/gunzip.h"

#include <zlib.h>

#include <array>

#include "middleware/base/format.h"

namespace linli::base {
namespace {

/// zlib's number for "gzip alone, with the largest window".
constexpr int kGzipWindow = 15 + 16;

}  // namespace

struct Gunzip::Impl {
    z_stream stream{};
    std::array<char, 64 * 1024> out;
    std::uint64_t most_bytes = 0, unpacked = 0;
    bool is_ready = false;
    /// Between members.
    bool is_at_end = false;
};

Gunzip::Gunzip(std::uint64_t most_bytes) : impl_(std::make_unique<Impl>()) {
    impl_->most_bytes = most_bytes;
    impl_->is_ready = inflateInit2(&impl_->stream, kGzipWindow) == Z_OK;
}

Gunzip::~Gunzip() {
    if (impl_->is_ready) inflateEnd(&impl_->stream);
}

Result<void> Gunzip::push(std::string_view packed, const Sink& sink) {
    Impl& impl = *impl_;
    if (!impl.is_ready) return fail("gzip: there is no memory");
    z_stream& stream = impl.stream;
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
    stream.avail_in = static_cast<uInt>(packed.size());
    bool may_have_more = false;
    while (stream.avail_in > 0 || may_have_more) {
        if (impl.is_at_end) {
            inflateReset(&stream);
            impl.is_at_end = false;
        }
        stream.next_out = reinterpret_cast<Bytef*>(impl.out.data());
        stream.avail_out = static_cast<uInt>(impl.out.size());
        int code = inflate(&stream, Z_NO_FLUSH);
        if (code != Z_OK && code != Z_STREAM_END && code != Z_BUF_ERROR)
            return fail(format("gzip: {}", stream.msg != nullptr ? stream.msg : "damaged"));
        impl.is_at_end = code == Z_STREAM_END;
        std::size_t size = impl.out.size() - stream.avail_out;
        may_have_more = !impl.is_at_end && stream.avail_out == 0;
        impl.unpacked += size;
        if (impl.unpacked > impl.most_bytes) return fail(format("it unpacks to more than {} bytes", impl.most_bytes));
        if (size > 0) LINLI_CHECK(sink({impl.out.data(), size}));
    }
    return {};
}

Result<void> Gunzip::finish() const {
    if (!impl_->is_at_end) return fail("gzip: the packed bytes end in the middle");
    return {};
}

}  // namespace linli::base
