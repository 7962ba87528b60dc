/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Threads of several priorities use one object at random, while a timer interrupts them at every
 * tick and interferes. Whatever happens, nothing may get lost, doubled or stuck.
 */

#include <zephyr/ztest.h>

#include "workers.h"

#define DURATION K_MSEC(300)
#define SOURCES  3

static volatile bool stopping;
static k_tid_t victims[WORKER_COUNT];
static unsigned int victim_count;

/* A linear congruential generator each, so that nobody needs a lock. */
struct dice {
	uint32_t state;
};

static uint32_t roll(struct dice *dice, uint32_t sides)
{
	dice->state = dice->state * 1664525U + 1013904223U;
	return (dice->state >> 16) % sides;
}

static k_timeout_t random_timeout(struct dice *dice)
{
	return K_TICKS(roll(dice, 4));
}

static void interfere(struct k_timer *timer);
static void (*interfering)(struct dice *dice);
static struct dice isr_dice;
static K_TIMER_DEFINE(interferer, interfere, NULL);

static void interfere(struct k_timer *timer)
{
	ARG_UNUSED(timer);
	interfering(&isr_dice);
}

/* Suspend, resume, wake or leave alone one of the victims. */
static void harass(struct dice *dice)
{
	k_tid_t victim = victims[roll(dice, victim_count)];

	switch (roll(dice, 6)) {
	case 0:
		k_thread_suspend(victim);
		break;
	case 1:
		k_wakeup(victim);
		break;
	default:
		for (unsigned int i = 0; i < victim_count; i++) {
			k_thread_resume(victims[i]);
		}
		break;
	}
}

static void before(void *fixture)
{
	workers_before(fixture);
	stopping = false;
	victim_count = 0U;
	isr_dice.state = 1U;
}

static void after(void *fixture)
{
	k_timer_stop(&interferer);
	workers_after(fixture);
}

static void add_victim(int prio, k_thread_entry_t entry, void *arg)
{
	victims[victim_count] = worker_create(prio, entry, arg, K_FOREVER);
	victim_count++;
}

static void run(void (*in_interrupt)(struct dice *dice))
{
	interfering = in_interrupt;
	for (unsigned int i = 0; i < victim_count; i++) {
		k_thread_start(victims[i]);
	}
	k_timer_start(&interferer, K_TICKS(1), K_TICKS(1));
	k_sleep(DURATION);
	k_timer_stop(&interferer);
	stopping = true;
	for (unsigned int i = 0; i < victim_count; i++) {
		k_thread_resume(victims[i]);
	}
}

static void join_victims(void)
{
	for (unsigned int i = 0; i < victim_count; i++) {
		worker_join(victims[i]);
	}
}

ZTEST_SUITE(stress, NULL, NULL, before, after, NULL);

static struct k_sem sem;
static uint32_t given;

struct taker {
	struct dice dice;
	uint32_t taken;
};

static void take_often(void *p1, void *p2, void *p3)
{
	struct taker *taker = p1;

	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	while (!stopping) {
		if (k_sem_take(&sem, random_timeout(&taker->dice)) == 0) {
			taker->taken++;
		}
		if (roll(&taker->dice, 8) == 0U) {
			k_sleep(K_TICKS(1));
		}
	}
}

static void give_and_harass(struct dice *dice)
{
	harass(dice);
	for (uint32_t n = roll(dice, 3); n > 0U; n--) {
		given++;
		k_sem_give(&sem);
	}
}

/* Each unit given is taken once or left. */
ZTEST(stress, test_sem)
{
	static struct taker takers[SOURCES];
	static const int prios[SOURCES] = {PRIO_HIGH, PRIO_TEST, PRIO_LOW};
	uint32_t taken = 0;

	given = 0U;
	k_sem_init(&sem, 0, UINT32_MAX);
	for (uint32_t i = 0; i < SOURCES; i++) {
		takers[i] = (struct taker){.dice = {i + 10U}};
		add_victim(prios[i], take_often, &takers[i]);
	}
	run(give_and_harass);
	for (int i = 0; i < SOURCES; i++) {
		k_sem_give(&sem); /* for whoever waits without limit because it was suspended */
		given++;
	}
	join_victims();

	for (int i = 0; i < SOURCES; i++) {
		zassert_true(takers[i].taken > 0U, "taker %d got nothing", i);
		taken += takers[i].taken;
	}
	zassert_equal(taken + k_sem_count_get(&sem), given);
}

/* A message says where it comes from and how many came from there before. */
struct message {
	uint32_t source;
	uint32_t number;
};

#define ISR_SOURCE SOURCES

K_MSGQ_DEFINE(msgq, sizeof(struct message), 3, 4);
static uint32_t sent[SOURCES + 1];
static uint32_t received[SOURCES + 1];
static uint32_t disorder;

struct sender {
	struct dice dice;
	uint32_t source;
};

static void send_often(void *p1, void *p2, void *p3)
{
	struct sender *sender = p1;

	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	while (!stopping) {
		struct message message = {sender->source, sent[sender->source]};

		if (k_msgq_put(&msgq, &message, random_timeout(&sender->dice)) == 0) {
			sent[sender->source]++;
		}
		if (roll(&sender->dice, 4) == 0U) {
			k_sleep(K_TICKS(1));
		}
	}
}

static void send_in_interrupt(struct dice *dice)
{
	struct message message = {ISR_SOURCE, sent[ISR_SOURCE]};

	if (roll(dice, 2) == 0U && k_msgq_put(&msgq, &message, K_NO_WAIT) == 0) {
		sent[ISR_SOURCE]++;
	}
}

