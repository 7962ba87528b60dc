# SPDX-License-Identifier: Apache-2.0

# The board: from -DBOARD=... or the environment. Sets BOARD and BOARD_DIR.

file(GLOB board_files RELATIVE ${ZEPHYR_BASE}/boards ${ZEPHYR_BASE}/boards/*/*_defconfig)
set(boards)
foreach(file IN LISTS board_files)
  get_filename_component(name ${file} DIRECTORY)
  list(APPEND boards ${name})
endforeach()
list(JOIN boards ", " boards_text)

if(NOT DEFINED BOARD)
  set(BOARD "$ENV{BOARD}")
endif()
if(BOARD STREQUAL "")
  message(FATAL_ERROR "No board given: use -DBOARD=<board> or the environment variable BOARD."
                      " There are: ${boards_text}.")
elseif(NOT BOARD IN_LIST boards)
  message(FATAL_ERROR "There is no board \"${BOARD}\". There are: ${boards_text}.")
endif()

# Kept in the cache: the environment may be another one when CMake runs again by itself.
set(BOARD "${BOARD}" CACHE STRING "Board to build for: ${boards_text}")
set(BOARD_DIR "${ZEPHYR_BASE}/boards/${BOARD}")
