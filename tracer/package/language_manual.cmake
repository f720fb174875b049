# Writes OUTPUT, chalkgrad(5), from docs/language.md: links become their words, lowdown makes it a man page.
# cmake -DINPUT=… -DOUTPUT=… -DLOWDOWN=… -DVERSION=… -P language_manual.cmake
file(READ ${INPUT} text)
string(REGEX REPLACE "\\[([^]\n]*)\\]\\([^)\n]*\\)" "\\1" text "${text}")
# The heading of the page is the name of the manual; a table of contents leads nowhere on paper.
string(REGEX REPLACE "^# [^\n]*\n" "" text "${text}")
set(text "# NAME\n\nchalkgrad - the language of exercises that chalkgrad reads\n\n# DESCRIPTION\n${text}\n# SEE ALSO\n\n**chalkgrad**(1)\n")
file(WRITE ${OUTPUT}.md "${text}")
execute_process(
  COMMAND ${LOWDOWN} -s -t man -M title=CHALKGRAD -M section=5 -M "source=chalkgrad ${VERSION}"
          -M "volume=File Formats" ${OUTPUT}.md
  OUTPUT_VARIABLE page COMMAND_ERROR_IS_FATAL ANY)
file(REMOVE ${OUTPUT}.md)
file(WRITE ${OUTPUT} "'\\\" t\n${page}") # tables are for tbl
