#pragma once

#include "middleware/net/http_server.h"

namespace linli::simulator {

/// Adds the files of simulator/web, which are built into the program, to what a server answers.
void serve_web_page(net::HttpRoutes& routes);

}  // namespace linli::simulator
