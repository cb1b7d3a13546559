#include "tests/epg/support/dvbpsi_eit.h"

#include <set>
#include <utility>

extern "C" {
#include <dvbpsi/dvbpsi.h>
#include <dvbpsi/psi.h>
#include <dvbpsi/demux.h>
#include <dvbpsi/descriptor.h>
#include <dvbpsi/eit.h>
}

namespace linli::tests {

struct DvbpsiEit::State {
    dvbpsi_t* handle = nullptr;
    std::vector<Event> events;
    std::set<std::pair<std::uint8_t, std::uint16_t>> attached;
};

namespace {

void take_table(void* to, dvbpsi_eit_t* table) {
    auto& events = *static_cast<std::vector<DvbpsiEit::Event>*>(to);
    for (dvbpsi_eit_event_t* event = table->p_first_event; event != nullptr; event = event->p_next) {
        DvbpsiEit::Event& taken = events.emplace_back();
        taken = {table->i_table_id, table->i_extension, table->i_ts_id,          table->i_network_id,
                 event->i_event_id, event->i_start_time, event->i_duration, event->i_running_status, event->b_free_ca};
        for (auto* next = event->p_first_descriptor; next != nullptr; next = next->p_next) ++taken.descriptors;
    }
    dvbpsi_eit_delete(table);
}

}  // namespace

DvbpsiEit::DvbpsiEit() : state_(std::make_unique<State>()) {
    state_->handle = dvbpsi_new(nullptr, DVBPSI_MSG_NONE);
    auto attach = [](dvbpsi_t* handle, std::uint8_t table_id, std::uint16_t extension, void* to) {
        auto& state = *static_cast<State*>(to);
        if (table_id < 0x4E || table_id > 0x6F) return;
        if (dvbpsi_eit_attach(handle, table_id, extension, take_table, &state.events))
            state.attached.insert({table_id, extension});
    };
    dvbpsi_AttachDemux(state_->handle, attach, state_.get());
}

DvbpsiEit::~DvbpsiEit() {
    for (auto [table_id, extension] : state_->attached) dvbpsi_eit_detach(state_->handle, table_id, extension);
    dvbpsi_DetachDemux(state_->handle);
    dvbpsi_delete(state_->handle);
}

void DvbpsiEit::push(const std::uint8_t* packet) {
    dvbpsi_packet_push(state_->handle, const_cast<std::uint8_t*>(packet));
}

const std::vector<DvbpsiEit::Event>& DvbpsiEit::events() const { return state_->events; }

}  // namespace linli::tests
