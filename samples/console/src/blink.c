/* SPDX-License-Identifier: Apache-2.0 */

/*
 * blink: a task that toggles an LED. sleep: waits, and lets you watch it.
 *
 * The boards here have no LED: it is a variable, and its changes are printed while somebody
 * sleeps. At other times they would tear the line that is being typed.
 */

#include "blink.h"

#include "commands.h"
#include "console.h"

#include <string.h>

#define PERIOD_MS_MAX 60000U

struct blink {
	struct eddy_frame frame;
	uint32_t period_ms; /* in */
	k_ticks_t next;
};

async_decl(blink);

static EDDY_TASK_STORAGE(blink) blinker;
static bool led_is_on;
static bool watched; /* Print the changes. */

const struct task_kind blink_kind = TASK_KIND(blink);

bool blink_led_is_on(void)
{
	return led_is_on;
}

static void led_set(bool on)
{
	led_is_on = on;
	if (watched) {
		printk("led %s\n", on ? "on" : "off");
	}
}

async_fn(blink)
{
	int rc;

	async_begin;
	my->next = k_uptime_ticks();
	for (;;) {
		my->next += k_ms_to_ticks_ceil32(my->period_ms);
		await_into(rc, eddy_sleep_until(self, my->next));
		if (rc != 0) {
			break;
		}
		led_set(!led_is_on);
	}
	led_is_on = false;
	async_end;
}

async_fn(blink_stop)
{
	async_begin;
	if (eddy_task_is_active(&blinker.task)) {
		(void)eddy_cancel(&blinker.task); /* it is active */
		await(eddy_task_join(self, &blinker.task, K_FOREVER));
	}
	async_end;
}

async_fn(blink_start)
{
	async_begin;
	await(eddy_call(self, blink_stop, &my->stop));
	EDDY_TASK_INIT(&blinker, blink, .period_ms = my->period_ms);
	(void)eddy_spawn(&executor, &blinker.task); /* it is not active */
	async_end;
}

int command_blink(struct eddy_task *self, union command_frame *frame, const struct operand *operand)
{
	uint32_t period_ms = 0U;

	if (strcmp(operand->text, "off") != 0 && !command_number(operand->text, &period_ms)) {
		printk("blink: \"%s\" is neither a whole number nor off\n", operand->text);
		return 0;
	}
	if (period_ms == 0U) {
		printk("led stays off\n");
		return eddy_call(self, blink_stop, &frame->blink_stop);
	}
	if (!command_in_range("blink", period_ms, 1U, PERIOD_MS_MAX)) {
		return 0;
	}
	printk("led toggles every %u ms; watch it with: sleep %u\n", period_ms, 4U * period_ms);
	return eddy_call(self, blink_start, &frame->blink_start, .period_ms = period_ms);
}

async_fn(nap)
{
	async_begin;
	my->start = k_uptime_ticks();
	watched = true;
	await(eddy_sleep(self, K_MSEC(my->ms)));
	watched = false;
	printk("slept %u ms\n",
	       (unsigned int)k_ticks_to_ms_floor64((uint64_t)(k_uptime_ticks() - my->start)));
	async_end;
}

int command_sleep(struct eddy_task *self, union command_frame *frame, const struct operand *operand)
{
	return eddy_call(self, nap, &frame->nap, .ms = operand->number);
}
