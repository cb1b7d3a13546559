#pragma once

#include <filesystem>
#include <string>

namespace linli::simulator {

/// What the program needs beside itself, found from where it lies: build/bin/ in a build tree, PREFIX/bin/ when
/// installed.
struct ProgramFiles {
    /// For text::Catalog::install.
    std::filesystem::path catalogs;
    /// For BoxOptions::modules.
    std::filesystem::path modules;

    static ProgramFiles find();
};

}  // namespace linli::simulator
