#include "platform/publisher/key_report.h"

#include "middleware/base/local_time.h"

namespace linli::platform {

using content::AreaCode;
using content::Message;
using content::Translate;

namespace {

class Report {
  public:
    Report(const KeyRing& ring, const Translate& translate) : ring_(ring), translate_(translate) {}

    void say(const Message& message) { lines_.push_back(message.text(translate_)); }
    void keys(const KeySet& set) {
        for (const base::PublicKey& key : set.keys) {
            std::string line = "    " + key.id() + "  " + key.hex();
            if (ring_.find(key.id())) line = Message{N_("{}  (at hand)"), {line}}.text(translate_);
            lines_.push_back(line);
        }
    }
    void area(const AreaCode& code, const KeySet& set) {
        say({N_("{}: keys that must sign: {} of {}"),
             {code.str(), std::to_string(set.threshold), std::to_string(set.keys.size())}});
        keys(set);
    }
    void root(const Root& root) {
        say({N_("Root {}: made {}, good until {}"),
             {std::to_string(root.version), base::format_instant(root.published),
              base::format_instant(root.expires)}});
        say({N_("Keys of the root that must sign: {} of {}"),
             {std::to_string(root.keys.threshold), std::to_string(root.keys.keys.size())}});
        keys(root.keys);
    }
    std::vector<std::string> take() { return std::move(lines_); }

  private:
    const KeyRing& ring_;
    const Translate& translate_;
    std::vector<std::string> lines_;
};

void report_area(Report& report, const std::filesystem::path& tree, Delegations& delegations,
                 const AreaCode& area, const KeySet& keys) {
    report.area(area, keys);
    for (Part part : {Part::Content, Part::Alerts}) {
        if (std::filesystem::exists(tree / head_path(area, part)) && !delegations.head(area, part))
            report.say({N_("    {} is not signed by these keys: publish the area again"),
                        {head_path(area, part)}});
    }
    for (const auto& [below, its_keys] : delegations.below(area))
        report_area(report, tree, delegations, below, its_keys);
}

}  // namespace

std::vector<std::string> describe(const Root& root, const KeyRing& ring,
                                  const Translate& translate) {
    Report report(ring, translate);
    report.root(root);
    for (const auto& [city, keys] : root.cities)
        report.area(city, keys);
    return report.take();
}

std::vector<std::string> describe(const std::filesystem::path& tree, Delegations& delegations,
                                  const KeyRing& ring, const Translate& translate) {
    Report report(ring, translate);
    report.root(delegations.root());
    for (const auto& [city, keys] : delegations.root().cities)
        report_area(report, tree, delegations, city, keys);
    return report.take();
}

}  // namespace linli::platform
