/* SPDX-License-Identifier: Apache-2.0 */

/* Draining and plugging of work queues. */

#include <zephyr/irq_offload.h>
#include <zephyr/ztest.h>

#include "items.h"
#include "workers.h"

ZTEST_SUITE(work_drain, NULL, NULL, items_before, items_after, NULL);

/* A thread that drains the queue. */
struct drainer {
	bool plug;
	char letter;
	int result;
};

static void drain(void *p1, void *p2, void *p3)
{
	struct drainer *drainer = p1;

	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	drainer->result = NOT_YET;
	drainer->result = k_work_queue_drain(&queue, drainer->plug);
	record(drainer->letter);
}

/* There is nothing to drain from an idle queue. */
ZTEST(work_drain, test_drain_of_an_idle_queue_returns_at_once)
{
	zassert_equal(k_work_queue_drain(&queue, false), 0);
	(void)submit(&a);
	zassert_equal(k_work_queue_drain(&queue, false), 0);
}

/* A drain waits for all that is running and queued. */
ZTEST(work_drain, test_drain_waits_for_all_items)
{
	struct drainer drainer = {.letter = 'd'};

	submit_gated(&a);
	(void)submit(&b);
	(void)submit(&c);
	worker_start(PRIO_HIGH, drain, &drainer);
	zassert_equal(drainer.result, NOT_YET);
	gate_open();
	k_sleep(K_MSEC(1));
	zassert_equal(drainer.result, 1);
	zassert_recorded("a.bcd");
}

/* An item that runs is waited for, though the queue is empty. */
ZTEST(work_drain, test_drain_waits_for_the_running_item)
{
	struct drainer drainer = {.letter = 'd'};

	submit_gated(&a);
	worker_start(PRIO_HIGH, drain, &drainer);
	zassert_equal(drainer.result, NOT_YET);
	gate_open();
	k_sleep(K_MSEC(1));
	zassert_equal(drainer.result, 1);
}

static int isr_result;

static void submit_in_isr(const void *unused)
{
	ARG_UNUSED(unused);
	isr_result = submit(&b);
}

/* Meanwhile nobody from outside can submit. */
ZTEST(work_drain, test_drain_refuses_outsiders)
{
	struct drainer drainer = {.letter = 'd'};

	submit_gated(&a);
	worker_start(PRIO_HIGH, drain, &drainer);
	zassert_equal(submit(&b), -EBUSY);
	zassert_equal(submit(&a), -EBUSY);
	irq_offload(submit_in_isr, NULL);
	zassert_equal(isr_result, -EBUSY);
	gate_open();
	k_sleep(K_MSEC(1));
	zassert_equal(submit(&b), 1);
	zassert_recorded("a.db");
}

/* The queue's own items can: a chain of items is drained to its end. */
ZTEST(work_drain, test_drain_accepts_submissions_by_items)
{
	struct drainer drainer = {.letter = 'd'};

	submit_gated(&a);
	b.resubmissions = 3;
	b.where = &queue;
	(void)submit(&b);
	worker_start(PRIO_HIGH, drain, &drainer);
	gate_open();
	k_sleep(K_MSEC(1));
	zassert_equal(b.result, 2);
	zassert_equal(drainer.result, 1);
	zassert_recorded("a.bbbbd");
}

static void interrupt_self(struct k_work *work)
{
	ARG_UNUSED(work);
	record('i');
	irq_offload(submit_in_isr, NULL);
}

/* An interrupt of an item is not the item: it is refused. */
ZTEST(work_drain, test_drain_refuses_interrupts_of_its_items)
{
	static K_WORK_DEFINE(interrupted, interrupt_self);
	struct drainer drainer = {.letter = 'd'};

	submit_gated(&a);
	(void)k_work_submit_to_queue(&queue, &interrupted);
	worker_start(PRIO_HIGH, drain, &drainer);
	isr_result = NOT_YET;
	gate_open();
	k_sleep(K_MSEC(1));
	zassert_equal(isr_result, -EBUSY);
	zassert_recorded("a.id");
}

