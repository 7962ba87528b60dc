# SPDX-License-Identifier: Apache-2.0

# The layers as targets, and what each may include. The include path is the rule: a target that
# does not link to an interface cannot include its headers.
#
#   zephyr_interface     everyone: include/, the port's <arch/...>, the board's, autoconf.h
#   eddy_interface       the async library and applications with CONFIG_EDDY: <eddy/...>
#   ztest_interface      the test framework and applications with CONFIG_ZTEST: <zephyr/ztest.h>
#   eddy_kernel_private  the kernel, the port, and unit tests: kernel/include
#
# A unit test (tests/unit) asks for the private headers by
#   target_link_libraries(app PRIVATE eddy_kernel_private)

# Where the generated headers are. Ninja runs all compilers in the build folder: a relative path
# makes the command lines of several builds alike, so that a compiler cache can share among them.
if(CMAKE_GENERATOR STREQUAL Ninja)
  set(generated_dir zephyr/include)
else()
  set(generated_dir ${ZEPHYR_BINARY_DIR}/include)
endif()

# Options, the same for all code.
separate_arguments(more_options UNIX_COMMAND "${CONFIG_COMPILER_OPT}")
add_library(zephyr_options INTERFACE)
target_compile_options(
  zephyr_options
  INTERFACE ${TOOLCHAIN_OPTIONS}
            -g
            $<$<BOOL:${CONFIG_SIZE_OPTIMIZATIONS}>:-Os>
            $<$<BOOL:${CONFIG_SPEED_OPTIMIZATIONS}>:-O2>
            $<$<BOOL:${CONFIG_DEBUG_OPTIMIZATIONS}>:-Og>
            $<$<BOOL:${CONFIG_NO_OPTIMIZATIONS}>:-O0>
            $<$<COMPILE_LANGUAGE:C>:-std=gnu11>
            -ffunction-sections
            -fdata-sections
            $<$<BOOL:${CONFIG_LTO}>:-flto>
            -fno-common
            -I${generated_dir}
            -I${generated_dir}/generated
            "SHELL:-include \"${generated_dir}/generated/autoconf.h\""
            "SHELL:-include \"${ZEPHYR_BASE}/include/zephyr/toolchain/zephyr_stdint.h\""
            ${more_options})

# Warnings. Whoever awaits needs the first group as errors: it is what rejects a local variable
# that would not survive the await. The sources of this repository are strict all through; an
# application from elsewhere gets the ordinary warnings, as on Zephyr.
set(jump_warnings_GNU -Werror=jump-misses-init)
set(jump_warnings_Clang -Werror=uninitialized -Werror=sometimes-uninitialized)
target_compile_options(
  zephyr_options
  INTERFACE -Wall $<$<COMPILE_LANGUAGE:C>:${jump_warnings_${CMAKE_C_COMPILER_ID}}>)
add_library(zephyr_strict INTERFACE)
target_compile_options(zephyr_strict INTERFACE -Wextra -Wno-unused-parameter -Werror)

# Public headers.
add_library(zephyr_interface INTERFACE)
target_link_libraries(zephyr_interface INTERFACE zephyr_options)
target_include_directories(
  zephyr_interface
  INTERFACE ${ZEPHYR_BASE}/include ${ZEPHYR_BASE}/arch/${CONFIG_ARCH}/include
            ${BOARD_DIR}/include)
# <zephyr/autoconf.h>, for those who include it by name.
file(CONFIGURE OUTPUT ${ZEPHYR_BINARY_DIR}/include/zephyr/autoconf.h
     CONTENT "#include \"../generated/autoconf.h\"\n")

add_library(eddy_interface INTERFACE)
target_include_directories(eddy_interface INTERFACE ${ZEPHYR_BASE}/async/include)

add_library(ztest_interface INTERFACE)
target_include_directories(ztest_interface INTERFACE ${ZEPHYR_BASE}/tests/ztest/include)

# Private headers.
add_library(eddy_kernel_private INTERFACE)
if(NOT CONFIG_MULTITHREADING) # its variants come first
  target_include_directories(eddy_kernel_private INTERFACE ${ZEPHYR_BASE}/kernel/single)
endif()
target_include_directories(eddy_kernel_private INTERFACE ${ZEPHYR_BASE}/kernel/include)

# zephyr_add_layer(<name> <sources>...): code of ours that sees the public headers. Nothing to
# compile, no layer.
#
# Objects, not archives: nothing may get lost that only a linker section refers to (static threads,
# initialization, tests). What nobody uses, the linker drops by section.
function(zephyr_add_layer name)
  if(NOT ARGN)
    return()
  endif()
  add_library(${name} OBJECT ${ARGN})
  target_link_libraries(${name} PRIVATE zephyr_interface zephyr_strict)
  set_property(GLOBAL APPEND PROPERTY ZEPHYR_LAYERS ${name})
endfunction()

# The same for files of which each is part of an image only if something refers to it.
function(zephyr_add_archive name)
  add_library(${name} STATIC ${ARGN})
  target_link_libraries(${name} PRIVATE zephyr_interface zephyr_strict)
  set_property(GLOBAL APPEND PROPERTY ZEPHYR_LAYERS ${name})
endfunction()

# The application is there before its own CMakeLists.txt goes on.
add_library(app OBJECT)
target_link_libraries(app PRIVATE zephyr_interface)
if(CONFIG_EDDY)
  target_link_libraries(app PRIVATE eddy_interface)
endif()
if(CONFIG_ZTEST)
  target_link_libraries(app PRIVATE ztest_interface)
endif()
string(FIND "${APPLICATION_SOURCE_DIR}/" "${ZEPHYR_BASE}/" position)
if(position EQUAL 0)
  target_link_libraries(app PRIVATE zephyr_strict)
elseif(CONFIG_COMPILER_WARNINGS_AS_ERRORS)
  target_compile_options(app PRIVATE -Werror)
endif()

add_subdirectory(${ZEPHYR_BASE}/kernel ${ZEPHYR_BINARY_DIR}/kernel)
add_subdirectory(${ZEPHYR_BASE}/arch/${CONFIG_ARCH} ${ZEPHYR_BINARY_DIR}/arch)
add_subdirectory(${ZEPHYR_BASE}/drivers ${ZEPHYR_BINARY_DIR}/drivers)
add_subdirectory(${BOARD_DIR} ${ZEPHYR_BINARY_DIR}/board)
if(CONFIG_EDDY)
  add_subdirectory(${ZEPHYR_BASE}/async ${ZEPHYR_BINARY_DIR}/async)
endif()
if(CONFIG_ZTEST)
  add_subdirectory(${ZEPHYR_BASE}/tests/ztest ${ZEPHYR_BINARY_DIR}/ztest)
endif()
