#pragma once

#include <span>
#include <string>
#include <string_view>

#include "content/fault.h"
#include "content/value_type.h"

/// platform/exchange/linli-exchange-1.xsd as tables that the reader walks. A change there is a
/// change here; tests/content/exchange_schema_test.cpp compares the two.
namespace linli::content {

// clang-format off
enum class Element {
    Exchange,
    // The items, in the order of Kind.
    Area, Category, Portal, Notice, Listing, Service, Guide, Course,
    // In a delta only.
    Removed,
    // Their parts.
    Name, Office, Tile, Label, Title, Summary, Issuer, Valid, Telephone, Body, Attachment, Provider, Offer,
    Address, Hours, Price, Eligibility, Duration, Bring, Step, Paper, Where, LegalBasis, Open, Exception,
    Media, Subtitles,
    // The parts of a body.
    Heading, Paragraph, List, Entry, Table, Row, Cell, Picture,
};
// clang-format on

enum class Need { Required, Optional };

struct AttributeRule {
    std::string_view name;
    ValueType type;
    Need need;
    /// For ValueType::Choice.
    std::span<const std::string_view> choices{};
    /// What a box takes a choice for that it does not know, because it came with a newer minor
    /// version. Where this is empty it leaves out the whole element.
    std::string_view fallback{};
};

/// What stands between an element's tags.
enum class Inside { Nothing, Characters, Sequence, AnyOrder };

struct ElementRule;

struct ChildRule {
    const ElementRule* element;
    unsigned least;
    unsigned most;
};

struct ElementRule {
    Element id;
    std::string_view name;
    Inside inside;
    /// For Inside::Characters.
    ValueType characters = ValueType::Any;
    std::span<const AttributeRule> attributes{};
    std::span<const ChildRule> children{};
};

inline constexpr std::size_t kMostAttributes = 5;
inline constexpr unsigned kUnbounded = ~0u;

/// The rule of the root element, from which all others are reached.
const ElementRule& exchange_rule();

/// The same as for `ValueType`, and that a choice is one of the rule's.
bool accept_value(const AttributeRule& rule, std::string_view& value);
Message describe(const AttributeRule& rule);

/// "<a>, <b>", for an editor.
std::string list_children(const ElementRule& rule);

}  // namespace linli::content
