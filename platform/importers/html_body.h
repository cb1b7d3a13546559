#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "content/fault.h"
#include "content/model.h"
#include "middleware/base/result.h"

namespace linli::platform {

struct HtmlBody {
    content::Body body;
    /// What could not become text, see HtmlTree.
    std::vector<content::Message> left_out;
};

/// HTML as headings, paragraphs, lists and tables of text. Inline markup goes, its text stays; a
/// line break ends a paragraph; nested lists become one; a table that only lays out a page becomes
/// what is in it. All texts are as in the source: `tidy_item` cleans them and fits them to the
/// screen. An error: see read_html_tree.
base::Result<HtmlBody> read_html(std::string_view html);

/// All text of it in one line: for titles. The source itself where it cannot be read.
std::string html_to_text(std::string_view html);

/// Whether a text that says it is plain holds tags or entities of HTML.
bool looks_like_html(std::string_view text);

/// Plain text as paragraphs: each line is one, as people write e-mails and cells of spreadsheets.
content::Body read_plain_text(std::string_view text);

/// HTML, or plain text where it does not look like HTML.
base::Result<HtmlBody> read_any_text(std::string_view text);

}  // namespace linli::platform
