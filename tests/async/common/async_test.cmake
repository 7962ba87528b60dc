# SPDX-License-Identifier: Apache-2.0

# For tests that use async_test.h; after find_package(Zephyr) and project().

include(${CMAKE_CURRENT_LIST_DIR}/../../kernel/common/worker_test.cmake)
target_sources(app PRIVATE ${CMAKE_CURRENT_LIST_DIR}/async_test.c)
target_include_directories(app PRIVATE ${CMAKE_CURRENT_LIST_DIR})
