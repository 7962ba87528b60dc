/* SPDX-License-Identifier: Apache-2.0 */

/* Watch: what a reader sees is new, and whole. One sets at a time, so that values come in order. */

#include "soak.h"

struct reading {
	uint32_t number;
	uint32_t inverse;
	uint32_t triple;
};

EDDY_WATCH_DEFINE(readings, struct reading);
static uint32_t last_number;
static bool is_setting;

struct look {
	struct eddy_watch_reader reader;
	struct reading reading;
	uint32_t seen;
};

BUILD_ASSERT(sizeof(struct look) <= ARM_ROOM, "no room");

static void check_reading(const struct reading *reading)
{
	CHECK(&watch_family, reading->inverse == ~reading->number);
	CHECK(&watch_family, reading->triple == 3U * reading->number);
	CHECK(&watch_family, reading->number <= last_number);
}

static bool look_begin(void *room)
{
	struct look *my = room;

	eddy_watch_reader_init(&my->reader, &readings);
	my->seen = 0U;
	if (chance(4) != 0U && eddy_watch_try_changed(&my->reader, &my->reading) == 0) {
		check_reading(&my->reading);
		my->seen = my->reading.number;
	}
	return true;
}

static int look_wait(struct eddy_task *self, void *room, k_timeout_t timeout)
{
	struct look *my = room;

	return eddy_watch_changed(self, &my->reader, &my->reading, timeout);
}

static int look_block(void *room, k_timeout_t timeout)
{
	struct look *my = room;

	return eddy_watch_changed_blocking(&my->reader, &my->reading, timeout);
}

static int look_try(void *room)
{
	struct look *my = room;

	return eddy_watch_try_changed(&my->reader, &my->reading);
}

static void look_arm(struct eddy_arm *arm, void *room)
{
	struct look *my = room;

	eddy_watch_changed_arm(arm, &my->reader, &my->reading);
}

static bool look_end(void *room, int result)
{
	struct look *my = room;

	if (result == 0) {
		check_reading(&my->reading);
		CHECK(&watch_family, my->reading.number > my->seen);
	} else {
		CHECK(&watch_family, result == -EAGAIN || result == -ECANCELED);
	}
	return false;
}

static void set(void)
{
	struct reading reading;

	if (is_setting) {
		return;
	}
	is_setting = true;
	last_number++;
	reading.number = last_number;
	reading.inverse = ~last_number;
	reading.triple = 3U * last_number;
	eddy_watch_set(&readings, &reading);
	count(&watch_family, 0);
	is_setting = false;
}

static void get(void)
{
	struct reading reading;
	uint32_t at_least = is_setting ? 0U : last_number;

	if (eddy_watch_get(&readings, &reading) == 0) {
		check_reading(&reading);
		CHECK(&watch_family, reading.number >= at_least);
	}
	count(&watch_family, 0);
}

static void check(void)
{
	struct reading reading;

	CHECK(&watch_family, eddy_watch_get(&readings, &reading) == 0);
	CHECK(&watch_family, reading.number == last_number);
	CHECK(&watch_family, readings.waiters.last == NULL);
}

static struct deed deeds[] = {
	{
		.name = "look",
		.begin = look_begin,
		.wait = look_wait,
		.block = look_block,
		.try = look_try,
		.arm = look_arm,
		.end = look_end,
		.weight = 3,
	},
	{.name = "set", .now = set, .weight = 2},
	{.name = "get", .now = get},
};

struct family watch_family = FAMILY("watch", deeds, NULL, check);
