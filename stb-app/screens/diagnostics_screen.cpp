// Diagnostics, for the engineer: what sync did and why, what the box has, and how it is.

#include "middleware/base/local_time.h"
#include "stb-app/screens/screen_list.h"
#include "stb-app/screens/text_screen.h"

namespace linli::app {

namespace {

using content::Part;
using platform::SyncStatus;

std::string bytes(std::uint64_t number) {
    constexpr std::uint64_t kKibi = 1024;
    if (number < 10 * kKibi) return base::format("{} B", number);
    if (number < 10 * kKibi * kKibi) return base::format("{} KiB", number / kKibi);
    return base::format("{} MiB", number / kKibi / kKibi);
}

class DiagnosticsScreen final : public TextScreen {
  public:
    explicit DiagnosticsScreen(Context& context) : TextScreen(context) {}

  protected:
    std::string id() const override { return "diagnostics"; }
    std::string title() override { return context_.tr("Diagnostics"); }

    std::vector<Element> elements() override {
        elements_.clear();
        add_sync();
        if (context_.sync.areas.empty()) add_store_versions();
        for (const auto& area : context_.sync.areas) add_area(area);
        if (context_.reception) add_television(context_.reception());
        add_box();
        return std::move(elements_);
    }

  private:
    void fact(std::string label, std::string value) {
        if (!value.empty()) elements_.push_back(FactElement{std::move(label), std::move(value)});
    }

    void add_sync() {
        const SyncStatus& sync = context_.sync;
        fact(context_.tr("Sync"), state());
        if (has(sync.last_success)) fact(context_.tr("Last success"), base::format_instant(sync.last_success));
        fact(context_.tr("Last error"), sync.last_error);
        if (sync.attempts_failed > 0) fact(context_.tr("Failed in a row"), std::to_string(sync.attempts_failed));
        if (has(sync.next_attempt)) fact(context_.tr("Next attempt"), base::format_instant(sync.next_attempt));
        fact(context_.tr("Address of the publication"), sync.base_url);
        fact(context_.tr("Bytes received"),
             context_.tr("{0} the last time, {1} since the start", bytes(sync.bytes_received), bytes(sync.bytes_total)));
        fact(context_.tr("Keys"), sync.root_version > 0 ? context_.tr("root version {}", sync.root_version)
                                                        : context_.tr("none yet"));
    }

    void add_area(const SyncStatus::AreaState& area) {
        std::string name = area.part == Part::Alerts ? context_.tr("Alerts {}", area.area.str())
                                                     : context_.tr("Area {}", area.area.str());
        if (area.sequence == 0) {
            fact(std::move(name), context_.tr("no content yet"));
        } else {
            std::string value = version(area.sequence, area.published);
            std::string expires = base::format_instant(area.expires);
            if (area.is_old) value = context_.tr("{0}, expired {1}", value, expires);
            else if (has(area.expires)) value = context_.tr("{0}, good until {1}", value, expires);
            fact(std::move(name), std::move(value));
        }
        fact(context_.tr("Error"), area.error);
    }

    /// Until sync has told what it knows.
    void add_store_versions() {
        for (const content::AreaCode& area : context_.chain) {
            auto stored = context_.content.version(area);
            fact(context_.tr("Area {}", area.str()), stored && *stored ? version((*stored)->sequence, (*stored)->published)
                                                                       : context_.tr("no content yet"));
        }
    }

    void add_box() {
        const SyncStatus& sync = context_.sync;
        fact(context_.tr("Content store"), sync.store_notice.empty() ? context_.content.notice() : sync.store_notice);
        if (sync.store_bytes > 0) fact(context_.tr("Size of the store"), bytes(sync.store_bytes));
        if (sync.object_quota > 0)
            fact(context_.tr("Pictures"), context_.tr("{0} of {1}", bytes(sync.object_bytes), bytes(sync.object_quota)));
        fact(context_.tr("Clock"), clock_state());
        if (context_.diagnostics)
            for (auto& [label, value] : context_.diagnostics()) fact(label, value);
    }

