/* SPDX-License-Identifier: Apache-2.0 */

/*
 * The tests as tasks.
 *
 * Three executors on three threads stand for the three priorities. A command spawns eight tasks and
 * receives eight answers through one channel. Between two tests no task is active and every
 * semaphore is 0.
 */

#include "tasks.h"
#include "threads.h"

#include <eddy/sem.h>
#include <zephyr/kernel.h>

#define STACK_SIZE 1024

/* As the threads of the other half. */
#define HIGH_PRIORITY   (THREADS_CALLER_PRIORITY + 1)
#define WORKER_PRIORITY (THREADS_CALLER_PRIORITY + 2)
#define LOW_PRIORITY    (THREADS_CALLER_PRIORITY + 3)

struct eddy_executor tasks_executor;
static struct eddy_executor high_executor;
static struct eddy_executor low_executor;

static struct eddy_sem sems[SEED_WORKERS];
static struct eddy_sem back_sems[SEED_WORKERS];
EDDY_CHAN_DEFINE(answers, uint32_t, 1);

/* ---- what a worker repeats; the result is how often ---- */

struct give_and_take {
	struct eddy_frame frame;
	struct eddy_sem *sem; /* in */
	unsigned int count;   /* in */
	int done;
};

async_fn(give_and_take)
{
	async_begin;
	for (; my->count != 0U; my->count--) {
		eddy_sem_give(my->sem);
		await(eddy_sem_take(self, my->sem, K_FOREVER));
		my->done++;
	}
	async_return(my->done);
	async_end;
}

struct give_take_and_yield {
	struct eddy_frame frame;
	struct eddy_sem *sem; /* in */
	unsigned int count;   /* in */
	int done;
};

async_fn(give_take_and_yield)
{
	async_begin;
	for (; my->count != 0U; my->count--) {
		eddy_sem_give(my->sem);
		await(eddy_sem_take(self, my->sem, K_FOREVER));
		my->done++;
		await(eddy_yield(self));
	}
	async_return(my->done);
	async_end;
}

struct take {
	struct eddy_frame frame;
	struct eddy_sem *sem; /* in */
	unsigned int count;   /* in */
	int done;
};

async_fn(take)
{
	async_begin;
	for (; my->count != 0U; my->count--) {
		await(eddy_sem_take(self, my->sem, K_FOREVER));
		my->done++;
	}
	async_return(my->done);
	async_end;
}

struct take_and_give_back {
	struct eddy_frame frame;
	struct eddy_sem *sem;  /* in */
	struct eddy_sem *back; /* in */
	unsigned int count;    /* in */
	int done;
};

async_fn(take_and_give_back)
{
	async_begin;
	for (; my->count != 0U; my->count--) {
		await(eddy_sem_take(self, my->sem, K_FOREVER));
		eddy_sem_give(my->back);
		my->done++;
	}
	async_return(my->done);
	async_end;
}

/* ---- the cast ---- */

struct worker {
	struct eddy_frame frame;
	enum seed_test test; /* in */
	unsigned int id;     /* in */
	unsigned int count;  /* in */
	uint32_t done;
	union {
		struct give_and_take give_and_take;
		struct give_take_and_yield give_take_and_yield;
		struct take take;
		struct take_and_give_back take_and_give_back;
	} call;
};

async_fn(worker)
{
	int done;

	async_begin;
	switch (my->test) {
	case SEED_SIMPLE_SEM:
		await_into(done, eddy_call(self, give_and_take, &my->call.give_and_take,
					   .sem = &sems[my->id], .count = my->count));
		break;
	case SEED_SIMPLE_SEM_YIELD:
		await_into(done, eddy_call(self, give_take_and_yield, &my->call.give_take_and_yield,
					   .sem = &sems[my->id], .count = my->count));
		break;
	case SEED_SEM_WAIT:
	case SEED_SEM_WAIT_SAME:
	case SEED_SEM_HIGH:
		await_into(done, eddy_call(self, take, &my->call.take, .sem = &sems[my->id],
					   .count = my->count));
		break;
	case SEED_SEM_PING_PONG:
		await_into(done, eddy_call(self, take_and_give_back, &my->call.take_and_give_back,
					   .sem = &sems[my->id], .back = &back_sems[my->id],
					   .count = my->count));
		break;
	case SEED_SEM_ONE_PING_PONG:
		await_into(done,
			   eddy_call(self, take_and_give_back, &my->call.take_and_give_back,
				     .sem = &sems[0], .back = &back_sems[0], .count = my->count));
		break;
	default:
		done = 0;
		break;
	}
	my->done = (uint32_t)done;
	await(eddy_chan_send(self, &answers, &my->done, K_FOREVER));
	async_end;
}

static void give_all(unsigned int count)
{
	for (unsigned int i = 0U; i < count; i++) {
		for (unsigned int id = 0U; id < SEED_WORKERS; id++) {
			eddy_sem_give(&sems[id]);
		}
	}
}

/* To each worker in turn; with stride 0 to whoever waits at the first semaphore. */
struct give_and_await_answers {
	struct eddy_frame frame;
	unsigned int count;  /* in */
	unsigned int stride; /* in */
	unsigned int id;
};

