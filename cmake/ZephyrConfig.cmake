# SPDX-License-Identifier: Apache-2.0

# What find_package(Zephyr REQUIRED HINTS $ENV{ZEPHYR_BASE}) does, before the application's
# project(): the same as in Zephyr. Afterwards the target "app" exists, and all that the
# application has left to do is to add its sources to it. The image is zephyr/zephyr.elf.

if(TARGET app)
  return()
endif()

get_filename_component(ZEPHYR_BASE "${CMAKE_CURRENT_LIST_DIR}/.." REALPATH)
set(ZEPHYR_BASE "${ZEPHYR_BASE}" CACHE PATH "Root of the pocket kernel" FORCE)
set(ZEPHYR_BINARY_DIR "${CMAKE_BINARY_DIR}/zephyr")
set(APPLICATION_SOURCE_DIR "${CMAKE_CURRENT_SOURCE_DIR}")
set(APPLICATION_BINARY_DIR "${CMAKE_CURRENT_BINARY_DIR}")

cmake_policy(SET CMP0079 NEW) # zephyr_library() links into the image from any folder

include(${CMAKE_CURRENT_LIST_DIR}/board.cmake)
include(${CMAKE_CURRENT_LIST_DIR}/kconfig.cmake)
include(${CMAKE_CURRENT_LIST_DIR}/toolchain.cmake)

project(Zephyr-Kernel LANGUAGES C ASM)

include(${CMAKE_CURRENT_LIST_DIR}/layers.cmake)
include(${CMAKE_CURRENT_LIST_DIR}/extensions.cmake)
include(${CMAKE_CURRENT_LIST_DIR}/image.cmake)