/* All who drain go on when the queue is empty. */
ZTEST(work_drain, test_drain_by_several_threads)
{
	struct drainer first = {.letter = '1'};
	struct drainer second = {.letter = '2', .plug = true};

	submit_gated(&a);
	worker_start(PRIO_HIGH, drain, &first);
	worker_start(PRIO_HIGH, drain, &second);
	gate_open();
	k_sleep(K_MSEC(1));
	zassert_equal(first.result, 1);
	zassert_equal(second.result, 1);
	zassert_equal(submit(&a), -EBUSY, "one of them plugged it");
}

/* A thread aborted while it drains leaves a queue that drains to its end and works on. */
ZTEST(work_drain, test_abort_in_drain)
{
	struct drainer first = {.letter = '1'};
	struct drainer second = {.letter = '2'};
	k_tid_t aborted;

	submit_gated(&a);
	aborted = worker_start(PRIO_HIGH, drain, &first);
	worker_start(PRIO_HIGH, drain, &second);
	k_thread_abort(aborted);
	gate_open();
	k_sleep(K_MSEC(1));
	zassert_equal(second.result, 1);
	zassert_equal(submit(&b), 1);
	zassert_recorded("a.2b");
}

/* A plugged queue is emptied, then takes nothing until it is unplugged. */
ZTEST(work_drain, test_plug)
{
	zassert_equal(k_work_queue_drain(&queue, true), 1);
	zassert_equal(submit(&a), -EBUSY);
	zassert_equal(k_work_busy_get(&a.work), 0);

	zassert_equal(k_work_queue_unplug(&queue), 0);
	zassert_equal(submit(&a), 1);
	zassert_recorded("a");
}

/* To unplug a queue that is not plugged is refused. */
ZTEST(work_drain, test_unplug_of_an_open_queue)
{
	zassert_equal(k_work_queue_unplug(&queue), -EALREADY);
	zassert_equal(k_work_queue_drain(&queue, true), 1);
	zassert_equal(k_work_queue_unplug(&queue), 0);
	zassert_equal(k_work_queue_unplug(&queue), -EALREADY);
}

/* While a plugged queue still drains, its items can submit; afterwards nobody can. */
ZTEST(work_drain, test_plug_lets_a_chain_of_items_end)
{
	struct drainer drainer = {.letter = 'd', .plug = true};

	a.resubmissions = 1;
	a.where = &queue;
	submit_gated(&b);
	(void)submit(&a);
	worker_start(PRIO_HIGH, drain, &drainer);
	gate_open();
	k_sleep(K_MSEC(1));
	zassert_equal(a.result, 2);
	zassert_recorded("b.aad");
	zassert_equal(submit(&a), -EBUSY);
}

/* A plugged queue that is drained once more answers at once, and stays plugged. */
ZTEST(work_drain, test_drain_of_a_plugged_queue)
{
	zassert_equal(k_work_queue_drain(&queue, true), 1);
	zassert_equal(k_work_queue_drain(&queue, false), 0);
	zassert_equal(k_work_queue_drain(&queue, true), 1);
	zassert_equal(submit(&a), -EBUSY);
}

static unsigned int accepted;
static unsigned int refused;
static unsigned int ran;

static void count_run(struct k_work *work)
{
	ARG_UNUSED(work);
	ran++;
}

static K_WORK_DEFINE(counted, count_run);

static void submit_on_expiry(struct k_timer *timer)
{
	int result = k_work_submit_to_queue(&queue, &counted);

	ARG_UNUSED(timer);
	accepted += result > 0 ? 1U : 0U;
	refused += result == -EBUSY ? 1U : 0U;
}

static K_TIMER_DEFINE(submitter, submit_on_expiry, NULL);

/* Interrupts that submit while queues drain lose nothing that was accepted. */
ZTEST(work_drain, test_interrupts_while_draining)
{
	queue_restart(PRIO_LOW, NULL);
	accepted = refused = ran = 0U;
	k_timer_start(&submitter, K_TICKS(1), K_TICKS(1));
	for (int i = 0; i < 50; i++) {
		int result;

		k_busy_wait(250);
		result = k_work_queue_drain(&queue, i % 2 == 0);
		zassert_true(result == 0 || result == 1, "result: %d", result);
		k_busy_wait(150);
		(void)k_work_queue_unplug(&queue); /* every other time it is not plugged */
	}
	k_timer_stop(&submitter);
	(void)k_work_queue_drain(&queue, false);
	zassert_true(accepted > 0U && refused > 0U, "too little happened");
	zassert_equal(ran, accepted);
}
