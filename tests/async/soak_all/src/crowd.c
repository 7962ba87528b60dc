/* SPDX-License-Identifier: Apache-2.0 */

/* The tasks that act, many or few as the weather has it. */

#include "soak.h"

#define ACTORS 64

static const struct weather weathers[] = {
	{ACTORS, 3U, 20U},    {ACTORS, 10U, 20U}, {ACTORS, 24U, 20U}, {ACTORS, 24U, 20U},
	{ACTORS, 1000U, 20U}, {8U, 24U, 20U},     {3U, 1000U, 2000U}, {1U, 1000U, 2000U},
};

const struct weather *weather = &weathers[2];
static int64_t lonely_since = INT64_MAX;

bool is_lonely(void)
{
	return weather->actors <= 3U;
}

void check_late(const struct family *family, int64_t due)
{
	if (due > lonely_since) {
		CHECK(family, k_uptime_ticks() <= due + 100);
	}
}

/* A task that goes on errands and plays until it is canceled. */
struct actor {
	struct eddy_frame frame;
	uint32_t index;
	uint32_t endings;
	const struct deed *play;
	int result;
	union {
		struct errand errand;
		char room[PLAY_ROOM] __aligned(16);
	};
};

async_fn(actor)
{
	async_begin;
	while (!quit && my->index < weather->actors) {
		my->play = NULL;
		if (chance(4) == 0U) {
			my->play = some_deed(FACE_PLAY);
			await_into(my->result, my->play->play(self, my->room));
		} else {
			await_into(my->result,
				   eddy_call(self, errand, &my->errand, .rounds = 1U + chance(8)));
		}
		if (eddy_task_is_canceled(self) && chance(2) == 0U) {
			break;
		}
		if (chance(2) == 0U) {
			await(eddy_sleep(self, K_TICKS(1U + chance(20))));
		}
	}
	my->endings++; /* nobody sees it active from here on */
	async_end;
}

static EDDY_TASK_STORAGE(actor) actors[ACTORS];

uint32_t endings_of(const struct eddy_task *actor)
{
	return CONTAINER_OF(actor, __typeof__(actors[0]), task)->frame.endings;
}

struct eddy_task *some_actor(void)
{
	return &actors[chance(ACTORS)].task;
}

void respawn_some_actor(void)
{
	if (!quit) {
		/* It may be active. */
		(void)eddy_spawn(some_executor(), &actors[chance(weather->actors)].task);
	}
}

/* Whoever is one too many ends; so does whoever is not resumed soon, by the others' doing. */
void change_weather(void)
{
	lonely_since = INT64_MAX;
	weather = &weathers[chance(ARRAY_SIZE(weathers))];
	for (uint32_t i = weather->actors; i < ACTORS; i++) {
		(void)eddy_cancel(&actors[i].task); /* it may have ended */
	}
	if (is_lonely()) {
		k_sleep(K_TICKS(1000)); /* until all is quiet */
		lonely_since = k_uptime_ticks();
	}
}

void spawn_actors(void)
{
	unsigned int key = irq_lock(); /* nobody joins or cancels one that was never spawned */

	for (uint32_t i = 0U; i < ACTORS; i++) {
		EDDY_TASK_INIT(&actors[i], actor, .index = i);
		zassert_equal(eddy_spawn(some_executor(), &actors[i].task), 0);
	}
	irq_unlock(key);
}

/* What an actor does. */
static const struct deed *deed_of(uint32_t actor)
{
	const struct deed *play = actors[actor].frame.play;

	return play != NULL ? play : actors[actor].frame.errand.deed;
}

void end_actors(void)
{
	for (uint32_t i = 0U; i < ACTORS; i++) {
		(void)eddy_cancel(&actors[i].task);
	}
	for (uint32_t i = 0U; i < ACTORS; i++) {
		zassert_equal(eddy_task_join_blocking(&actors[i].task, K_SECONDS(10)), 0,
			      "actor %u is stuck: %s: %s", i, deed_of(i)->family->name,
			      deed_of(i)->name);
	}
}
