#pragma once

#include <cstddef>
#include <cstdint>

/// What every target of this folder defines: takes any bytes, and neither crashes nor goes on for ever. libFuzzer calls it
/// by this name; so does the replay of the kept corpus.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);
