/* SPDX-License-Identifier: Apache-2.0 */

/* A system without threads: start-up, all else, and at last fatal errors, which end it. */

#include "check.h"

#include <zephyr/board.h>
#include <zephyr/init.h>
#include <zephyr/kernel.h>

static char levels[16];
static unsigned int level_count;
static unsigned int fatal_errors;

static int note(char level)
{
	levels[level_count++] = level;
	return -1; /* nobody cares */
}

#define NOTE(level, priority, letter)                                                              \
	static int note_##letter(void)                                                             \
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
static int wait_in_init(void)
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

/* Something that faults on every board. */
static void fault(void)
{
	void (*volatile nowhere)(void) = (void (*)(void))(uintptr_t)0xFFFFFFF0U;

	nowhere();
}

/* A fatal error calls the policy; a second one, of another kind, too. Then the program ends. */
void k_sys_fatal_error_handler(unsigned int reason, const z_arch_esf_t *esf)
{
	fatal_errors++;
	if (fatal_errors == 1U) {
		CHECK(reason == K_ERR_KERNEL_OOPS);
		CHECK(esf == NULL);
		fault();
	}
	CHECK(fatal_errors == 2U);
	CHECK(reason == K_ERR_CPU_EXCEPTION);
	CHECK(esf != NULL);
	printk("%s - fatal errors\n", check_failures() == 0U ? "PASS" : "FAIL");
	board_exit((int)MIN(check_failures(), 100U));
}

int main(void)
{
	RUN(initialization_is_in_order);
	test_time();
	test_timer();
	test_irq();
	test_idle();
	test_heap();
	k_oops();
}
