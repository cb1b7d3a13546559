# cmake -DFOLDER=… -DFILES=a;b -DOUTPUT=… -P embed_web_files.cmake
# Writes the text files of a folder into a C++ source that defines linli::simulator::web_files().
set(type_html "text/html; charset=utf-8")
set(type_css "text/css; charset=utf-8")
set(type_js "text/javascript; charset=utf-8")
set(type_svg "image/svg+xml")
set(entries "")
foreach(file IN LISTS FILES)
  file(READ ${FOLDER}/${file} bytes)
  get_filename_component(extension ${file} LAST_EXT)
  string(SUBSTRING ${extension} 1 -1 extension)
  string(APPEND entries "    {\"/${file}\", \"${type_${extension}}\", R\"linli_web(${bytes})linli_web\"},\n")
endforeach()
file(WRITE ${OUTPUT}
"#include \"simulator/serve/web_files.h\"

namespace linli::simulator {

namespace {

constexpr WebFile kFiles[] = {
${entries}};

}  // namespace

std::span<const WebFile> web_files() { return kFiles; }

}  // namespace linli::simulator
")
