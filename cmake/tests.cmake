# SPDX-License-Identifier: Apache-2.0

# Finds the tests and registers them.
#
# A file test.cmake in a test's folder may call add_test() and the functions below. It is included
# once for each scenario and board of the folder, with
#   TEST_NAME      scenario and board, "sample.console.linux"; begin your test's name with it
#   TEST_BOARD     the board
#   TEST_IMAGE     the built program
#   TEST_APP       the application's folder
# and, if the folder has neither testcase.yaml nor sample.yaml, once with only
#   TEST_APP       the folder
# Always set: TEST_RUN (scripts/run), TEST_BUILD_DIR (a place to write to), EDDY_ROOT.

include(${CMAKE_CURRENT_LIST_DIR}/python.cmake)

set(EDDY_ROOT ${CMAKE_SOURCE_DIR})
set(TEST_RUN ${EDDY_ROOT}/scripts/run)

# Seconds for ctest on top of the time limit of scripts/run, so that the latter gets to report.
set(TEST_TIMEOUT_RESERVE 10)

# Most tests share their configuration, hence nearly all objects: with ccache each is compiled once.
find_program(CCACHE ccache)
mark_as_advanced(CCACHE)
set(TEST_BUILD_ENVIRONMENT CC=${TEST_CC} JOBS=1)
set(TEST_BUILD_ARGUMENTS)
if(CCACHE)
  list(APPEND TEST_BUILD_ENVIRONMENT CCACHE_DIR=${EDDY_ROOT}/build/ccache CCACHE_NOHASHDIR=1)
  list(APPEND TEST_BUILD_ARGUMENTS -DCMAKE_C_COMPILER_LAUNCHER=${CCACHE})
endif()

# add_application_test(<scenario> <board> <application> [TIMEOUT s] [BUILD_ONLY]
#                      [UNTIL pattern...] [ARGUMENTS argument of cmake...])
function(add_application_test scenario board application)
  cmake_parse_arguments(PARSE_ARGV 3 test BUILD_ONLY TIMEOUT "UNTIL;ARGUMENTS")
  set(TEST_NAME ${scenario}.${board})
  set(TEST_BOARD ${board})
  set(TEST_APP ${application})
  set(TEST_BUILD_DIR ${CMAKE_BINARY_DIR}/${TEST_NAME})
  set(TEST_IMAGE ${TEST_BUILD_DIR}/zephyr/zephyr.elf)

  if(board STREQUAL linux AND TEST_SANITIZE)
    list(APPEND test_ARGUMENTS -DOVERLAY_CONFIG=${EDDY_ROOT}/boards/linux/sanitize.conf)
  endif()
  add_custom_target(
    ${TEST_NAME} ALL
    COMMAND ${CMAKE_COMMAND} -E env ${TEST_BUILD_ENVIRONMENT} ${EDDY_ROOT}/scripts/build ${board}
            ${application} ${TEST_BUILD_DIR} ${TEST_BUILD_ARGUMENTS} ${test_ARGUMENTS}
    COMMENT "Building ${TEST_NAME}"
    VERBATIM)

  if(NOT test_BUILD_ONLY)
    list(TRANSFORM test_UNTIL PREPEND --until=)
    add_test(NAME ${TEST_NAME} COMMAND ${TEST_RUN} --timeout ${test_TIMEOUT} ${test_UNTIL} ${board}
                                       ${TEST_IMAGE})
    math(EXPR limit "${test_TIMEOUT} + ${TEST_TIMEOUT_RESERVE}")
    set_tests_properties(${TEST_NAME} PROPERTIES TIMEOUT ${limit} LABELS ${board})
  endif()
  include(${application}/test.cmake OPTIONAL)
endfunction()

# add_compile_failure_test(<name> <application> <board> <compiler> <pattern> [argument of cmake...])
#
# Passes if the application does not compile and the compiler's words match the pattern.
function(add_compile_failure_test name application board compiler pattern)
  add_test(NAME ${name} COMMAND ${CMAKE_COMMAND} -E env CC=${compiler} JOBS=1 TARGET=app
                                ${EDDY_ROOT}/scripts/build ${board} ${application} ${CMAKE_BINARY_DIR}/${name} ${ARGN})
  set_tests_properties(${name} PROPERTIES PASS_REGULAR_EXPRESSION "${pattern}"
                                          TIMEOUT 120 LABELS ${board})
endfunction()

file(GLOB_RECURSE yaml_files CONFIGURE_DEPENDS ${EDDY_ROOT}/tests/testcase.yaml
     ${EDDY_ROOT}/samples/sample.yaml)
file(GLOB_RECURSE cmake_files CONFIGURE_DEPENDS ${EDDY_ROOT}/tests/test.cmake)
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${yaml_files}
                                       ${EDDY_ROOT}/scripts/list_tests.py)

list(JOIN TEST_BOARDS "," boards)
python_run(result calls errors ${EDDY_ROOT}/scripts/list_tests.py ${boards} ${yaml_files})
if(NOT result EQUAL 0)
  message(FATAL_ERROR "${errors}")
endif()
cmake_language(EVAL CODE "${calls}")

foreach(file IN LISTS cmake_files)
  get_filename_component(TEST_APP ${file} DIRECTORY)
  if(NOT EXISTS ${TEST_APP}/testcase.yaml)
    file(RELATIVE_PATH name ${EDDY_ROOT} ${TEST_APP})
    set(TEST_BUILD_DIR ${CMAKE_BINARY_DIR}/${name})
    include(${file})
  endif()
endforeach()
