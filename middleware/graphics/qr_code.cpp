#include "middleware/graphics/qr_code.h"

#include <qrencode.h>

#include <memory>
#include <string>

#include "middleware/base/format.h"

namespace linli::graphics {

namespace {

constexpr std::size_t kMostBytes = 1000;

struct Free {
    void operator()(QRcode* code) const { QRcode_free(code); }
};
using Handle = std::unique_ptr<QRcode, Free>;

Handle encode(std::string_view text, QRecLevel level) {
    // As bytes: the modes for Kanji and others are not understood by every reader.
    return Handle(QRcode_encodeData(static_cast<int>(text.size()), reinterpret_cast<const unsigned char*>(text.data()), 0, level));
}

}  // namespace

base::Result<QrCode> make_qr_code(std::string_view text) {
    if (text.empty()) return base::fail("there is nothing to put into a QR code");
    if (text.size() > kMostBytes)
        return base::fail(base::format("{} bytes are too many for a QR code on a television, {} at most", text.size(), kMostBytes));
    Handle code = encode(text, QR_ECLEVEL_L);
    if (code == nullptr) return base::fail("the text cannot be put into a QR code");
    for (QRecLevel level : {QR_ECLEVEL_M, QR_ECLEVEL_Q, QR_ECLEVEL_H}) {
        Handle stronger = encode(text, level);
        if (stronger == nullptr || stronger->width > code->width) break;
        code = std::move(stronger);
    }
    QrCode out;
    out.side = code->width;
    auto count = static_cast<std::size_t>(out.side) * static_cast<std::size_t>(out.side);
    out.dark.reserve(count);
    for (std::size_t i = 0; i < count; ++i) out.dark.push_back(code->data[i] & 1);
    return out;
}

}  // namespace linli::graphics
