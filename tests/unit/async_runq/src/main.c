/* SPDX-License-Identifier: Apache-2.0 */

/*
 * The executor's run queue against a simple model: two arrays, of those that run in this batch
 * and of those that became ready meanwhile.
 */

#include <core.h>
#include <eddy/eddy.h>
#include <random.h>
#include <zephyr/ztest.h>

#define TASKS  50U
#define ROUNDS 3000U

static struct eddy_executor executor;
static EDDY_SIGNAL_DEFINE(gate);

/* What a task does in a turn is decided by chance. */
struct player {
	struct eddy_frame frame;
	unsigned int index;
};

/* The tasks that were spawned or woken, in the order in which they will run. */
static unsigned int expected[TASKS];
static unsigned int expected_count;

/* Those that yielded: they run behind these. */
static unsigned int yielded[TASKS];
static unsigned int yielded_count;

/* Those of the batch that runs. */
static unsigned int batch[TASKS];
static unsigned int batch_count;
static unsigned int batch_next;

/* The tasks that wait at the gate, in their order. */
static unsigned int waiting[TASKS];
static unsigned int waiting_count;

static void becomes_ready(unsigned int index)
{
	zassert_true(expected_count < TASKS);
	expected[expected_count] = index;
	expected_count++;
}

static void open_gate(void)
{
	if (waiting_count > 0U) {
		becomes_ready(waiting[0]);
		waiting_count--;
		memmove(&waiting[0], &waiting[1], waiting_count * sizeof(waiting[0]));
		eddy_signal_raise(&gate, 0U);
	}
}

/* A turn of task @index has begun: it is its turn, and the queue is sound. */
static void check_turn(unsigned int index)
{
	const struct eddy_waiter *waiter = executor.first;

	zassert_true(batch_next < batch_count);
	zassert_equal(index, batch[batch_next]);
	batch_next++;
	for (unsigned int i = 0; i < expected_count; i++) {
		zassert_not_null(waiter);
		waiter = waiter->next;
	}
	zassert_is_null(waiter);
	zassert_is_null(*executor.end);
	waiter = executor.again;
	for (unsigned int i = 0; i < yielded_count; i++) {
		zassert_not_null(waiter);
		waiter = waiter->next;
	}
	zassert_is_null(waiter);
	zassert_is_null(*executor.again_end);
}

async_fn(player)
{
	async_begin;
	for (;;) {
		check_turn(my->index);
		while (random_below(3) == 0U) {
			open_gate();
		}
		switch (random_below(8)) {
		case 0:
			async_return(0);
		case 1:
		case 2:
		case 3:
			yielded[yielded_count] = my->index;
			yielded_count++;
			await(eddy_yield(self));
			break;
		default:
			waiting[waiting_count] = my->index;
			waiting_count++;
			await(eddy_signal_wait(self, &gate, NULL, K_FOREVER));
			break;
		}
	}
	async_end;
}

static EDDY_TASK_STORAGE(player) players[TASKS];

static void spawn_some(void)
{
	for (unsigned int i = 0; i < 4U; i++) {
		unsigned int index = random_below(TASKS);
		bool was_active = eddy_task_is_active(&players[index].task);

		zassert_equal(eddy_spawn(&executor, &players[index].task), was_active ? -EBUSY : 0);
		if (!was_active) {
			becomes_ready(index);
		}
	}
}

ZTEST_SUITE(async_runq, NULL, NULL, NULL, NULL, NULL);

/* At random, tasks run as they were spawned and woken, then those that yielded. */
ZTEST(async_runq, test_against_model)
{
	random_init();
	eddy_executor_init(&executor, "test");
	for (unsigned int i = 0; i < TASKS; i++) {
		EDDY_TASK_INIT(&players[i], player, .index = i);
	}
	for (unsigned int round = 0; round < ROUNDS; round++) {
		spawn_some();
		open_gate();
		memcpy(batch, expected, sizeof(batch));
		memcpy(&batch[expected_count], yielded, yielded_count * sizeof(yielded[0]));
		batch_count = expected_count + yielded_count;
		batch_next = 0U;
		expected_count = 0U;
		yielded_count = 0U;

		zassert_equal(eddy_executor_poll(&executor), batch_count > 0U);
		zassert_equal(batch_next, batch_count, "not all of the batch has run");
	}
}
