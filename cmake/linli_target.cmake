# linli_library(NAME SOURCES… [PUBLIC targets…] [PRIVATE targets…])
# A folder of the tree as a static library. Headers are named from the repository's root. What it links
# is what it may include: ours PUBLIC, third-party libraries PRIVATE.
function(linli_library name)
  cmake_parse_arguments(ARG "" "" "SOURCES;PUBLIC;PRIVATE" ${ARGN})
  add_library(${name} STATIC ${ARG_SOURCES})
  target_include_directories(${name} PUBLIC ${CMAKE_SOURCE_DIR})
  target_link_libraries(${name} PUBLIC ${ARG_PUBLIC} PRIVATE ${ARG_PRIVATE})
endfunction()

# linli_program(NAME SOURCES… LINKS…): an executable in build/bin.
function(linli_program name)
  cmake_parse_arguments(ARG "" "" "SOURCES;LINKS" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  target_include_directories(${name} PRIVATE ${CMAKE_SOURCE_DIR})
  target_link_libraries(${name} PRIVATE ${ARG_LINKS})
endfunction()
