/* SPDX-License-Identifier: Apache-2.0 */

/* What can be asked of a thread: name, custom data, stack, deadline; and the list of threads. */

#include <zephyr/ztest.h>

#include "workers.h"

ZTEST_SUITE(thread_info, NULL, NULL, workers_before, workers_after, NULL);

static void sleep_for_ever(void *p1, void *p2, void *p3)
{
	ARG_UNUSED(p1);
	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	k_sleep(K_FOREVER);
}

static void sleep_ten_ms(void *p1, void *p2, void *p3)
{
	ARG_UNUSED(p1);
	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	k_sleep(K_MSEC(10));
}

K_THREAD_DEFINE(defined_thread, 512, sleep_for_ever, NULL, NULL, NULL, PRIO_LOW, 0, 0);

/* Names can be set, read and copied. */
ZTEST(thread_info, test_names)
{
	k_tid_t worker = worker_create(PRIO_LOW, record_letter, "a", K_FOREVER);
	char copy[8];

	zassert_equal(k_thread_name_set(worker, "wanda"), 0);
	zassert_equal(strcmp(k_thread_name_get(worker), "wanda"), 0);
	zassert_equal(k_thread_name_copy(worker, copy, sizeof(copy)), 0);
	zassert_equal(strcmp(copy, "wanda"), 0);
	zassert_equal(strcmp(k_thread_name_get(defined_thread), "defined_thread"), 0);
}

/* A name that is too long is cut, not written beyond its end. */
ZTEST(thread_info, test_long_name)
{
	k_tid_t worker = worker_create(PRIO_LOW, record_letter, "a", K_FOREVER);
	char name[2 * CONFIG_THREAD_MAX_NAME_LEN];

	memset(name, 'x', sizeof(name));
	name[sizeof(name) - 1] = '\0';
	zassert_equal(k_thread_name_set(worker, name), 0);
	zassert_equal(strlen(k_thread_name_get(worker)), CONFIG_THREAD_MAX_NAME_LEN - 1);
}

static void keep_custom_data(void *value, void *p2, void *p3)
{
	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	k_thread_custom_data_set(value);
	k_sleep(K_MSEC(1));
	if (k_thread_custom_data_get() == value) {
		record('.');
	}
}

/* Each thread has custom data of its own, NULL at first. */
ZTEST(thread_info, test_custom_data)
{
	int one;
	int two;

	zassert_is_null(k_thread_custom_data_get());
	worker_start(PRIO_HIGH, keep_custom_data, &one);
	worker_start(PRIO_HIGH, keep_custom_data, &two);
	k_sleep(K_MSEC(5));
	zassert_equal(strcmp(recorded(), ".."), 0);
	zassert_is_null(k_thread_custom_data_get());
}

static void count_if_wanted(const struct k_thread *thread, void *wanted)
{
	if (thread == wanted) {
		record('.');
	}
}

/* The list of all threads has a thread in it exactly while it lives. */
ZTEST(thread_info, test_foreach)
{
	k_tid_t worker = worker_create(PRIO_LOW, record_letter, "a", K_FOREVER);

	k_thread_foreach(count_if_wanted, worker);
	k_thread_foreach_unlocked(count_if_wanted, worker);
	k_thread_foreach(count_if_wanted, k_current_get());
	zassert_equal(strcmp(recorded(), "..."), 0, "record: %s", recorded());
	k_thread_abort(worker);
	k_thread_foreach(count_if_wanted, worker);
	zassert_equal(strcmp(recorded(), "..."), 0, "record: %s", recorded());
}

#define BIG_STACK_SIZE 6144
#define BIG_USE        4000

static void use_stack(void *p1, void *p2, void *p3)
{
	volatile char space[BIG_USE];

	ARG_UNUSED(p1);
	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	for (size_t i = 0; i < sizeof(space); i++) {
		space[i] = (char)i;
	}
	k_sleep(K_FOREVER);
	record(space[0]);
}

static size_t unused_stack_of(k_thread_entry_t entry)
{
	static K_THREAD_STACK_DEFINE(stack, BIG_STACK_SIZE);
	static struct k_thread thread;
	size_t unused = 0;

	k_thread_create(&thread, stack, K_THREAD_STACK_SIZEOF(stack), entry, NULL, NULL, NULL,
			PRIO_HIGH, 0, K_NO_WAIT);
	zassert_equal(k_thread_stack_space_get(&thread, &unused), 0);
	k_thread_abort(&thread);
	return unused;
}

/* What a thread has used of its stack, it has used for good. */
ZTEST(thread_info, test_stack_space)
{
	size_t shallow;
	size_t deep;

	if (IS_ENABLED(CONFIG_ARCH_POSIX)) {
		ztest_test_skip(); /* Zephyr's threads have other stacks there, the host's */
	}
	shallow = unused_stack_of(sleep_for_ever);
	deep = unused_stack_of(use_stack);

	zassert_true(deep > 0, "nothing left");
	zassert_true(deep + BIG_USE / 2 < shallow, "%d and %d", (int)deep, (int)shallow);
}

/* The deadline of a thread that sleeps can be asked for. */
ZTEST(thread_info, test_timeout_remaining)
{
	k_tid_t worker;
	k_ticks_t now;

	k_sleep(K_TICKS(
		1)); /* begin at a tick: in between, Zephyr 3.3 is off by what has elapsed */
	worker = worker_start(PRIO_HIGH, sleep_ten_ms, NULL);
	now = k_uptime_ticks();
	zassert_between_inclusive(k_thread_timeout_remaining_ticks(worker), 1,
				  K_MSEC(10).ticks + 1);
	zassert_between_inclusive(k_thread_timeout_expires_ticks(worker), now + 1,
				  now + K_MSEC(10).ticks + 1);
}
