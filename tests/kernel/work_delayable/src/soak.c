/* SPDX-License-Identifier: Apache-2.0 */

/*
 * All calls at random, from threads of several priorities and from interrupts, on few items and two
 * queues: nobody may hang, and no item may run twice at a time.
 */

#include <zephyr/ztest.h>

#include "workers.h"

#define ITEMS      3
#define THREADS    4
#define OPERATIONS 400
#define STACK_SIZE 1024

static struct k_work_q queues[2];
static K_THREAD_STACK_ARRAY_DEFINE(stacks, 2, STACK_SIZE);

static struct item {
	struct k_work_delayable dwork;
	bool is_running;
} items[ITEMS];

static unsigned int runs;
static bool ran_twice_at_a_time;
static uint32_t handler_random;
static uint32_t isr_random;

static uint32_t next_random(uint32_t *state)
{
	*state = *state * 1664525U + 1013904223U;
	return *state >> 16;
}

static void run_item(struct k_work *work)
{
	struct item *item = CONTAINER_OF(k_work_delayable_from_work(work), struct item, dwork);

	ran_twice_at_a_time = ran_twice_at_a_time || item->is_running;
	item->is_running = true;
	runs++;
	switch (next_random(&handler_random) % 4U) {
	case 0:
		k_sleep(K_TICKS(2));
		break;
	case 1:
		(void)k_work_reschedule_for_queue(NULL, &item->dwork, K_TICKS(1)); /* or refused */
		break;
	case 2:
		(void)k_work_cancel_delayable(&item->dwork); /* itself */
		break;
	default:
		break;
	}
	item->is_running = false;
}

/* What any context may do. The results do not matter here. */
static void change_an_item(uint32_t *random)
{
	struct k_work_delayable *dwork = &items[next_random(random) % ITEMS].dwork;
	struct k_work_q *queue = &queues[next_random(random) % 2U];
	k_timeout_t delay = K_TICKS(next_random(random) % 4U);

	switch (next_random(random) % 4U) {
	case 0:
		(void)k_work_schedule_for_queue(queue, dwork, delay);
		break;
	case 1:
		(void)k_work_reschedule_for_queue(queue, dwork, delay);
		break;
	case 2:
		(void)k_work_submit_to_queue(queue, &dwork->work);
		break;
	default:
		(void)k_work_cancel_delayable(dwork);
		break;
	}
}

static void change_in_isr(struct k_timer *timer)
{
	ARG_UNUSED(timer);
	change_an_item(&isr_random);
}

static K_TIMER_DEFINE(changer, change_in_isr, NULL);

static void use_items(void *p1, void *p2, void *p3)
{
	uint32_t random = (uint32_t)(uintptr_t)p1;
	struct k_work_sync sync;

	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	for (int i = 0; i < OPERATIONS; i++) {
		struct k_work_delayable *dwork = &items[next_random(&random) % ITEMS].dwork;

		switch (next_random(&random) % 8U) {
		case 0:
			(void)k_work_cancel_delayable_sync(dwork, &sync);
			break;
		case 1:
			(void)k_work_flush_delayable(dwork, &sync);
			break;
		case 2:
			(void)k_work_queue_drain(&queues[next_random(&random) % 2U], false);
			break;
		case 3:
			k_sleep(K_TICKS(1));
			break;
		default:
			change_an_item(&random);
			break;
		}
	}
}

static void before(void *fixture)
{
	static const int prios[] = {PRIO_HIGH, PRIO_LOW};

	workers_before(fixture);
	runs = 0U;
	ran_twice_at_a_time = false;
	handler_random = 3U;
	isr_random = 4U;
	for (int i = 0; i < ITEMS; i++) {
		items[i].is_running = false;
		k_work_init_delayable(&items[i].dwork, run_item);
	}
	for (int i = 0; i < 2; i++) {
		k_work_queue_init(&queues[i]);
		k_work_queue_start(&queues[i], stacks[i], STACK_SIZE, prios[i], NULL);
	}
}

static void after(void *fixture)
{
	k_timer_stop(&changer);
	for (int i = 0; i < ITEMS; i++) {
		(void)k_work_cancel_delayable(&items[i].dwork); /* the next test makes them anew */
	}
	workers_after(fixture);
	for (int i = 0; i < 2; i++) {
		k_thread_abort(k_work_queue_thread_get(&queues[i]));
	}
}

ZTEST_SUITE(work_soak, NULL, NULL, before, after, NULL);

/* Nobody hangs, nothing runs twice at a time, and in the end all items are idle. */
ZTEST(work_soak, test_all_calls_at_random)
{
	static const int prios[THREADS] = {PRIO_COOP, PRIO_HIGH, PRIO_TEST, PRIO_LOW};
	k_tid_t threads[THREADS];
	struct k_work_sync sync;

	k_timer_start(&changer, K_TICKS(1), K_TICKS(3));
	for (int i = 0; i < THREADS; i++) {
		threads[i] = worker_start(prios[i], use_items, (void *)(uintptr_t)(i + 10));
	}
	for (int i = 0; i < THREADS; i++) {
		worker_join(threads[i]);
	}
	k_timer_stop(&changer);
	for (int i = 0; i < ITEMS; i++) {
		(void)k_work_cancel_delayable_sync(&items[i].dwork, &sync); /* busy or not */
		zassert_equal(k_work_delayable_busy_get(&items[i].dwork), 0);
	}
	zassert_false(ran_twice_at_a_time);
	zassert_true(runs > 100U, "too little happened: %u", runs);
}
