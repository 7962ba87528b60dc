/* SPDX-License-Identifier: Apache-2.0 */

/* Threads and interrupts that draw deeds. */

#include "soak.h"

static void operate_in_thread(const struct deed *deed)
{
	char room[DEED_ROOM] __aligned(16);
	k_timeout_t timeout = some_limit();
	int64_t limit = limit_of(timeout);
	int result;

	if (!deed->begin(room)) {
		return;
	}
	result = deed->block(room, timeout);
	if (result == -EAGAIN) {
		CHECK(deed->family, k_uptime_ticks() >= limit);
	}
	count(deed->family, result);
	if (deed->end(room, result)) {
		if (chance(2) == 0U) {
			k_sleep(K_TICKS(chance(4)));
		}
		deed->give_back(room, NULL);
	}
}

void act_in_thread(void *p1, void *p2, void *p3)
{
	ARG_UNUSED(p1);
	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	while (!quit) {
		const struct deed *deed = some_deed(FACE_THREAD);

		if (is_lonely()) {
			k_sleep(K_TICKS(100U + chance(1000)));
		}
		if (deed->now != NULL) {
			deed->now();
		} else if (deed->thread != NULL) {
			deed->thread();
		} else {
			operate_in_thread(deed);
		}
		if (chance(3) == 0U) {
			k_sleep(K_TICKS(1U + chance(10)));
		}
	}
}

/* What interrupts hold until a later one gives it back. */
static struct {
	const struct deed *deed;
	char room[DEED_ROOM] __aligned(16);
} pockets[8];

static void give_back_one(uint32_t index)
{
	const struct deed *deed = pockets[index].deed;

	if (deed != NULL) {
		char room[DEED_ROOM] __aligned(16);

		memcpy(room, pockets[index].room, sizeof(room));
		pockets[index].deed = NULL; /* first: an interrupt may come to it */
		deed->give_back(room, NULL);
	}
}

static void put_into_pocket(const struct deed *deed, const char *room)
{
	char copy[DEED_ROOM] __aligned(16);
	uint32_t index = chance(ARRAY_SIZE(pockets));

	memcpy(copy, room, sizeof(copy));
	if (pockets[index].deed == NULL && chance(2) == 0U) {
		memcpy(pockets[index].room, copy, sizeof(copy));
		pockets[index].deed = deed;
	} else {
		deed->give_back(copy, NULL);
	}
}

void act_in_interrupt(void)
{
	char room[DEED_ROOM] __aligned(16);
	const struct deed *deed = some_deed(FACE_INTERRUPT);

	give_back_one(chance(ARRAY_SIZE(pockets)));
	if (deed->now != NULL) {
		deed->now();
	} else if (deed->begin(room)) {
		int result = deed->try(room);

		CHECK(deed->family, result != -ECANCELED);
		count(deed->family, result);
		if (deed->end(room, result)) {
			put_into_pocket(deed, room);
		}
	}
}

void empty_pockets(void)
{
	for (uint32_t i = 0U; i < ARRAY_SIZE(pockets); i++) {
		give_back_one(i);
	}
}
