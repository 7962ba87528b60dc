# SPDX-License-Identifier: Apache-2.0

# The image: all layers and the application, linked to zephyr/zephyr.elf; and how to run it.

get_property(layers GLOBAL PROPERTY ZEPHYR_LAYERS)
add_executable(zephyr_elf)
set_target_properties(
  zephyr_elf PROPERTIES OUTPUT_NAME zephyr SUFFIX .elf LINKER_LANGUAGE C
                        RUNTIME_OUTPUT_DIRECTORY ${ZEPHYR_BINARY_DIR})
target_link_libraries(zephyr_elf PRIVATE app ${layers} zephyr_options)
target_link_options(
  zephyr_elf PRIVATE ${TOOLCHAIN_OPTIONS} ${TOOLCHAIN_LINK_OPTIONS} $<$<BOOL:${CONFIG_LTO}>:-flto>
                     -Wl,--gc-sections
                     -Wl,-Map=${ZEPHYR_BINARY_DIR}/zephyr.map)

# A board with a linker script of its own. It may include the port's, and refer to sizes that the
# configuration decides.
set(linker_script ${BOARD_DIR}/linker.ld)
if(EXISTS ${linker_script})
  set(port_dir ${ZEPHYR_BASE}/arch/${CONFIG_ARCH})
  target_link_options(zephyr_elf PRIVATE -L ${port_dir} -T ${linker_script}
                                         -Wl,--defsym=CONFIG_ISR_STACK_SIZE=${CONFIG_ISR_STACK_SIZE})
  set_property(TARGET zephyr_elf PROPERTY LINK_DEPENDS ${linker_script} ${port_dir}/${CONFIG_ARCH}.ld)
endif()

add_custom_target(
  run
  COMMAND ${ZEPHYR_BASE}/scripts/run ${BOARD} $<TARGET_FILE:zephyr_elf>
  DEPENDS zephyr_elf
  USES_TERMINAL)
