/* SPDX-License-Identifier: Apache-2.0 */

/* A system without threads: start-up, all else, and at last fatal errors, which end it. */

#include "check.h"

#include <zephyr/init.h>
#include <zephyr/kernel.h>

#include <string.h>

static char levels[16];
static unsigned int level_count;

static int note(char level)
{
	levels[level_count++] = level;
	return -1; /* nobody cares */
}

/* Of no prototype: Zephyr 3.3 passes a device, later versions nothing. */
#define NOTE(level, priority, letter)                                                              \
	static int note_##letter()                                                                 \
	{                                                                                          \
		return note(STRINGIFY(letter)[0]);                                                 \
	}                                                                                          \
	SYS_INIT(note_##letter, level, priority)

/* In no order at all. */
NOTE(APPLICATION, 99, h);
NOTE(PRE_KERNEL_1, 50, c);
NOTE(EARLY, 10, a);
NOTE(PRE_KERNEL_1, 40, b);
NOTE(APPLICATION, 0, g);
NOTE(PRE_KERNEL_2, 0, e);
NOTE(PRE_KERNEL_1, 60, d);
NOTE(POST_KERNEL, 50, f);

static volatile bool early_expired;

static void on_early(struct k_timer *timer)
{
	early_expired = true;
}

static K_TIMER_DEFINE(early_timer, on_early, NULL);

/* Interrupts work from POST_KERNEL on. */
static int wait_in_init()
{
	k_timer_start(&early_timer, K_TICKS(2), K_NO_WAIT);
	k_busy_wait(2000);
	return 0;
}

SYS_INIT(wait_in_init, POST_KERNEL, 60);

/* Initialization runs by level, then priority. */
static void initialization_is_in_order(void)
{
	CHECK(strcmp(levels, "abcdefgh") == 0);
	CHECK(early_expired);
}

/* What is tested where it can be; see CMakeLists.txt. */
static void test_more(void)
{
	if (IS_ENABLED(TEST_LINES)) {
		test_lines();
	}
	if (IS_ENABLED(TEST_EXTRAS)) {
		test_irq();
		test_time_extras();
	}
}

int main(void)
{
	RUN(initialization_is_in_order);
	test_time();
	test_timer();
	test_idle();
	test_atomic();
	test_heap();
	test_more();
	k_oops(); /* ends in k_sys_fatal_error_handler() */
	return 0;
}
