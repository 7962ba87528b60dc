/* SPDX-License-Identifier: Apache-2.0 */

/*
 * What happens when all threads wait: wait for input, let time pass, or give up.
 *
 * In virtual time, input and time compete: which comes first? A script's input is there at once, a
 * person's is not. So an idle CPU waits for input in host time for as long as more may well be
 * under way (INPUT_GRACE_NS after the last), and only then lets virtual time jump.
 */

#include "port.h"

#include <arch/linux_host.h>
#include <poll.h>
#include <stdio.h>
#include <stdio_ext.h>
#include <time.h>
#include <unistd.h>
#include <zephyr/sys/util.h>

#define INPUT_GRACE_NS (100 * 1000 * 1000)

#define STATUS_DEADLOCK 2

/* Calls of a test's hook that do not help, before the system is given up. */
#define HOOK_PATIENCE 100000

static struct {
	int fd; /* -1: none. */
	void (*ready)(void);
	uint64_t last_ns; /* Host clock when there last was input. */
} input = {.fd = -1};

void linux_input_watch(int fd, void (*ready)(void))
{
	if (input.last_ns == 0U) {
		input.last_ns = linux_host_ns(); /* the first is waited for as if one had been */
	}
	input.fd = fd;
	input.ready = ready;
}

/* Wait for input, at most @limit_ns (LINUX_TIME_NEVER: for ever), and have it taken. */
static bool wait_for_input(uint64_t limit_ns)
{
	struct pollfd watched = {.fd = input.fd, .events = POLLIN};
	struct timespec limit = {.tv_sec = (time_t)(limit_ns / 1000000000U),
				 .tv_nsec = (long)(limit_ns % 1000000000U)};

	/* End of file and errors are input too: reading will not block. */
	if (ppoll(&watched, 1, limit_ns == LINUX_TIME_NEVER ? NULL : &limit, NULL) <= 0) {
		return false;
	}
	input.last_ns = linux_host_ns();
	input.ready();
	return true;
}

void input_poll(void)
{
	if (input.fd >= 0) {
		(void)wait_for_input(0U);
	}
}

static void flush_output(void)
{
	if (__fpending(stdout) != 0U) {
		(void)fflush(stdout); /* nobody to tell */
	}
}

/* Nothing can ever happen again. After main() has returned, that is how a program ends. */
static FUNC_NORETURN void give_up(void)
{
	if (port_is_over()) {
		board_exit(0);
	}
	flush_output();
	fprintf(stderr, "linux: every thread waits for ever\n");
	board_exit(STATUS_DEADLOCK);
}

/* How long to wait for input before time jumps. */
static uint64_t input_grace_ns(void)
{
	uint64_t quiet_ns = linux_host_ns() - input.last_ns;

	return quiet_ns < INPUT_GRACE_NS ? INPUT_GRACE_NS - quiet_ns : 0U;
}

/*
 * Nothing is due, but a test's hook may bring the system back to life. It may toss a coin first, so
 * call it more than once.
 */
static bool hook_helps(void)
{
	for (unsigned int calls = 0; irq_is_hooked() && calls < HOOK_PATIENCE; calls++) {
		irq_take();
		if (!port_waits() || time_deadline() != LINUX_TIME_NEVER) {
			return true;
		}
	}
	return false;
}

static void wait_virtual(void)
{
	uint64_t deadline = time_deadline();

	if (input.fd >= 0 &&
	    wait_for_input(deadline == LINUX_TIME_NEVER ? LINUX_TIME_NEVER : input_grace_ns())) {
		return;
	}
	if (deadline != LINUX_TIME_NEVER) {
		time_jump_to_deadline();
	} else if (input.fd < 0 && !hook_helps()) {
		give_up();
	}
}

static void wait_real(void)
{
	uint64_t deadline = time_deadline();
	uint64_t now = time_now();

	if (deadline == LINUX_TIME_NEVER && input.fd < 0) {
		if (!hook_helps()) {
			give_up();
		}
	} else if (deadline == LINUX_TIME_NEVER) {
		(void)wait_for_input(LINUX_TIME_NEVER);
	} else if (deadline > now) {
		(void)wait_for_input(deadline - now);
	}
}

void arch_cpu_idle(void)
{
	if (!irq_is_pending()) {
		flush_output();
		if (linux_time_is_real()) {
			wait_real();
		} else {
			wait_virtual();
		}
	}
	attend_soon();
	arch_irq_unlock(0U);
}
