/* SPDX-License-Identifier: Apache-2.0 */

/* Running cases, and the parts that most of them need. */

#include "case.h"

static const char *case_name;
static const char *subject_name;
static unsigned int failures;
static unsigned int turns;

struct waiter_storage waiters[WAITERS];

static void say_where(const char *file, int line)
{
	failures++;
	printk("%s:%d: %s, %s: ", file, line, case_name, subject_name);
}

void case_check(bool holds, const char *text, const char *file, int line)
{
	if (!holds) {
		say_where(file, line);
		printk("%s does not hold\n", text);
	}
}

void case_check_equal(int64_t is, int64_t should, const char *text, const char *file, int line)
{
	if (is != should) {
		say_where(file, line);
		printk("%s does not hold: %d, %d\n", text, (int)is, (int)should);
	}
}

async_fn(waiter)
{
	async_begin;
	await_into(my->rc, my->subject->wait(self, my->timeout));
	my->ended = k_uptime_ticks();
	my->turn = ++turns;
	if (my->rc >= 0 && my->subject->release != NULL) {
		my->subject->release(self);
	}
	async_return(my->rc);
	async_end;
}

void wait_for(unsigned int index, const struct subject *subject, k_timeout_t timeout)
{
	CHECK(!eddy_task_is_active(&waiters[index].task));
	EDDY_TASK_INIT(&waiters[index], waiter, .subject = subject, .timeout = timeout);
	(void)eddy_spawn(under_test, &waiters[index].task);
}

bool is_waiting(unsigned int index)
{
	return eddy_task_is_active(&waiters[index].task);
}

static void enable_on_expiry(struct k_timer *timer)
{
	const struct subject *subject = k_timer_user_data_get(timer);

	subject->enable(NULL);
}

void enable_by_interrupt(const struct subject *subject, int64_t ticks)
{
	static K_TIMER_DEFINE(timer, enable_on_expiry, NULL);

	k_timer_user_data_set(&timer, (void *)(uintptr_t)subject);
	k_timer_start(&timer, K_TICKS(ticks), K_NO_WAIT);
}

static void run_once(struct eddy_task *script)
{
	turns = 0U;
	(void)eddy_spawn(under_test, script); /* it is idle */
	CHECK_EQUAL(under_test_run(script), 0);
	CHECK_EQUAL(eddy_task_result(script), 0);
	for (unsigned int i = 0U; i < WAITERS; i++) {
		CHECK(!is_waiting(i));
	}
}

static unsigned int run_case(struct eddy_task *script, const struct subject **subject,
			     bool for_each, const char *name)
{
	static bool started;

	if (!started) {
		under_test_start();
		started = true;
	}
	failures = 0U;
	case_name = name;
	subject_name = "no subject";
	if (!for_each) {
		run_once(script);
		return failures;
	}
	for (unsigned int i = 0U; subjects[i] != NULL; i++) {
		*subject = subjects[i];
		subject_name = subjects[i]->name;
		run_once(script);
	}
	return failures;
}

#ifdef CONFIG_ZTEST

ZTEST_SUITE(async_suite, NULL, NULL, NULL, NULL, NULL);

void case_run(struct eddy_task *script, const struct subject **subject, bool for_each,
	      const char *name)
{
	zassert_equal(run_case(script, subject, for_each, name), 0);
}

#else

#include "test_end.h"

static struct case_entry *first_case;
static unsigned int failed_cases;

int case_add(struct case_entry *entry)
{
	entry->next = first_case;
	first_case = entry;
	return 0;
}

void case_run(struct eddy_task *script, const struct subject **subject, bool for_each,
	      const char *name)
{
	bool passed = run_case(script, subject, for_each, name) == 0U;

	printk(" %s - %s\n", passed ? "PASS" : "FAIL", name);
	failed_cases += passed ? 0U : 1U;
}

int main(void)
{
	for (const struct case_entry *entry = first_case; entry != NULL; entry = entry->next) {
		entry->run();
	}
	test_end(failed_cases == 0U);
}

#endif
