/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Forks belong to a server: a thread that owns all the data, so that nothing needs a lock.
 *
 * Philosophers send it requests through one message queue. It answers through a queue of each
 * philosopher's own, at once or when the fork comes back. A fork has two users, so at most one of
 * them waits for it.
 */

#include "diners.h"
#include "table.h"
#include "ways.h"

#include <zephyr/kernel.h>

#define STACK_SIZE 1024
#define PRIORITY   4 /* above the philosophers: requests do not pile up */

#define NOBODY -1

enum request_kind {
	TAKE,
	PUT,
	CLOSE, /* no more requests follow */
};

struct request {
	enum request_kind kind;
	int who;
	unsigned int fork;
};

struct fork {
	bool in_use;
	int waiting; /* philosopher, or NOBODY */
};

K_MSGQ_DEFINE(requests, sizeof(struct request), 1, sizeof(int));
static struct k_msgq answers[TABLE_SEATS];
static uint32_t answer_buffers[TABLE_SEATS];

static K_THREAD_STACK_DEFINE(server_stack, STACK_SIZE);
static struct k_thread server;

/* No put or get here can fail: they wait without limit. */

static void hand_over(unsigned int fork, int who)
{
	uint32_t answer = fork;

	(void)k_msgq_put(&answers[who], &answer, K_FOREVER);
}

static void serve_take(struct fork *fork, const struct request *request)
{
	if (fork->in_use) {
		fork->waiting = request->who;
	} else {
		fork->in_use = true;
		hand_over(request->fork, request->who);
	}
}

static void serve_put(struct fork *fork, const struct request *request)
{
	int next = fork->waiting;

	fork->waiting = NOBODY;
	if (next == NOBODY) {
		fork->in_use = false;
	} else {
		hand_over(request->fork, next);
	}
}

static void serve(void *p1, void *p2, void *p3)
{
	struct fork forks[TABLE_SEATS];
	struct request request;

	ARG_UNUSED(p1);
	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	for (size_t i = 0; i < ARRAY_SIZE(forks); i++) {
		forks[i] = (struct fork){.waiting = NOBODY};
	}
	for (;;) {
		(void)k_msgq_get(&requests, &request, K_FOREVER);
		if (request.kind == TAKE) {
			serve_take(&forks[request.fork], &request);
		} else if (request.kind == PUT) {
			serve_put(&forks[request.fork], &request);
		} else {
			break;
		}
	}
}

static void send(enum request_kind kind, unsigned int who, unsigned int fork)
{
	struct request request = {.kind = kind, .who = (int)who, .fork = fork};

	(void)k_msgq_put(&requests, &request, K_FOREVER);
}

static void take(unsigned int who, unsigned int fork)
{
	uint32_t answer;

	send(TAKE, who, fork);
	(void)k_msgq_get(&answers[who], &answer, K_FOREVER); /* from now on it is ours */
}

static void put(unsigned int who, unsigned int fork)
{
	send(PUT, who, fork);
}

void dine_with_server(void)
{
	for (size_t i = 0; i < ARRAY_SIZE(answers); i++) {
		k_msgq_init(&answers[i], (char *)&answer_buffers[i], sizeof(answer_buffers[i]), 1U);
	}
	(void)k_thread_create(&server, server_stack, K_THREAD_STACK_SIZEOF(server_stack), serve,
			      NULL, NULL, NULL, PRIORITY, 0, K_NO_WAIT);
	diners_run(take, put);
	send(CLOSE, 0U, 0U);
	(void)k_thread_join(&server, K_FOREVER);
}
