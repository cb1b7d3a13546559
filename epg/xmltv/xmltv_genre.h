#pragma once

#include <string_view>

#include "epg/guide/event.h"

namespace linli::epg {

/// What a <category> of XMLTV, in English or Chinese, means; Unknown where no word of ours is in it.
Genre genre_of_category(std::string_view category);

}  // namespace linli::epg
