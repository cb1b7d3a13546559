// How an application stands: the last digits of its receipt, what is found under them, one of it. What comes from the
// platform lives in these screens alone and is gone when they close.

#include <algorithm>
#include <utility>

#include "stb-app/screens/list_screen.h"
#include "stb-app/screens/screen_list.h"
#include "stb-app/screens/state_pages.h"
#include "stb-app/screens/text_screen.h"
#include "stb-app/words.h"

namespace linli::app {

using input::Key;
using platform::ApplicationResult;
using platform::AppointmentAnswer;
using platform::AppointmentFailure;
using platform::Refusal;

namespace {

/// Of the end of a receipt. @spec docs/appointments.md, results
constexpr std::size_t kFewestDigits = 4;
constexpr std::size_t kMostDigits = 8;

struct StateLook {
    std::string_view state;
    const char* sentence;
    const char* symbol;
    int hue;
};
/// The states of docs/appointments.md, in plain words.
constexpr StateLook kStates[] = {
    {"received", LINLI_N_("Your application has arrived"), "inbox", 3},
    {"working", LINLI_N_("It is being worked on"), "timer-sand", 3},
    {"more-papers", LINLI_N_("More papers are needed"), "file-document", 0},
    {"ready", LINLI_N_("It is ready to be collected"), "check-circle", 4},
    {"refused", LINLI_N_("It was not granted"), "information", 5},
    {"collected", LINLI_N_("It has been collected"), "check", -1},
};

StateLook look_of(const ApplicationResult& result) {
    auto found = std::ranges::find(kStates, result.state, &StateLook::state);
    // One that a later version of the interface added.
    return found == std::end(kStates) ? StateLook{"", LINLI_N_("Please call the office"), "information", -1} : *found;
}

/// The telephone of the nearest office on the chain.
std::vector<Element> nearest_office(const Context& context) {
    for (auto code = context.chain.rbegin(); code != context.chain.rend(); ++code) {
        auto area = context.content.area(*code);
        if (!area || !*area || !(*area)->office || (*area)->office->telephones.empty()) continue;
        return {NumberElement{(*area)->office->name, (*area)->office->telephones.front().number}};
    }
    return {};
}

class ResultScreen final : public TextScreen {
  public:
    ResultScreen(Context& context, ApplicationResult result) : TextScreen(context), result_(std::move(result)) {
        auto guide = content::ItemKey::parse(result_.guide, context.chain.back());
        if (result_.guide.empty() || !guide) return;
        // Only where it is published here.
        auto item = context.content.item(*guide);
        if (item && *item) guide_ = std::move(guide);
    }

    bool is_personal() const override { return true; }

  protected:
    std::string id() const override { return "result"; }
    std::string title() override { return result_.name; }

    std::vector<Element> elements() override {
        StateLook look = look_of(result_);
        std::vector<Element> elements{StateElement{look.symbol, context_.tr(look.sentence), result_.say}};
        if (!result_.telephone.empty()) elements.push_back(NumberElement{context_.tr("Telephone"), result_.telephone});
        elements.push_back(FactElement{context_.tr("Receipt"), result_.receipt});
        elements.push_back(FactElement{context_.tr("As of"), words::date_and_time(context_, result_.updated)});
        return elements;
    }

    std::vector<std::string> actions() override {
        std::vector<std::string> actions;
        if (guide_) actions.push_back(context_.tr("How it is done"));
        return actions;
    }
    Action act(std::size_t) override { return Open{make_item_screen(context_, *guide_)}; }

  private:
    ApplicationResult result_;
    std::optional<content::ItemKey> guide_;
};

/// Where several receipts end so.
class ResultListScreen final : public ListScreen {
  public:
    ResultListScreen(Context& context, std::vector<ApplicationResult> results)
        : ListScreen(context), results_(std::move(results)) {}

    bool is_personal() const override { return true; }

  protected:
    std::string id() const override { return "results.found"; }
    std::string title() override { return context_.tr("Which one is it?"); }
    std::size_t load_rows() override { return results_.size(); }

    RowElement row(std::size_t index, RowUse) override {
        const ApplicationResult& result = results_[index];
        StateLook look = look_of(result);
        RowElement row;
        row.title = result.name;
        row.detail = base::format("{} · {}", result.receipt, context_.tr(look.sentence));
        row.symbol = look.symbol;
        row.hue = look.hue;
        return row;
    }

    Action choose(std::size_t row) override { return Open{std::make_unique<ResultScreen>(context_, results_[row])}; }
    StateElement empty_state() override { return {}; }

  private:
    std::vector<ApplicationResult> results_;
};

class ResultsScreen final : public Screen {
  public:
    explicit ResultsScreen(Context& context) : context_(context), state_pages_(context) {}

