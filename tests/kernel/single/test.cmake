# SPDX-License-Identifier: Apache-2.0

# Calls that need threads do not link.

if(TEST_NAME STREQUAL kernel.single.linux)
  add_test(NAME ${TEST_NAME}.refused
           COMMAND ${EDDY_ROOT}/scripts/build ${TEST_BOARD} ${TEST_APP} ${TEST_BUILD_DIR}/refused
                   -DREFUSED=ON)
  set_tests_properties(
    ${TEST_NAME}.refused
    PROPERTIES PASS_REGULAR_EXPRESSION
               "reference to .k_sleep.*reference to .k_sem_take.*reference to .k_timer_status_sync"
               TIMEOUT 120 LABELS ${TEST_BOARD})
endif()
