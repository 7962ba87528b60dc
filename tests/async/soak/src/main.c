/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Soak: tasks on three executors, threads, timers and interrupts do what chance tells them, on a
 * few shared objects, with interrupts wherever one could take place. In the end everything that
 * was sent must have arrived, once, and everybody must come home.
 *
 * The seed is printed; the environment variable SEED sets another one.
 */

#include <interrupt_hook.h>
#include <random.h>

#include "soak.h"

#define EXECUTORS 3

static const int priorities[EXECUTORS] = {PRIO_COOP, PRIO_HIGH, PRIO_LOW};
static struct eddy_executor executors[EXECUTORS];
static struct k_thread executor_threads[EXECUTORS];
static K_THREAD_STACK_ARRAY_DEFINE(executor_stacks, EXECUTORS, 2048);

EDDY_CHAN_DEFINE(narrow, uint32_t, 1);
EDDY_CHAN_DEFINE(medium, uint32_t, 3);
EDDY_CHAN_DEFINE(wide, uint32_t, 16);

struct eddy_chan *const channels[CHANNELS] = {&narrow, &medium, &wide};
struct eddy_signal signals[SIGNALS];
bool quit;
static bool all_home;

/* Somebody who preempts it may draw the same number; both are as random as ever. */
uint32_t chance(uint32_t limit)
{
	return random_below(limit);
}

k_timeout_t some_time(void)
{
	switch (chance(5)) {
	case 0:
		return K_NO_WAIT;
	case 1:
		return K_FOREVER;
	case 2:
		return K_TIMEOUT_ABS_TICKS(k_uptime_ticks() + chance(10));
	default:
		return K_TICKS(1U + chance(20));
	}
}

struct eddy_chan *some_channel(void)
{
	return channels[chance(CHANNELS)];
}

struct eddy_signal *some_signal(void)
{
	return &signals[chance(SIGNALS)];
}

/* Wherever an interrupt could take place, one does now and then. */
static void interrupt_hook(void)
{
	if (chance(16) == 0U) {
		act_in_interrupt();
	}
	if (chance(500) == 0U) {
		eddy_executor_stop(&executors[chance(EXECUTORS)]);
	}
}

static void act_on_expiry(struct k_timer *timer)
{
	act_in_interrupt();
	k_timer_start(timer, K_TICKS(chance(7)), K_NO_WAIT);
}

static K_TIMER_DEFINE(timer_1, act_on_expiry, NULL);
static K_TIMER_DEFINE(timer_2, act_on_expiry, NULL);

/* Runs its executor again whenever somebody has stopped it. */
static void run_executor(void *p1, void *p2, void *p3)
{
	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	while (!all_home) {
		eddy_executor_run(p1);
	}
}

/* Whoever has ended begins again, on whichever executor. */
static void spawn_actors(void)
{
	for (uint32_t i = 0U; i < ACTORS; i++) {
		(void)eddy_spawn(&executors[chance(EXECUTORS)], &actors[i].task);
	}
}

static void begin(void)
{
	quit = false;
	all_home = false;
	ledger_reset();
	for (int i = 0; i < SIGNALS; i++) {
		eddy_signal_init(&signals[i]);
	}
	for (uint32_t i = 0U; i < ACTORS; i++) {
		EDDY_TASK_INIT(&actors[i], actor, .index = i);
	}
	for (int i = 0; i < EXECUTORS; i++) {
		eddy_executor_init(&executors[i], "soak");
		k_thread_create(&executor_threads[i], executor_stacks[i], 2048, run_executor,
				&executors[i], NULL, NULL, priorities[i], 0, K_NO_WAIT);
	}
	spawn_actors();
	worker_start(PRIO_COOP, act_in_thread, NULL);
	worker_start(PRIO_HIGH, act_in_thread, NULL);
	worker_start(PRIO_HIGH, act_in_thread, NULL);
	worker_start(PRIO_LOW, act_in_thread, NULL);
	k_timer_start(&timer_1, K_TICKS(1), K_NO_WAIT);
	k_timer_start(&timer_2, K_TICKS(1), K_NO_WAIT);
	set_interrupt_hook(interrupt_hook);
}

/* Everybody is told to come to an end, and does so. */
static void end(void)
{
	k_timer_stop(&timer_1);
	k_timer_stop(&timer_2);
	quit = true;
	for (uint32_t i = 0U; i < ACTORS; i++) {
		(void)eddy_cancel(&actors[i].task);
	}
	for (uint32_t i = 0U; i < ACTORS; i++) {
		zassert_equal(eddy_task_join_blocking(&actors[i].task, K_SECONDS(1)), 0,
			      "actor %u is stuck", i);
	}
	k_sleep(K_SECONDS(1)); /* threads wait for 20 ticks at most */
	set_interrupt_hook(NULL);
	all_home = true;
	for (int i = 0; i < EXECUTORS; i++) {
		eddy_executor_stop(&executors[i]);
		zassert_equal(k_thread_join(&executor_threads[i], K_SECONDS(1)), 0,
			      "executor %d is stuck", i);
	}
}

/* Take what is left in the channels. */
static void drain(void)
{
	uint32_t item;

	for (int i = 0; i < CHANNELS; i++) {
		while (eddy_chan_try_recv(channels[i], &item) == 0) {
			ledger_received(item);
		}
	}
}

ZTEST_SUITE(async_soak, NULL, NULL, async_before, async_after, NULL);

/* Whatever comes in whatever order: nothing gets lost, nothing comes twice, nobody is stuck. */
ZTEST(async_soak, test_soak)
{
	random_init();
	begin();
	while (ledger_items() < SOAK_ITEMS) {
		int64_t start = k_uptime_ticks();

		k_sleep(K_TICKS(20));
		spawn_actors();
		zassert_true(k_uptime_ticks() - start < K_SECONDS(10).ticks, "this thread starves");
	}
	end();
	drain();
	ledger_check();
}
