// One item of content as a page of text: a notice, a listing, a bookable service, a guide.

#include <type_traits>

#include "stb-app/screens/screen_list.h"
#include "stb-app/screens/text_screen.h"
#include "stb-app/words.h"

namespace linli::app {

using content::Item;

namespace {

/// Turns an item into elements, one function a kind.
class ItemPage {
  public:
    explicit ItemPage(const Context& context) : context_(context) {}

    std::vector<Element> build(const Item& item) {
        std::visit(
            [&](const auto& content) {
                using Content = std::decay_t<decltype(content)>;
                if constexpr (!std::is_same_v<Content, content::Area> && !std::is_same_v<Content, content::Category> &&
                              !std::is_same_v<Content, content::Portal>)
                    add(content, item);
            },
            item.content);
        return std::move(elements_);
    }

  private:
    void add(const content::Notice& notice, const Item& item) {
        muted(base::format("{} · {}", notice.issuer, words::day(context_, item.published)));
        body(notice.body);
        telephones(notice.telephones);
        for (const content::Attachment& attachment : notice.attachments)
            muted(context_.tr("Attachment: {}. Ask for it at the community office.", attachment.title));
    }

    void add(const content::Listing& listing, const Item&) {
        telephones(listing.telephones);
        paragraph(listing.summary);
        fact(context_.tr("Provider"), listing.provider);
        bullets(context_.tr("What it offers"), listing.offers);
        fact(context_.tr("Address"), listing.address);
        hours(listing.hours);
        fact(context_.tr("Price"), listing.price);
        fact(context_.tr("For whom"), listing.eligibility);
        body(listing.body);
    }

    void add(const content::Service& service, const Item&) {
        telephones(service.telephones);
        paragraph(service.summary);
        fact(context_.tr("Provider"), service.provider);
        fact(context_.tr("Address"), service.address);
        hours(service.hours);
        fact(context_.tr("Takes"), service.duration);
        fact(context_.tr("Price"), service.price);
        fact(context_.tr("For whom"), service.eligibility);
        bullets(context_.tr("What to bring"), service.bring);
        body(service.body);
    }

    void add(const content::Guide& guide, const Item&) {
        muted(guide.issuer);
        paragraph(guide.summary);
        fact(context_.tr("For whom"), guide.eligibility);
        heading(context_.tr("Steps"));
        int number = 0;
        for (const std::string& step : guide.steps)
            elements_.push_back(ParagraphElement{.text = step, .marker = base::format("{}.", ++number)});
        bullets(context_.tr("What to bring"), guide.papers);
        heading(context_.tr("Where"));
        for (const content::Place& place : guide.where) {
            fact(context_.tr("Office"), place.name);
            fact(context_.tr("Address"), place.address);
            hours(place.hours);
            telephones(place.telephones);
        }
        heading(context_.tr("Time and cost"));
        fact(context_.tr("Takes"), guide.duration);
        fact(context_.tr("Price"), guide.price);
        bullets(context_.tr("Legal basis"), guide.legal_basis);
        body(guide.body);
    }

    void heading(const std::string& text) { elements_.push_back(HeadingElement{text}); }
    void add(const content::Course& one, const Item&) {
        muted(one.provider);
        paragraph(one.summary);
        if (one.duration) fact(context_.tr("Length"), words::length(context_, *one.duration));
        body(one.body);
    }

    void paragraph(const std::string& text) {
        if (!text.empty()) elements_.push_back(ParagraphElement{.text = text});
    }
    void muted(const std::string& text) {
        if (!text.empty()) elements_.push_back(ParagraphElement{.text = text, .tone = Tone::Muted});
    }
    void fact(const std::string& label, const std::string& value) {
        if (!value.empty()) elements_.push_back(FactElement{label, value});
    }
    void bullets(const std::string& title, const std::vector<std::string>& entries) {
        if (entries.empty()) return;
        heading(title);
        for (const std::string& entry : entries) elements_.push_back(ParagraphElement{.text = entry, .marker = "•"});
    }
    void hours(const content::Hours& hours) {
        std::string label = context_.tr("Opening hours");
        for (const std::string& line : words::opening_hours(context_, hours)) {
            elements_.push_back(FactElement{label, line});
            label.clear();
        }
    }
    void telephones(const std::vector<content::Telephone>& telephones) {
        for (const content::Telephone& telephone : telephones)
            elements_.push_back(NumberElement{telephone.label.empty() ? context_.tr("Telephone") : telephone.label, telephone.number});
    }
    void body(const content::Body& body) {
        for (Element& element : body_elements(context_, body)) elements_.push_back(std::move(element));
    }

