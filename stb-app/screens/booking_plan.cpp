#include "stb-app/screens/booking_plan.h"

namespace linli::app {

BookedService find_service(const Context& context, const content::ItemKey& key, const std::string& name) {
    BookedService found{.key = key, .name = name, .place = {}, .telephones = {}, .category = {}};
    auto item = context.content.item(key);
    if (!item) context.log.error(base::format("service {}: {}", key.str(), item.error().message));
    if (!item || !*item) return found;
    const auto* service = std::get_if<content::Service>(&(*item)->content);
    if (service == nullptr) return found;
    found.name = service->name;
    found.place = service->provider;
    found.telephones = service->telephones;
    found.category = (*item)->category;
    return found;
}

}  // namespace linli::app
