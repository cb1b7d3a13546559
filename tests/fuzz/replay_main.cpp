// The kept corpus of a target, and a fixed number of changes to it that are the same every time: needs no fuzzer.
//   linli-fuzz-replay-TARGET CORPUS_FOLDER CHANGES
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <vector>

#include "tests/fuzz/fuzz_target.h"

namespace {

using Input = std::vector<std::uint8_t>;
constexpr std::size_t kLongest = 1 << 16;

std::vector<Input> read_corpus(const std::filesystem::path& folder) {
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) files.push_back(entry.path());
    std::ranges::sort(files);
    std::vector<Input> inputs;
    for (const auto& file : files) {
        std::ifstream in(file, std::ios::binary);
        inputs.emplace_back(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
    }
    return inputs;
}

/// Numbers of std::mt19937 are the same everywhere; those of distributions are not, hence the remainders.
Input changed(const std::vector<Input>& corpus, std::mt19937& random) {
    Input input = corpus[random() % corpus.size()];
    for (unsigned times = 1 + random() % 8; times > 0; --times) {
        std::size_t at = input.empty() ? 0 : random() % input.size();
        auto place = input.begin() + static_cast<std::ptrdiff_t>(at);
        switch (random() % 6) {
            case 0:
                if (!input.empty()) *place ^= static_cast<std::uint8_t>(1u << random() % 8);
                break;
            case 1:
                if (!input.empty()) *place = static_cast<std::uint8_t>(random());
                break;
            case 2: input.insert(place, 1 + random() % 8, static_cast<std::uint8_t>(random())); break;
            case 3: input.erase(place, place + static_cast<std::ptrdiff_t>(std::min<std::size_t>(random() % 32, input.size() - at))); break;
            case 4: input.resize(at); break;
            case 5: {
                const Input& other = corpus[random() % corpus.size()];
                std::size_t from = other.empty() ? 0 : random() % other.size();
                input.insert(place, other.begin() + static_cast<std::ptrdiff_t>(from), other.end());
                break;
            }
        }
        if (input.size() > kLongest) input.resize(kLongest);
    }
    return input;
}

}  // namespace

int main(int count, char** arguments) {
    if (count != 3) {
        std::fprintf(stderr, "usage: %s CORPUS_FOLDER CHANGES\n", arguments[0]);
        return 2;
    }
    std::vector<Input> corpus = read_corpus(arguments[1]);
    if (corpus.empty()) {
        std::fprintf(stderr, "%s: no file in %s\n", arguments[0], arguments[1]);
        return 1;
    }
    // Each from memory of exactly its length: a sanitizer sees the first byte read past it.
    auto run = [](const Input& input) {
        Input exact(input);
        exact.shrink_to_fit();
        LLVMFuzzerTestOneInput(exact.data(), exact.size());
    };
    for (const Input& input : corpus) run(input);
    std::mt19937 random(2026);
    int changes = std::atoi(arguments[2]);
    for (int i = 0; i < changes; ++i) run(changed(corpus, random));
    std::printf("%zu inputs and %d changes\n", corpus.size(), changes);
    return 0;
}
