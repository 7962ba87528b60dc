# SPDX-License-Identifier: Apache-2.0

# For tests that use workers.h; after find_package(Zephyr) and project().

set(common ${CMAKE_CURRENT_LIST_DIR}/../../common)
target_sources(app PRIVATE ${CMAKE_CURRENT_LIST_DIR}/workers.c ${common}/ztest_compat.c)
target_include_directories(app PRIVATE ${CMAKE_CURRENT_LIST_DIR} ${common})
