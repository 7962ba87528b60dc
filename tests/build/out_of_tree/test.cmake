# SPDX-License-Identifier: Apache-2.0

# An application outside of the repository, not warning-free by our rules, builds and runs.

add_test(NAME build.out_of_tree COMMAND ${TEST_APP}/check.sh ${TEST_APP} ${EDDY_ROOT}/scripts)
set_tests_properties(build.out_of_tree PROPERTIES TIMEOUT 240)
