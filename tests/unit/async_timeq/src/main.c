/* SPDX-License-Identifier: Apache-2.0 */

/*
 * The async library's queue of deadlines against a simple model: a list, searched from end to
 * end.
 *
 * The executor is never run: the test calls what it would call.
 */

#include <core.h>
#include <random.h>
#include <zephyr/ztest.h>

#define MANY       10000U
#define FEW        200U
#define OPERATIONS 20000U
#define NEAR       500U /* ticks within which most deadlines lie */

static struct eddy_executor executor;
static struct eddy_task tasks[MANY];

/* What the queue should hold. */
static struct {
	bool queued;
	uint64_t tick;
	unsigned int arrival;
} model[MANY];
static unsigned int arrivals;
static uint64_t now;

static void before(void *fixture)
{
	ARG_UNUSED(fixture);
	eddy_executor_init(&executor, "test");
	memset(tasks, 0, sizeof(tasks));
	memset(model, 0, sizeof(model));
	arrivals = 0U;
	now = (uint64_t)k_uptime_ticks();
}

ZTEST_SUITE(async_timeq, NULL, NULL, before, NULL, NULL);

/* Queue a deadline, as a sleeping task's would be. */
static void add(unsigned int index, uint64_t tick)
{
	struct eddy_task *task = &tasks[index];

	task->waiter.executor = &executor;
	task->waiter.state = EDDY_TASK_ACTIVE | EDDY_TASK_WAITING;
	eddy_limit(task, K_TIMEOUT_ABS_TICKS((k_ticks_t)tick));
	eddy_timeq_add(task);
	model[index].queued = true;
	model[index].tick = tick;
	model[index].arrival = arrivals++;
}

static void drop(unsigned int index)
{
	eddy_timeq_remove(&tasks[index]);
	zassert_is_null(tasks[index].deadline.link);
	model[index].queued = false;
}

static bool earlier(unsigned int a, unsigned int b)
{
	return model[a].tick < model[b].tick ||
	       (model[a].tick == model[b].tick && model[a].arrival < model[b].arrival);
}

/* The first of the model; MANY: none. */
static unsigned int model_first(void)
{
	unsigned int first = MANY;

	for (unsigned int i = 0; i < FEW; i++) {
		if (model[i].queued && (first == MANY || earlier(i, first))) {
			first = i;
		}
	}
	return first;
}

/* Move the clock on, and compare who wakes, and in which order. */
static void expire(uint64_t tick)
{
	k_spinlock_key_t key = k_spin_lock(&eddy_lock);

	now = tick;
	key = eddy_timeq_expire_any(&executor, key, now);
	k_spin_unlock(&eddy_lock, key);

	while (executor.first != NULL) {
		unsigned int index = (unsigned int)(eddy_task_of(executor.first) - tasks);

		zassert_equal(index, model_first());
		zassert_true(model[index].tick <= now, "woken early");
		zassert_equal(tasks[index].waiter.state, EDDY_TASK_ACTIVE);
		zassert_equal(tasks[index].waiter.result, 0);
		model[index].queued = false;
		executor.first = executor.first->next;
	}
	executor.end = &executor.first;
	if (model_first() != MANY) {
		zassert_true(model[model_first()].tick > now, "not woken");
	}
}

/* Check the heap below @link: links back, order. Returns the number of nodes. Not too deep here. */
static unsigned int check_heap(struct eddy_deadline **link)
{
	struct eddy_deadline *node = *link;
	unsigned int count = 1U;

	if (node == NULL) {
		return 0U;
	}
	zassert_equal_ptr(node->link, link);
	for (int i = 0; i < 2; i++) {
		if (node->child[i] != NULL) {
			zassert_true(eddy_deadline_tick(node->child[i]) >=
				     eddy_deadline_tick(node));
		}
		count += check_heap(&node->child[i]);
	}
	return count;
}

static void check(void)
{
	unsigned int count = 0U;

	for (unsigned int i = 0; i < FEW; i++) {
		zassert_equal(tasks[i].deadline.link != NULL, model[i].queued, "task %u", i);
		count += model[i].queued ? 1U : 0U;
	}
	zassert_equal(check_heap(&executor.deadlines), count);
	if (count > 0U) {
		zassert_equal(eddy_timeq_first(&executor), model[model_first()].tick);
	}
}

/* An operation at random: adding or removing, at times letting time pass. */
static void operate(void)
{
	unsigned int index = random_below(FEW);
	uint32_t dice = random_below(16);

	if (dice == 0U) {
		expire(now + random_below(NEAR / 8U));
	} else if (model[index].queued) {
		drop(index);
	} else if (dice == 1U) {
		add(index, now - MIN(now, random_below(5)));
	} else if (dice == 2U) {
		add(index, now + ((uint64_t)random_next() << 8));
	} else {
		add(index, now + 10U * random_below(NEAR / 10U)); /* often on others' tick */
	}
}

