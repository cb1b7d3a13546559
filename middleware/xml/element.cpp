#include "middleware/xml/element.h"

#include "middleware/base/format.h"

namespace linli::xml {
namespace {

constexpr std::string_view kWhiteSpace = " \t\r\n";

class TreeBuilder final : public XmlHandler {
  public:
    void start_element(const Name& name, std::span<const Attribute> attributes) override {
        Element element;
        element.space = name.space;
        element.name = name.local;
        element.place = reader_->place();
        for (const Attribute& attribute : attributes) {
            if (attribute.name.space.empty()) element.attributes.emplace_back(attribute.name.local, attribute.value);
        }
        open_.push_back(std::move(element));
    }
    void end_element(const Name&) override {
        Element element = std::move(open_.back());
        open_.pop_back();
        auto first = element.text.find_first_not_of(kWhiteSpace);
        auto last = element.text.find_last_not_of(kWhiteSpace);
        element.text = first == std::string::npos ? "" : element.text.substr(first, last - first + 1);
        if (open_.empty())
            root_ = std::move(element);
        else
            open_.back().children.push_back(std::move(element));
    }
    void text(std::string_view text) override { open_.back().text += text; }

    void set_reader(XmlReader& reader) { reader_ = &reader; }
    Element take() { return std::move(root_); }

  private:
    XmlReader* reader_ = nullptr;
    std::vector<Element> open_;
    Element root_;
};

}  // namespace

std::string_view Element::attribute(std::string_view wanted) const {
    for (const auto& [key, value] : attributes) {
        if (key == wanted) return value;
    }
    return {};
}

const Element* Element::child(std::string_view wanted) const {
    for (const Element& element : children) {
        if (element.name == wanted && element.space == space) return &element;
    }
    return nullptr;
}

std::string_view Element::child_text(std::string_view wanted) const {
    const Element* found = child(wanted);
    return found ? std::string_view(found->text) : std::string_view();
}

base::Result<Element> read_element(std::string_view xml, std::size_t most_bytes) {
    TreeBuilder builder;
    XmlReader reader(builder, {.bytes = most_bytes});
    builder.set_reader(reader);
    if (!reader.push(xml) || !reader.finish()) {
        Place place = reader.place();
        return base::fail(base::format("{}:{}: {}", place.line, place.column, reader.error()));
    }
    return builder.take();
}

}  // namespace linli::xml
