#pragma once

#include "epg/si/tables.h"

namespace linli::epg {

/// Hears what the service information says, section by section, as it comes and in any order. A section that
/// was handed on does not come again until its content changes; one that came once is therefore to be kept.
///
/// Called on the thread that feeds the collector. Spans and views are valid during the call only.
class SiListener {
  public:
    virtual ~SiListener() = default;

    virtual void on_programs(const ProgramAssociation&) {}
    virtual void on_program(const ProgramMap&) {}
    /// NIT, of this network or another (`source.table_id`).
    virtual void on_network(const NetworkInformation&) {}
    virtual void on_bouquet(const NetworkInformation&) {}
    virtual void on_services(const ServiceDescriptions&) {}
    /// EIT. When its version differs from the one before, that one goes on being true until what replaces it
    /// came; `on_complete` tells when the new one is all there.
    virtual void on_events(const EventInformation&) {}
    /// Every TDT and TOT. Not all of them are to be believed: see TimeTable.
    virtual void on_time(const TimeInformation&) {}
    /// Every section of a sub-table has been handed on.
    virtual void on_complete(const CompleteTable&) {}
    /// Other input begins (another stream was tuned to): what was collected of the old one is forgotten and
    /// everything will be handed on anew.
    virtual void on_restart() {}
};

}  // namespace linli::epg
