# SPDX-License-Identifier: Apache-2.0

# The scripts in tests/console drive this program over its serial port.

set(console_tests commands input repeat)
if(TEST_BOARD STREQUAL linux)
  list(APPEND console_tests terminal)
endif()
foreach(test IN LISTS console_tests)
  add_test(NAME ${TEST_NAME}.${test} COMMAND ${EDDY_ROOT}/tests/console/test_${test}.py)
  set_tests_properties(
    ${TEST_NAME}.${test}
    PROPERTIES TIMEOUT 300 LABELS ${TEST_BOARD}
               ENVIRONMENT "CONSOLE_BOARD=${TEST_BOARD};CONSOLE_IMAGE=${TEST_IMAGE}")
endforeach()
