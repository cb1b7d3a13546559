#pragma once

#include "content/fault.h"

namespace linli::content {

/// What `XmlReader::error` says, as a fault in words for a person who does not know XML.
Fault explain_xml_error(std::string_view error, xml::Place place);

}  // namespace linli::content
