# SPDX-License-Identifier: Apache-2.0

# The include path keeps applications out of the kernel's headers.

add_compile_failure_test(build.private_header ${TEST_APP} linux gcc "ksched.h: No such file")
