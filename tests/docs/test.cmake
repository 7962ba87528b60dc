# SPDX-License-Identifier: Apache-2.0

# Every block of C code in the guides is compiled and run; what is said about contexts is what the
# headers say; and the headers are a reference without errors.

set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${TEST_APP}/extract.py)

# Of the guide in ${guide}: extract.py writes the calls.
function(add_guide_program name folder)
  foreach(board IN ITEMS linux)
    add_application_test(docs.${guide}.${name} ${board} ${folder} TIMEOUT 30 UNTIL ${ARGN})
  endforeach()
endfunction()

foreach(guide IN ITEMS async from-work-queue)
  set(text ${EDDY_ROOT}/docs/${guide}.md)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${text})
  python_run(result calls errors ${TEST_APP}/extract.py ${text} ${TEST_BUILD_DIR}/${guide})
  if(NOT result EQUAL 0)
    message(FATAL_ERROR "${errors}")
  endif()
  cmake_language(EVAL CODE "${calls}")
endforeach()

add_test(NAME docs.contexts COMMAND ${EDDY_ROOT}/scripts/contexts.py --check)
set_tests_properties(docs.contexts PROPERTIES TIMEOUT 30)

find_program(DOXYGEN doxygen)
mark_as_advanced(DOXYGEN)
if(DOXYGEN)
  add_test(
    NAME docs.reference
    COMMAND ${DOXYGEN} docs/Doxyfile
    WORKING_DIRECTORY ${EDDY_ROOT})
  set_tests_properties(docs.reference PROPERTIES TIMEOUT 120)
endif()
