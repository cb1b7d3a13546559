#include "middleware/base/no_core_dump.h"

#include <sys/prctl.h>
#include <sys/resource.h>

#include <cerrno>
#include <cstring>

#include "middleware/base/format.h"

namespace linli::base {

Result<void> forbid_core_dumps() {
    // A program that takes core dumps through a pipe (/proc/sys/kernel/core_pattern) does not ask for the limit.
    struct rlimit none = {0, 0};
    if (::setrlimit(RLIMIT_CORE, &none) != 0 || ::prctl(PR_SET_DUMPABLE, 0) != 0)
        return fail(format("cannot forbid core dumps: {}", std::strerror(errno)));
    return {};
}

}  // namespace linli::base
