/* SPDX-License-Identifier: Apache-2.0 */

/*
 * The tests as threads.
 *
 * Each thread has a message queue of its own for commands, of one message; all share one for their
 * answers. Between two tests all eight wait for a command and every semaphore is 0.
 */

#include "threads.h"

#include <zephyr/kernel.h>

#define STACK_SIZE      1024
#define HIGH_PRIORITY   (THREADS_CALLER_PRIORITY + 1)
#define WORKER_PRIORITY (THREADS_CALLER_PRIORITY + 2)
#define LOW_PRIORITY    (THREADS_CALLER_PRIORITY + 3)

/* Members of the cast: the workers, then these two. */
#define LOW  SEED_WORKERS
#define HIGH (SEED_WORKERS + 1U)
#define CAST (SEED_WORKERS + 2U)

struct command {
	enum seed_test test;
	unsigned int count;
};

struct member {
	struct k_thread thread;
	struct k_msgq commands;
	struct command buffer;
};

static struct member cast[CAST];
static K_THREAD_STACK_ARRAY_DEFINE(stacks, CAST, STACK_SIZE);
static struct k_sem sems[SEED_WORKERS];
static struct k_sem back_sems[SEED_WORKERS];
K_MSGQ_DEFINE(results, sizeof(unsigned int), CAST, sizeof(unsigned int));

static unsigned int give_and_take(struct k_sem *sem, unsigned int count)
{
	unsigned int done = 0U;

	for (unsigned int i = 0U; i < count; i++) {
		k_sem_give(sem);
		done += k_sem_take(sem, K_NO_WAIT) == 0 ? 1U : 0U;
	}
	return done;
}

static unsigned int give_take_and_yield(struct k_sem *sem, unsigned int count)
{
	unsigned int done = 0U;

	for (unsigned int i = 0U; i < count; i++) {
		k_sem_give(sem);
		done += k_sem_take(sem, K_NO_WAIT) == 0 ? 1U : 0U;
		k_yield();
	}
	return done;
}

static unsigned int take(struct k_sem *sem, unsigned int count)
{
	unsigned int done = 0U;

	for (unsigned int i = 0U; i < count; i++) {
		done += k_sem_take(sem, K_FOREVER) == 0 ? 1U : 0U;
	}
	return done;
}

static unsigned int take_and_give_back(struct k_sem *sem, struct k_sem *back, unsigned int count)
{
	unsigned int done = 0U;

	for (unsigned int i = 0U; i < count; i++) {
		done += k_sem_take(sem, K_FOREVER) == 0 ? 1U : 0U;
		k_sem_give(back);
	}
	return done;
}

static unsigned int work(unsigned int id, const struct command *command)
{
	switch (command->test) {
	case SEED_SIMPLE_SEM:
		return give_and_take(&sems[id], command->count);
	case SEED_SIMPLE_SEM_YIELD:
		return give_take_and_yield(&sems[id], command->count);
	case SEED_SEM_WAIT:
	case SEED_SEM_WAIT_SAME:
	case SEED_SEM_HIGH:
		return take(&sems[id], command->count);
	case SEED_SEM_PING_PONG:
		return take_and_give_back(&sems[id], &back_sems[id], command->count);
	case SEED_SEM_ONE_PING_PONG:
		return take_and_give_back(&sems[0], &back_sems[0], command->count);
	default:
		return 0U;
	}
}

static void give_all(unsigned int count)
{
	for (unsigned int i = 0U; i < count; i++) {
		for (unsigned int id = 0U; id < SEED_WORKERS; id++) {
			k_sem_give(&sems[id]);
		}
	}
}

/* To each worker in turn; @stride 0: to whoever waits at the first semaphore. */
static void give_and_await_answers(unsigned int count, unsigned int stride)
{
	for (unsigned int i = 0U; i < count; i++) {
		for (unsigned int id = 0U; id < SEED_WORKERS; id++) {
			k_sem_give(&sems[id * stride]);
			(void)k_sem_take(&back_sems[id * stride], K_FOREVER); /* cannot fail */
		}
	}
}

static void support_from_below(const struct command *command)
{
	switch (command->test) {
	case SEED_SEM_WAIT:
	case SEED_SEM_WAIT_SAME:
		give_all(command->count);
		break;
	case SEED_SEM_PING_PONG:
		give_and_await_answers(command->count, 1U);
		break;
	case SEED_SEM_ONE_PING_PONG:
		give_and_await_answers(command->count, 0U);
		break;
	default:
		break;
	}
}

/* Returns how many operations were this member's. */
static unsigned int perform(unsigned int id, const struct command *command)
{
	if (id < SEED_WORKERS) {
		return work(id, command);
	}
	if (id == LOW) {
		support_from_below(command);
	} else if (command->test == SEED_SEM_HIGH) {
		give_all(command->count);
	}
	return 0U;
}

static void serve(void *p1, void *p2, void *p3)
{
	struct member *self = p1;
	unsigned int id = (unsigned int)(self - cast);

	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	for (;;) {
		struct command command;
		unsigned int done;

		/* Neither can fail: both wait without limit. */
		(void)k_msgq_get(&self->commands, &command, K_FOREVER);
		done = perform(id, &command);
		(void)k_msgq_put(&results, &done, K_FOREVER);
	}
}

static int member_priority(unsigned int id)
{
	if (id < SEED_WORKERS) {
		return WORKER_PRIORITY;
	}
	return id == LOW ? LOW_PRIORITY : HIGH_PRIORITY;
}

void threads_start(void)
{
	for (unsigned int id = 0U; id < CAST; id++) {
		struct member *member = &cast[id];

		k_msgq_init(&member->commands, (char *)&member->buffer, sizeof(member->buffer), 1U);
		(void)k_thread_create(&member->thread, stacks[id],
				      K_THREAD_STACK_SIZEOF(stacks[id]), serve, member, NULL, NULL,
				      member_priority(id), 0, K_NO_WAIT);
	}
}

void threads_prepare(enum seed_test test)
{
	for (unsigned int id = 0U; id < SEED_WORKERS; id++) {
		(void)k_sem_init(&sems[id], 0U, K_SEM_MAX_LIMIT); /* valid: cannot fail */
		(void)k_sem_init(&back_sems[id], 0U, K_SEM_MAX_LIMIT);
	}
	k_thread_priority_set(&cast[LOW].thread,
			      test == SEED_SEM_WAIT_SAME ? WORKER_PRIORITY : LOW_PRIORITY);
}

/* The most urgent first, "low" last: it finds everybody else waiting. */
unsigned int threads_run(enum seed_test test, unsigned int count)
{
	static const uint8_t order[CAST] = {HIGH, 0, 1, 2, 3, 4, 5, LOW};
	struct command command = {.test = test, .count = count};
	unsigned int total = 0U;
	unsigned int done;

	for (unsigned int i = 0U; i < CAST; i++) {
		(void)k_msgq_put(&cast[order[i]].commands, &command, K_FOREVER);
	}
	for (unsigned int i = 0U; i < CAST; i++) {
		(void)k_msgq_get(&results, &done, K_FOREVER);
		total += done;
	}
	return total;
}
