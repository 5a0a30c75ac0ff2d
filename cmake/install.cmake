# SPDX-License-Identifier: Apache-2.0
# make install: command, both libraries, header, pkg-config file, man page, models and lexicon.
set(DG_DATA_DEST ${CMAKE_INSTALL_DATAROOTDIR}/dragoman)
add_custom_command(OUTPUT ${CMAKE_BINARY_DIR}/dragoman.1
  COMMAND dragoman_cli --man > ${CMAKE_BINARY_DIR}/dragoman.1 DEPENDS dragoman_cli VERBATIM)
add_custom_target(man ALL DEPENDS ${CMAKE_BINARY_DIR}/dragoman.1)
foreach(shell bash zsh fish)
  add_custom_command(OUTPUT ${CMAKE_BINARY_DIR}/completion.${shell}
    COMMAND dragoman_cli completion ${shell} > ${CMAKE_BINARY_DIR}/completion.${shell} DEPENDS dragoman_cli VERBATIM)
  list(APPEND DG_COMPLETION ${CMAKE_BINARY_DIR}/completion.${shell})
endforeach()
add_custom_target(completion ALL DEPENDS ${DG_COMPLETION})
install(FILES ${CMAKE_BINARY_DIR}/completion.bash DESTINATION ${CMAKE_INSTALL_DATAROOTDIR}/bash-completion/completions RENAME dragoman)
install(FILES ${CMAKE_BINARY_DIR}/completion.zsh DESTINATION ${CMAKE_INSTALL_DATAROOTDIR}/zsh/site-functions RENAME _dragoman)
install(FILES ${CMAKE_BINARY_DIR}/completion.fish DESTINATION ${CMAKE_INSTALL_DATAROOTDIR}/fish/vendor_completions.d RENAME dragoman.fish)
install(TARGETS dragoman dragoman_static dragoman_cli
  RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR} LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR}
  ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(FILES include/dragoman.h DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
install(FILES ${CMAKE_BINARY_DIR}/dragoman.1 DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
install(FILES models/parser.dgm models/segment.dgm DESTINATION ${DG_DATA_DEST})
install(FILES models/accurate.dgm DESTINATION ${DG_DATA_DEST} OPTIONAL)
install(FILES ${DG_LEX} DESTINATION ${DG_DATA_DEST})
# the tables themselves, for `dragoman lexicon compile` of a changed copy
install(DIRECTORY lexicon DESTINATION ${DG_DATA_DEST} FILES_MATCHING PATTERN "*.tsv")
install(DIRECTORY models/ DESTINATION ${DG_DATA_DEST} FILES_MATCHING PATTERN "*.card.md")
install(FILES LICENSE NOTICE DESTINATION ${CMAKE_INSTALL_DOCDIR})
file(GLOB DG_EXAMPLES CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/examples/*.c)
install(FILES ${DG_EXAMPLES} DESTINATION ${CMAKE_INSTALL_DOCDIR}/examples)
# the .pc file is made at install time, so that --prefix counts
install(CODE "set(PROJECT_VERSION ${PROJECT_VERSION})
set(CMAKE_INSTALL_LIBDIR ${CMAKE_INSTALL_LIBDIR})
set(CMAKE_INSTALL_INCLUDEDIR ${CMAKE_INSTALL_INCLUDEDIR})
if(NOT CMAKE_INSTALL_PREFIX STREQUAL \"/usr\")
  set(DG_RPATH \"-Wl,-rpath,\\\${libdir} \")
endif()
configure_file(${PROJECT_SOURCE_DIR}/cmake/dragoman.pc.in ${CMAKE_BINARY_DIR}/dragoman.pc @ONLY)
file(INSTALL ${CMAKE_BINARY_DIR}/dragoman.pc DESTINATION \${CMAKE_INSTALL_PREFIX}/${CMAKE_INSTALL_LIBDIR}/pkgconfig)")
