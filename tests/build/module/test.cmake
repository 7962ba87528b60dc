# SPDX-License-Identifier: Apache-2.0

# zephyr/ lists sources that exist, all of them, and options that load.

add_test(NAME build.module COMMAND ${TEST_APP}/test_module.py)
set_tests_properties(build.module PROPERTIES TIMEOUT 120)
