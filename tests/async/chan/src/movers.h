/* SPDX-License-Identifier: Apache-2.0 */

/* Tasks and threads that send and receive, and the channel that they do it on. */

#ifndef TESTS_ASYNC_CHAN_MOVERS_H_
#define TESTS_ASYNC_CHAN_MOVERS_H_

#include "async_test.h"

#define CAPACITY 3

extern struct eddy_chan chan;

/* Sends item, item + 1, ... Records its letter after each. Its result is the last send's. */
struct sender {
	struct eddy_frame frame;
	char letter;
	uint16_t count;
	k_timeout_t timeout;
	uint32_t item;
};

async_decl(sender);

/* Receives. Records its letter after each. Its result is the last receive's. */
struct receiver {
	struct eddy_frame frame;
	char letter;
	uint16_t count;
	k_timeout_t timeout;
	uint32_t item; /* the last one */
	uint32_t sum;
};

async_decl(receiver);

/* The same as threads: worker_start(prio, send_in_thread, &mover). */
struct mover {
	char letter;
	uint16_t count;
	k_timeout_t timeout;
	uint32_t item;
	uint32_t sum;
	int result; /* UNSET while it is at it */
};

void send_in_thread(void *mover, void *p2, void *p3);
void receive_in_thread(void *mover, void *p2, void *p3);

/* Four tasks of each kind, not active; and spawning them on `executor`. */
extern EDDY_TASK_STORAGE(sender) senders[4];
extern EDDY_TASK_STORAGE(receiver) receivers[4];

struct eddy_task *spawn_sender(int index, uint32_t item, uint16_t count, k_timeout_t timeout);
struct eddy_task *spawn_receiver(int index, uint16_t count, k_timeout_t timeout);

/* Send items from @first on without waiting until the channel is full. */
void fill(uint32_t first);

/* Receive without waiting; the test fails if there is none. */
uint32_t take(void);

/* For ZTEST_SUITE(): empties the channel too. */
void chan_before(void *fixture);

#endif /* TESTS_ASYNC_CHAN_MOVERS_H_ */
