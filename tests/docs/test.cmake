# SPDX-License-Identifier: Apache-2.0

# Every block of C code in the guide is compiled and run; what it says about contexts is what the
# headers say; and the headers are a reference without errors.

set(guide ${EDDY_ROOT}/docs/async.md)
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${guide}
                                       ${TEST_APP}/extract.py)

function(add_guide_program name folder)
  foreach(board IN ITEMS linux)
    add_application_test(docs.async.${name} ${board} ${folder} TIMEOUT 30 UNTIL ${ARGN})
  endforeach()
endfunction()

python_run(result calls errors ${TEST_APP}/extract.py ${guide} ${TEST_BUILD_DIR})
if(NOT result EQUAL 0)
  message(FATAL_ERROR "${errors}")
endif()
cmake_language(EVAL CODE "${calls}")

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
