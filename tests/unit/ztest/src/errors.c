/* SPDX-License-Identifier: Apache-2.0 */

/* Failures that happen elsewhere than in the test's own thread, and errors of the system. */

#include <zephyr/irq_offload.h>
#include <zephyr/ztest.h>

static K_THREAD_STACK_DEFINE(helper_stack, 1024);
static struct k_thread helper_thread;

static void start_helper(k_thread_entry_t entry)
{
	k_thread_create(&helper_thread, helper_stack, K_THREAD_STACK_SIZEOF(helper_stack), entry,
			NULL, NULL, NULL, K_PRIO_PREEMPT(1), 0, K_NO_WAIT);
}

static void fail_in_helper(void *p1, void *p2, void *p3)
{
	ARG_UNUSED(p1);
	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	zassert_unreachable("in a helper thread");
}

static void oops_in_helper(void *p1, void *p2, void *p3)
{
	ARG_UNUSED(p1);
	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	k_oops();
}

static void fail_in_isr(const void *unused)
{
	ARG_UNUSED(unused);
	zassert_unreachable("in an interrupt");
}

static bool fail_after_this;

static void after(void *fixture)
{
	ARG_UNUSED(fixture);
	if (fail_after_this) {
		fail_after_this = false;
		zassert_unreachable("in the suite's `after`");
	}
}

ZTEST_SUITE(errors, NULL, NULL, NULL, after, NULL);

/* A failed assertion of a helper thread fails the test, which need not wait for it. */
ZTEST_EXPECT_FAIL(errors, test_helper_fails);
ZTEST(errors, test_helper_fails)
{
	start_helper(fail_in_helper);
	k_sleep(K_FOREVER);
}

/* A failed assertion in an interrupt ends the test when the interrupt is over. */
ZTEST_EXPECT_FAIL(errors, test_interrupt_fails);
ZTEST(errors, test_interrupt_fails)
{
	irq_offload(fail_in_isr, NULL);
	ztest_test_pass();
}

/* A failed assertion of `after` fails the test. */
ZTEST_EXPECT_FAIL(errors, test_after_fails);
ZTEST(errors, test_after_fails)
{
	fail_after_this = true;
}

/* A fatal error of the test fails it, and the others run. */
ZTEST_EXPECT_FAIL(errors, test_oops);
ZTEST(errors, test_oops)
{
	k_oops();
}

ZTEST_EXPECT_FAIL(errors, test_fault);
ZTEST(errors, test_fault)
{
	__builtin_trap();
}

ZTEST_EXPECT_FAIL(errors, test_helper_oops);
ZTEST(errors, test_helper_oops)
{
	start_helper(oops_in_helper);
	k_sleep(K_FOREVER);
}

/* So does a failed assertion of the code under test. */
ZTEST_EXPECT_FAIL(errors, test_kernel_assertion);
ZTEST(errors, test_kernel_assertion)
{
	__ASSERT(k_is_in_isr(), "not in an interrupt");
}

/* An announced error does not fail the test that it ends. */
ZTEST(errors, test_expected_oops)
{
	ztest_set_fault_valid(true);
	k_oops();
}

ZTEST(errors, test_expected_assertion)
{
	ztest_set_assert_valid(true);
	__ASSERT(k_is_in_isr(), "not in an interrupt");
}

/* An announcement can be taken back. */
ZTEST_EXPECT_FAIL(errors, test_announcement_taken_back);
ZTEST(errors, test_announcement_taken_back)
{
	ztest_set_fault_valid(true);
	ztest_set_fault_valid(false);
	k_oops();
}
