// Opens the content store of FILE, and withdraws AREA from it.

#include <cstdio>

#include "content/content_store.h"

int main(int argc, char** argv) {
    auto area = argc > 2 ? linli::content::AreaCode::parse(argv[2]) : std::nullopt;
    if (!area) return 2;
    auto store = linli::content::ContentStore::open(argv[1]);
    if (!store) {
        std::fprintf(stderr, "opening: %s\n", store.error().message.c_str());
        return 1;
    }
    auto withdrawn = store->withdraw(*area);
    if (!withdrawn) std::fprintf(stderr, "withdrawing: %s\n", withdrawn.error().message.c_str());
    return withdrawn ? 0 : 1;
}
