/* SPDX-License-Identifier: Apache-2.0 */

/* The type of the registers that a fatal error is reported with: Zephyr 3.7 changed its name. */

#ifndef TESTS_COMMON_REGISTERS_H_
#define TESTS_COMMON_REGISTERS_H_

#include <zephyr/fatal.h>

#if __has_include(<zephyr/version.h>)
typedef struct arch_esf registers_t;
#else
typedef z_arch_esf_t registers_t;
#endif

#endif /* TESTS_COMMON_REGISTERS_H_ */
