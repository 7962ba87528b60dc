# SPDX-License-Identifier: Apache-2.0

# For tests that use subjects.h; after find_package(Zephyr) and project().

target_sources(
  app
  PRIVATE ${CMAKE_CURRENT_LIST_DIR}/broadcast.c
          ${CMAKE_CURRENT_LIST_DIR}/chan.c
          ${CMAKE_CURRENT_LIST_DIR}/event.c
          ${CMAKE_CURRENT_LIST_DIR}/mutex.c
          ${CMAKE_CURRENT_LIST_DIR}/once.c
          ${CMAKE_CURRENT_LIST_DIR}/pipe.c
          ${CMAKE_CURRENT_LIST_DIR}/prio_chan.c
          ${CMAKE_CURRENT_LIST_DIR}/rwlock.c
          ${CMAKE_CURRENT_LIST_DIR}/sem.c
          ${CMAKE_CURRENT_LIST_DIR}/signal.c
          ${CMAKE_CURRENT_LIST_DIR}/slots.c
          ${CMAKE_CURRENT_LIST_DIR}/subjects.c
          ${CMAKE_CURRENT_LIST_DIR}/watch.c)
target_include_directories(app PRIVATE ${CMAKE_CURRENT_LIST_DIR})
target_sources_ifdef(CONFIG_EDDY_KERNEL_AWAITS app PRIVATE ${CMAKE_CURRENT_LIST_DIR}/k_sem.c)
