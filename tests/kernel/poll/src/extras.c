/* SPDX-License-Identifier: Apache-2.0 */

/*
 * What Zephyr does not promise: there a poller must not be aborted, nor an interrupt poll, and not
 * every object switches to its poller at once.
 */

#include <zephyr/irq_offload.h>
#include <zephyr/ztest.h>

#include "workers.h"

static struct k_sem sem;
static struct k_poll_signal signal;

static void poll_both(void *p1, void *p2, void *p3)
{
	struct k_poll_event events[] = {
		K_POLL_EVENT_INITIALIZER(K_POLL_TYPE_SEM_AVAILABLE, K_POLL_MODE_NOTIFY_ONLY, &sem),
		K_POLL_EVENT_INITIALIZER(K_POLL_TYPE_SIGNAL, K_POLL_MODE_NOTIFY_ONLY, &signal),
	};

	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	zassert_equal(k_poll(events, 2, K_FOREVER), 0);
	record(*(const char *)p1);
}

static void before(void *fixture)
{
	workers_before(fixture);
	k_sem_init(&sem, 0, 10);
	k_poll_signal_init(&signal);
}

ZTEST_SUITE(poll_extras, NULL, NULL, before, workers_after, NULL);

/* A poller that is aborted while it waits leaves no event behind: the next one is told. */
ZTEST(poll_extras, test_aborted_poller_is_passed_over)
{
	k_tid_t worker = worker_start(PRIO_HIGH, poll_both, "a");

	worker_start(PRIO_HIGH, poll_both, "b");
	k_thread_abort(worker);
	k_sem_give(&sem);
	zassert_equal(strcmp(recorded(), "b"), 0, "record: %s", recorded());
}

/* The same for one that has been woken and has not run yet. */
ZTEST(poll_extras, test_poller_aborted_after_its_wake)
{
	k_tid_t worker = worker_start(PRIO_LOW, poll_both, "a");

	k_sleep(K_MSEC(1)); /* it waits */
	k_sem_give(&sem);
	k_thread_abort(worker);
	worker_start(PRIO_HIGH, poll_both, "b");
	zassert_equal(strcmp(recorded(), "b"), 0, "the unit is still there");

	zassert_equal(k_sem_take(&sem, K_NO_WAIT), 0);
	worker_start(PRIO_HIGH, poll_both, "c");
	k_poll_signal_raise(&signal, 0);
	zassert_equal(strcmp(recorded(), "bc"), 0, "record: %s", recorded());
}

static int isr_results[2];

static void poll_in_isr(const void *unused)
{
	struct k_poll_event event =
		K_POLL_EVENT_INITIALIZER(K_POLL_TYPE_SIGNAL, K_POLL_MODE_NOTIFY_ONLY, &signal);

	ARG_UNUSED(unused);
	isr_results[0] = k_poll(&event, 1, K_NO_WAIT);
	k_poll_signal_raise(&signal, 0);
	isr_results[1] = k_poll(&event, 1, K_NO_WAIT);
}

/* An interrupt may look without waiting. */
ZTEST(poll_extras, test_poll_in_an_interrupt)
{
	irq_offload(poll_in_isr, NULL);
	zassert_equal(isr_results[0], -EAGAIN);
	zassert_equal(isr_results[1], 0);
}

K_MSGQ_DEFINE(extra_msgq, 1, 1, 1);
K_PIPE_DEFINE(extra_pipe, 4, 4);

static void poll_msgq_and_pipe(void *letter, void *p2, void *p3)
{
	struct k_poll_event events[] = {
		K_POLL_EVENT_INITIALIZER(K_POLL_TYPE_MSGQ_DATA_AVAILABLE, K_POLL_MODE_NOTIFY_ONLY,
					 &extra_msgq),
		K_POLL_EVENT_INITIALIZER(K_POLL_TYPE_PIPE_DATA_AVAILABLE, K_POLL_MODE_NOTIFY_ONLY,
					 &extra_pipe),
	};

	zassert_equal(k_poll(events, 2, K_FOREVER), 0);
	record_letter(letter, p2, p3);
}

/* Message queues and pipes, too, switch to a more urgent poller at once. */
ZTEST(poll_extras, test_put_switches_to_the_poller)
{
	size_t written;
	char byte = 1;

	worker_start(PRIO_HIGH, poll_msgq_and_pipe, "a");
	zassert_equal(k_msgq_put(&extra_msgq, &byte, K_NO_WAIT), 0);
	zassert_recorded("a");
	k_msgq_purge(&extra_msgq);
	worker_start(PRIO_HIGH, poll_msgq_and_pipe, "b");
	zassert_equal(k_pipe_put(&extra_pipe, &byte, 1, &written, 1, K_NO_WAIT), 0);
	zassert_recorded("ab");
	k_pipe_flush(&extra_pipe);
}
