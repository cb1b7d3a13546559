#include "epg/guide/memory_keeper.h"

namespace linli::epg {

std::string MemoryKeeper::description(std::uint64_t key) {
    auto found = descriptions_.find(key);
    return found == descriptions_.end() ? std::string() : found->second;
}

void MemoryKeeper::keep_description(std::uint64_t key, std::string_view text) {
    if (bytes_ + text.size() > kMostBytes) {
        descriptions_.clear();
        bytes_ = 0;
    }
    if (descriptions_.try_emplace(key, text).second) bytes_ += text.size();
}

}  // namespace linli::epg
