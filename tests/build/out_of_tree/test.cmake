# SPDX-License-Identifier: Apache-2.0

# An application outside of the repository, not warning-free by our rules, builds and runs.

if(DEFINED ENV{TMPDIR})
  set(outside $ENV{TMPDIR})
else()
  set(outside /tmp)
endif()
string(MD5 unique ${CMAKE_BINARY_DIR})
add_test(NAME build.out_of_tree
         COMMAND ${TEST_APP}/check.sh ${TEST_APP} ${outside}/eddy-out-of-tree-${unique}
                 ${EDDY_ROOT}/scripts)
set_tests_properties(build.out_of_tree PROPERTIES TIMEOUT 120)
