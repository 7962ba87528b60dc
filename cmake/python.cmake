# SPDX-License-Identifier: Apache-2.0

# Runs our Python scripts at configure time.
#
# They need modules (kconfiglib, yaml) that Debian installs for the system's own Python, which need
# not be the first one on the PATH. A script that misses its module ends with status 77, and the
# next Python gets its turn.

# python_run(<result variable> <output variable> <error variable> <script> <arguments>...)
function(python_run result_variable output_variable error_variable script)
  find_program(SYSTEM_PYTHON python3 PATHS /usr/bin NO_DEFAULT_PATH)
  find_program(PATH_PYTHON python3)
  mark_as_advanced(SYSTEM_PYTHON PATH_PYTHON)
  foreach(python IN ITEMS ${SYSTEM_PYTHON} ${PATH_PYTHON})
    execute_process(COMMAND ${python} ${script} ${ARGN}
                    RESULT_VARIABLE result OUTPUT_VARIABLE output ERROR_VARIABLE errors)
    if(NOT result EQUAL 77)
      set(${result_variable} "${result}" PARENT_SCOPE)
      set(${output_variable} "${output}" PARENT_SCOPE)
      set(${error_variable} "${errors}" PARENT_SCOPE)
      return()
    endif()
  endforeach()
  message(FATAL_ERROR "No python3 has the modules that the build needs."
                      " Debian: apt-get install python3-kconfiglib python3-yaml."
                      " Elsewhere: pip install kconfiglib pyyaml.")
endfunction()
