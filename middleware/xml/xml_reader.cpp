// What senders really send, and what is done about it:
//   bombs of nested entities, external entities, remote DTDs: refused at the DOCTYPE
//     (tests: XmlReader.RefusesDocumentTypes, XmlReader.RealHostileFiles)
//   a million nested elements, a million attributes: refused at a bound (XmlReader.BoundsDepth…)
//   UTF-16 and GBK where UTF-8 was agreed on: refused (XmlReader.WithUtf8NoOtherEncodingIsRead)
//   truncation: an error at the place where the document ends (XmlReader.ReportsTruncation)

#include "middleware/xml/xml_reader.h"

#include <expat.h>

#include <vector>

#include "middleware/base/format.h"

namespace linli::xml {
namespace {

/// Between namespace and local name in what Expat hands over; cannot occur in either.
constexpr char kSeparator = '\n';

/// By so many bytes the encoding of a document is told.
constexpr std::size_t kSignatureSize = 4;

Name split(const char* joined) {
    std::string_view text(joined);
    auto at = text.find(kSeparator);
    if (at == std::string_view::npos) return {{}, text};
    return {text.substr(0, at), text.substr(at + 1)};
}

struct FreeParser {
    void operator()(XML_Parser parser) const { XML_ParserFree(parser); }
};

}  // namespace

class XmlReader::Impl {
  public:
    Impl(XmlHandler& handler, const XmlLimits& limits, Encoding encoding)
        : handler_(handler),
          limits_(limits),
          encoding_(encoding),
          parser_(XML_ParserCreateNS(encoding == Encoding::Utf8 ? "UTF-8" : nullptr, kSeparator)) {
        XML_Parser parser = parser_.get();
        XML_SetUserData(parser, this);
        XML_SetElementHandler(parser, on_start, on_end);
        XML_SetCharacterDataHandler(parser, on_text);
        XML_SetStartDoctypeDeclHandler(parser, on_doctype);
        XML_SetParamEntityParsing(parser, XML_PARAM_ENTITY_PARSING_NEVER);
    }

    bool parse(std::string_view bytes, bool is_last) {
        if (!error_.empty()) return false;
        if (encoding_ == Encoding::Utf8 && seen_ < kSignatureSize && !begins_as_utf8(bytes)) {
            stop("the document is not UTF-8");
            return false;
        }
        seen_ += bytes.size();
        if (seen_ > limits_.bytes) {
            stop(base::format("the document is longer than {} bytes", limits_.bytes));
            return false;
        }
        auto status = XML_Parse(parser_.get(), bytes.data(), static_cast<int>(bytes.size()), is_last);
        if (status == XML_STATUS_OK) return error_.empty();
        if (error_.empty()) {
            error_ = XML_ErrorString(XML_GetErrorCode(parser_.get()));
            place_ = current_place();
        }
        return false;
    }

    void stop(std::string message) {
        if (!error_.empty()) return;
        error_ = std::move(message);
        place_ = current_place();
        XML_StopParser(parser_.get(), XML_FALSE);
    }

    Place place() const { return error_.empty() ? current_place() : place_; }
    std::size_t offset() const {
        auto offset = XML_GetCurrentByteIndex(parser_.get());
        return offset < 0 ? 0 : static_cast<std::size_t>(offset);
    }
    std::size_t event_end() const {
        return offset() + static_cast<std::size_t>(XML_GetCurrentByteCount(parser_.get()));
    }
    const std::string& error() const { return error_; }

  private:
    /// Whatever encoding it is given, Expat takes these bytes for UTF-16; in UTF-8 XML they never stand.
    bool begins_as_utf8(std::string_view bytes) const {
        constexpr std::string_view kUtf16("\xFF\xFE\0", 3);
        return bytes.substr(0, kSignatureSize - seen_).find_first_of(kUtf16) == std::string_view::npos;
    }

    static Impl& self(void* data) { return *static_cast<Impl*>(data); }

    static void on_start(void* data, const XML_Char* name, const XML_Char** attributes) {
        self(data).start(name, attributes);
    }
    static void on_end(void* data, const XML_Char* name) {
        Impl& impl = self(data);
        if (!impl.error_.empty()) return;
        --impl.depth_;
        impl.handler_.end_element(split(name));
    }
    static void on_text(void* data, const XML_Char* text, int size) {
        Impl& impl = self(data);
        if (impl.error_.empty()) impl.handler_.text({text, static_cast<std::size_t>(size)});
    }
    static void on_doctype(void* data, const XML_Char*, const XML_Char*, const XML_Char*, int has_internal_subset) {
        Impl& impl = self(data);
        if (impl.limits_.doctype == Doctype::Refused) impl.stop("a document type declaration is not allowed");
        if (has_internal_subset != 0) impl.stop("a document type declaration with declarations of its own is not allowed");
    }

    void start(const XML_Char* name, const XML_Char** attributes) {
        if (!error_.empty()) return;
        if (++depth_ > limits_.depth) return stop(base::format("elements nest deeper than {}", limits_.depth));
        attributes_.clear();
        for (; attributes[0] != nullptr; attributes += 2) {
            if (attributes_.size() == limits_.attributes)
                return stop(base::format("an element has more than {} attributes", limits_.attributes));
            attributes_.push_back({split(attributes[0]), attributes[1]});
        }
        handler_.start_element(split(name), attributes_);
    }

    Place current_place() const {
        XML_Parser parser = parser_.get();
        return {static_cast<std::size_t>(XML_GetCurrentLineNumber(parser)),
                static_cast<std::size_t>(XML_GetCurrentColumnNumber(parser)) + 1,
                offset()};
    }

    XmlHandler& handler_;
    XmlLimits limits_;
    Encoding encoding_;
    std::unique_ptr<XML_ParserStruct, FreeParser> parser_;
    std::vector<Attribute> attributes_;
    int depth_ = 0;
    std::size_t seen_ = 0;
    std::string error_;
    Place place_;
};

XmlReader::XmlReader(XmlHandler& handler, const XmlLimits& limits, Encoding encoding)
    : impl_(std::make_unique<Impl>(handler, limits, encoding)) {}
XmlReader::~XmlReader() = default;
bool XmlReader::push(std::string_view bytes) { return impl_->parse(bytes, false); }
bool XmlReader::finish() { return impl_->parse({}, true); }
Place XmlReader::place() const { return impl_->place(); }
std::size_t XmlReader::offset() const { return impl_->offset(); }
std::size_t XmlReader::event_end() const { return impl_->event_end(); }
const std::string& XmlReader::error() const { return impl_->error(); }
void XmlReader::stop(std::string message) { impl_->stop(std::move(message)); }

}  // namespace linli::xml
