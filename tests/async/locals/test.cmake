# SPDX-License-Identifier: Apache-2.0

# Compiles the variants of src/sample.c with each compiler, with the include path of an application.

function(add_locals_test compiler arch)
  set(generated ${TEST_BUILD_DIR}/zephyr/include)
  add_test(
    NAME ${TEST_NAME}.${compiler}
    COMMAND
      ${TEST_APP}/check.sh ${TEST_APP}/src/sample.c ${compiler} ${ARGN} -std=gnu11
      -I${EDDY_ROOT}/include -I${EDDY_ROOT}/arch/${arch}/include
      -I${EDDY_ROOT}/boards/${TEST_BOARD}/include -I${generated}/generated -I${generated}
      -I${EDDY_ROOT}/async/include -imacros ${generated}/generated/autoconf.h -imacros
      ${EDDY_ROOT}/include/zephyr/toolchain/zephyr_stdint.h)
  set_tests_properties(${TEST_NAME}.${compiler} PROPERTIES TIMEOUT 120 LABELS ${TEST_BOARD})
endfunction()

if(TEST_BOARD STREQUAL linux)
  add_locals_test(gcc linux)
  find_program(CLANG clang)
  if(CLANG)
    add_locals_test(clang linux)
  endif()
else()
  add_locals_test(arm-none-eabi-gcc cortex_m -mcpu=cortex-m3 -mthumb --specs=picolibc.specs)
endif()
