#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "content/fault.h"
#include "middleware/base/result.h"

namespace linli::platform {

/// An element, or a piece of text (`name` is empty then), of what a reader of a web page reads.
struct HtmlNode {
    std::string name;
    std::string text;
    std::vector<std::pair<std::string, std::string>> attributes;
    std::vector<HtmlNode> children;

    bool is_text() const { return name.empty(); }
    std::string_view attribute(std::string_view name) const;
};

struct HtmlTree {
    HtmlNode root;
    /// What a reader would have seen or heard and is not in the tree: pictures, films, forms,
    /// struck-out text.
    std::vector<content::Message> left_out;
};

/// How many tags a text may have, and how deeply they may be nested; what lies deeper is left out.
inline constexpr std::size_t kMostTags = 20'000;
inline constexpr int kMostHtmlDepth = 200;

/// Reads a page or a piece of one, however badly it is written. Scripts, styles, comments, what is
/// hidden, and pictures that only count readers are gone without a word. An error: more tags than
/// kMostTags.
base::Result<HtmlTree> read_html_tree(std::string_view html);

}  // namespace linli::platform
