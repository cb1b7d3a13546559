#include "epg/xmltv/xmltv_import.h"

#include <cstdio>
#include <map>
#include <optional>

#include "epg/xmltv/xmltv_handler.h"
#include "middleware/base/format.h"
#include "middleware/base/gunzip.h"
#include "middleware/xml/xml_reader.h"

namespace linli::epg {

using base::Result;

namespace {

constexpr std::string_view kGzip("\x1F\x8B");
constexpr std::size_t kPiece = 64 * 1024;

struct CloseFile {
    void operator()(std::FILE* file) const { std::fclose(file); }
};

}  // namespace

class XmltvImport::Impl {
  public:
    Impl(XmltvMapping mapping, XmltvOptions options, Sink sink)
        : sink_(std::move(sink)),
          handler_(std::move(mapping), std::move(options),
                   [this](const std::vector<ServiceId>& services, IncomingEvent event) { take(services, std::move(event)); }),
          reader_(handler_, {.bytes = kMostBytes, .doctype = xml::Doctype::Passed}) {}

    Result<void> push(std::string_view bytes) {
        if (bytes.empty()) return {};
        if (!is_begun_) {
            // A signature that comes in two pieces is put together first.
            first_.append(bytes);
            if (first_.size() < kGzip.size()) return {};
            is_begun_ = true;
            if (first_.starts_with(kGzip)) gunzip_.emplace(kMostBytes);
            sink_({.steps = {XmltvBegin{}}});
            std::string first = std::exchange(first_, {});
            return push(first);
        }
        if (gunzip_) return gunzip_->push(bytes, [this](std::string_view unpacked) { return read(unpacked); });
        return read(bytes);
    }

    Result<XmltvCounts> finish() {
        if (gunzip_) LINLI_CHECK(gunzip_->finish());
        if (!reader_.finish()) return complaint();
        LINLI_CHECK(check_root());
        hand_on(XmltvEnd{});
        return handler_.counts();
    }

  private:
    Result<void> read(std::string_view bytes) {
        if (!reader_.push(bytes)) return complaint();
        return check_root();
    }

    Result<void> check_root() {
        if (has_root_ || handler_.is_xmltv()) {
            has_root_ = true;
            return {};
        }
        return handler_.has_begun() ? base::fail("the document is no <tv>: it is not XMLTV") : Result<void>();
    }

    std::unexpected<base::Error> complaint() const {
        xml::Place place = reader_.place();
        return base::fail(base::format("line {}, column {}: {}", place.line, place.column, reader_.error()));
    }

    void take(const std::vector<ServiceId>& services, IncomingEvent event) {
        for (std::size_t i = 0; i < services.size(); ++i) {
            waiting_[services[i]].push_back(i + 1 < services.size() ? event : std::move(event));
            ++waiting_events_;
        }
        if (waiting_events_ >= kMostEvents) hand_on(std::nullopt);
    }

    void hand_on(std::optional<GuideUpdate::Step> last) {
        GuideUpdate update;
        for (auto& [service, events] : waiting_) update.steps.push_back(XmltvEvents{service, std::move(events)});
        waiting_.clear();
        waiting_events_ = 0;
        if (last) update.steps.push_back(std::move(*last));
        sink_(std::move(update));
    }

    Sink sink_;
    XmltvHandler handler_;
    xml::XmlReader reader_;
    std::optional<base::Gunzip> gunzip_;
    bool is_begun_ = false, has_root_ = false;
    std::string first_;
    std::map<ServiceId, std::vector<IncomingEvent>> waiting_;
    std::size_t waiting_events_ = 0;
};

XmltvImport::XmltvImport(XmltvMapping mapping, XmltvOptions options, Sink sink)
    : impl_(std::make_unique<Impl>(std::move(mapping), std::move(options), std::move(sink))) {}
XmltvImport::~XmltvImport() = default;
Result<void> XmltvImport::push(std::string_view bytes) { return impl_->push(bytes); }
Result<XmltvCounts> XmltvImport::finish() { return impl_->finish(); }

Result<XmltvCounts> import_xmltv_file(const std::filesystem::path& path, XmltvImport& import, const std::stop_token& stop) {
    std::unique_ptr<std::FILE, CloseFile> file(std::fopen(path.c_str(), "rbe"));
    if (!file) return base::fail(base::format("cannot open {}", path.string()));
    std::string piece(kPiece, '\0');
    while (std::size_t size = std::fread(piece.data(), 1, piece.size(), file.get())) {
        if (stop.stop_requested()) return base::fail(base::format("{} was given up", path.string()));
        LINLI_CHECK(import.push(std::string_view(piece).substr(0, size)));
    }
    if (std::ferror(file.get()) != 0) return base::fail(base::format("cannot read {}", path.string()));
    return import.finish();
}

}  // namespace linli::epg
