# SPDX-License-Identifier: Apache-2.0

# Zephyr's CMake functions that applications use, by the same names.

# For all code of the image.
function(zephyr_include_directories)
  foreach(directory IN LISTS ARGN)
    get_filename_component(path "${directory}" ABSOLUTE)
    target_include_directories(zephyr_interface INTERFACE "${path}")
  endforeach()
endfunction()

function(zephyr_compile_definitions)
  target_compile_definitions(zephyr_interface INTERFACE ${ARGN})
endfunction()

function(zephyr_compile_options)
  target_compile_options(zephyr_interface INTERFACE ${ARGN})
endfunction()

function(zephyr_link_libraries)
  target_link_libraries(zephyr_interface INTERFACE ${ARGN})
endfunction()

function(zephyr_ld_options)
  target_link_options(zephyr_elf PRIVATE ${ARGN})
endfunction()

# Libraries of the application.
macro(zephyr_library_named name)
  set(ZEPHYR_CURRENT_LIBRARY ${name})
  add_library(${name} OBJECT)
  target_link_libraries(${name} PRIVATE zephyr_interface)
  target_link_libraries(zephyr_elf PRIVATE ${name})
endmacro()

macro(zephyr_library)
  file(RELATIVE_PATH zephyr_library_path ${CMAKE_SOURCE_DIR} ${CMAKE_CURRENT_SOURCE_DIR})
  string(MAKE_C_IDENTIFIER "lib_${zephyr_library_path}" zephyr_library_name)
  zephyr_library_named(${zephyr_library_name})
endmacro()

function(zephyr_library_sources)
  target_sources(${ZEPHYR_CURRENT_LIBRARY} PRIVATE ${ARGN})
endfunction()

function(zephyr_library_include_directories)
  target_include_directories(${ZEPHYR_CURRENT_LIBRARY} PRIVATE ${ARGN})
endfunction()

function(zephyr_library_compile_definitions)
  target_compile_definitions(${ZEPHYR_CURRENT_LIBRARY} PRIVATE ${ARGN})
endfunction()

function(zephyr_library_compile_options)
  target_compile_options(${ZEPHYR_CURRENT_LIBRARY} PRIVATE ${ARGN})
endfunction()

# Sources that belong to no library of their own.
function(zephyr_sources)
  foreach(source IN LISTS ARGN)
    get_filename_component(path "${source}" ABSOLUTE)
    target_sources(app PRIVATE "${path}")
  endforeach()
endfunction()

# The same, when an option is set.
macro(add_subdirectory_ifdef option)
  if(${option})
    add_subdirectory(${ARGN})
  endif()
endmacro()

foreach(name IN ITEMS target_sources target_include_directories target_compile_definitions
                      target_compile_options target_link_libraries zephyr_include_directories
                      zephyr_compile_definitions zephyr_compile_options zephyr_link_libraries
                      zephyr_library_named zephyr_library_sources
                      zephyr_library_include_directories zephyr_library_compile_definitions
                      zephyr_library_compile_options zephyr_sources)
  cmake_language(EVAL CODE "
    macro(${name}_ifdef option)
      if(\${option})
        ${name}(\${ARGN})
      endif()
    endmacro()")
endforeach()
