# SPDX-License-Identifier: Apache-2.0

# Tells CMake about the compiler instead of letting it find out.
#
# CMake examines a compiler by compiling and linking programs, half a second for each build
# directory, and `make test` has many of them. What it would find out is known here but for the
# version.
#
# An application that says project(x) asks for C++ too. Many have no C++ compiler installed and do
# not need one: then the C compiler stands in, and CMake is content.

# Declares COMPILER, of the kind GNU or Clang, as the compiler of C, assembly and C++.
macro(toolchain_declare compiler cxx_compiler)
  execute_process(COMMAND ${compiler} -dumpversion RESULT_VARIABLE result
                  OUTPUT_VARIABLE toolchain_version OUTPUT_STRIP_TRAILING_WHITESPACE)
  if(NOT result EQUAL 0)
    message(FATAL_ERROR "The compiler ${compiler} does not run.")
  endif()

  set(CMAKE_C_COMPILER ${compiler})
  set(CMAKE_ASM_COMPILER ${compiler})
  set(CMAKE_CXX_COMPILER ${compiler})
  if(EXISTS "${cxx_compiler}")
    set(CMAKE_CXX_COMPILER ${cxx_compiler})
  endif()
  foreach(lang IN ITEMS C ASM CXX)
    set(CMAKE_${lang}_COMPILER_ID ${toolchain_kind})
    set(CMAKE_${lang}_COMPILER_ID_RUN TRUE)
    set(CMAKE_${lang}_COMPILER_VERSION ${toolchain_version})
    set(CMAKE_${lang}_COMPILER_FORCED TRUE)
  endforeach()
  set(CMAKE_C_STANDARD_COMPUTED_DEFAULT 17)
  set(CMAKE_C_EXTENSIONS_COMPUTED_DEFAULT ON)
  set(CMAKE_C_COMPILE_FEATURES c_std_90 c_std_99 c_std_11 c_std_17)
  set(CMAKE_CXX_STANDARD_COMPUTED_DEFAULT 17)
  set(CMAKE_CXX_EXTENSIONS_COMPUTED_DEFAULT ON)
  set(CMAKE_CXX_COMPILE_FEATURES cxx_std_98 cxx_std_11 cxx_std_14 cxx_std_17)
endmacro()

include(${CMAKE_CURRENT_LIST_DIR}/toolchain-${CONFIG_ARCH}.cmake)
