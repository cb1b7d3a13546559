# Every library that is not ours, by the name the targets use. All of them are Debian packages.
find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
foreach(module IN ITEMS directfb freetype2 sqlite3 expat libcurl openssl libzstd libsodium libunibreak
                        libpng zlib libjpeg libqrencode zbar fmt spdlog icu-i18n icu-uc libpq gstreamer-1.0 gstreamer-app-1.0
                        gstreamer-audio-1.0 gstreamer-video-1.0)
  string(REGEX REPLACE "[^a-z0-9]" "_" prefix ${module})
  pkg_check_modules(${prefix} REQUIRED IMPORTED_TARGET GLOBAL ${module})
  add_library(third_party::${module} ALIAS PkgConfig::${prefix})
endforeach()
find_library(CIVETWEB_LIBRARY civetweb REQUIRED)
add_library(third_party::civetweb UNKNOWN IMPORTED GLOBAL)
set_target_properties(third_party::civetweb PROPERTIES IMPORTED_LOCATION ${CIVETWEB_LIBRARY})
find_package(CLI11 REQUIRED)
find_package(nlohmann_json REQUIRED)
add_library(third_party::json ALIAS nlohmann_json::nlohmann_json)
find_package(date REQUIRED)
add_library(third_party::date ALIAS date::date-tz)
pkg_check_modules(cpputest REQUIRED IMPORTED_TARGET GLOBAL cpputest)
add_library(third_party::cpputest ALIAS PkgConfig::cpputest)
find_package(Gettext REQUIRED)

# Of the head-end alone: the importers.
foreach(module IN ITEMS gumbo libical nlohmann_json)
  pkg_check_modules(${module} REQUIRED IMPORTED_TARGET GLOBAL ${module})
  add_library(third_party::${module} ALIAS PkgConfig::${module})
endforeach()
find_library(CSV_LIBRARY csv REQUIRED)
add_library(third_party::libcsv UNKNOWN IMPORTED GLOBAL)
set_target_properties(third_party::libcsv PROPERTIES IMPORTED_LOCATION ${CSV_LIBRARY})

# Of tests and benchmarks alone: other decoders of service information.
foreach(module IN ITEMS libdvbpsi gstreamer-mpegts-1.0)
  string(REGEX REPLACE "[^a-z0-9]" "_" prefix ${module})
  pkg_check_modules(${prefix} REQUIRED IMPORTED_TARGET GLOBAL ${module})
  add_library(third_party::${module} ALIAS PkgConfig::${prefix})
endforeach()
