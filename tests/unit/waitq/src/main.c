/* SPDX-License-Identifier: Apache-2.0 */

/*
 * The wait queue against a simple model: an array sorted by priority, then arrival.
 */

#include <kwaitq.h>
#include <random.h>
#include <zephyr/ztest.h>

#define THREADS    30
#define OPERATIONS 20000

static struct k_thread threads[THREADS];
static struct k_waitq queue;

static struct k_thread *model[THREADS];
static unsigned int model_count;

static void model_add(struct k_thread *thread)
{
	unsigned int at = model_count;

	for (; at > 0U && model[at - 1U]->prio > thread->prio; at--) {
		model[at] = model[at - 1U];
	}
	model[at] = thread;
	model_count++;
}

static void model_remove(struct k_thread *thread)
{
	unsigned int to = 0;

	for (unsigned int i = 0; i < model_count; i++) {
		if (model[i] != thread) {
			model[to] = model[i];
			to++;
		}
	}
	zassert_equal(to + 1U, model_count);
	model_count = to;
}

static void check(void)
{
	struct k_thread *thread = queue.first;

	zassert_true(waitq_is_valid(&queue));
	zassert_equal(thread == NULL, model_count == 0U);
	for (unsigned int i = 0; i < model_count; i++) {
		zassert_equal_ptr(thread, model[i]);
		zassert_equal_ptr(thread->waits_on, &queue);
		zassert_equal_ptr(thread->next->prev, thread);
		zassert_true((thread->state & THREAD_PENDING) != 0U);
		thread = thread->next;
	}
	zassert_equal_ptr(thread, queue.first, "not a ring of the waiters");
}

static void before(void *fixture)
{
	ARG_UNUSED(fixture);
	memset(&queue, 0, sizeof(queue));
	memset(threads, 0, sizeof(threads));
	model_count = 0U;
}

ZTEST_SUITE(waitq, NULL, NULL, before, NULL, NULL);

/* An empty queue has nobody to give. */
ZTEST(waitq, test_empty)
{
	zassert_is_null(waitq_take_first(&queue));
	zassert_true(waitq_is_valid(&queue));
}

/* Who leaves bears no mark of having waited. */
ZTEST(waitq, test_removal_leaves_no_mark)
{
	threads[0].state = THREAD_SUSPENDED;
	waitq_add(&queue, &threads[0]);
	zassert_equal(threads[0].state, THREAD_SUSPENDED | THREAD_PENDING);
	zassert_equal_ptr(waitq_take_first(&queue), &threads[0]);
	zassert_equal(threads[0].state, THREAD_SUSPENDED);
	zassert_is_null(threads[0].waits_on);
	zassert_is_null(queue.first);
}

/* Random arrivals, departures and services do the same to the queue and to the model. */
ZTEST(waitq, test_against_model)
{
	random_init();
	for (unsigned int i = 0; i < OPERATIONS; i++) {
		struct k_thread *thread = &threads[random_below(THREADS)];

		if (thread->waits_on == NULL) {
			thread->prio = (int8_t)((int)random_below(6) - 3);
			waitq_add(&queue, thread);
			model_add(thread);
		} else if (random_below(2) == 0U) {
			waitq_remove(&queue, thread);
			model_remove(thread);
		} else {
			thread = model[0];
			zassert_equal_ptr(waitq_take_first(&queue), thread);
			model_remove(thread);
		}
		check();
	}
}
