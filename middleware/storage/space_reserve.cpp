#include "middleware/storage/space_reserve.h"

#include <fstream>
#include <random>
#include <string>
#include <system_error>

namespace linli::storage {

void SpaceReserve::keep() {
    std::error_code error;
    auto length = std::filesystem::file_size(file_, error);
    if (!error && length >= bytes_) return;
    constexpr std::size_t kPiece = 4096;
    std::minstd_rand random;
    std::string piece(kPiece, '\0');
    std::ofstream file(file_, std::ios::binary | std::ios::trunc);
    for (std::uint64_t written = 0; file && written < bytes_; written += kPiece) {
        for (char& byte : piece) byte = static_cast<char>(random());
        file.write(piece.data(), kPiece).flush();
    }
}

void SpaceReserve::let_go() {
    std::error_code ignored;
    std::filesystem::remove(file_, ignored);
}

}  // namespace linli::storage
