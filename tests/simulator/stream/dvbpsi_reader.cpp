#include "tests/simulator/stream/dvbpsi_reader.h"

#include <dvbpsi/dvbpsi.h>

#include <dvbpsi/psi.h>

#include <dvbpsi/demux.h>
#include <dvbpsi/descriptor.h>
#include <dvbpsi/dr_40.h>
#include <dvbpsi/dr_44.h>
#include <dvbpsi/dr_48.h>
#include <dvbpsi/dr_4d.h>
#include <dvbpsi/dr_4e.h>
#include <dvbpsi/dr_83.h>
#include <dvbpsi/eit.h>
#include <dvbpsi/nit.h>
#include <dvbpsi/pat.h>
#include <dvbpsi/pmt.h>
#include <dvbpsi/sdt.h>
#include <dvbpsi/tot.h>

#include <memory>

#include "middleware/base/format.h"

namespace linli::tests {

namespace {

using base::format;

struct Reading {
    dvbpsi_t* handle;
    std::string text;
};

template <typename Size>
std::string text_of(const std::uint8_t* bytes, Size size) {
    return {reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size)};
}

std::string describe(dvbpsi_descriptor_t* first) {
    std::string text;
    for (auto* at = first; at != nullptr; at = at->p_next) {
        switch (at->i_tag) {
            case 0x40:
                if (auto* name = dvbpsi_DecodeNetworkNameDr(at)) text += " name " + text_of(name->i_name_byte, name->i_name_length);
                break;
            case 0x44:
                if (auto* cable = dvbpsi_DecodeCableDelivSysDr(at))
                    text += format(" cable {:x} {:x} {}", cable->i_frequency, cable->i_symbol_rate, int(cable->i_modulation));
                break;
            case 0x48:
                if (auto* service = dvbpsi_DecodeServiceDr(at))
                    text += format(" service {} {}/{}", int(service->i_service_type),
                                   text_of(service->i_service_provider_name, service->i_service_provider_name_length),
                                   text_of(service->i_service_name, service->i_service_name_length));
                break;
            case 0x4D:
                if (auto* event = dvbpsi_DecodeShortEventDr(at))
                    text += format(" {} {}/{}", text_of(event->i_iso_639_code, 3), text_of(event->i_event_name, event->i_event_name_length),
                                   text_of(event->i_text, event->i_text_length));
                break;
            case 0x4E:
                if (auto* event = dvbpsi_DecodeExtendedEventDr(at))
                    text += format(" {}of{} {}", int(event->i_descriptor_number), int(event->i_last_descriptor_number),
                                   text_of(event->i_text, event->i_text_length));
                break;
            case 0x83:
                if (auto* numbers = dvbpsi_DecodeLCNDr(at))
                    for (int i = 0; i < numbers->i_number_of_entries; ++i)
                        text += format(" {}={}", numbers->p_entries[i].i_service_id, numbers->p_entries[i].i_logical_channel_number);
                break;
            default: text += format(" {:02x}[{}]", at->i_tag, int(at->i_length));
        }
    }
    return text;
}

void hear_pat(void* data, dvbpsi_pat_t* pat) {
    auto* reading = static_cast<Reading*>(data);
    reading->text += format("PAT {}\n", pat->i_ts_id);
    for (auto* at = pat->p_first_program; at != nullptr; at = at->p_next) reading->text += format(" {} at {}\n", at->i_number, at->i_pid);
    dvbpsi_pat_delete(pat);
}

void hear_pmt(void* data, dvbpsi_pmt_t* pmt) {
    auto* reading = static_cast<Reading*>(data);
    reading->text += format("PMT {} version {} clock {}\n", pmt->i_program_number, int(pmt->i_version), pmt->i_pcr_pid);
    for (auto* at = pmt->p_first_es; at != nullptr; at = at->p_next)
        reading->text += format(" {:02x} at {}{}\n", at->i_type, at->i_pid, describe(at->p_first_descriptor));
    dvbpsi_pmt_delete(pmt);
}

void hear_sdt(void* data, dvbpsi_sdt_t* sdt) {
    auto* reading = static_cast<Reading*>(data);
    reading->text += format("SDT {:02x} {}.{}\n", sdt->i_table_id, sdt->i_network_id, sdt->i_extension);
    for (auto* at = sdt->p_first_service; at != nullptr; at = at->p_next)
        reading->text += format(" {}{}{}{} running {}{}\n", at->i_service_id, at->b_eit_present ? " p/f" : "",
                                at->b_eit_schedule ? " schedule" : "", at->b_free_ca ? " scrambled" : "",
                                int(at->i_running_status), describe(at->p_first_descriptor));
    dvbpsi_sdt_delete(sdt);
}

void hear_nit(void* data, dvbpsi_nit_t* nit) {
    auto* reading = static_cast<Reading*>(data);
    reading->text += format("NIT {}{}\n", nit->i_extension, describe(nit->p_first_descriptor));
    for (auto* at = nit->p_first_ts; at != nullptr; at = at->p_next)
        reading->text += format(" {}.{}{}\n", at->i_orig_network_id, at->i_ts_id, describe(at->p_first_descriptor));
    dvbpsi_nit_delete(nit);
}

void hear_eit(void* data, dvbpsi_eit_t* eit) {
    auto* reading = static_cast<Reading*>(data);
    reading->text += format("EIT {:02x} {}.{}.{} to {:02x}\n", eit->i_table_id, eit->i_network_id, eit->i_ts_id, eit->i_extension,
                            int(eit->i_last_table_id));
    for (auto* at = eit->p_first_event; at != nullptr; at = at->p_next)
        reading->text += format(" {} {:010x} {:06x} running {}{}\n", at->i_event_id, std::uint64_t{at->i_start_time},
                                at->i_duration, int(at->i_running_status), describe(at->p_first_descriptor));
    dvbpsi_eit_delete(eit);
}

void hear_tot(void* data, dvbpsi_tot_t* tot) {
    auto* reading = static_cast<Reading*>(data);
    reading->text += format("TOT {:02x} {:010x}{}\n", tot->i_table_id, std::uint64_t{tot->i_utc_time}, describe(tot->p_first_descriptor));
    dvbpsi_tot_delete(tot);
}

void hear_subtable(dvbpsi_t* handle, std::uint8_t table, std::uint16_t extension, void* data) {
    if (table == 0x40) dvbpsi_nit_attach(handle, table, extension, hear_nit, data);
    if (table == 0x42 || table == 0x46) dvbpsi_sdt_attach(handle, table, extension, hear_sdt, data);
    if (table >= 0x4E && table <= 0x6F) dvbpsi_eit_attach(handle, table, extension, hear_eit, data);
    if (table == 0x70 || table == 0x73) dvbpsi_tot_attach(handle, table, extension, hear_tot, data);
}

}  // namespace

