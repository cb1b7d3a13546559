#pragma once

#include <string>
#include <vector>

#include "content/model.h"

namespace linli::tests {

/// An item of each kind with every part that it can have.
std::vector<content::Item> full_items();

content::Item make_notice(const std::string& id, const std::string& title);
content::Item make_listing(const std::string& id, const std::string& name);

/// The area, or "00" where the text is not a code.
content::AreaCode area(const std::string& code);

}  // namespace linli::tests
