/* SPDX-License-Identifier: Apache-2.0 */

/* What the parts of the soak share: objects, actors, and the ledger of what was sent. */

#ifndef TESTS_ASYNC_SOAK_SOAK_H_
#define TESTS_ASYNC_SOAK_SOAK_H_

#include "async_test.h"

#define CHANNELS 3
#define SIGNALS  2
#define ACTORS   40

extern struct eddy_chan *const channels[CHANNELS];
extern struct eddy_signal signals[SIGNALS];

/* Set at the end: whoever sees it comes to an end. */
extern bool quit;

/* Random numbers: one stream for all, so that a seed stands for a whole run. */
uint32_t chance(uint32_t limit);

/* A time limit: none, for ever, or some ticks. */
k_timeout_t some_time(void);

struct eddy_chan *some_channel(void);
struct eddy_signal *some_signal(void);

/*
 * The ledger. Each item that somebody tries to send has a number of its own; each value of a
 * signal likewise.
 */
uint32_t ledger_new_item(void);
void ledger_sent(uint32_t item, int result);
void ledger_received(uint32_t item);
uintptr_t ledger_new_value(void);
void ledger_heard(uintptr_t value);
uint32_t ledger_items(void);
void ledger_reset(void);

/* Each item that was sent was received once, and nothing else was. */
void ledger_check(void);

/* A task that does this and that until it is canceled. */
struct actor {
	struct eddy_frame frame;
	uint32_t index;
	uint32_t item;
	uintptr_t value;
	int result;
};

async_decl(actor);

extern EDDY_TASK_STORAGE(actor) actors[ACTORS];

struct eddy_task *some_actor(void);

/* The same as a thread, with its blocking calls; and in an interrupt, once. */
void act_in_thread(void *p1, void *p2, void *p3);
void act_in_interrupt(void);

#endif /* TESTS_ASYNC_SOAK_SOAK_H_ */