std::string read_with_dvbpsi(const simulator::Bytes& packets, std::uint16_t pid) {
    constexpr std::size_t kPacket = 188;
    constexpr std::uint16_t kFirstOfOurPmts = 0x20;
    constexpr std::uint16_t kAnyProgram = 1;
    Reading reading{dvbpsi_new(nullptr, DVBPSI_MSG_NONE), {}};
    if (pid == 0) dvbpsi_pat_attach(reading.handle, hear_pat, &reading);
    else if (pid >= kFirstOfOurPmts) dvbpsi_pmt_attach(reading.handle, kAnyProgram, hear_pmt, &reading);
    else dvbpsi_AttachDemux(reading.handle, hear_subtable, &reading);
    simulator::Bytes copy = packets;
    for (std::size_t at = 0; at + kPacket <= copy.size(); at += kPacket)
        dvbpsi_packet_push(reading.handle, reinterpret_cast<std::uint8_t*>(copy.data() + at));
    if (pid == 0) dvbpsi_pat_detach(reading.handle);
    else if (pid >= kFirstOfOurPmts) dvbpsi_pmt_detach(reading.handle);
    else dvbpsi_DetachDemux(reading.handle);
    dvbpsi_delete(reading.handle);
    return reading.text;
}

}  // namespace linli::tests
