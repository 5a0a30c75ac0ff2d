# SPDX-License-Identifier: Apache-2.0
# A text file as a C array: cmake -DIN=brief.css -DOUT=brief_css.c -DNAME=dgi_brief_css -P embed.cmake
# Comments go, and so do line ends with the blanks after them: a rule may stand on several lines.
file(READ "${IN}" text)
string(REGEX REPLACE "/\\*[^*]*\\*+([^/*][^*]*\\*+)*/" "" text "${text}")
string(REGEX REPLACE "\n[ \t]*" "" text "${text}")
file(WRITE "${OUT}.txt" "${text}")
file(READ "${OUT}.txt" hex HEX)
file(REMOVE "${OUT}.txt")
string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," hex "${hex}")
set(h "0x..,0x..,0x..,0x..,")
string(REGEX REPLACE "(${h}${h}${h}${h})" "\\1\n" hex "${hex}")
get_filename_component(from "${IN}" NAME)
file(WRITE "${OUT}" "/* Made by the build of ${from} (cmake/embed.cmake). */
#include \"brief/brief_int.h\"

const char ${NAME}[] = {
${hex}0};
const size_t ${NAME}_len = sizeof ${NAME} - 1;
")
