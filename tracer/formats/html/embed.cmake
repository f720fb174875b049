# Writes OUTPUT, a C++ source with the page's assets in DIRECTORY as arrays of bytes: a compiler need
# not take string literals as long as these.
# cmake -DDIRECTORY=… -DOUTPUT=… -P embed.cmake
function(append name file)
  file(READ ${DIRECTORY}/${file} digits HEX)
  string(REGEX REPLACE "(................................................................)"
                       "\\1\n    " digits "${digits}")
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${digits}")
  set(text
      "${text}const unsigned char ${name}_bytes[] = {\n    ${bytes}};\nconst std::string_view ${name}(reinterpret_cast<const char*>(${name}_bytes), sizeof ${name}_bytes);\n\n"
      PARENT_SCOPE)
endfunction()

set(text "#include \"tracer/formats/html/assets.hpp\"\n\nnamespace chalkgrad::assets {\n\n")
append(font latin_modern_math.woff2)
append(style page.css)
# The scripts are one: each knows those before it, and nobody else knows any.
set(script "'use strict';\n(() => {\n")
foreach(part page picture links controls)
  file(READ ${DIRECTORY}/${part}.js text_of_part)
  string(APPEND script "${text_of_part}")
endforeach()
string(APPEND script "})();\n")
set(together ${OUTPUT}.js)
file(WRITE ${together} "${script}")
cmake_path(GET together PARENT_PATH DIRECTORY_OF_SCRIPT)
cmake_path(GET together FILENAME name_of_script)
set(DIRECTORY ${DIRECTORY_OF_SCRIPT})
append(script ${name_of_script})
file(SHA256 ${together} sha256)
set(text "${text}const std::string_view script_sha256(\"${sha256}\");\n\n")
set(text "${text}}  // namespace chalkgrad::assets\n")
file(WRITE ${OUTPUT} "${text}")
