#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "content/model.h"

namespace linli::platform {

/// One number as people write it ("(0571) 8800-1234 转 8001", "Office: +44 1234 234567 ext. 100"),
/// as the exchange interface writes it; what stands before and after it becomes the label. An empty
/// number: there is none that can be dialled.
content::Telephone read_telephone(std::string_view text);

/// All numbers of a cell, parted by ; / , 、 or line breaks. `unread` gets what is not a number.
std::vector<content::Telephone> read_telephones(std::string_view text,
                                                std::vector<std::string>& unread);

}  // namespace linli::platform