/* Random additions, removals and expiries do the same to the queue and to the model. */
ZTEST(async_timeq, test_against_model)
{
	random_init();
	for (unsigned int i = 0; i < OPERATIONS; i++) {
		operate();
		check();
	}
	expire(now + (1ULL << 41));
	check();
	zassert_is_null(executor.deadlines);
}

/* A relative limit counts from the next tick, so that no wait is shorter than asked for. */
ZTEST(async_timeq, test_relative_limits)
{
	uint64_t uptime = (uint64_t)k_uptime_ticks();

	tasks[0].waiter.executor = &executor;
	eddy_limit(&tasks[0], K_TICKS(100));
	eddy_timeq_add(&tasks[0]);
	zassert_between_inclusive(eddy_timeq_first(&executor), uptime + 101U, uptime + 102U);
}

/* Equal deadlines expire in the order of their addition, also when their numbers wrap. */
ZTEST(async_timeq, test_equal_deadlines)
{
	for (unsigned int i = 0; i < 65536U - FEW / 2U; i++) {
		add(0, now + 5U);
		drop(0);
	}
	for (unsigned int i = 0; i < FEW; i++) {
		add((i * 7U) % FEW, now + 5U); /* 7 and FEW have no common divisor */
	}
	expire(now + 10U);
	zassert_is_null(executor.deadlines);
}

/* Nodes that one passes from the root to @index: what its insertion has walked past. */
static unsigned int depth_of(unsigned int index)
{
	struct eddy_deadline **link = tasks[index].deadline.link;
	unsigned int depth = 0U;

	while (link != &executor.deadlines) {
		index = (unsigned int)(((char *)link - (char *)tasks) /
				       (ptrdiff_t)sizeof(tasks[0]));
		link = tasks[index].deadline.link;
		depth++;
	}
	return depth;
}

/* Orders in which deadlines may arrive. */
static uint64_t ascending(unsigned int i)
{
	return i;
}

static uint64_t descending(unsigned int i)
{
	return MANY - i;
}

static uint64_t zigzag(unsigned int i)
{
	return i % 2U == 0U ? i : MANY - i;
}

static uint64_t equal(unsigned int i)
{
	ARG_UNUSED(i);
	return 7U;
}

static uint64_t scattered(unsigned int i)
{
	return (i * 2654435761U) % 4096U;
}

static uint64_t (*const orders[])(unsigned int) = {ascending, descending, zigzag, equal, scattered};

/* log2(MANY) is 13.3. */
#define STEPS_ON_AVERAGE 14U
#define STEPS_AT_MOST    40U

/* Whatever the order of arrival, an insertion walks past few of 10,000 nodes. */
ZTEST(async_timeq, test_insertion_is_logarithmic)
{
	for (size_t k = 0; k < ARRAY_SIZE(orders); k++) {
		unsigned int total = 0U;
		unsigned int most = 0U;

		before(NULL);
		for (unsigned int i = 0; i < MANY; i++) {
			/* Walked past: those before it; a node put on top of others passes none. */
			unsigned int steps;

			add(i, now + orders[k](i));
			steps = depth_of(i);
			total += steps;
			most = MAX(most, steps);
		}
		zassert_true(total / MANY <= STEPS_ON_AVERAGE, "order %u: %u on average",
			     (unsigned int)k, total / MANY);
		zassert_true(most <= STEPS_AT_MOST, "order %u: up to %u", (unsigned int)k, most);
	}
}

static struct eddy_deadline **links_before[MANY];

/* How many nodes a removal hangs elsewhere. */
static unsigned int removal_steps(unsigned int index)
{
	unsigned int steps = 0U;

	for (unsigned int i = 0; i < MANY; i++) {
		links_before[i] = tasks[i].deadline.link;
	}
	drop(index);
	for (unsigned int i = 0; i < MANY; i++) {
		steps += links_before[i] != tasks[i].deadline.link ? 1U : 0U;
	}
	return steps;
}

/* Whatever the order of arrival, a removal moves few of 10,000 nodes: of the first, and of any. */
ZTEST(async_timeq, test_removal_is_logarithmic)
{
	random_init();
	for (size_t k = 0; k < ARRAY_SIZE(orders); k++) {
		unsigned int total = 0U;

		before(NULL);
		for (unsigned int i = 0; i < MANY; i++) {
			add(i, now + orders[k](i));
		}
		for (int i = 0; i < 200; i++) {
			struct eddy_deadline *first = executor.deadlines;
			unsigned int any = random_below(MANY);

			total += removal_steps(
				(unsigned int)(CONTAINER_OF(first, struct eddy_task, deadline) -
					       tasks));
			if (model[any].queued) {
				total += removal_steps(any);
			}
		}
		zassert_true(total / 400U <= STEPS_ON_AVERAGE, "order %u: %u on average",
			     (unsigned int)k, total / 400U);
	}
}
