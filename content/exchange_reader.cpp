#include "content/exchange_reader.h"

#include <algorithm>

#include "content/exchange_schema.h"
#include "content/exchange_writer.h"
#include "content/fault.h"
#include "content/item_builder.h"
#include "content/xml_error.h"

namespace linli::content {
namespace {

constexpr std::size_t kMostFaults = 1000;
/// Root, item, and what nests below it; one more for each level that a newer version may add.
constexpr int kMostDepth = 32;

bool is_blank(std::string_view text) {
    return std::ranges::all_of(
        text, [](char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; });
}

}  // namespace

class ExchangeReader::Impl : public xml::XmlHandler {
  public:
    Impl(Strictness strictness, OnItem on_item, OnFault on_fault, OnRemoval on_removal)
        : strictness_(strictness),
          on_item_(std::move(on_item)),
          on_fault_(std::move(on_fault)),
          on_removal_(std::move(on_removal)),
          xml_(*this, {.depth = kMostDepth, .bytes = kMostDocumentBytes}, xml::Encoding::Utf8) {}

    bool push(std::string_view bytes) {
        if (has_ended_) return false;
        if (kept_.empty()) {
            window_ = bytes;
        } else {
            kept_ += bytes;
            window_ = kept_;
        }
        if (!xml_.push(bytes)) return end_with_error();
        keep_rest();
        return !has_ended_;
    }

    bool finish() {
        if (has_ended_) return false;
        window_ = kept_;
        if (!xml_.finish()) return end_with_error();
        has_ended_ = true;
        return true;
    }

    std::optional<AreaCode> area() const { return area_; }
    std::uint64_t items_passed_over() const { return items_passed_over_; }
    std::span<const ElementPlace> places() const { return places_; }

    void start_element(const xml::Name& name, std::span<const xml::Attribute> attributes) override;
    void end_element(const xml::Name& name) override;
    void text(std::string_view text) override;

  private:
    /// An element that is open: what may come in it, and what has come.
    struct Frame {
        const ElementRule* rule;
        xml::Place place;
        std::size_t child = 0;  // the position of the last child's rule
        unsigned count = 0;     // how many of it came one after another
        std::uint32_t seen = 0;
        bool has_stray_text = false;
    };

    bool is_on_box() const { return strictness_ == Strictness::FirstFault; }
    bool is_item() const {
        return frames_.size() == 2 && frames_.back().rule->id != Element::Removed;
    }

    const ElementRule* find_child(Frame& frame, const xml::Name& name);
    const ElementRule* count_child(Frame& frame, std::size_t position);
    const ElementRule* start_root(const xml::Name& name);
    bool read_attributes(const ElementRule& rule, std::span<const xml::Attribute> given,
                         AttributeValues& values);
    void check_required_attributes(const ElementRule& rule, std::uint32_t given);
    void check_children(const Frame& frame);
    void check_characters(const ElementRule& rule, xml::Place place);
    void note_prefix(std::string_view local_name);
    void end_item(const Frame& frame);
    void take_removal(const AttributeValues& values);

    void fault(xml::Place place, Message what, Message expected);
    void fault(Message what, Message expected) {
        fault(xml_.place(), std::move(what), std::move(expected));
    }
    bool end_with_error();
    void keep_rest();
    std::string_view bytes_from(std::size_t offset) const {
        return window_.substr(offset - window_offset_);
    }

    Strictness strictness_;
    OnItem on_item_;
    OnFault on_fault_;
    OnRemoval on_removal_;
    xml::XmlReader xml_;
    bool has_ended_ = false;
    std::size_t faults_ = 0;
    std::optional<AreaCode> area_;

    std::vector<Frame> frames_;
    int skipped_depth_ = 0;
    std::uint64_t items_passed_over_ = 0;
    ItemBuilder builder_;
    std::string text_;
    std::vector<ElementPlace> places_;
    bool item_has_prefix_ = false;

