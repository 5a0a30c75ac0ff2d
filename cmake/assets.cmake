# SPDX-License-Identifier: Apache-2.0
# The files of the page as one C file: cmake -DIN=web -DFILES="index.html;app.js" -DOUT=assets_data.c -P assets.cmake
# Bytes stay as they are. index.html is served as "/".
set(data "")
set(table "")
set(i 0)
foreach(name ${FILES})
  file(READ "${IN}/${name}" hex HEX)
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," hex "${hex}")
  string(REGEX REPLACE "(................................................................................)" "\\1\n" hex "${hex}")
  get_filename_component(ext "${name}" LAST_EXT)
  if(ext STREQUAL ".html")
    set(type "text/html; charset=utf-8")
  elseif(ext STREQUAL ".js")
    set(type "text/javascript; charset=utf-8")
  elseif(ext STREQUAL ".css")
    set(type "text/css; charset=utf-8")
  elseif(ext STREQUAL ".json")
    set(type "application/json")
  elseif(ext STREQUAL ".svg")
    set(type "image/svg+xml")
  else()
    message(FATAL_ERROR "assets.cmake: no type for ${name}")
  endif()
  set(path "/${name}")
  if(name STREQUAL "index.html")
    set(path "/")
  endif()
  string(APPEND data "static const unsigned char file_${i}[] = {\n${hex}};\n")
  string(APPEND table "    {\"${path}\", \"${type}\", file_${i}, sizeof file_${i}},\n")
  math(EXPR i "${i} + 1")
endforeach()
file(WRITE "${OUT}" "/* Made by the build of web/ (cmake/assets.cmake). */
#include \"serve/assets.h\"

${data}const struct asset dgs_files[] = {
${table}};
const uint32_t dgs_n_files = sizeof dgs_files / sizeof *dgs_files;
")