static void receive_all(void *p1, void *p2, void *p3)
{
	struct dice *dice = p1;

	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	for (;;) {
		/* Whoever is still sending when all stop may wait for up to a few ticks. */
		bool last = stopping;
		k_timeout_t timeout = last ? K_TICKS(20) : random_timeout(dice);
		struct message message;

		if (k_msgq_get(&msgq, &message, timeout) == 0) {
			disorder += message.number != received[message.source] ? 1U : 0U;
			received[message.source]++;
		} else if (last) {
			return;
		}
	}
}

/* Messages of each sender, thread or interrupt, arrive once and in order. */
ZTEST(stress, test_msgq)
{
	static struct sender senders[SOURCES];
	static struct dice receiver_dice;
	static const int prios[SOURCES] = {PRIO_COOP, PRIO_TEST, PRIO_LOW};

	disorder = 0U;
	receiver_dice.state = 5U;
	for (uint32_t i = 0; i < SOURCES; i++) {
		senders[i] = (struct sender){{i + 20U}, i};
		add_victim(prios[i], send_often, &senders[i]);
	}
	add_victim(PRIO_HIGH, receive_all, &receiver_dice);
	run(send_in_interrupt);
	join_victims();

	zassert_equal(disorder, 0U);
	for (int i = 0; i <= SOURCES; i++) {
		zassert_true(sent[i] > 0U, "source %d sent nothing", i);
		zassert_equal(sent[i], received[i], "source %d", i);
	}
}

static struct k_mutex mutex;
static uint32_t inside;
static uint32_t intrusions;

struct locker {
	struct dice dice;
	uint32_t locked;
	int prio;
	int prio_after;
};

static void lock_often(void *p1, void *p2, void *p3)
{
	struct locker *locker = p1;

	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	while (!stopping) {
		if (k_mutex_lock(&mutex, random_timeout(&locker->dice)) == 0) {
			intrusions += inside != 0U ? 1U : 0U;
			inside++;
			k_busy_wait(roll(&locker->dice, 150));
			inside--;
			locker->locked++;
			k_mutex_unlock(&mutex);
		}
		k_sleep(K_TICKS(roll(&locker->dice, 4)));
	}
	locker->prio_after = k_thread_priority_get(k_current_get());
}

static void nothing(struct dice *dice)
{
	ARG_UNUSED(dice);
}

/* One at a time is inside, and in the end everybody has his own priority. */
ZTEST(stress, test_mutex)
{
	static struct locker lockers[SOURCES];
	static const int prios[SOURCES] = {PRIO_HIGH, PRIO_TEST, PRIO_LOW};

	intrusions = 0U;
	inside = 0U;
	k_mutex_init(&mutex);
	for (uint32_t i = 0; i < SOURCES; i++) {
		lockers[i] = (struct locker){.dice = {i + 30U}, .prio = prios[i]};
		add_victim(prios[i], lock_often, &lockers[i]);
	}
	run(nothing);
	join_victims();

	zassert_equal(intrusions, 0U);
	for (int i = 0; i < SOURCES; i++) {
		zassert_true(lockers[i].locked > 0U, "locker %d never got in", i);
		zassert_equal(lockers[i].prio_after, lockers[i].prio, "locker %d", i);
	}
}

/* Blocks in one way after the other, for a while. */
static void block_often(void *p1, void *p2, void *p3)
{
	struct dice *dice = p1;
	struct message message;

	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	for (;;) {
		switch (roll(dice, 4)) {
		case 0:
			(void)k_sem_take(&sem, random_timeout(dice));
			break;
		case 1:
			(void)k_msgq_get(&msgq, &message, random_timeout(dice));
			break;
		case 2:
			k_sleep(random_timeout(dice));
			break;
		default:
			k_busy_wait(roll(dice, 200));
			break;
		}
	}
}

static void abort_one(struct dice *dice)
{
	if (roll(dice, 4) == 0U) {
		k_thread_abort(victims[0]);
	}
	if (roll(dice, 2) == 0U) {
		k_sem_give(&sem);
	}
}

static K_THREAD_STACK_DEFINE(mortal_stack, 1024);
static struct k_thread mortal;

/* A thread may be aborted at any point and be created anew, many times over. */
ZTEST(stress, test_abort)
{
	static struct dice dice;
	unsigned int lives = 0U;
	int64_t end;

	dice.state = 40U;
	k_sem_init(&sem, 0, 100);
	k_msgq_purge(&msgq);
	victims[0] = &mortal;
	interfering = abort_one;
	end = k_uptime_ticks() + DURATION.ticks;
	k_thread_create(&mortal, mortal_stack, K_THREAD_STACK_SIZEOF(mortal_stack), block_often,
			&dice, NULL, NULL, PRIO_HIGH, 0, K_NO_WAIT);
	k_timer_start(&interferer, K_TICKS(1), K_TICKS(1));
	while (k_uptime_ticks() < end) {
		k_thread_join(&mortal, K_FOREVER);
		lives++;
		k_thread_create(&mortal, mortal_stack, K_THREAD_STACK_SIZEOF(mortal_stack),
				block_often, &dice, NULL, NULL, PRIO_HIGH, 0, K_NO_WAIT);
	}
	k_timer_stop(&interferer);
	k_thread_abort(&mortal);
	zassert_true(lives > 100U, "only %u lives", lives);

	k_sem_reset(&sem);
	k_sem_give(&sem);
	zassert_equal(k_sem_count_get(&sem), 1U, "somebody dead waits");
}