    const Context& context_;
    std::vector<Element> elements_;
};

class ItemScreen final : public TextScreen {
  public:
    ItemScreen(Context& context, content::ItemKey key, std::optional<content::ItemKey> from = std::nullopt)
        : TextScreen(context), key_(std::move(key)), from_(std::move(from)) {
        read();
    }

    void reload() override {
        read();
        TextScreen::reload();
    }
    /// Where one has stopped.
    void resume() override {
        if (is_course()) TextScreen::reload();
    }

  protected:
    std::string id() const override {
        if (!item_) return "gone";
        switch (item_->kind()) {
            case content::Kind::Listing: return "listing";
            case content::Kind::Service: return "service";
            case content::Kind::Guide: return "guide";
            case content::Kind::Course: return "course";
            default: return "notice";
        }
    }

    std::string title() override { return item_ ? item_->title() : std::string(); }

    std::vector<Element> elements() override {
        if (!item_)
            return {StateElement{"inbox", context_.tr("This entry is no longer there."),
                                 context_.tr("It has been taken back by those who published it.")}};
        return ItemPage(context_).build(*item_);
    }

    std::vector<std::string> actions() override {
        linked_.reset();
        is_bookable_ = false;
        beginnings_.clear();
        if (!item_) return {};
        if (item_->kind() == content::Kind::Course) return ways_to_play();
        if (const auto* guide = std::get_if<content::Guide>(&item_->content); guide && !guide->service.empty()) {
            linked_ = content::ItemKey::parse(guide->service, key_.area);
            if (linked_) return {context_.tr("The service")};
        }
        const auto* service = std::get_if<content::Service>(&item_->content);
        if (service == nullptr) return {};
        is_bookable_ = true;
        std::vector<std::string> labels{context_.tr("Book")};
        if (!service->guide.empty()) linked_ = content::ItemKey::parse(service->guide, key_.area);
        if (linked_) labels.push_back(context_.tr("How it is done"));
        return labels;
    }

    Action act(std::size_t index) override {
        if (is_bookable_ && index == 0) {
            BookingPlan plan;
            plan.service = find_service(context_, key_, item_->title());
            return Open{make_booking_days_screen(context_, std::move(plan))};
        }
        if (const auto* one = std::get_if<content::Course>(&item_->content))
            return Open{make_play_screen(context_, key_, *one, beginnings_[index])};
        if (!linked_) return Stay{};
        // A guide and its service name each other: the second time it is the way back.
        if (linked_ == from_) return GoBack{};
        return Open{std::make_unique<ItemScreen>(context_, *linked_, key_)};
    }

    void shown() override {
        if (is_marked_ || !item_ || item_->kind() != content::Kind::Notice) return;
        is_marked_ = true;
        if (auto marked = context_.household.mark_read(key_); !marked)
            context_.log.warning("mark as read: " + marked.error().message);
    }

  private:
    std::vector<std::string> ways_to_play() {
        if (context_.playback == nullptr) return {};
        std::vector<std::string> labels;
        if (auto place = context_.household.place(key_)) {
            beginnings_.push_back(*place);
            // Translators: {} is where in the video, "12:30".
            labels.push_back(context_.tr("Go on at {}", words::playing_time(*place)));
        }
        beginnings_.push_back(std::chrono::seconds(0));
        labels.push_back(beginnings_.size() > 1 ? context_.tr("From the beginning") : context_.tr("Play"));
        return labels;
    }

    void read() {
        auto item = context_.content.item(key_);
        if (!item) context_.log.error(base::format("item {}: {}", key_.str(), item.error().message));
        item_ = item ? std::move(*item) : std::nullopt;
    }

    bool is_course() const { return item_ && item_->kind() == content::Kind::Course; }

    content::ItemKey key_;
    /// The item whose button led here.
    std::optional<content::ItemKey> from_;
    /// Of a class: where each button begins.
    std::vector<std::chrono::seconds> beginnings_;
    std::optional<Item> item_;
    std::optional<content::ItemKey> linked_;
    bool is_bookable_ = false;
    bool is_marked_ = false;
};

}  // namespace

std::unique_ptr<Screen> make_item_screen(Context& context, content::ItemKey key) {
    return std::make_unique<ItemScreen>(context, std::move(key));
}

}  // namespace linli::app
