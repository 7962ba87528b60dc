/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Time, virtual or the host's.
 *
 * Virtual time is a function of what the program does: it passes by small steps with each unlock
 * and each look at the clock, and jumps to the next deadline when all threads wait. So an hour of
 * sleep takes no time, and runs repeat. The steps are not added up one by one: credit is granted
 * in advance up to a horizon, and the time is the horizon less the credit that is left.
 *
 * The host's time is looked up. Here credit only limits how many unlocks pass between two looks.
 */

#include "port.h"

#include <arch/linux_host.h>
#include <time.h>
#include <zephyr/sys/util.h>

#define VIRTUAL_GRANT 1000
#define REAL_GRANT    16

/* How often a busy program looks for input. Looking is a system call. */
#define INPUT_POLL_NS (1000 * 1000)

static struct {
	bool real;
	uint64_t start_ns;   /* Host clock at the start. */
	uint64_t horizon_ns; /* Virtual time when the credit will be used up. */
	uint64_t deadline_ns;
	uint64_t input_polled_ns; /* When input was last looked for. */
} state = {.deadline_ns = LINUX_TIME_NEVER};

uint64_t linux_host_ns(void)
{
	struct timespec now;

	(void)clock_gettime(CLOCK_MONOTONIC, &now); /* cannot fail */
	return (uint64_t)now.tv_sec * 1000000000U + (uint64_t)now.tv_nsec;
}

void time_init(bool real)
{
	state.real = real;
	state.start_ns = linux_host_ns();
}

bool linux_time_is_real(void)
{
	return state.real;
}

static uint64_t virtual_now(void)
{
	long left = linux_cpu.credit + linux_cpu.withheld; /* negative: behind the horizon */

	return state.horizon_ns - (uint64_t)(left * LINUX_UNLOCK_NS);
}

uint64_t time_now(void)
{
	return state.real ? linux_host_ns() - state.start_ns : virtual_now();
}

uint64_t linux_time_read(void)
{
	uint64_t now;

	if (state.real) {
		now = linux_host_ns() - state.start_ns;
		if (now >= state.deadline_ns) {
			attend_soon();
		}
	} else {
		linux_cpu.credit -= LINUX_CLOCK_READ_NS / LINUX_UNLOCK_NS;
		now = virtual_now();
	}
	if (linux_cpu.credit <= 0 && linux_cpu.locked == 0U) {
		linux_attend();
	}
	return now;
}

/* Not beyond the deadline, and none at all if a test is to be called at each unlock. */
static long grant(uint64_t now)
{
	if (irq_is_hooked()) {
		return 0;
	}
	if (state.real) {
		return REAL_GRANT;
	}
	return (long)MIN((state.deadline_ns - now) / LINUX_UNLOCK_NS, (uint64_t)VIRTUAL_GRANT);
}

void time_pass(void)
{
	uint64_t now = time_now();
	long credit;

	if (now >= state.deadline_ns) {
		state.deadline_ns = LINUX_TIME_NEVER;
		arch_irq_pend(LINUX_IRQ_CLOCK);
	}
	if (now - state.input_polled_ns >= INPUT_POLL_NS) {
		state.input_polled_ns = now;
		input_poll();
	}

	credit = grant(now);
	state.horizon_ns = now + (uint64_t)credit * LINUX_UNLOCK_NS;
	linux_cpu.credit = credit;
	linux_cpu.withheld = 0;
}

void linux_time_set_deadline(uint64_t when_ns)
{
	state.deadline_ns = when_ns;
	if (state.real || when_ns < state.horizon_ns) {
		attend_soon(); /* credit was granted beyond it */
	}
}

uint64_t time_deadline(void)
{
	return state.deadline_ns;
}

void time_jump_to_deadline(void)
{
	uint64_t now = virtual_now();

	if (state.deadline_ns > now) {
		state.horizon_ns += state.deadline_ns - now;
	}
	attend_soon();
}
