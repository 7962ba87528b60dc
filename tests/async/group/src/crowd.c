/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Many families at once, on two executors, whose members end, fail, time out and are canceled at
 * all moments: every parent ends behind its last child.
 */

#include "family.h"

#define PARENTS 10U
#define LITTER  5U
#define ROUNDS  40U

static uint32_t seed;
static unsigned int alive; /* children; guarded by eddy_lock */
static struct eddy_executor urgent;

static uint32_t dice(uint32_t sides)
{
	k_spinlock_key_t key = k_spin_lock(&eddy_lock);
	uint32_t value;

	seed = seed * 1664525U + 1013904223U;
	value = (seed >> 16) % sides;
	k_spin_unlock(&eddy_lock, key);
	return value;
}

static void count(int step)
{
	k_spinlock_key_t key = k_spin_lock(&eddy_lock);

	alive = (unsigned int)((int)alive + step);
	k_spin_unlock(&eddy_lock, key);
}

/* Sleeps, then ends well or not; canceled, it takes its time. */
struct pup {
	struct eddy_frame frame;
	unsigned int *living; /* in: counts its siblings and itself */
	int result;
};

async_fn(pup)
{
	async_begin;
	++*my->living;
	count(1);
	await_into(my->result, eddy_sleep(self, K_TICKS(dice(6))));
	if (my->result == -ECANCELED && dice(2) == 0U) {
		(void)eddy_shield(self);
		await(eddy_sleep(self, K_TICKS(dice(3))));
		eddy_unshield(self);
	}
	if (my->result == 0 && dice(5) == 0U) {
		my->result = -EIO;
	}
	--*my->living;
	count(-1);
	async_return(my->result);
	async_end;
}

struct mother {
	struct eddy_frame frame;
	bool abroad; /* in: its children run on the other executor */
	unsigned int rounds;
	unsigned int living;
	int result;
	struct eddy_group group;
	EDDY_CHILD(pup) pups[LITTER];
};

async_fn(mother)
{
	struct eddy_executor *where =
		my->abroad == (self->waiter.executor == &executor) ? &urgent : &executor;

	async_begin;
	for (; my->rounds != 0U; my->rounds--) {
		eddy_group_init(&my->group, (enum eddy_group_policy)dice(EDDY_GROUP_CALL));
		for (unsigned int i = 0; i < LITTER; i++) {
			(void)eddy_group_spawn_on(self, &my->group, where, &my->pups[i], pup,
						  .living = &my->living);
		}
		await_into(my->result, eddy_group_wait(self, &my->group, K_TICKS(1U + dice(8))));
		if (my->result == -EAGAIN) {
			if (dice(2) == 0U) {
				eddy_group_cancel(&my->group);
			}
			await_into(my->result, eddy_group_wait(self, &my->group, K_FOREVER));
		}
		zassert_equal(my->living, 0U);
		if (my->result == -ECANCELED) {
			break;
		}
	}
	async_return(my->result);
	async_end;
}

static EDDY_TASK_STORAGE(mother) parents[PARENTS];

static unsigned int strikes_left;

/* Now and then, cancels a parent: some of them, not all. */
static void strike(struct k_timer *timer)
{
	uint32_t victim = dice(PARENTS);

	ARG_UNUSED(timer);
	if (strikes_left > 0U && dice(6) == 0U && eddy_cancel(&parents[victim].task) == 0) {
		strikes_left--;
	}
}

static K_TIMER_DEFINE(fate, strike, NULL);

ZTEST_SUITE(async_group_crowd, NULL, NULL, family_before, async_after, NULL);

ZTEST(async_group_crowd, test_no_parent_ends_before_its_children)
{
	unsigned int canceled = 0U;

	seed = 1U;
	alive = 0U;
	strikes_left = PARENTS / 2U;
	start_executor(&urgent, PRIO_HIGH);
	for (unsigned int i = 0; i < PARENTS; i++) {
		EDDY_TASK_INIT(&parents[i], mother, .rounds = ROUNDS, .abroad = i % 3U == 0U);
		zassert_equal(eddy_spawn(i % 2U == 0U ? &executor : &urgent, &parents[i].task), 0);
	}
	k_timer_start(&fate, K_TICKS(1), K_TICKS(1));
	run_for(K_SECONDS(2));
	k_timer_stop(&fate);
	for (unsigned int i = 0; i < PARENTS; i++) {
		zassert_equal(eddy_task_try_join(&parents[i].task), 0);
		zassert_equal(parents[i].frame.living, 0U);
		if (eddy_task_result(&parents[i].task) == -ECANCELED) {
			canceled++;
		}
	}
	zassert_equal(alive, 0U);
	zassert_true(canceled > 0U && canceled < PARENTS, "%u", canceled);
}
