/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Two threads that sleep most of the time, above and below the tasks; and the command that tells
 * about them.
 *
 * pulse, more urgent than all else, notes how late it was woken: the longest that anybody kept it
 * from running. scrub, the least urgent, checks constants in memory when nobody else wants the
 * CPU.
 */

#include "blink.h"
#include "commands.h"
#include "thread_notes.h"

#define PULSE_PRIORITY 2
#define SCRUB_PRIORITY 10

/* Both wake at multiples of it, so that they wake an idle system once. */
#define PERIOD ((k_ticks_t)(CONFIG_SYS_CLOCK_TICKS_PER_SEC / 4))

static uint32_t beats;
static k_ticks_t latest; /* ticks, the worst so far */
static uint32_t rounds;
static uint32_t damaged;

/* Sleep up to the next multiple of the period. @return By how many ticks it was missed. */
static k_ticks_t sleep_until_next(void)
{
	k_ticks_t next = (k_uptime_ticks() / PERIOD + 1) * PERIOD;

	(void)blocks(k_sleep(K_TIMEOUT_ABS_TICKS(next)));
	return k_uptime_ticks() - next;
}

static void pulse_entry(void *p1, void *p2, void *p3)
{
	ARG_UNUSED(p1);
	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	for (;;) {
		k_ticks_t late = sleep_until_next();

		latest = MAX(latest, late);
		beats++;
	}
}

/* 0, 1, 3, 6, 10, ...: each is its index more than the one before. */
static const uint16_t constants[] = {0,  1,  3,   6,   10,  15,  21,  28,  36,  45,  55,  66,
				     78, 91, 105, 120, 136, 153, 171, 190, 210, 231, 253, 276};

static bool constants_are_sound(void)
{
	uint16_t sum = 0U;
	uint16_t wrong = 0U;

	for (size_t i = 0; i < ARRAY_SIZE(constants); i++) {
		sum = (uint16_t)(sum + i);
		wrong |= (uint16_t)(((const volatile uint16_t *)constants)[i] ^ sum);
	}
	return wrong == 0U;
}

static void scrub_entry(void *p1, void *p2, void *p3)
{
	ARG_UNUSED(p1);
	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	for (;;) {
		(void)sleep_until_next();
		damaged += constants_are_sound() ? 0U : 1U;
		rounds++;
	}
}

K_THREAD_DEFINE(pulse, CONFIG_CONSOLE_THREAD_STACK_SIZE, pulse_entry, NULL, NULL, NULL,
		PULSE_PRIORITY, 0, 0);
K_THREAD_DEFINE(scrub, CONFIG_CONSOLE_THREAD_STACK_SIZE, scrub_entry, NULL, NULL, NULL,
		SCRUB_PRIORITY, 0, 0);

int command_uptime(struct eddy_task *self, union command_frame *frame,
		   const struct operand *operand)
{
	uint64_t ms = (uint64_t)k_uptime_get();

	ARG_UNUSED(self);
	ARG_UNUSED(frame);
	ARG_UNUSED(operand);
	printk("up %llu.%03u s; led %s\n", (unsigned long long)(ms / 1000U),
	       (unsigned int)(ms % 1000U), blink_led_is_on() ? "on" : "off");
	printk("pulse: %u beats, at most %u us late\n", beats,
	       (unsigned int)k_ticks_to_us_ceil32((uint32_t)latest));
	printk("scrub: %u rounds, %u found damage\n", rounds, damaged);
	return 0;
}
