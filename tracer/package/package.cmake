# What an installation has beside the program and the libraries: manual pages, completions, documents; and the
# Debian package, cpack -G DEB. Manual page, completions and help are written by the program from one table;
# chalkgrad(5) is docs/language.md.
set(pages ${PROJECT_BINARY_DIR}/package)
file(MAKE_DIRECTORY ${pages})
find_program(LOWDOWN lowdown)
find_program(GZIP gzip)

add_custom_command(
  OUTPUT ${pages}/chalkgrad.1 ${pages}/chalkgrad.bash ${pages}/_chalkgrad ${pages}/chalkgrad.fish
  COMMAND chalkgrad --man > ${pages}/chalkgrad.1
  COMMAND chalkgrad --completion bash > ${pages}/chalkgrad.bash
  COMMAND chalkgrad --completion zsh > ${pages}/_chalkgrad
  COMMAND chalkgrad --completion fish > ${pages}/chalkgrad.fish
  DEPENDS chalkgrad
  VERBATIM)
set(written ${pages}/chalkgrad.1 ${pages}/chalkgrad.bash)
set(manuals chalkgrad.1)
if(LOWDOWN)
  set(maker ${CMAKE_CURRENT_LIST_DIR}/language_manual.cmake)
  add_custom_command(
    OUTPUT ${pages}/chalkgrad.5
    COMMAND ${CMAKE_COMMAND} -DINPUT=${PROJECT_SOURCE_DIR}/docs/language.md
            -DOUTPUT=${pages}/chalkgrad.5 -DLOWDOWN=${LOWDOWN} -DVERSION=${PROJECT_VERSION} -P
            ${maker}
    DEPENDS ${PROJECT_SOURCE_DIR}/docs/language.md ${maker}
    VERBATIM)
  list(APPEND written ${pages}/chalkgrad.5)
  list(APPEND manuals chalkgrad.5)
else()
  message(STATUS "chalkgrad(5) is not made: lowdown was not found")
endif()
add_custom_target(chalkgrad_guides ALL DEPENDS ${written})

foreach(manual IN LISTS manuals)
  string(REGEX MATCH ".$" section ${manual})
  if(GZIP)
    add_custom_command(
      TARGET chalkgrad_guides POST_BUILD
      COMMAND ${GZIP} -9nkf ${manual}
      WORKING_DIRECTORY ${pages}
      VERBATIM)
    set(manual ${manual}.gz)
  endif()
  install(FILES ${pages}/${manual} DESTINATION ${CMAKE_INSTALL_MANDIR}/man${section})
endforeach()
install(FILES ${pages}/chalkgrad.bash DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions
        RENAME chalkgrad)
install(FILES ${pages}/_chalkgrad DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/vendor-completions)
install(FILES ${pages}/chalkgrad.fish DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d)

# Debian calls the licence copyright, and wants a changelog of its own form.
file(READ ${PROJECT_SOURCE_DIR}/CHANGELOG.md changes)
string(REGEX MATCH "## ${PROJECT_VERSION} - ([0-9]+)-([0-9]+)-([0-9]+)\n" heading "${changes}")
if(NOT heading)
  message(FATAL_ERROR "CHANGELOG.md has no entry \"## ${PROJECT_VERSION} - DATE\"")
endif()
string(TIMESTAMP this_year "%Y")
execute_process(COMMAND date -R -u -d ${CMAKE_MATCH_1}-${CMAKE_MATCH_2}-${CMAKE_MATCH_3}
                OUTPUT_VARIABLE date OUTPUT_STRIP_TRAILING_WHITESPACE)
set(maintainer "The chalkgrad authors <chalkgrad@example.org>")
file(
  WRITE ${pages}/changelog
  "chalkgrad (${PROJECT_VERSION}) unstable; urgency=low\n\n  * What is new for users: CHANGELOG.md.\n\n -- ${maintainer}  ${date}\n")
set(changelog changelog)
if(GZIP)
  execute_process(COMMAND ${GZIP} -9nkf changelog WORKING_DIRECTORY ${pages})
  set(changelog changelog.gz)
endif()
set(documents ${CMAKE_INSTALL_DATADIR}/doc/chalkgrad)
install(FILES ${CMAKE_CURRENT_LIST_DIR}/copyright ${pages}/${changelog}
              ${PROJECT_SOURCE_DIR}/README.md ${PROJECT_SOURCE_DIR}/CHANGELOG.md
        DESTINATION ${documents})
install(DIRECTORY ${PROJECT_SOURCE_DIR}/docs ${PROJECT_SOURCE_DIR}/worked_examples DESTINATION ${documents}
        PATTERN "screenshots.*" EXCLUDE)

set(CPACK_PACKAGE_NAME chalkgrad)
set(CPACK_PACKAGE_CONTACT "${maintainer}")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "automatic differentiation that shows its working")
set(CPACK_PACKAGE_DESCRIPTION
    "chalkgrad writes the chain-rule derivation of a small network as a person
would write it by hand, as text, LaTeX, slides or a page to step through. It
checks derivations that somebody else wrote, factor by factor, trains the
network and draws it. Its engine is a scalar autodiff library for C++.")
set(CPACK_STRIP_FILES ON)
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_MAINTAINER "${maintainer}")
set(CPACK_DEBIAN_PACKAGE_SECTION math)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_SUGGESTS "libfmt-dev, texlive-latex-recommended, texlive-pictures, lmodern")
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ
                                                GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
set(CPACK_VERBATIM_VARIABLES ON)
include(CPack)
