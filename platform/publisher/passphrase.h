#pragma once

#include <filesystem>
#include <string>

#include "content/fault.h"
#include "platform/publication/key_ring.h"

namespace linli::platform {

/// How the programs of the head-end get the passphrase of a sealed key: the first line of `file`
/// where one is named (a file, a pipe, /dev/fd/3), else from the terminal, without echo. Empty
/// where there is neither.
KeyRing::AskPassphrase passphrase_from(const std::string& file,
                                       const content::Translate& translate);

/// The passphrase of a new key: the same way, asked for twice at a terminal. An error where there
/// is none.
base::Result<std::string> new_passphrase(const std::string& file,
                                         const content::Translate& translate);

}  // namespace linli::platform