    /// Counts are shown though they are zero: that there are none is what is looked for.
    void add_television(const Reception& reception) {
        const epg::SiCounters& si = reception.si;
        const epg::GuideCounters& guide = reception.guide;
        if (context_.viewing != nullptr && context_.viewing->channel() != nullptr) {
            const epg::Channel& channel = *context_.viewing->channel();
            fact(context_.tr("Channel watched"), base::format("{} ({}): {}", channel.name, channel.id.str(), picture_state()));
        }
        fact(context_.tr("Packets received"),
             context_.tr("{0}; {1} damaged, {2} lost, {3} scrambled, {4} malformed", si.packets, si.transport_errors,
                         si.discontinuities, si.scrambled_packets, si.malformed_packets));
        fact(context_.tr("Garbage in the stream"), context_.tr("{0}, at {1} places", bytes(si.garbage_bytes), si.resyncs));
        fact(context_.tr("Sections received"),
             context_.tr("{0}; {1} with bit errors, {2} cut off, {3} malformed", si.sections, si.crc_errors, si.cut_sections,
                         si.malformed_sections));
        fact(context_.tr("Tables"),
             context_.tr("{0} of unknown kinds, {1} changed unannounced, {2} changed in the middle, {3} given up", si.unknown_tables,
                         si.unannounced_changes, si.restarts_in_mid_table, si.full_tables));
        fact(context_.tr("Values"), context_.tr("{0} cut off, {1} impossible times, {2} past limits, {3} clock times doubted",
                                                si.cut_descriptors, si.bad_times, si.dropped_values, reception.doubted_times));
        if (reception.is_local_time_other)
            fact(context_.tr("Local time"), context_.tr("the broadcast says another one than this box; its time zone may be wrong"));
        fact(context_.tr("Texts"), context_.tr("{0}; {1} characters could not be read", si.texts, si.replaced_characters));
        fact(context_.tr("Character sets"),
             context_.tr("{0} marked wrongly, {1} Chinese without a mark, {2} marks unknown, {3} sets missing here", si.wrong_markers,
                         si.unmarked_chinese, si.unknown_selectors, si.missing_tables));
        fact(context_.tr("Programmes taken in"), std::to_string(guide.events));
        fact(context_.tr("Programmes refused"),
             context_.tr("{0} too long, {1} without a title, {2} out of time, {3} past limits; {4} texts shortened", guide.too_long,
                         guide.without_title, guide.out_of_time, guide.past_limits, guide.cut_texts));
        if (reception.left_out > 0) fact(context_.tr("Came too fast"), bytes(reception.left_out));
        fact(context_.tr("Guide store"), reception.trouble);
    }

    std::string picture_state() const {
        switch (context_.viewing->picture()) {
            case Picture::Coming: return context_.tr("picture asked for");
            case Picture::Shown: return context_.tr("picture shown");
            case Picture::NoSignal: return context_.tr("no signal");
            case Picture::Scrambled: return context_.tr("encrypted");
            case Picture::Unplayable: return context_.tr("cannot be played");
        }
        return {};
    }

    static bool has(std::chrono::sys_seconds time) { return time != std::chrono::sys_seconds(); }

    std::string version(std::uint64_t sequence, std::chrono::sys_seconds published) const {
        return context_.tr("version {0} of {1}", sequence, base::format_instant(published));
    }

    std::string state() const {
        using State = SyncStatus::State;
        switch (context_.sync.state) {
            case State::Never: return context_.tr("not yet");
            case State::Running: return context_.tr("running");
            case State::Fresh: return context_.sync.is_old ? context_.tr("content past its expiry") : context_.tr("up to date");
            case State::Failed: return context_.tr("failed");
        }
        return {};
    }

    std::string clock_state() const {
        switch (context_.clock.state()) {
            case base::ClockState::Unknown: return context_.tr("unknown");
            case base::ClockState::Stale: return context_.tr("not confirmed");
            case base::ClockState::Good: return context_.tr("confirmed");
        }
        return {};
    }

    std::vector<Element> elements_;
};

}  // namespace

std::unique_ptr<Screen> make_diagnostics_screen(Context& context) { return std::make_unique<DiagnosticsScreen>(context); }

}  // namespace linli::app
