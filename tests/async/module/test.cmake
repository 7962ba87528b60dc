# SPDX-License-Identifier: Apache-2.0

# Without Zephyr: the check of what was read can fail, as the pocket kernel's own build shows.

foreach(path IN ITEMS include/zephyr/kernel.h kernel/Kconfig tests/ztest/)
  string(MAKE_C_IDENTIFIER ${path} id)
  add_test(NAME ${TEST_NAME}.reads.${id}
           COMMAND ${TEST_APP}/check_reads.py ${TEST_BUILD_DIR} ${CMAKE_MAKE_PROGRAM})
  set_tests_properties(${TEST_NAME}.reads.${id} PROPERTIES TIMEOUT 60 LABELS ${TEST_BOARD}
                       PASS_REGULAR_EXPRESSION "not part of the module: ${path}")
endforeach()
