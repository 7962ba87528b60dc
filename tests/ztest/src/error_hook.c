/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Fatal errors and failed assertions of the code under test.
 *
 * An unexpected one fails the running test; an expected one (error_hook.h) does not. Either way the
 * guilty thread ends and the run goes on, unless it is the main thread's, which runs it.
 */

#include "ztest_internal.h"

/* Who announced an error: one thread, or interrupts. */
struct announcement {
	k_tid_t thread;
	bool in_isr;
};

static struct announcement fault;
static struct announcement assertion;

static void announce(struct announcement *announcement, bool valid)
{
	announcement->in_isr = valid && k_is_in_isr();
	announcement->thread = valid && !k_is_in_isr() ? k_current_get() : NULL;
}

/* Whether the error that has just happened was announced. Each announcement is good for one. */
static bool take(struct announcement *announcement)
{
	bool taken = announcement->in_isr || announcement->thread == k_current_get();

	if (taken) {
		announce(announcement, false);
	}
	return taken;
}

void ztest_set_fault_valid(bool valid)
{
	announce(&fault, valid);
}

void ztest_set_assert_valid(bool valid)
{
	announce(&assertion, valid);
}

__weak void ztest_post_fatal_error_hook(unsigned int reason, const z_arch_esf_t *esf)
{
	ARG_UNUSED(reason);
	ARG_UNUSED(esf);
}

__weak void ztest_post_assert_fail_hook(void)
{
	k_thread_abort(k_current_get());
}

/* When it returns, the kernel aborts the guilty thread. May be called in a fault handler. */
__weak void k_sys_fatal_error_handler(unsigned int reason, const z_arch_esf_t *esf)
{
	if (take(&fault)) {
		PRINT("Fatal error expected as part of test case.\n");
		ztest_post_fatal_error_hook(reason, esf);
		return;
	}

	PRINT("Fatal error %u was unexpected.\n", reason);
	ztest_note(TC_FAIL);
	if (ztest_run.phase != ZTEST_PHASE_BEFORE && ztest_run.phase != ZTEST_PHASE_TEST) {
		ztest_print_verdict(true);
		k_fatal_halt(reason);
	}
	if (k_current_get() != &ztest_thread) {
		/* It may be waiting for the one that is about to die. */
		k_thread_abort(&ztest_thread);
	}
}

__weak FUNC_NORETURN void assert_post_action(const char *file, unsigned int line)
{
	ARG_UNUSED(file);
	ARG_UNUSED(line);

	if (take(&assertion)) {
		PRINT("Assertion expected as part of test case.\n");
		ztest_post_assert_fail_hook();
	}
	k_panic();
}
