# SPDX-License-Identifier: Apache-2.0

# A run with one failed test has to end with a failure status and to say which it was.

set(command ${TEST_RUN} --timeout 30 ${TEST_BOARD} ${TEST_IMAGE})

add_test(NAME ${TEST_NAME}.status COMMAND ${command})
set_tests_properties(${TEST_NAME}.status PROPERTIES WILL_FAIL TRUE TIMEOUT 60 LABELS ${TEST_BOARD})

add_test(NAME ${TEST_NAME}.report COMMAND ${command})
set_tests_properties(
  ${TEST_NAME}.report
  PROPERTIES
    PASS_REGULAR_EXPRESSION
    "TESTSUITE failure failed.*SUITE FAIL -  50.00% .failure.: pass = 1, fail = 1, skip = 1, total = 3.*PROJECT EXECUTION FAILED"
    TIMEOUT 60 LABELS ${TEST_BOARD})
