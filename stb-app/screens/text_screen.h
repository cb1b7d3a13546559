#pragma once

#include <string>
#include <vector>

#include "stb-app/navigation/screen.h"

namespace linli::app {

/// A text in pages, with buttons at its foot. The first button turns to the next page while there is one; Up and
/// Down turn pages, Left and Right move between the buttons, or turn pages where there is one button.
/// Subclasses say what the text is and which further buttons there are.
class TextScreen : public Screen {
  public:
    Page describe() final;
    Action press(input::Key key) final;
    void reload() override { has_pages_ = false; }

  protected:
    explicit TextScreen(Context& context) : context_(context) {}

    virtual std::string id() const = 0;
    virtual std::string title() = 0;
    virtual std::vector<Element> elements() = 0;
    /// Labels of buttons beyond "next page" and "back".
    virtual std::vector<std::string> actions() { return {}; }
    virtual Action act(std::size_t) { return Stay{}; }
    /// The last button, which leads back, and where the focus is at first.
    virtual std::string back_word() { return context_.tr("Back"); }
    enum class FirstButton { First, Back };
    virtual FirstButton first_button() const { return FirstButton::First; }
    /// Where the buttons of `actions` stand: a question is answered where it has been read to its end.
    enum class ActionPages { All, Last };
    virtual ActionPages action_pages() const { return ActionPages::All; }
    /// Hears that a page has been shown.
    virtual void shown() {}

    /// Another text: from its first page on.
    void start_again() {
        place_ = 0;
        has_pages_ = false;
    }
    Context& context_;

  private:
    struct Button {
        enum class Kind { Next, Own, Back } kind;
        std::size_t action = 0;
        std::string label;
    };
    std::vector<Button> buttons();
    void focus_first_button();
    Page frame_page();
    void load();
    void turn(int pages);
    /// How much text stands before a page, in bytes.
    std::size_t text_before(std::size_t page) const;

    bool has_pages_ = false;
    std::vector<std::vector<Element>> pages_;
    /// Over the first page.
    std::string first_title_;
    std::vector<std::string> actions_;
    std::size_t index_ = 0;
    /// The text before the page that the reader turned to: it stays where it is when the text size changes.
    std::size_t place_ = 0;
    std::size_t button_ = 0;
};

/// The elements of a body of the exchange interface. Pictures are read from `objects` and fitted to the screen.
std::vector<Element> body_elements(const Context& context, const content::Body& body);

}  // namespace linli::app
