#pragma once

#include <chrono>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

#include "middleware/base/result.h"
#include "middleware/xml/element.h"
#include "middleware/xml/xml_writer.h"

/// What the messages of the appointment interface are made of; only for the messages themselves.
namespace linli::platform {

/// A message of this root, open for attributes and children.
xml::XmlWriter begin_message(std::string_view root);
std::string end_message(xml::XmlWriter& writer);

/// The root of a message, which must be of this name.
base::Result<xml::Element> read_message(std::string_view xml, std::string_view root);

/// Refuses what a question may not have: other attributes or children than these, text beside children. Of an answer a box
/// passes over what a later minor version added.
base::Result<void> expect_only(const xml::Element& element, std::initializer_list<std::string_view> attributes,
                               std::initializer_list<std::string_view> children = {});

std::unexpected<base::Error> refuse_element(const xml::Element& element, std::string_view what);

/// Values of attributes that must be there. `text` is of at least one character and at most 1000.
base::Result<std::string> read_reference(const xml::Element& element, std::string_view attribute);
base::Result<std::string> read_key(const xml::Element& element, std::string_view attribute);
base::Result<std::string> read_service(const xml::Element& element, std::string_view attribute);
base::Result<int> read_number(const xml::Element& element, std::string_view attribute, int most);
base::Result<std::chrono::sys_seconds> read_instant(const xml::Element& element, std::string_view attribute);
base::Result<std::chrono::year_month_day> read_date(const xml::Element& element, std::string_view attribute);
/// Nothing where the attribute is not there.
base::Result<std::optional<std::chrono::sys_seconds>> read_instant_if_there(const xml::Element& element,
                                                                            std::string_view attribute);
/// The element's own text.
base::Result<std::string> read_text(const xml::Element& element);

bool has_attribute(const xml::Element& element, std::string_view name);

/// Writes an attribute or a child where there is something to say.
void write_if(xml::XmlWriter& writer, std::string_view attribute, std::string_view value);
void write_if(xml::XmlWriter& writer, std::string_view attribute, const std::optional<std::chrono::sys_seconds>& value);
void write_child_if(xml::XmlWriter& writer, std::string_view child, std::string_view text);

/// "2026-11-27"
std::string format_date(std::chrono::year_month_day date);

}  // namespace linli::platform
