#pragma once

#include "stb-app/television/xmltv_source.h"

/// The door between the program and the module of the second source; both sides include it.
namespace linli::app {

struct XmltvSourceParts {
    XmltvSourceOptions options;
    base::EventLoop& loop;
    base::Clock& clock;
    base::Log& log;
    XmltvSource::Listeners listeners;
};

/// Takes what it needs out of the parts; the caller owns the result.
using MakeXmltvSource = XmltvSource*(XmltvSourceParts*);
inline constexpr const char* kMakeXmltvSource = "linli_make_xmltv_source";

}  // namespace linli::app
