#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "middleware/graphics/image.h"
#include "middleware/input/key.h"

/// A page says what is on the screen and nothing of how it looks: the layout places it, the painter paints it,
/// the announcer speaks it, a test reads it.
namespace linli::app {

enum class Tone { Plain, Muted, Important, Urgent };

struct HeadingElement {
    std::string text;
    bool operator==(const HeadingElement&) const = default;
};

/// Running text. `marker` ("•", "3.") hangs to its left; a piece that continues a paragraph of the page before
/// keeps the indent and has no marker.
struct ParagraphElement {
    std::string text;
    Tone tone = Tone::Plain;
    std::string marker;
    bool is_indented = false;
    bool operator==(const ParagraphElement&) const = default;
};

/// The first row holds the headings of the columns.
struct TableElement {
    std::vector<std::vector<std::string>> rows;
    bool operator==(const TableElement&) const = default;
};

struct PictureElement {
    std::shared_ptr<const graphics::Image> image;  // null: it is not there (yet), `alt` stands in its place
    std::string alt;
    std::string caption;
    bool operator==(const PictureElement&) const = default;
};

/// "Address: …".
struct FactElement {
    std::string label;
    std::string value;
    bool operator==(const FactElement&) const = default;
};

/// A telephone number, the largest thing on its page.
struct NumberElement {
    std::string label;
    std::string number;
    bool operator==(const NumberElement&) const = default;
};

/// One of several things that a row tells under its title: "19:30 The news". In all rows of a list they stand in the same
/// columns where these are wide enough, else below each other.
struct RowCell {
    std::string lead;
    std::string text;
    bool operator==(const RowCell&) const = default;
};

/// A row of a list. `number` is the digit key that chooses it. Either `cells` or `badge` and `detail`.
struct RowElement {
    int number = 0;
    std::string title;
    std::string detail;
    std::string symbol;  // a name of theme/symbols.h, or empty
    int hue = -1;
    std::string badge;
    Tone badge_tone = Tone::Plain;
    /// Already read: the title steps back.
    bool is_done = false;
    std::vector<RowCell> cells;
    bool operator==(const RowElement&) const = default;
};

/// A board on Home.
struct TileElement {
    int number = 0;
    std::string label;
    std::string symbol;
    int hue = 0;
    bool operator==(const TileElement&) const = default;
};

/// The line under the live window: what is newest.
struct HeadlineElement {
    int number = 0;
    std::string label;
    std::string text;
    bool operator==(const HeadlineElement&) const = default;
};

/// What can be done on a page of text; buttons stand side by side at its foot.
struct ButtonElement {
    std::string label;
    bool operator==(const ButtonElement&) const = default;
};

/// A PIN being typed: how many digits it has, and how many are there.
struct PinElement {
    int length = 4;
    int typed = 0;
    bool operator==(const PinElement&) const = default;
};

/// What is typed with the digit keys to find something, each with the letters that it stands for, beside a picture of
/// the keys where there is room for it.
struct TypedElement {
    std::string digits;
    /// A number is typed as it is, without letters.
    enum class Use { Letters, Number } use = Use::Letters;
    bool operator==(const TypedElement&) const = default;
};

/// The television picture. `text` stands there until there is one.
struct LiveElement {
    std::string text;
    bool operator==(const LiveElement&) const = default;
};

/// What is being watched, over the foot of the picture, with the keys of the page.
struct BannerElement {
    std::string number, channel;
    std::string now_time, now;
    /// How much of it is over; −1: not known.
    int percent = -1;
    std::string next_time, next;
    std::string note;
    bool operator==(const BannerElement&) const = default;
};

/// An empty, loading, off-line or error state: a sentence and a way out.
struct StateElement {
    std::string symbol;
    std::string sentence;
    std::string hint;
    bool operator==(const StateElement&) const = default;
};

/// A QR code that a telephone reads from the screen, and beside it what it is for.
struct QrElement {
    /// At most what graphics::make_qr_code takes; where it does not, the caption stands alone.
    std::string text;
    std::string caption;
    bool operator==(const QrElement&) const = default;
};

/// What is told over the page, on a sheet of its own; see AnnouncementQueue. It stands after the elements of the page.
struct AnnouncementElement {
    std::string symbol;
    std::string title;
    std::vector<std::string> sentences;
    bool operator==(const AnnouncementElement&) const = default;
};

/// What can be done about the announcement before it. One of them has the focus of the page.
struct ChoiceElement {
    std::string label;
    bool operator==(const ChoiceElement&) const = default;
};

using Element = std::variant<HeadingElement, ParagraphElement, TableElement, PictureElement, FactElement, NumberElement,
                             RowElement, TileElement, HeadlineElement, ButtonElement, PinElement, TypedElement,
                             LiveElement, BannerElement, StateElement, QrElement, AnnouncementElement,
                             ChoiceElement>;

/// Whether the focus can stand on it.
bool is_focusable(const Element& element);
/// The digit key that chooses it; 0: none.
int number_of(const Element& element);

/// What a key does now, for the line at the foot. `keys` are shown side by side before the words; two digits stand for
/// all from the one to the other.
struct KeyHint {
    std::vector<input::Key> keys;
    std::string text;
    bool operator==(const KeyHint&) const = default;
};

enum class Arrangement {
    Column,      ///< elements one below the other
    Home,        ///< the live window, tiles and the headline
    FullScreen,  ///< the television picture alone
};

struct StatusLine {
    std::string place;
    std::string time;
    std::string freshness;
    bool is_warning = false;  // what is shown may be old
    bool operator==(const StatusLine&) const = default;
};

struct Page {
    /// Stable, for tests, counts and Diagnostics: "home", "notices", "notice".
    std::string id;
    Arrangement arrangement = Arrangement::Column;
    StatusLine status;
    std::string title;
    /// "3 / 10"; empty where there is only one.
    std::string position;
    std::vector<Element> elements;
    /// Index of the element that has the focus. Every page has exactly one.
    std::size_t focus = 0;
    std::vector<KeyHint> legend;
    /// Under an announcement: the legend without it. The page is placed as if that were still there.
    std::vector<KeyHint> legend_below;
    /// A message over the page, until a key or its time.
    std::string message;

    bool operator==(const Page&) const = default;
};

/// A page as text, a line an element, the focused one marked "> ": for scripts, tests and the simulator.
std::string page_text(const Page& page);
/// One element as text.
std::string element_text(const Element& element);

}  // namespace linli::app
