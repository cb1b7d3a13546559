#include "platform/importers/html_body.h"

#include <algorithm>

#include "platform/importers/html_table.h"
#include "platform/importers/html_tree.h"
#include "platform/importers/plain_text.h"

namespace linli::platform {
namespace {

using content::Heading;
using content::List;
using content::ListStyle;
using content::Paragraph;

bool is_one_of(std::string_view name, std::initializer_list<std::string_view> names) {
    return std::ranges::find(names, name) != names.end();
}

bool is_heading(std::string_view name) {
    return name.size() == 2 && name[0] == 'h' && name[1] >= '1' && name[1] <= '6';
}

/// Elements whose text stands on lines of its own.
bool is_block(std::string_view name) {
    return is_heading(name) ||
           is_one_of(name, {"p",          "div",    "br",         "hr",    "section", "article",
                            "header",     "footer", "main",       "nav",   "aside",   "address",
                            "blockquote", "figure", "figcaption", "pre",   "center",  "details",
                            "summary",    "dl",     "dt",         "dd",    "form",    "fieldset",
                            "legend",     "table",  "caption",    "thead", "tbody",   "tfoot",
                            "tr",         "td",     "th",         "ul",    "ol",      "li",
                            "menu",       "dir",    "body",       "html"});
}

/// The text of an element in one line, blocks in it being parted by spaces.
void append_line(const HtmlNode& node, std::string& line) {
    if (node.is_text()) line += node.text;
    bool stands_alone = is_block(node.name);
    if (stands_alone) line += " ";
    for (const HtmlNode& child : node.children)
        append_line(child, line);
    if (stands_alone) line += " ";
}

std::string line_of(const HtmlNode& node) {
    std::string line;
    append_line(node, line);
    return clean_text(line);
}

/// Turns elements into blocks, in their order.
class Blocks {
  public:
    void add(const HtmlNode& node) {
        if (node.is_text()) {
            line_ += node.text;
        } else if (is_heading(node.name)) {
            add_heading(node);
        } else if (is_one_of(node.name, {"ul", "ol", "menu", "dir"})) {
            add_list(node);
        } else if (node.name == "table") {
            add_table(node);
        } else if (node.name == "pre") {
            add_lines(node);
        } else {
            bool stands_alone = is_block(node.name);
            if (stands_alone) end_paragraph();
            for (const HtmlNode& child : node.children)
                add(child);
            if (stands_alone) end_paragraph();
        }
    }

    content::Body finish() {
        end_paragraph();
        return std::move(body_);
    }

  private:
    void end_paragraph() {
        std::string text = clean_text(line_);
        line_.clear();
        if (!text.empty()) body_.emplace_back(Paragraph{std::move(text)});
    }

    void add_heading(const HtmlNode& node) {
        end_paragraph();
        std::string text = line_of(node);
        if (!text.empty()) body_.emplace_back(Heading{std::move(text)});
    }

    void add_list(const HtmlNode& node) {
        end_paragraph();
        List list;
        list.style = node.name == "ol" ? ListStyle::Numbers : ListStyle::Bullets;
        add_entries(node, list.entries);
        if (!list.entries.empty()) body_.emplace_back(std::move(list));
    }

    /// The entries of a list within an entry follow it.
    void add_entries(const HtmlNode& list, std::vector<std::string>& entries) {
        for (const HtmlNode& child : list.children) {
            bool is_list = is_one_of(child.name, {"ul", "ol", "menu", "dir"});
            if (is_list) {
                add_entries(child, entries);
                continue;
            }
            HtmlNode own{child.name, child.text, {}, {}};
            std::vector<const HtmlNode*> inner;
            for (const HtmlNode& part : child.children) {
                if (is_one_of(part.name, {"ul", "ol", "menu", "dir"}))
                    inner.push_back(&part);
                else
                    own.children.push_back(part);
            }
            std::string text = line_of(own);
            if (!text.empty()) entries.push_back(std::move(text));
            for (const HtmlNode* more : inner)
                add_entries(*more, entries);
        }
    }

    void add_table(const HtmlNode& node) {
        end_paragraph();
        auto table = read_html_table(node, line_of);
        if (!table) {
            for (const HtmlNode& child : node.children)
                add(child);
            end_paragraph();
            return;
        }
        for (const HtmlNode& child : node.children) {
            if (child.name != "caption") continue;
            if (std::string text = line_of(child); !text.empty())
                body_.emplace_back(Paragraph{std::move(text)});
        }
        body_.emplace_back(std::move(*table));
    }

    /// Preformatted text: its lines mean something.
    void add_lines(const HtmlNode& node) {
        end_paragraph();
        std::string text;
        append_line(node, text);
        for (auto& block : read_plain_text(text))
            body_.emplace_back(std::move(block));
    }

    content::Body body_;
    std::string line_;
};

bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// "&nbsp;" or "&#160;" at the front.
bool begins_with_entity(std::string_view text) {
    std::size_t end = text.substr(0, 12).find(';');
    if (end == text.npos || end < 3) return false;
    std::string_view name = text.substr(1, end - 1);
    return name[0] == '#' || std::ranges::all_of(name, is_letter);
}

/// "<p>", "</p" or "<br/" at the front.
bool begins_with_tag(std::string_view text) {
    text.remove_prefix(1);
    if (text.starts_with('/')) text.remove_prefix(1);
    std::size_t letters =
        static_cast<std::size_t>(std::ranges::find_if_not(text, is_letter) - text.begin());
    return letters > 0 && letters <= 10 && text.find('>') != text.npos;
}

}  // namespace

base::Result<HtmlBody> read_html(std::string_view html) {
    LINLI_TRY(tree, read_html_tree(html));
    Blocks blocks;
    blocks.add(tree.root);
    return HtmlBody{blocks.finish(), std::move(tree.left_out)};
}

std::string html_to_text(std::string_view html) {
    if (!looks_like_html(html)) return clean_text(html);
    auto tree = read_html_tree(html);
    return tree ? line_of(tree->root) : clean_text(html);
}

bool looks_like_html(std::string_view text) {
    for (std::size_t at = text.find_first_of("<&"); at != text.npos;
         at = text.find_first_of("<&", at + 1)) {
        std::string_view rest = text.substr(at);
        if (rest[0] == '<' ? begins_with_tag(rest.substr(0, 4096)) : begins_with_entity(rest))
            return true;
    }
    return false;
}

content::Body read_plain_text(std::string_view text) {
    content::Body body;
    while (!text.empty()) {
        std::string_view line = text.substr(0, text.find_first_of("\r\n"));
        text.remove_prefix(std::min(line.size() + 1, text.size()));
        if (std::string clean = clean_text(line); !clean.empty())
            body.emplace_back(Paragraph{std::move(clean)});
    }
    return body;
}

base::Result<HtmlBody> read_any_text(std::string_view text) {
    if (looks_like_html(text)) return read_html(text);
    return HtmlBody{read_plain_text(text), {}};
}

}  // namespace linli::platform
