/* SPDX-License-Identifier: Apache-2.0 */

/*
 * The ready queue against a simple model: for each level an array of threads in their order.
 */

#include <kreadyq.h>
#include <random.h>
#include <zephyr/ztest.h>

#define THREADS    40
#define OPERATIONS 20000

static struct k_thread threads[THREADS];
static struct readyq queue;

static struct {
	struct k_thread *order[READYQ_LEVELS][THREADS];
	unsigned int count[READYQ_LEVELS];
	bool present[THREADS];
	unsigned int total;
} model;

static void model_add(struct k_thread *thread)
{
	unsigned int level = readyq_level(thread);

	model.order[level][model.count[level]] = thread;
	model.count[level]++;
	model.present[thread - threads] = true;
	model.total++;
}

static void model_remove(struct k_thread *thread)
{
	unsigned int level = readyq_level(thread);
	unsigned int to = 0;

	for (unsigned int i = 0; i < model.count[level]; i++) {
		if (model.order[level][i] != thread) {
			model.order[level][to] = model.order[level][i];
			to++;
		}
	}
	zassert_equal(to + 1U, model.count[level]);
	model.count[level] = to;
	model.present[thread - threads] = false;
	model.total--;
}

static void check_level(unsigned int level)
{
	bool used = (*readyq_word(&queue, level) & readyq_bit(level)) != 0U;
	struct k_thread *thread = queue.head[level];

	zassert_equal(used, model.count[level] != 0U, "level %u", level);
	zassert_equal(thread == NULL, model.count[level] == 0U, "level %u", level);
	for (unsigned int i = 0; i < model.count[level]; i++) {
		zassert_equal_ptr(thread, model.order[level][i]);
		zassert_equal_ptr(thread->next->prev, thread);
		thread = thread->next;
	}
	zassert_equal_ptr(thread, queue.head[level], "level %u is not a ring of its threads",
			  level);
}

static void check_best(void)
{
	for (unsigned int level = 0; level < READYQ_LEVELS; level++) {
		if (model.count[level] != 0U) {
			zassert_equal_ptr(readyq_best(&queue), model.order[level][0]);
			return;
		}
	}
}

static void check_all(void)
{
	for (unsigned int level = 0; level < READYQ_LEVELS; level++) {
		check_level(level);
	}
	check_best();
}

static void add(struct k_thread *thread, int prio)
{
	thread->prio = (int8_t)prio;
	readyq_add(&queue, thread);
	model_add(thread);
}

static void remove_one(struct k_thread *thread)
{
	readyq_remove(&queue, thread);
	model_remove(thread);
}

static void rotate(unsigned int level)
{
	struct k_thread *first = model.order[level][0];

	readyq_rotate(&queue, queue.head[level]);
	model_remove(first);
	model_add(first);
}

static int random_prio(void)
{
	return (int)random_below(READYQ_LEVELS) - CONFIG_NUM_COOP_PRIORITIES;
}

static void before(void *fixture)
{
	ARG_UNUSED(fixture);
	memset(&queue, 0, sizeof(queue));
	memset(&model, 0, sizeof(model));
	memset(threads, 0, sizeof(threads));
}

ZTEST_SUITE(readyq, NULL, NULL, before, NULL, NULL);

/* Every priority, from the most urgent to the idle thread's, has a level of its own. */
ZTEST(readyq, test_levels)
{
	add(&threads[0], K_IDLE_PRIO);
	zassert_equal_ptr(readyq_best(&queue), &threads[0]);
	for (int prio = K_LOWEST_APPLICATION_THREAD_PRIO; prio >= K_HIGHEST_THREAD_PRIO; prio--) {
		add(&threads[1], prio);
		zassert_equal_ptr(readyq_best(&queue), &threads[1], "priority %d", prio);
		check_all();
		remove_one(&threads[1]);
		zassert_equal_ptr(readyq_best(&queue), &threads[0], "priority %d", prio);
	}
}

/* Random additions, removals and rotations do the same to the queue and to the model. */
ZTEST(readyq, test_against_model)
{
	random_init();
	add(&threads[0], K_IDLE_PRIO); /* never leaves: the queue must not be empty */
	for (unsigned int i = 0; i < OPERATIONS; i++) {
		struct k_thread *thread = &threads[1U + random_below(THREADS - 1U)];

		if (!model.present[thread - threads]) {
			/* Half of them on few levels, for company. */
			add(thread, random_below(2) == 0U ? random_prio() : (int)random_below(3));
		} else if (random_below(3) == 0U) {
			rotate(readyq_level(thread));
		} else {
			remove_one(thread);
		}
		check_all();
	}
}
