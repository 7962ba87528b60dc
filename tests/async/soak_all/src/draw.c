/* SPDX-License-Identifier: Apache-2.0 */

/* What chance decides: deeds, numbers, limits; and how often each family was drawn. */

#include "test_end.h"

#include <random.h>

#include "soak.h"

struct family *const families[] = {
	&task_family,      &sleep_family,     &signal_family,  &chan_family,
	&prio_chan_family, &slots_family,     &sem_family,     &event_family,
	&watch_family,     &broadcast_family, &pipe_family,    &mutex_family,
	&condvar_family,   &rwlock_family,    &barrier_family, &once_family,
	&select_family,    &group_family,     &pool_family,    &block_on_family,
	&k_sem_family,     &k_queue_family,   &k_msgq_family,  &k_pipe_family,
	&k_event_family,   &k_thread_family,  &k_work_family,  NULL,
};

bool quit;
uint32_t operations;

/* Decks to draw from. */
#define DECK_SIZE 512

static struct {
	const struct deed *deeds[DECK_SIZE];
	uint32_t count;
} decks[FACES];

void begin_to_draw(void)
{
	random_init();
}

uint32_t chance(uint32_t limit)
{
	return random_below(limit);
}

k_timeout_t some_limit(void)
{
	switch (chance(6)) {
	case 0:
		return K_NO_WAIT;
	case 1:
		return K_TIMEOUT_ABS_TICKS(k_uptime_ticks() + chance(10));
	case 2:
		return K_TICKS(1U + chance(200));
	default:
		return K_TICKS(1U + chance(20));
	}
}

k_timeout_t some_time(void)
{
	static const k_ticks_t long_times[] = {10000, INT32_MAX, INT64_MAX - 1};

	switch (chance(16)) {
	case 0:
		return K_TICKS(long_times[chance(ARRAY_SIZE(long_times))]);
	case 1:
	case 2:
	case 3:
		return K_FOREVER;
	default:
		return some_limit();
	}
}

int64_t limit_of(k_timeout_t timeout)
{
	if (K_TIMEOUT_EQ(timeout, K_FOREVER)) {
		return INT64_MAX;
	}
	if (timeout.ticks < 0) {
		return eddy_tick_of_(timeout.ticks);
	}
	return timeout.ticks == 0 ? 0 : MIN(timeout.ticks, INT64_MAX / 2) + k_uptime_ticks();
}

const struct deed *some_deed(enum face face)
{
	return decks[face].deeds[chance(decks[face].count)];
}

void count(struct family *family, int result)
{
	operations++;
	family->operations++;
	family->done += result >= 0 ? 1U : 0U;
	family->timed_out += result == -EAGAIN ? 1U : 0U;
	family->canceled += result == -ECANCELED ? 1U : 0U;
}

void report(void)
{
	printk("%-12s %10s %10s %10s %10s\n", "", "operations", "done", "timed out", "canceled");
	for (int i = 0; families[i] != NULL; i++) {
		printk("%-12s %10u %10u %10u %10u\n", families[i]->name, families[i]->operations,
		       families[i]->done, families[i]->timed_out, families[i]->canceled);
	}
	printk("%-12s %10u in %u s\n", "all", operations, (unsigned int)(k_uptime_get() / 1000));
}

void fail(const struct family *family, const char *file, int line, const char *condition)
{
	printk("FAILED: %s: %s:%d: %s\n", family->name, file, line, condition);
	report();
	test_end(false);
}

static void add_to_deck(enum face face, const struct deed *deed)
{
	for (uint32_t i = 0U; i < MAX(deed->weight, 1U); i++) {
		CHECK(deed->family, decks[face].count < DECK_SIZE);
		decks[face].deeds[decks[face].count++] = deed;
	}
}

static void deal(struct deed *deed)
{
	if (deed->wait != NULL) {
		add_to_deck(FACE_TASK, deed);
	}
	if (deed->play != NULL) {
		add_to_deck(FACE_PLAY, deed);
	}
	if (deed->block != NULL || deed->thread != NULL || deed->now != NULL) {
		add_to_deck(FACE_THREAD, deed);
	}
	if (deed->try != NULL || deed->now != NULL) {
		add_to_deck(FACE_INTERRUPT, deed);
	}
	if (deed->arm != NULL) {
		add_to_deck(FACE_ARM, deed);
	}
	if (deed->now != NULL) {
		add_to_deck(FACE_NOW, deed);
	}
}

void set_up_families(void)
{
	for (int i = 0; families[i] != NULL; i++) {
		for (unsigned int k = 0U; k < families[i]->count; k++) {
			families[i]->deeds[k].family = families[i];
			deal(&families[i]->deeds[k]);
		}
		if (families[i]->set_up != NULL) {
			families[i]->set_up();
		}
	}
}
