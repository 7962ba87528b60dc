/* SPDX-License-Identifier: Apache-2.0 */

/**
 * @file
 * Expected errors: how a test says that a fatal error or a failed assertion is what it wants.
 *
 * An unexpected one fails the running test. Zephyr offers the first pair only with
 * CONFIG_ZTEST_FATAL_HOOK and the second with CONFIG_ZTEST_ASSERT_HOOK: tests should set them.
 */

#ifndef ZEPHYR_ZTEST_ERROR_HOOK_H_
#define ZEPHYR_ZTEST_ERROR_HOOK_H_

#include <zephyr/kernel.h>

/** The calling thread (in an interrupt: any interrupt) is about to cause a fatal error; once. */
void ztest_set_fault_valid(bool valid);

/** To be defined by a test: called after an expected fatal error, before its thread is aborted. */
void ztest_post_fatal_error_hook(unsigned int reason, const z_arch_esf_t *esf);

/** The calling thread (in an interrupt: any interrupt) is about to fail an assertion; once. */
void ztest_set_assert_valid(bool valid);

/** To be defined by a test: called after an expected assertion; by default aborts the thread. */
void ztest_post_assert_fail_hook(void);

#endif /* ZEPHYR_ZTEST_ERROR_HOOK_H_ */
