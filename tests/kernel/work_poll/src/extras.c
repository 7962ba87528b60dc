/* SPDX-License-Identifier: Apache-2.0 */

/* What Zephyr leaves open: the order between threads and items that poll one object. */

#include <zephyr/ztest.h>

#include "workers.h"

static struct k_poll_signal signal;
static struct k_poll_event item_event;
static struct k_work_poll work;
static struct k_work_q queue;
static K_THREAD_STACK_DEFINE(stack, 1024);

static void record_run(struct k_work *item)
{
	ARG_UNUSED(item);
	record('w');
}

static void poll_signal(void *p1, void *p2, void *p3)
{
	struct k_poll_event event =
		K_POLL_EVENT_INITIALIZER(K_POLL_TYPE_SIGNAL, K_POLL_MODE_NOTIFY_ONLY, &signal);

	ARG_UNUSED(p1);
	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	zassert_equal(k_poll(&event, 1, K_FOREVER), 0);
	record('t');
}

static void *setup(void)
{
	k_work_queue_start(&queue, stack, K_THREAD_STACK_SIZEOF(stack), PRIO_LOW, NULL);
	return NULL;
}

ZTEST_SUITE(work_poll_extras, NULL, setup, workers_before, workers_after, NULL);

/* An item comes in its turn, by the priority of its queue. */
ZTEST(work_poll_extras, test_item_has_the_priority_of_its_queue)
{
	k_poll_signal_init(&signal);
	k_poll_event_init(&item_event, K_POLL_TYPE_SIGNAL, K_POLL_MODE_NOTIFY_ONLY, &signal);
	k_work_poll_init(&work, record_run);
	zassert_equal(k_work_poll_submit_to_queue(&queue, &work, &item_event, 1, K_FOREVER), 0);
	worker_start(PRIO_HIGH, poll_signal, NULL);

	k_poll_signal_raise(&signal, 0);
	k_sleep(K_MSEC(1));
	zassert_equal(strcmp(recorded(), "t"), 0, "record: %s", recorded());
	k_poll_signal_raise(&signal, 0);
	k_sleep(K_MSEC(1));
	zassert_equal(strcmp(recorded(), "tw"), 0, "record: %s", recorded());
}
