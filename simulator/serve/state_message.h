#pragma once

#include <string>

#include "simulator/serve/changing_box.h"
#include "simulator/serve/content_watch.h"

/// What the browser is told besides frames: JSON, an object with a "type" each.
namespace linli::simulator {

/// "state": the page as text, the focus, the keys that do something, the box's settings and its time.
std::string write_state(ChangingBox& box, std::chrono::sys_seconds now);
/// "content": the areas to choose from, and what is wrong with the editor's files, in both languages. `folder` is
/// empty where there are no files to look at.
std::string write_content(const ContentState& content, const std::string& folder);

}  // namespace linli::simulator
