/* SPDX-License-Identifier: Apache-2.0 */

/**
 * @file
 * What happens when something is beyond repair.
 */

#ifndef ZEPHYR_INCLUDE_FATAL_H_
#define ZEPHYR_INCLUDE_FATAL_H_

#include <arch/cpu.h>
#include <zephyr/toolchain.h>

typedef struct arch_esf z_arch_esf_t;

enum k_fatal_error_reason {
	K_ERR_CPU_EXCEPTION,   /**< A fault of the CPU. */
	K_ERR_SPURIOUS_IRQ,    /**< An interrupt that nobody handles. */
	K_ERR_STACK_CHK_FAIL,  /**< A stack overflowed. */
	K_ERR_KERNEL_OOPS,     /**< k_oops(): the thread gave up. */
	K_ERR_KERNEL_PANIC,    /**< k_panic(), a failed assertion. */
	K_ERR_ARCH_START = 16, /**< First of the port's own reasons. */
};

/**
 * @brief Policy for fatal errors, after the report was printed. An application may define its own.
 *
 * If it returns, the thread that caused the error is aborted and the rest goes on. An error in an
 * interrupt or in an essential thread, and a panic, halt the system all the same. The default
 * halts.
 *
 * @param reason  enum k_fatal_error_reason, or the port's.
 * @param esf     Registers at the time of the error; NULL if unknown.
 */
void k_sys_fatal_error_handler(unsigned int reason, const z_arch_esf_t *esf);

/** Stop the system for ever. */
FUNC_NORETURN void k_fatal_halt(unsigned int reason);

/** Report a fatal error of the caller's own making. */
FUNC_NORETURN void z_except_reason(unsigned int reason);

/** The running thread is beyond repair. */
#define k_oops() z_except_reason(K_ERR_KERNEL_OOPS)

/** The system is beyond repair. */
#define k_panic() z_except_reason(K_ERR_KERNEL_PANIC)

#endif /* ZEPHYR_INCLUDE_FATAL_H_ */
