/* SPDX-License-Identifier: Apache-2.0 */

/*
 * The big soak: tasks on executors of all kinds, threads, timers and interrupts do what chance
 * tells them, with all objects of the library and those of the kernel that it can await, with
 * interrupts wherever one could take place. In the end each object's account must balance, and
 * everybody must come home.
 *
 * The seed is printed; the environment variable SEED sets another one. A failure names the object.
 */

#include <interrupt_hook.h>

#include "soak.h"
#include "workers.h"

#define THREADS 5
#define STACK   8192

/* Wherever an interrupt could take place, one does now and then. */
static void interrupt_hook(void)
{
	if (chance(weather->calm) == 0U) {
		act_in_interrupt();
	}
	if (chance(1000) == 0U) {
		stop_some_executor();
	}
}

static void act_on_expiry(struct k_timer *timer)
{
	act_in_interrupt();
	k_timer_start(timer, K_TICKS(1U + chance(is_lonely() ? 2000U : 7U)), K_NO_WAIT);
}

static K_TIMER_DEFINE(timer_1, act_on_expiry, NULL);
static K_TIMER_DEFINE(timer_2, act_on_expiry, NULL);

static struct k_thread threads[THREADS];
static K_THREAD_STACK_ARRAY_DEFINE(stacks, THREADS, STACK);

static void begin(void)
{
	static const int prios[THREADS] = {PRIO_COOP, PRIO_HIGH, PRIO_HIGH, PRIO_TEST, PRIO_LOW};

	set_up_families();
	start_executors();
	spawn_actors();
	for (int i = 0; i < THREADS; i++) {
		k_thread_create(&threads[i], stacks[i], STACK, act_in_thread, NULL, NULL, NULL,
				prios[i], 0, K_NO_WAIT);
	}
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
	end_actors();
	for (int i = 0; i < THREADS; i++) {
		zassert_equal(k_thread_join(&threads[i], K_SECONDS(10)), 0, "thread %d is stuck",
			      i);
	}
	k_sleep(K_SECONDS(10)); /* others wait not too long */
	set_interrupt_hook(NULL);
	empty_pockets();
	stop_executors();
}

ZTEST_SUITE(async_soak_all, NULL, NULL, NULL, NULL, NULL);

/* Whatever comes in whatever order: every account balances, nobody is stuck. */
ZTEST(async_soak_all, test_soak_all)
{
	k_thread_priority_set(k_current_get(), K_PRIO_COOP(1));
	begin_to_draw();
	begin();
	while (operations < SOAK_OPERATIONS) {
		int64_t start = k_uptime_ticks();

		k_sleep(K_TICKS(weather->pause));
		respawn_some_actor();
		respawn_some_actor();
		if (chance(50) == 0U) {
			change_weather();
		}
		zassert_true(k_uptime_ticks() - start < K_SECONDS(10).ticks, "time runs away");
	}
	end();
	for (int i = 0; families[i] != NULL; i++) {
		if (families[i]->check != NULL) {
			families[i]->check();
		}
		CHECK(families[i], families[i]->done > families[i]->operations / 8U);
	}
	ledger_check();
	report();
}
