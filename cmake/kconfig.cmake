# SPDX-License-Identifier: Apache-2.0

# Configuration: Kconfig symbols become CONFIG_* variables here and macros in C.
#
# Read in this order, a later file overrules: the board's defconfig, the application's prj.conf (or
# CONF_FILE), its boards/<board>.conf, EXTRA_CONF_FILE, then -DCONFIG_* from the command line.

# Sets OUT to the files of LIST_VAR, taken relative to the application. A missing one is an error.
function(kconfig_find_files out)
  set(found)
  foreach(name IN LISTS ARGN)
    separate_arguments(names UNIX_COMMAND "${name}")
    foreach(one IN LISTS names)
      get_filename_component(path "${one}" ABSOLUTE BASE_DIR "${APPLICATION_SOURCE_DIR}")
      if(NOT EXISTS "${path}")
        message(FATAL_ERROR "Configuration file ${path} does not exist.")
      endif()
      list(APPEND found "${path}")
    endforeach()
  endforeach()
  set(${out} "${found}" PARENT_SCOPE)
endfunction()

# Sets OUT to a file with the CONFIG_* of the command line, or to nothing.
function(kconfig_command_line out)
  get_cmake_property(names CACHE_VARIABLES)
  list(FILTER names INCLUDE REGEX "^CONFIG_")
  set(${out} "" PARENT_SCOPE)
  if(names)
    set(path "${ZEPHYR_BINARY_DIR}/command-line.conf")
    set(text)
    foreach(name IN LISTS names)
      string(APPEND text "${name}=$CACHE{${name}}\n")
    endforeach()
    file(CONFIGURE OUTPUT "${path}" CONTENT "${text}" @ONLY)
    set(${out} "${path}" PARENT_SCOPE)
  endif()
endfunction()

include(${CMAKE_CURRENT_LIST_DIR}/python.cmake)

if(DEFINED CONF_FILE)
  kconfig_find_files(app_conf ${CONF_FILE})
elseif(EXISTS "${APPLICATION_SOURCE_DIR}/prj.conf")
  set(app_conf "${APPLICATION_SOURCE_DIR}/prj.conf")
else()
  message(FATAL_ERROR "${APPLICATION_SOURCE_DIR} has no prj.conf (it may be empty).")
endif()
if(EXISTS "${APPLICATION_SOURCE_DIR}/boards/${BOARD}.conf")
  list(APPEND app_conf "${APPLICATION_SOURCE_DIR}/boards/${BOARD}.conf")
endif()
# OVERLAY_CONFIG is the former name of EXTRA_CONF_FILE.
kconfig_find_files(extra_conf ${OVERLAY_CONFIG} ${EXTRA_CONF_FILE})
kconfig_command_line(command_line_conf)

if(EXISTS "${APPLICATION_SOURCE_DIR}/Kconfig")
  set(kconfig_root "${APPLICATION_SOURCE_DIR}/Kconfig")
else()
  set(kconfig_root "${ZEPHYR_BASE}/Kconfig")
endif()

set(ENV{srctree} ${ZEPHYR_BASE})
set(ENV{BOARD} ${BOARD})
python_run(result output errors ${ZEPHYR_BASE}/scripts/kconfig.py
           --root ${kconfig_root} --out ${ZEPHYR_BINARY_DIR}
           ${BOARD_DIR}/${BOARD}_defconfig ${app_conf} ${extra_conf} ${command_line_conf})
if(NOT result EQUAL 0)
  string(REPLACE "\n" "\n  " errors "${errors}") # indented: CMake keeps the lines as they are
  message(FATAL_ERROR "The configuration does not hold:\n  ${errors}")
endif()
include(${ZEPHYR_BINARY_DIR}/config.cmake)
list(REMOVE_ITEM KCONFIG_FILES "${command_line_conf}")
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS
             ${KCONFIG_FILES} ${ZEPHYR_BASE}/scripts/kconfig.py)