    Page describe() override {
        Page page;
        page.id = "results";
        page.title = context_.tr("Results");
        if (ticket_ != 0) {
            state_pages_.describe(page, {StateElement{"timer-sand", context_.tr("Asking the community platform..."), ""}},
                                  context_.tr("Cancel"));
        } else if (failure_) {
            state_pages_.describe(page, failure_elements(), context_.tr("Try again"));
        } else {
            add_question(page);
        }
        return page;
    }

    Action press(Key key) override {
        if (ticket_ != 0 || failure_) {
            // The way back from an answer leads to the digits.
            if (std::holds_alternative<GoBack>(state_pages_.press(key))) start_again();
            return Stay{};
        }
        if (auto digit = input::digit_of(key)) {
            note_.clear();
            if (digits_.size() < kMostDigits) digits_ += static_cast<char>('0' + *digit);
        } else if (key == Key::Left && !digits_.empty()) {
            note_.clear();
            digits_.pop_back();
        } else if (key == Key::Ok) {
            ask();
        }
        return Stay{};
    }

    bool is_waiting() const override { return ticket_ != 0; }
    bool is_personal() const override { return !digits_.empty(); }

    Action hear(const AppointmentAnswer& answer) override {
        if (answer.ticket != ticket_ || ticket_ == 0) return Stay{};
        start_again();
        if (const auto* failure = std::get_if<AppointmentFailure>(&answer.result)) failure_ = *failure;
        const auto* results = std::get_if<std::vector<ApplicationResult>>(&answer.result);
        if (results == nullptr) return Stay{};
        if (results->empty()) {
            note_ = context_.tr("Nothing was found under {}. Please look at the receipt again.", digits_);
            return Stay{};
        }
        if (results->size() == 1) return Replace{std::make_unique<ResultScreen>(context_, results->front())};
        return Replace{std::make_unique<ResultListScreen>(context_, *results)};
    }

  private:
    void start_again() {
        ticket_ = 0;
        failure_.reset();
        state_pages_.start_again();
    }

    void ask() {
        if (digits_.size() < kFewestDigits) {
            note_ = context_.tr("Please type at least {} digits.", kFewestDigits);
        } else if (context_.appointments == nullptr) {
            failure_.emplace();
        } else {
            ticket_ = context_.appointments->ask_results(digits_);
        }
    }

    /// The field under as much of the rest as there is room for.
    void add_question(Page& page) {
        page.legend = {{{Key::Digit0, Key::Digit9}, context_.tr("Type")}};
        if (!digits_.empty()) page.legend.push_back({{Key::Left}, context_.tr("Delete")});
        if (digits_.size() >= kFewestDigits) page.legend.push_back({{Key::Ok}, context_.tr("Ask")});
        page.legend.push_back({{Key::Back}, context_.tr("Back")});
        std::vector<Element> elements{
            ParagraphElement{.text = context_.tr("Type the last {0} to {1} digits of your receipt.", kFewestDigits, kMostDigits)}};
        if (!note_.empty()) elements = {HeadingElement{note_}};
        elements.push_back(TypedElement{digits_, TypedElement::Use::Number});
        auto fits = [&] { return context_.layouter->paginate(page, page, elements).size() == 1; };
        if (!fits()) page.title.clear();
        if (!fits()) elements.erase(elements.begin());
        page.elements = std::move(elements);
        page.focus = page.elements.size() - 1;
    }

    std::vector<Element> failure_elements() const {
        StateElement state{"lan-disconnect", context_.tr("The community platform cannot be reached just now."),
                           context_.tr("Please try again later, or call your community office.")};
        const Refusal& refusal = failure_->refusal;
        if (failure_->reason == AppointmentFailure::Reason::Refused) {
            if (refusal.reason == Refusal::Reason::TooMany) {
                auto minutes = std::max<std::int64_t>(1, (refusal.seconds.count() + 59) / 60);
                state = {"timer-sand", context_.tr("That was asked very often in this hour."),
                         context_.tr_n("Please try again in {} minute, or call your community office.",
                                       "Please try again in {} minutes, or call your community office.", minutes)};
            } else if (refusal.reason == Refusal::Reason::UnknownBox) {
                state = {"lock", context_.tr("This box is not registered yet."), context_.tr("Please call your community office.")};
            }
        }
        std::vector<Element> elements{std::move(state)};
        for (Element& element : nearest_office(context_)) elements.push_back(std::move(element));
        return elements;
    }

    Context& context_;
    StatePages state_pages_;
    std::string digits_;
    /// Over the field, where the last attempt needs a word.
    std::string note_;
    platform::Ticket ticket_ = 0;
    std::optional<AppointmentFailure> failure_;
};

}  // namespace

std::unique_ptr<Screen> make_results_screen(Context& context) { return std::make_unique<ResultsScreen>(context); }

}  // namespace linli::app
