/* SPDX-License-Identifier: Apache-2.0 */

/*
 * The async library's wait queue against a simple model: an array sorted by priority, then
 * arrival.
 */

#include <core.h>
#include <random.h>
#include <zephyr/ztest.h>

#define QUEUES     3
#define WAITERS    40
#define PRIORITIES 5
#define OPERATIONS 30000

static struct eddy_executor executors[PRIORITIES];
static struct eddy_waiter waiters[WAITERS];
static int queue_of[WAITERS]; /* -1: none */

static struct eddy_waitq queues[QUEUES];

static struct {
	struct eddy_waiter *waiters[WAITERS];
	unsigned int count;
} model[QUEUES];

static void model_add(int queue, struct eddy_waiter *waiter)
{
	unsigned int at = model[queue].count;

	while (at > 0U && model[queue].waiters[at - 1U]->executor->prio > waiter->executor->prio) {
		model[queue].waiters[at] = model[queue].waiters[at - 1U];
		at--;
	}
	model[queue].waiters[at] = waiter;
	model[queue].count++;
	queue_of[waiter - waiters] = queue;
}

static void model_remove(struct eddy_waiter *waiter)
{
	int queue = queue_of[waiter - waiters];
	unsigned int to = 0U;

	for (unsigned int i = 0; i < model[queue].count; i++) {
		if (model[queue].waiters[i] != waiter) {
			model[queue].waiters[to] = model[queue].waiters[i];
			to++;
		}
	}
	zassert_equal(to + 1U, model[queue].count);
	model[queue].count = to;
	queue_of[waiter - waiters] = -1;
}

static void check(int queue)
{
	const struct eddy_waiter *waiter;

	zassert_true(eddy_waitq_is_valid(&queues[queue]));
	zassert_equal(eddy_waitq_is_empty(&queues[queue]), model[queue].count == 0U);
	if (model[queue].count == 0U) {
		return;
	}
	waiter = queues[queue].last->next;
	for (unsigned int i = 0; i < model[queue].count; i++) {
		zassert_equal_ptr(waiter, model[queue].waiters[i]);
		waiter = waiter->next;
	}
	zassert_equal_ptr(waiter, model[queue].waiters[0], "not a ring");
}

static void before(void *fixture)
{
	ARG_UNUSED(fixture);
	memset(queues, 0, sizeof(queues));
	memset(model, 0, sizeof(model));
	for (int i = 0; i < PRIORITIES; i++) {
		eddy_executor_init(&executors[i], NULL);
		executors[i].prio = (int8_t)(i - 2);
	}
	for (int i = 0; i < WAITERS; i++) {
		memset(&waiters[i], 0xa5, sizeof(waiters[i])); /* whatever it was used for before */
		queue_of[i] = -1;
	}
}

ZTEST_SUITE(async_waitq, NULL, NULL, before, NULL, NULL);

/* A queue of one is emptied by taking and by removing. */
ZTEST(async_waitq, test_one_waiter)
{
	waiters[0].executor = &executors[0];
	eddy_waitq_add(&queues[0], &waiters[0]);
	zassert_false(eddy_waitq_is_empty(&queues[0]));
	zassert_equal_ptr(eddy_waitq_unlink_first(&queues[0]), &waiters[0]);
	zassert_true(eddy_waitq_is_empty(&queues[0]));

	eddy_waitq_add(&queues[0], &waiters[0]);
	eddy_waitq_remove(&waiters[0]);
	zassert_true(eddy_waitq_is_empty(&queues[0]));
}

/* is_valid() notices broken links and a wrong order. */
ZTEST(async_waitq, test_invalid_queues_are_noticed)
{
	for (int i = 0; i < 3; i++) {
		waiters[i].executor = &executors[i];
		eddy_waitq_add(&queues[0], &waiters[i]);
	}
	zassert_true(eddy_waitq_is_valid(&queues[0]));

	waiters[0].executor = &executors[2];
	zassert_false(eddy_waitq_is_valid(&queues[0]), "order");
	waiters[0].executor = &executors[0];

	waiters[2].prev = &waiters[0];
	zassert_false(eddy_waitq_is_valid(&queues[0]), "back link");
	waiters[2].prev = &waiters[1];

	waiters[0].prev = eddy_waitq_mark(&queues[1]);
	zassert_false(eddy_waitq_is_valid(&queues[0]), "mark");
}

/* An operation at random on a random queue. Returns the queue. */
static int operate(void)
{
	struct eddy_waiter *waiter = &waiters[random_below(WAITERS)];
	int queue = queue_of[waiter - waiters];

	if (queue < 0) {
		queue = (int)random_below(QUEUES);
		waiter->executor = &executors[random_below(PRIORITIES)];
		eddy_waitq_add(&queues[queue], waiter);
		model_add(queue, waiter);
	} else if (random_below(2) == 0U) {
		eddy_waitq_remove(waiter);
		model_remove(waiter);
		memset(waiter, 0x5a, sizeof(*waiter));
	} else {
		waiter = model[queue].waiters[0];
		zassert_equal_ptr(eddy_waitq_unlink_first(&queues[queue]), waiter);
		model_remove(waiter);
		memset(waiter, 0x5a, sizeof(*waiter));
	}
	return queue;
}

/* Random arrivals, departures and services do the same to three queues and to the model. */
ZTEST(async_waitq, test_against_model)
{
	random_init();
	for (int i = 0; i < OPERATIONS; i++) {
		check(operate());
	}
}
