// What feeds really send, each line with its test in tests/platform/importers/html_body_test.cpp:
//   a picture of one pixel that counts readers: TrackingPicturesAreGoneWithoutAWord
//   text that is hidden from readers and meant for search engines: HiddenTextIsGone
//   thousands of tags that are never closed: DeepNestingIsBounded
// and what hostile ones could send:
//   tags that the rules of HTML repeat in every paragraph: RepeatedFormattingIsBounded
//   a tag with a hundred thousand attributes: TooManyAttributesAreRefused

#include "platform/importers/html_tree.h"

#include <gumbo.h>

#include <algorithm>
#include <csetjmp>
#include <memory_resource>

#include "middleware/base/format.h"
#include "platform/importers/plain_text.h"

namespace linli::platform {
namespace {

using content::Message;

constexpr std::size_t kMostHtmlBytes = 16u << 20;
constexpr std::size_t kMostAttributes = 1000;
constexpr std::size_t kMostStepsOfAByte = 16;
constexpr std::size_t kLeastMemory = 64u << 20;
constexpr std::size_t kMemoryOfAByte = 8;

/// What Gumbo allocates: given back as a whole, and bounded. HTML may make far more elements than
/// it has tags.
struct Arena {
    explicit Arena(std::size_t most_bytes) : left(most_bytes) {}

    std::pmr::monotonic_buffer_resource memory;
    std::size_t left;
    /// Where to go on when it is full; only functions of Gumbo are left that way.
    std::jmp_buf is_full;
};

void* allocate(void* self, std::size_t size) {
    auto* arena = static_cast<Arena*>(self);
    if (size > arena->left) std::longjmp(arena->is_full, 1);
    arena->left -= size;
    return arena->memory.allocate(size);
}

/// The tree is in the arena. Null when it is full.
const GumboOutput* parse(Arena& arena, std::string_view html) {
    GumboOptions options = kGumboDefaultOptions;
    options.allocator = allocate;
    options.deallocator = [](void*, void*) {};
    options.userdata = &arena;
    options.max_errors = 0;
    if (setjmp(arena.is_full) != 0) return nullptr;
    return ::gumbo_parse_with_options(&options, html.data(), html.size());
}

bool is_space(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
}

/// Counts the attributes of the tag that begins at a `<`. `steps` are what is left of the work
/// allowed.
/// @spec HTML, 13.2.5 Tokenization
std::size_t count_attributes(std::string_view tag, std::size_t& steps) {
    std::size_t attributes = 0;
    std::size_t at = 1;
    auto skip_to = [&](auto is_end) {
        while (at < tag.size() && !is_end(tag[at]) && steps > 0)
            ++at, --steps;
    };
    auto is_word_end = [](char c) { return is_space(c) || c == '/' || c == '>'; };
    for (skip_to(is_word_end); at < tag.size() && tag[at] != '>' && steps > 0; ++attributes) {
        skip_to([](char c) { return !is_space(c) && c != '/'; });
        if (at < tag.size() && tag[at] != '>') ++at;  // a name may begin with =
        skip_to([&](char c) { return is_word_end(c) || c == '='; });
        skip_to([](char c) { return !is_space(c); });
        if (at >= tag.size() || tag[at] != '=') continue;
        ++at;
        skip_to([](char c) { return !is_space(c); });
        char quote = at < tag.size() ? tag[at] : '\0';
        if (quote == '"' || quote == '\'') {
            ++at;
            skip_to([&](char c) { return c == quote; });
            ++at;
        } else {
            skip_to([](char c) { return is_space(c) || c == '>'; });
        }
    }
    return attributes;
}

/// What makes the work of the parser grow faster than the text. Empty when there is nothing of it.
std::string why_too_costly(std::string_view html) {
    if (html.size() > kMostHtmlBytes)
        return base::format("the text is longer than {} bytes", kMostHtmlBytes);
    // Gumbo walks its open elements at every tag.
    if (static_cast<std::size_t>(std::ranges::count(html, '<')) > kMostTags)
        return base::format("the text has more than {} tags", kMostTags);
    // And at every attribute all that the tag has so far. Whether a < begins a tag is not asked:
    // each may.
    std::size_t steps = kMostStepsOfAByte * html.size();
    for (std::size_t at = html.find('<'); at != html.npos; at = html.find('<', at + 1))
        if (count_attributes(html.substr(at), steps) > kMostAttributes || steps == 0)
            return base::format("a tag of the text has more than {} attributes", kMostAttributes);
    return {};
}

bool is_one_of(std::string_view name, std::initializer_list<std::string_view> names) {
    return std::ranges::find(names, name) != names.end();
}

/// Nothing that a reader reads is in these.
bool is_machinery(std::string_view name) {
    return is_one_of(
        name, {"script", "style", "template", "head", "title", "noscript", "noframes", "meta",
               "link", "base", "rt", "rp", "source", "track", "param", "map", "area", "datalist"});
}

bool is_media(std::string_view name) {
    return is_one_of(name,
                     {"iframe", "video", "audio", "object", "embed", "canvas", "svg", "applet"});
}

bool is_form(std::string_view name) {
    return is_one_of(name, {"input", "select", "textarea", "button", "keygen"});
}

bool is_struck_out(std::string_view name) {
    return is_one_of(name, {"del", "s", "strike"});
}

std::string without_spaces(std::string_view text) {
    std::string out = lower_case(text);
    std::erase_if(out, [](char c) { return c == ' ' || c == '\t' || c == '\n'; });
    return out;
}

bool is_hidden(const HtmlNode& node) {
    for (const auto& [name, value] : node.attributes) {
        if (name == "hidden") return true;
        if (name != "style") continue;
        std::string style = without_spaces(value);
        if (style.find("display:none") != style.npos ||
            style.find("visibility:hidden") != style.npos)
            return true;
    }
    return false;
}

/// A picture of at most 2 by 2 pixels has nothing to show.
bool counts_readers(const HtmlNode& picture) {
    auto is_tiny = [&](std::string_view name) {
        std::string_view size = picture.attribute(name);
        if (size.ends_with("px")) size.remove_suffix(2);
        return size == "0" || size == "1" || size == "2";
    };
    return picture.attribute("src").empty() || (is_tiny("width") && is_tiny("height"));
}

class Builder {
  public:
    explicit Builder(std::vector<Message>& left_out) : left_out_(left_out) {}

