#include "content/model.h"

#include <algorithm>

namespace linli::content {
namespace {

bool are_digits(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

const std::string kNothing;

}  // namespace

std::optional<AreaCode> AreaCode::parse(std::string_view text) {
    constexpr std::size_t kDigits[] = {2, 4, 3, 3};
    std::string_view rest = text;
    for (std::size_t level = 0; level < std::size(kDigits); ++level) {
        if (level > 0) {
            if (rest.empty()) break;
            if (rest.front() != '/') return std::nullopt;
            rest.remove_prefix(1);
        }
        if (rest.size() < kDigits[level] || !are_digits(rest.substr(0, kDigits[level])))
            return std::nullopt;
        rest.remove_prefix(kDigits[level]);
    }
    if (!rest.empty()) return std::nullopt;
    return AreaCode(std::string(text));
}

std::vector<AreaCode> AreaCode::chain() const {
    std::vector<AreaCode> chain;
    for (auto at = code_.find('/'); at != std::string::npos; at = code_.find('/', at + 1))
        chain.push_back(AreaCode(code_.substr(0, at)));
    chain.push_back(*this);
    return chain;
}

std::optional<ItemKey> ItemKey::parse(std::string_view text, const AreaCode& home) {
    auto at = text.find('#');
    std::string_view id = at == std::string_view::npos ? text : text.substr(at + 1);
    if (id.empty()) return std::nullopt;
    if (at == std::string_view::npos) return ItemKey{home, std::string(id)};
    auto area = AreaCode::parse(text.substr(0, at));
    if (!area) return std::nullopt;
    return ItemKey{std::move(*area), std::string(id)};
}

const std::string& Item::title() const {
    return std::visit(
        [](const auto& content) -> const std::string& {
            if constexpr (requires { content.title; })
                return content.title;
            else if constexpr (requires { content.name; })
                return content.name;
            else
                return kNothing;
        },
        content);
}

const std::string& Item::detail() const {
    return std::visit(
        [](const auto& content) -> const std::string& {
            if constexpr (requires { content.summary; }) {
                if (!content.summary.empty()) return content.summary;
            }
            if constexpr (requires { content.provider; }) {
                return content.provider;
            } else if constexpr (requires { content.issuer; }) {
                return content.issuer;
            } else {
                return kNothing;
            }
        },
        content);
}

namespace {

template <typename SomeItem, typename SomeObject>
std::vector<SomeObject*> collect_objects(SomeItem& item) {
    std::vector<SomeObject*> objects;
    std::visit(
        [&](auto& content) {
            if constexpr (requires { content.body; }) {
                for (auto& block : content.body)
                    if (auto* picture = std::get_if<Picture>(&block)) objects.push_back(&picture->object);
            }
            if constexpr (requires { content.attachments; }) {
                for (auto& attachment : content.attachments) objects.push_back(&attachment.object);
            }
            if constexpr (requires { content.media; }) {
                auto add = [&](auto& file) {
                    if (file.url.empty()) objects.push_back(&file.object);
                };
                add(content.media);
                for (auto& subtitles : content.subtitles) add(subtitles.file);
            }
        },
        item.content);
    return objects;
}

}  // namespace

std::vector<const Object*> objects_of(const Item& item) { return collect_objects<const Item, const Object>(item); }
std::vector<Object*> objects_of(Item& item) { return collect_objects<Item, Object>(item); }

}  // namespace linli::content
