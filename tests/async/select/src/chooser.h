/* SPDX-License-Identifier: Apache-2.0 */

/* A task that selects among two channels, a signal and room in a third channel. */

#ifndef TESTS_ASYNC_SELECT_CHOOSER_H_
#define TESTS_ASYNC_SELECT_CHOOSER_H_

#include "async_test.h"

/* What the arms wait for, in their order. */
enum arm {
	RECV_A,
	RECV_B,
	SIGNAL,
	SEND_C,
	ARMS,
};

#define TO_SEND 77U

extern struct eddy_chan a, b, c;
extern struct eddy_signal signal;
/* Raised to have a chooser go on after a turn, if it pauses. */
extern struct eddy_signal proceed;

/*
 * Each turn that performs something records the arm's digit; -EPIPE records 'p', a time-out 't',
 * cancellation 'x'. Ends after the last turn, or when canceled; its result is the last one.
 */
struct chooser {
	struct eddy_frame frame;
	unsigned int turns;  /* in */
	unsigned int arms;   /* in: bits */
	bool once;           /* in: eddy_select() instead of eddy_select_next() */
	bool pauses;         /* in: after each turn */
	k_timeout_t timeout; /* in */
	uint32_t items[2];   /* out: the last of each channel */
	uintptr_t value;     /* out */
	uint32_t sum;        /* out: of all that it received */
	uint32_t to_send;
	int result;
	EDDY_SELECT(ARMS) select;
};

async_decl(chooser);

typedef EDDY_TASK_STORAGE(chooser) chooser_task;

/* For ZTEST_SUITE(). */
void chooser_before(void *fixture);

/* One item into a channel; there is room. */
void put(struct eddy_chan *chan, uint32_t item);

/* Take an item that must be there. */
uint32_t get(struct eddy_chan *chan);

#endif /* TESTS_ASYNC_SELECT_CHOOSER_H_ */