    void add(const GumboNode& from, HtmlNode& parent, int depth) {
        switch (from.type) {
            case GUMBO_NODE_TEXT:
            case GUMBO_NODE_CDATA:
            case GUMBO_NODE_WHITESPACE:
                parent.children.push_back({{}, from.v.text.text, {}, {}});
                return;
            case GUMBO_NODE_ELEMENT:
                add_element(from.v.element, parent, depth);
                return;
            default:
                return;  // comments, templates
        }
    }

  private:
    void add_element(const GumboElement& from, HtmlNode& parent, int depth) {
        if (depth > kMostHtmlDepth) {
            if (!std::exchange(told_of_depth_, true))
                leave_out({N_("text that is nested more than {} deep"),
                           {std::to_string(kMostHtmlDepth)}});
            return;
        }
        HtmlNode node;
        std::string_view name = ::gumbo_normalized_tagname(from.tag);
        node.name = name.empty() ? "span" : name;
        for (unsigned i = 0; i < from.attributes.length; ++i) {
            auto* attribute = static_cast<const GumboAttribute*>(from.attributes.data[i]);
            node.attributes.emplace_back(lower_case(attribute->name), attribute->value);
        }
        if (is_left_out(node)) return;
        for (unsigned i = 0; i < from.children.length; ++i)
            add(*static_cast<const GumboNode*>(from.children.data[i]), node, depth + 1);
        parent.children.push_back(std::move(node));
    }

    bool is_left_out(const HtmlNode& node) {
        if (is_machinery(node.name) || is_hidden(node)) return true;
        if (node.name == "img") {
            if (!counts_readers(node)) leave_out({N_("a picture: {}"), {name_of_picture(node)}});
            return true;
        }
        if (is_media(node.name)) {
            leave_out({N_("what is no text: <{}>"), {node.name}});
            return true;
        }
        if (is_form(node.name)) {
            if (node.attribute("type") != "hidden")
                leave_out({N_("a field of a form: <{}>"), {node.name}});
            return true;
        }
        if (is_struck_out(node.name)) {
            leave_out({N_("text that is struck out"), {}});
            return true;
        }
        return false;
    }

    static std::string name_of_picture(const HtmlNode& picture) {
        std::string_view src = picture.attribute("src");
        std::string name(src.starts_with("data:") ? src.substr(0, src.find_first_of(";,"))
                                                  : src.substr(0, 200));
        std::string alt = clean_text(picture.attribute("alt"));
        return alt.empty() ? name : base::format("{} ({})", name, alt);
    }

    void leave_out(Message what) {
        if (std::ranges::find(left_out_, what) == left_out_.end())
            left_out_.push_back(std::move(what));
    }

    std::vector<Message>& left_out_;
    bool told_of_depth_ = false;
};

}  // namespace

std::string_view HtmlNode::attribute(std::string_view name) const {
    for (const auto& [key, value] : attributes)
        if (key == name) return value;
    return {};
}

base::Result<HtmlTree> read_html_tree(std::string_view html) {
    if (std::string why = why_too_costly(html); !why.empty()) return base::fail(std::move(why));
    Arena arena(kLeastMemory + kMemoryOfAByte * html.size());
    const GumboOutput* output = parse(arena, html);
    if (output == nullptr) return base::fail("the tags of the text repeat each other without end");
    HtmlTree tree;
    tree.root.name = "div";
    Builder(tree.left_out).add(*output->root, tree.root, 0);
    return tree;
}

}  // namespace linli::platform
