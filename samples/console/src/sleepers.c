/* SPDX-License-Identifier: Apache-2.0 */

/*
 * spawn and kill: many tasks that sleep, wake once a second, and sleep again.
 *
 * They all wake at whole seconds of uptime. As the time to sleep to is computed from the clock each
 * time, none of them drifts.
 *
 * Invariant: the tasks [0, alive) of the array are active, the others are not.
 */

#include "commands.h"
#include "console.h"

#define PERIOD ((k_ticks_t)CONFIG_SYS_CLOCK_TICKS_PER_SEC)

struct sleeper {
	struct eddy_frame frame;
};

async_decl(sleeper);

static EDDY_TASK_STORAGE(sleeper) sleepers[CONFIG_CONSOLE_SLEEPERS];
static uint32_t alive;

const struct task_kind sleeper_kind = TASK_KIND(sleeper);

async_fn(sleeper)
{
	int rc;

	async_begin;
	do {
		await_into(rc, eddy_sleep_until(self, (k_uptime_ticks() / PERIOD + 1) * PERIOD));
	} while (rc == 0);
	async_return(rc);
	async_end;
}

static void show_alive(void)
{
	printk("%u sleeper%s, room for %u more\n", alive, alive == 1U ? "" : "s",
	       CONFIG_CONSOLE_SLEEPERS - alive);
}

async_fn(spawn)
{
	async_begin;
	while (my->count-- > 0U) {
		EDDY_TASK_INIT(&sleepers[alive], sleeper);
		(void)eddy_spawn(&executor, &sleepers[alive].task); /* it is not active */
		alive++;
	}
	await(eddy_yield(self)); /* let them fall asleep before anything else happens */
	show_alive();
	async_end;
}

int command_spawn(struct eddy_task *self, union command_frame *frame, const struct operand *operand)
{
	uint32_t room = CONFIG_CONSOLE_SLEEPERS - alive;

	if (operand->number > room) {
		printk("spawn: only %u more fit (%u bytes each), none started\n", room,
		       (unsigned int)sizeof(sleepers[0]));
		return 0;
	}
	return eddy_call(self, spawn, &frame->spawn, .count = operand->number);
}

/* All are canceled first, so that they end in one go; then each is joined. */
async_fn(kill)
{
	async_begin;
	for (uint32_t i = 1U; i <= my->count; i++) {
		(void)eddy_cancel(&sleepers[alive - i].task); /* it is active */
	}
	for (; my->killed < my->count; my->killed++) {
		alive--;
		await(eddy_task_join(self, &sleepers[alive].task, K_FOREVER));
	}
	printk("%u killed, ", my->killed);
	show_alive();
	async_end;
}

int command_kill(struct eddy_task *self, union command_frame *frame, const struct operand *operand)
{
	if (operand->number > alive) {
		printk("kill: there %s only %u, none killed\n", alive == 1U ? "is" : "are", alive);
		return 0;
	}
	return eddy_call(self, kill, &frame->kill, .count = operand->number);
}
