#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "epg/guide/guide_update.h"
#include "epg/xmltv/xmltv_import.h"
#include "middleware/xml/xml_reader.h"

namespace linli::epg {

/// Makes events of the elements of an XMLTV document. @spec xmltv.dtd
class XmltvHandler final : public xml::XmlHandler {
  public:
    using Take = std::function<void(const std::vector<ServiceId>& services, IncomingEvent event)>;

    XmltvHandler(XmltvMapping mapping, XmltvOptions options, Take take);

    void start_element(const xml::Name& name, std::span<const xml::Attribute> attributes) override;
    void end_element(const xml::Name& name) override;
    void text(std::string_view text) override;

    const XmltvCounts& counts() const { return counts_; }
    bool has_begun() const { return has_begun_; }
    /// Whether the document is a <tv>.
    bool is_xmltv() const { return is_xmltv_; }

  private:
    /// A text in several languages: the best so far.
    struct Choice {
        int rank = 0;
        std::string* text = nullptr;
    };

    void start_channel(std::span<const xml::Attribute> attributes);
    void end_channel();
    void start_programme(std::span<const xml::Attribute> attributes);
    void start_part(std::string_view name, std::span<const xml::Attribute> attributes);
    void end_part();
    void choose(Choice& choice, std::span<const xml::Attribute> attributes);
    const std::vector<ServiceId>* services_of(std::string_view id);

    enum class Within { Nothing, Channel, Programme };

    XmltvMapping mapping_;
    XmltvOptions options_;
    Take take_;
    XmltvCounts counts_;
    bool has_begun_ = false, is_xmltv_ = false;
    int depth_ = 0;
    Within within_ = Within::Nothing;

    std::string channel_id_;
    std::vector<std::string> display_names_;
    /// Channels that were declared and are ours, by their display-names.
    std::unordered_map<std::string, const std::vector<ServiceId>*> named_;
    /// Programmes of a channel come together: the last answer.
    std::string last_id_;
    const std::vector<ServiceId>* last_services_ = nullptr;

    const std::vector<ServiceId>* services_ = nullptr;
    IncomingEvent event_;
    Choice title_, subtitle_, description_;
    /// Where text goes now; null: nowhere.
    std::string* target_ = nullptr;
    enum class Part { Other, Category, Rating };
    Part part_ = Part::Other;
    std::string word_;
};

}  // namespace linli::epg
