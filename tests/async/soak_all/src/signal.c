/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Signals. Shared ones: no value is heard twice. Calls: somebody waits for an answer, which comes
 * once, and is not lost whatever becomes of the wait.
 */

#include "soak.h"

#define SHARED 3U
#define MEMORY 65536U /* values that are known to have been heard, of each signal */
#define CALLS  64U

static struct {
	struct eddy_signal signal;
	uint32_t raised;
	uint32_t heard;
	uint32_t heard_at[MEMORY]; /* Value + 1. */
} shared[SHARED];

struct hear {
	uint32_t index;
	uintptr_t value;
	bool cares;
};

BUILD_ASSERT(sizeof(struct hear) <= ARM_ROOM, "no room");

static bool hear_begin(void *room)
{
	struct hear *my = room;

	*my = (struct hear){.index = chance(SHARED), .cares = chance(8) != 0U};
	return true;
}

static int hear_wait(struct eddy_task *self, void *room, k_timeout_t timeout)
{
	struct hear *my = room;
	uintptr_t *value = my->cares ? &my->value : NULL;

	if (K_TIMEOUT_EQ(timeout, K_FOREVER)) {
		return eddy_signal_wait(self, &shared[my->index].signal, value, K_FOREVER);
	}
	return eddy_signal_wait(self, &shared[my->index].signal, value, timeout);
}

static int hear_block(void *room, k_timeout_t timeout)
{
	struct hear *my = room;

	my->cares = true;
	return eddy_signal_wait_blocking(&shared[my->index].signal, &my->value, timeout);
}

static int hear_try(void *room)
{
	struct hear *my = room;

	my->cares = true;
	return eddy_signal_try_wait(&shared[my->index].signal, &my->value);
}

static void hear_arm(struct eddy_arm *arm, void *room)
{
	struct hear *my = room;

	my->cares = true;
	eddy_signal_wait_arm(arm, &shared[my->index].signal, &my->value);
}

static bool hear_end(void *room, int result)
{
	struct hear *my = room;
	uint32_t value = (uint32_t)my->value;

	CHECK(&signal_family, result == 0 || result == -EAGAIN || result == -ECANCELED);
	if (result == 0) {
		shared[my->index].heard++;
		CHECK(&signal_family, shared[my->index].heard <= shared[my->index].raised);
	}
	if (result == 0 && my->cares) {
		CHECK(&signal_family, value < shared[my->index].raised);
		CHECK(&signal_family, shared[my->index].heard_at[value % MEMORY] != value + 1U);
		shared[my->index].heard_at[value % MEMORY] = value + 1U;
	}
	return false;
}

static void raise(void)
{
	uint32_t index = chance(SHARED);

	shared[index].raised++;
	eddy_signal_raise(&shared[index].signal, shared[index].raised - 1U);
	count(&signal_family, 0);
}

static void reset(void)
{
	eddy_signal_reset(&shared[chance(SHARED)].signal);
	count(&signal_family, 0);
}

/* Calls. */
enum call_state {
	VACANT,
	ASKED,
	ANSWERED,
};

static struct {
	struct eddy_signal signal;
	enum call_state state;
	uintptr_t answer;
	int64_t answered;
} calls[CALLS];

struct call {
	uint32_t index;
	uintptr_t value;
};

static bool call_begin(void *room)
{
	struct call *my = room;

	my->index = chance(CALLS);
	if (calls[my->index].state != VACANT) {
		return false;
	}
	calls[my->index].state = ASKED;
	return true;
}

static int call_wait(struct eddy_task *self, void *room, k_timeout_t timeout)
{
	struct call *my = room;

	return eddy_signal_wait(self, &calls[my->index].signal, &my->value, timeout);
}

static int call_block(void *room, k_timeout_t timeout)
{
	struct call *my = room;

	return eddy_signal_wait_blocking(&calls[my->index].signal, &my->value, timeout);
}

static void call_arm(struct eddy_arm *arm, void *room)
{
	struct call *my = room;

	eddy_signal_wait_arm(arm, &calls[my->index].signal, &my->value);
}

static bool call_end(void *room, int result)
{
	struct call *my = room;

	if (result == 0) {
		check_late(&signal_family, calls[my->index].answered);
	}
	if (result != 0 && calls[my->index].state == ANSWERED) {
		result = eddy_signal_try_wait(&calls[my->index].signal, &my->value);
		CHECK(&signal_family, result == 0); /* the answer must be there */
	}
	if (result == 0) {
		CHECK(&signal_family, calls[my->index].state == ANSWERED);
		CHECK(&signal_family, calls[my->index].answer == my->value);
	}
	calls[my->index].state = VACANT;
	return false;
}

static void answer(void)
{
	uint32_t first = chance(CALLS);
	int64_t now = k_uptime_ticks(); /* unmasks interrupts: before the entry */

	for (uint32_t i = 0U; i < CALLS; i++) {
		uint32_t index = (first + i) % CALLS;

		if (calls[index].state == ASKED) {
			calls[index].state = ANSWERED;
			calls[index].answer = chance(UINT32_MAX);
			calls[index].answered = now;
			eddy_signal_raise(&calls[index].signal, calls[index].answer);
			count(&signal_family, 0);
			return;
		}
	}
}

static void check(void)
{
	for (uint32_t i = 0U; i < SHARED; i++) {
		uintptr_t value;
		uint32_t last = shared[i].raised - 1U;

		if (eddy_signal_try_wait(&shared[i].signal, &value) == 0) {
			CHECK(&signal_family, value == last);
		}
		CHECK(&signal_family, shared[i].signal.waiters.last == NULL);
	}
	for (uint32_t i = 0U; i < CALLS; i++) {
		CHECK(&signal_family, calls[i].state == VACANT);
		CHECK(&signal_family, calls[i].signal.waiters.last == NULL);
	}
}

static struct deed deeds[] = {
	{
		.name = "hear",
		.begin = hear_begin,
		.wait = hear_wait,
		.block = hear_block,
		.try = hear_try,
		.arm = hear_arm,
		.end = hear_end,
		.weight = 2,
	},
	{
		.name = "call",
		.begin = call_begin,
		.wait = call_wait,
		.block = call_block,
		.arm = call_arm,
		.end = call_end,
		.weight = 2,
	},
	{.name = "raise", .now = raise, .weight = 6},
	{.name = "answer", .now = answer, .weight = 6},
	{.name = "reset", .now = reset},
};

struct family signal_family = FAMILY("signal", deeds, NULL, check);