    /// The bytes of the open item, or of a token that is not complete yet, are kept from push to
    /// push.
    std::string kept_;
    std::string_view window_;
    std::size_t window_offset_ = 0;
    std::size_t item_start_ = 0;
};

void ExchangeReader::Impl::keep_rest() {
    std::size_t from = frames_.size() >= 2 ? item_start_ : xml_.offset();
    from = std::clamp(from, window_offset_, window_offset_ + window_.size());
    std::size_t done = from - window_offset_;
    if (window_.data() == kept_.data()) {
        kept_.erase(0, done);
    } else {
        kept_ = window_.substr(done);
    }
    window_offset_ = from;
    if (kept_.size() <= kMostItemBytes) return;
    fault({N_("this item is longer than {} bytes"), {std::to_string(kMostItemBytes)}}, {});
    has_ended_ = true;
}

void ExchangeReader::Impl::fault(xml::Place place, Message what, Message expected) {
    if (has_ended_) return;
    on_fault_(Fault{{}, place, std::move(what), std::move(expected)});
    if (!is_on_box() && ++faults_ < kMostFaults) return;
    has_ended_ = true;
    xml_.stop("fault");
}

bool ExchangeReader::Impl::end_with_error() {
    if (!has_ended_) on_fault_(explain_xml_error(xml_.error(), xml_.place()));
    has_ended_ = true;
    return false;
}

const ElementRule* ExchangeReader::Impl::start_root(const xml::Name& name) {
    if (name.space == kExchangeNamespace && name.local == exchange_rule().name)
        return &exchange_rule();
    fault({N_("this is not a file of the exchange interface"), {}},
          {N_("<exchange xmlns=\"{}\"> around everything"), {std::string(kExchangeNamespace)}});
    has_ended_ = true;
    xml_.stop("wrong root");
    return nullptr;
}

const ElementRule* ExchangeReader::Impl::count_child(Frame& frame, std::size_t position) {
    const ChildRule& child = frame.rule->children[position];
    std::uint32_t bit = 1u << position;
    bool is_again = position == frame.child && frame.count > 0;
    frame.count = is_again ? frame.count + 1 : 1;
    if ((frame.seen & bit) && child.most == 1) {
        fault({N_("<{}> is given twice in <{}>"),
               {std::string(child.element->name), std::string(frame.rule->name)}},
              {N_("one <{}>"), {std::string(child.element->name)}});
    } else if (frame.rule->inside == Inside::Sequence && position < frame.child) {
        fault({N_("<{}> stands after <{}>"),
               {std::string(child.element->name),
                std::string(frame.rule->children[frame.child].element->name)}},
              {N_("this order: {}"), {list_children(*frame.rule)}});
    } else if (frame.count == child.most + 1 && child.most != kUnbounded) {
        fault({N_("too many <{}> in <{}>"),
               {std::string(child.element->name), std::string(frame.rule->name)}},
              {N_("at most {}"), {std::to_string(child.most)}});
    }
    frame.seen |= bit;
    if (position >= frame.child || frame.rule->inside == Inside::AnyOrder) frame.child = position;
    return child.element;
}

const ElementRule* ExchangeReader::Impl::find_child(Frame& frame, const xml::Name& name) {
    auto children = frame.rule->children;
    if (name.space == kExchangeNamespace) {
        // Most often it is the one that came last, or one after it.
        for (std::size_t i = 0, at = frame.child; i < children.size(); ++i, ++at) {
            if (at >= children.size()) at -= children.size();
            if (children[at].element->name == name.local) return count_child(frame, at);
        }
    }
    if (is_on_box()) return nullptr;
    if (children.empty()) {
        fault({N_("<{}> cannot stand in <{}>"),
               {std::string(name.local), std::string(frame.rule->name)}},
              {N_("text only"), {}});
    } else {
        fault({N_("<{}> is not known in <{}>"),
               {std::string(name.local), std::string(frame.rule->name)}},
              {N_("one of {}"), {list_children(*frame.rule)}});
    }
    return nullptr;
}

void ExchangeReader::Impl::start_element(const xml::Name& name,
                                         std::span<const xml::Attribute> given) {
    if (has_ended_) return;
    if (skipped_depth_ > 0) {
        ++skipped_depth_;
        return;
    }
    const ElementRule* rule = frames_.empty() ? start_root(name) : find_child(frames_.back(), name);
    if (rule == nullptr) {
        if (frames_.size() == 1) ++items_passed_over_;
        skipped_depth_ = 1;
        return;
    }
    AttributeValues values(*rule);
    if (!read_attributes(*rule, given, values)) {
        if (frames_.size() == 1) ++items_passed_over_;
        skipped_depth_ = 1;
        return;
    }
    // A place costs the counting of lines: on a box it is asked for once an item.
    bool begins_item = frames_.size() == 1;
    frames_.push_back({rule, begins_item || !is_on_box() ? xml_.place() : xml::Place{}});
    if (frames_.size() == 1) {
        area_ = AreaCode::parse(values["area"]);
        return;
    }
    if (begins_item) {
        item_start_ = xml_.offset();
        item_has_prefix_ = false;
        places_.clear();
    }
    note_prefix(name.local);
    if (!is_on_box()) places_.push_back({rule->name, frames_.back().place});
    text_.clear();
    if (rule->id == Element::Removed) return take_removal(values);
    builder_.start(rule->id, values);
}

void ExchangeReader::Impl::take_removal(const AttributeValues& values) {
    const Frame& root = frames_.front();
    if (has_ended_) return;
    if (!on_removal_)
        return fault({N_("<removed> can only stand in a delta of a publication"), {}}, {});
    if ((root.seen & (root.seen - 1)) != 0)
        return fault({N_("<removed> stands after an item"), {}}, {N_("<removed> before all items"), {}});
    bool is_category = values["kind"] == "category";
    if (is_category == values["board"].empty())
        return fault({N_("<removed> of kind {} is wrong"), {std::string(values["kind"])}},
                     {N_("board=\"…\" for a category, and for nothing else"), {}});
    on_removal_(ItemBuilder::removal(values));
}

void ExchangeReader::Impl::note_prefix(std::string_view local_name) {
    std::size_t offset = xml_.offset();
    if (offset < window_offset_ || !bytes_from(offset).substr(1).starts_with(local_name))
        item_has_prefix_ = true;
}

bool ExchangeReader::Impl::read_attributes(const ElementRule& rule,
                                           std::span<const xml::Attribute> given,
                                           AttributeValues& values) {
    constexpr std::string_view kSchemaInstance = "http://www.w3.org/2001/XMLSchema-instance";
    std::uint32_t seen = 0;
    for (const xml::Attribute& attribute : given) {
        if (attribute.name.space == kSchemaInstance) continue;
        auto known = std::ranges::find(rule.attributes, attribute.name.local, &AttributeRule::name);
        if (known == rule.attributes.end() || !attribute.name.space.empty()) {
            if (is_on_box()) continue;
            std::string names;
            for (const AttributeRule& possible : rule.attributes) {
                if (!names.empty()) names += ", ";
                names += possible.name;
            }
            fault({N_("<{}> has no attribute {}"),
                   {std::string(rule.name), std::string(attribute.name.local)}},
                  names.empty() ? Message{N_("no attributes"), {}}
                                : Message{N_("one of {}"), {names}});
            continue;
        }
        auto position = static_cast<std::size_t>(known - rule.attributes.begin());
        seen |= 1u << position;
        std::string_view value = attribute.value;
        if (!accept_value(*known, value)) {
            if (is_on_box() && known->type == ValueType::Choice) {
                if (known->fallback.empty()) return false;
                value = known->fallback;
            } else {
                fault({N_("{}=\"{}\" is wrong in <{}>"),
                       {std::string(known->name), std::string(attribute.value),
                        std::string(rule.name)}},
                      describe(*known));
                continue;
            }
        }
        values.set(position, value);
    }
    check_required_attributes(rule, seen);
    return true;
}

void ExchangeReader::Impl::check_required_attributes(const ElementRule& rule, std::uint32_t given) {
    for (std::size_t i = 0; i < rule.attributes.size(); ++i) {
        const AttributeRule& attribute = rule.attributes[i];
        if (attribute.need == Need::Optional || (given & (1u << i))) continue;
        fault({N_("<{}> has no {}"),
               {std::string(rule.name), std::string(attribute.name) + "=\"…\""}},
              describe(attribute));
    }
}

void ExchangeReader::Impl::text(std::string_view text) {
    if (has_ended_ || skipped_depth_ > 0 || frames_.empty()) return;
    Frame& frame = frames_.back();
    if (frame.rule->inside == Inside::Characters) {
        text_ += text;
        return;
    }
    if (frame.has_stray_text || is_blank(text)) return;
    frame.has_stray_text = true;
    fault({N_("there is text directly in <{}>"), {std::string(frame.rule->name)}},
          frame.rule->inside == Inside::Nothing
              ? Message{N_("nothing between its tags"), {}}
              : Message{N_("text only within {}"), {list_children(*frame.rule)}});
}

void ExchangeReader::Impl::check_characters(const ElementRule& rule, xml::Place place) {
    std::string_view value = text_;
    if (accept_value(rule.characters, value)) return;
    Message what = is_blank(text_)
                       ? Message{N_("<{}> is empty"), {std::string(rule.name)}}
                       : Message{N_("\"{}\" is wrong in <{}>"), {text_, std::string(rule.name)}};
    fault(is_on_box() ? xml_.place() : place, std::move(what), describe(rule.characters));
}

void ExchangeReader::Impl::check_children(const Frame& frame) {
    const ElementRule& rule = *frame.rule;
    auto place = [&] { return is_on_box() ? xml_.place() : frame.place; };
    if (rule.inside == Inside::AnyOrder && rule.id != Element::Exchange && frame.seen == 0) {
        fault(place(), {N_("<{}> is empty"), {std::string(rule.name)}},
              {N_("one of {}"), {list_children(rule)}});
        return;
    }
    for (std::size_t i = 0; i < rule.children.size(); ++i) {
        const ChildRule& child = rule.children[i];
        auto name = [&] { return std::string(child.element->name); };
        bool is_last = i == frame.child;
        if (child.least > 0 && !(frame.seen & (1u << i))) {
            fault(place(), {N_("<{}> has no <{}>"), {std::string(rule.name), name()}},
                  {N_("this order: {}"), {list_children(rule)}});
        } else if (child.least > 1 && is_last && frame.count < child.least) {
            fault(place(), {N_("<{}> has too few <{}>"), {std::string(rule.name), name()}},
                  {N_("at least {}"), {std::to_string(child.least)}});
        }
    }
}

void ExchangeReader::Impl::end_element(const xml::Name&) {
    if (has_ended_) return;
    if (skipped_depth_ > 0) {
        --skipped_depth_;
        return;
    }
    Frame& frame = frames_.back();
    if (frame.rule->inside == Inside::Characters) {
        check_characters(*frame.rule, frame.place);
    } else if (frame.rule->inside != Inside::Nothing) {
        check_children(frame);
    }
    if (has_ended_) return;
    if (frames_.size() > 1) builder_.end(frame.rule->id, text_);
    if (is_item()) end_item(frame);
    frames_.pop_back();
}

void ExchangeReader::Impl::end_item(const Frame& frame) {
    const Item& item = builder_.item();
    if (item_has_prefix_) {
        on_item_(item, write_item(item), frame.place);
    } else {
        on_item_(item, bytes_from(item_start_).substr(0, xml_.event_end() - item_start_),
                 frame.place);
    }
}

ExchangeReader::ExchangeReader(Strictness strictness, OnItem on_item, OnFault on_fault,
                               OnRemoval on_removal)
    : impl_(std::make_unique<Impl>(strictness, std::move(on_item), std::move(on_fault),
                                   std::move(on_removal))) {}
ExchangeReader::~ExchangeReader() = default;
bool ExchangeReader::push(std::string_view bytes) {
    return impl_->push(bytes);
}
bool ExchangeReader::finish() {
    return impl_->finish();
}
std::optional<AreaCode> ExchangeReader::area() const {
    return impl_->area();
}
std::uint64_t ExchangeReader::items_passed_over() const {
    return impl_->items_passed_over();
}
std::span<const ElementPlace> ExchangeReader::places() const {
    return impl_->places();
}

base::Result<Item> read_item(std::string_view xml) {
    std::optional<Item> read;
    std::string error = "no item";
    ExchangeReader reader(
        ExchangeReader::Strictness::FirstFault,
        [&](const Item& item, std::string_view, xml::Place) { read = item; },
        [&](const Fault& fault) { error = to_text(fault); });
    bool is_good = reader.push("<exchange xmlns=\"urn:linli:exchange:1\" area=\"00\">") &&
                   reader.push(xml) && reader.push("</exchange>") && reader.finish();
    if (!is_good || !read) return base::fail("the item cannot be read: " + error);
    return std::move(*read);
}

}  // namespace linli::content
