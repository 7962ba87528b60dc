# SPDX-License-Identifier: Apache-2.0

# arm-none-eabi-gcc with picolibc, as Debian packages them.

set(CMAKE_SYSTEM_NAME Generic)
set(CMAKE_SYSTEM_PROCESSOR arm)

find_program(ARM_GCC arm-none-eabi-gcc)
find_program(ARM_GXX arm-none-eabi-g++)
mark_as_advanced(ARM_GCC ARM_GXX)
if(NOT ARM_GCC)
  message(FATAL_ERROR "arm-none-eabi-gcc is not on the PATH."
                      " Debian: apt-get install gcc-arm-none-eabi picolibc-arm-none-eabi.")
endif()

# Those that know the compiler's link-time optimization.
find_program(ARM_GCC_AR arm-none-eabi-gcc-ar)
find_program(ARM_GCC_RANLIB arm-none-eabi-gcc-ranlib)
mark_as_advanced(ARM_GCC_AR ARM_GCC_RANLIB)
set(CMAKE_AR ${ARM_GCC_AR} CACHE FILEPATH "Archiver" FORCE)
set(CMAKE_RANLIB ${ARM_GCC_RANLIB} CACHE FILEPATH "Indexer of archives" FORCE)

set(toolchain_kind GNU)
toolchain_declare(${ARM_GCC} "${ARM_GXX}")

if(CONFIG_CPU_CORTEX_M3)
  set(cpu cortex-m3)
else()
  message(FATAL_ERROR "cmake/toolchain-cortex_m.cmake does not know this CPU.")
endif()

# For compiler and linker.
set(TOOLCHAIN_OPTIONS -mcpu=${cpu} -mthumb --specs=picolibc.specs)
# The board brings the reset code and the linker script.
set(TOOLCHAIN_LINK_OPTIONS -nostartfiles)
