/* SPDX-License-Identifier: Apache-2.0 */

/* What the pocket kernel does and Zephyr 3.3 does not: some of it Zephyr merely documents. */

#include <zephyr/irq_offload.h>
#include <zephyr/ztest.h>

#include "workers.h"

ZTEST_SUITE(thread_extras, NULL, NULL, workers_before, workers_after, NULL);

static void sleep_then_record(void *letter, void *p2, void *p3)
{
	k_sleep(K_MSEC(10));
	record_letter(letter, p2, p3);
}

/* k_thread_start() cuts the delay short; the thread starts only once. */
ZTEST(thread_extras, test_start_before_the_delay_is_over)
{
	k_tid_t worker = worker_create(PRIO_HIGH, record_letter, "a", K_MSEC(20));

	k_thread_start(worker);
	zassert_equal(strcmp(recorded(), "a"), 0);
	k_sleep(K_MSEC(40));
	zassert_equal(strcmp(recorded(), "a"), 0);
}

/* Of the delay nothing is left then to disturb the thread. */
ZTEST(thread_extras, test_sleep_after_an_early_start)
{
	k_tid_t worker = worker_create(PRIO_HIGH, sleep_then_record, "a", K_MSEC(5));

	k_thread_start(worker); /* and sleeps for 10 ms */
	k_sleep(K_MSEC(8));
	zassert_equal(strcmp(recorded(), ""), 0, "woken by its own delay");
	worker_join(worker);
	zassert_equal(strcmp(recorded(), "a"), 0);
}

/* A name that does not fit into the buffer is refused. */
ZTEST(thread_extras, test_name_copy_without_room)
{
	k_tid_t worker = worker_create(PRIO_LOW, record_letter, "a", K_FOREVER);
	char copy[5];

	k_thread_name_set(worker, "wanda");
	zassert_equal(k_thread_name_copy(worker, copy, sizeof(copy)), -ENOSPC);
}

static void raise_in_isr(const void *thread)
{
	k_thread_priority_set((k_tid_t)(uintptr_t)thread, PRIO_HIGH);
	record('a');
}

/* An interrupt may raise a thread, which runs when the interrupt is over. */
ZTEST(thread_extras, test_priority_change_in_an_interrupt)
{
	k_tid_t worker = worker_start(PRIO_LOW, record_letter, "b");

	irq_offload(raise_in_isr, worker);
	record('c');
	zassert_equal(strcmp(recorded(), "abc"), 0, "record: %s", recorded());
}
