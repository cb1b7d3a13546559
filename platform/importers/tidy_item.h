#pragma once

#include <vector>

#include "content/fault.h"
#include "content/model.h"

namespace linli::platform {

/// Cleans every text of a notice or listing (see clean_text) and fits what can be fitted to the
/// screen without losing a word: a summary that is too long becomes the first paragraph, a heading
/// that is too long a paragraph, a table with too many columns or too long cells a list whose
/// entries say what each column is, the label of a telephone number that is too long goes. What is
/// empty goes, too. The title of a notice that is too long is shortened, and stands whole in the
/// first paragraph; the name of a listing stays as it is: only an editor can shorten it. Gives what
/// was left out.
std::vector<content::Message> tidy_item(content::Item& item);

}  // namespace linli::platform
