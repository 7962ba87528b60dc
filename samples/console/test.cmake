# SPDX-License-Identifier: Apache-2.0

# The scripts in tests/console drive this program over its serial port.

foreach(test IN ITEMS commands input repeat terminal)
  add_test(NAME ${TEST_NAME}.${test} COMMAND ${EDDY_ROOT}/tests/console/test_${test}.py)
  set_tests_properties(
    ${TEST_NAME}.${test}
    PROPERTIES TIMEOUT 300 LABELS ${TEST_BOARD}
               ENVIRONMENT "CONSOLE_BOARD=${TEST_BOARD};CONSOLE_IMAGE=${TEST_IMAGE}")
endforeach()