async_fn(give_and_await_answers)
{
	async_begin;
	for (; my->count != 0U; my->count--) {
		for (my->id = 0U; my->id < SEED_WORKERS; my->id++) {
			eddy_sem_give(&sems[my->id * my->stride]);
			await(eddy_sem_take(self, &back_sems[my->id * my->stride], K_FOREVER));
		}
	}
	async_end;
}

struct low {
	struct eddy_frame frame;
	enum seed_test test; /* in */
	unsigned int count;  /* in */
	uint32_t done;
	struct give_and_await_answers call;
};

async_fn(low)
{
	async_begin;
	switch (my->test) {
	case SEED_SEM_WAIT:
	case SEED_SEM_WAIT_SAME:
		give_all(my->count);
		break;
	case SEED_SEM_PING_PONG:
		await(eddy_call(self, give_and_await_answers, &my->call, .count = my->count,
				.stride = 1U));
		break;
	case SEED_SEM_ONE_PING_PONG:
		await(eddy_call(self, give_and_await_answers, &my->call, .count = my->count,
				.stride = 0U));
		break;
	default:
		break;
	}
	await(eddy_chan_send(self, &answers, &my->done, K_FOREVER));
	async_end;
}

struct high {
	struct eddy_frame frame;
	enum seed_test test; /* in */
	unsigned int count;  /* in */
	uint32_t done;
};

async_fn(high)
{
	async_begin;
	if (my->test == SEED_SEM_HIGH) {
		give_all(my->count);
	}
	await(eddy_chan_send(self, &answers, &my->done, K_FOREVER));
	async_end;
}

static EDDY_TASK_STORAGE(worker) workers[SEED_WORKERS];
static EDDY_TASK_STORAGE(low) low_task;
static EDDY_TASK_STORAGE(high) high_task;

/* Once is enough: from then on, to spawn is to start anew, with the arguments of the day. */
static void init_all(void)
{
	EDDY_TASK_INIT(&high_task, high);
	EDDY_TASK_INIT(&low_task, low);
	for (unsigned int id = 0U; id < SEED_WORKERS; id++) {
		EDDY_TASK_INIT(&workers[id], worker, .id = id);
	}
}

/* ---- a command ---- */

/* Give a task its arguments and start it. Cannot fail: tasks_prepare() has waited for its end. */
#define start(executor, storage, test_, count_)                                                    \
	do {                                                                                       \
		(storage)->frame.test = (test_);                                                   \
		(storage)->frame.count = (count_);                                                 \
		(void)eddy_spawn((executor), &(storage)->task);                                    \
	} while (0)

static void start_all(enum seed_test test, unsigned int count)
{
	struct eddy_executor *below = test == SEED_SEM_WAIT_SAME ? &tasks_executor : &low_executor;

	start(&high_executor, &high_task, test, count);
	for (unsigned int id = 0U; id < SEED_WORKERS; id++) {
		start(&tasks_executor, &workers[id], test, count);
	}
	start(below, &low_task, test, count);
}

async_fn(seed_command)
{
	async_begin;
	start_all(my->test, my->count);
	for (my->answers = 0U; my->answers < SEED_WORKERS + 2U; my->answers++) {
		await(eddy_chan_recv(self, &answers, &my->done, K_FOREVER));
		my->total += my->done;
	}
	async_end;
}

/* ---- executors ---- */

static K_THREAD_STACK_ARRAY_DEFINE(stacks, 3, STACK_SIZE);
static struct k_thread threads[3];

static void run_executor(void *p1, void *p2, void *p3)
{
	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	eddy_executor_run(p1);
}

void tasks_start(void)
{
	static const struct {
		struct eddy_executor *executor;
		const char *name;
		int priority;
	} plan[] = {
		{&high_executor, "high", HIGH_PRIORITY},
		{&tasks_executor, "workers", WORKER_PRIORITY},
		{&low_executor, "low", LOW_PRIORITY},
	};

	init_all();
	for (size_t i = 0; i < ARRAY_SIZE(plan); i++) {
		eddy_executor_init(plan[i].executor, plan[i].name);
		(void)k_thread_create(&threads[i], stacks[i], K_THREAD_STACK_SIZEOF(stacks[i]),
				      run_executor, plan[i].executor, NULL, NULL, plan[i].priority,
				      0, K_NO_WAIT);
	}
}

void tasks_prepare(void)
{
	/* Each has answered, but may not have come to its end. Fails if it was never spawned. */
	(void)eddy_task_join_blocking(&high_task.task, K_FOREVER);
	(void)eddy_task_join_blocking(&low_task.task, K_FOREVER);
	for (unsigned int id = 0U; id < SEED_WORKERS; id++) {
		(void)eddy_task_join_blocking(&workers[id].task, K_FOREVER);
		(void)eddy_sem_init(&sems[id], 0U, EDDY_SEM_LIMIT_MAX);
		(void)eddy_sem_init(&back_sems[id], 0U, EDDY_SEM_LIMIT_MAX);
	}
}
