# SPDX-License-Identifier: Apache-2.0

add_test(NAME build.run COMMAND ${TEST_APP}/test_run.py)
set_tests_properties(build.run PROPERTIES TIMEOUT 120)
