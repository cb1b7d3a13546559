# cmake -DINPUT=FILE -DOUTPUT=… -DHEADER=… -DNAME=… -P embed_text.cmake
# Writes a text file into a C++ source that defines the function linli::NAME(), which HEADER declares.
file(READ ${INPUT} text)
string(REGEX REPLACE "::[^:]*$" "" namespace ${NAME})
string(REGEX REPLACE "^.*::" "" function ${NAME})
file(WRITE ${OUTPUT}
"#include \"${HEADER}\"

namespace linli::${namespace} {

std::string_view ${function}() { return R\"linli_text(${text})linli_text\"; }

}  // namespace linli::${namespace}
")
