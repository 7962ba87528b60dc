/* SPDX-License-Identifier: Apache-2.0 */

/*
 * An interrupt sends readings through a channel to a task.
 *
 * The interrupt is a k_timer's: its expiry function runs in the clock's handler, on every board. It
 * must not wait, so it tries; what finds the channel full is dropped, and counted.
 */

#include "leave.h"

#include <eddy/eddy.h>
#include <zephyr/kernel.h>
#include <zephyr/sys/printk.h>

#define PERIOD   K_MSEC(50)
#define READINGS 20U
#define CAPACITY 4

EDDY_CHAN_DEFINE(readings, uint32_t, CAPACITY);

static uint32_t produced; /* both are written by the interrupt only */
static uint32_t dropped;

static void produce(struct k_timer *timer)
{
	uint32_t reading = produced++;

	if (eddy_chan_try_send(&readings, &reading) != 0) {
		dropped++;
	}
	if (produced == READINGS) {
		k_timer_stop(timer);
	}
}

static K_TIMER_DEFINE(sensor, produce, NULL);
static struct eddy_executor executor;

struct consumer {
	struct eddy_frame frame;
	uint32_t reading;
	uint32_t received;
};

async_fn(consumer)
{
	int rc;

	async_begin;
	for (;;) {
		/* No reading for so long: there are no more. */
		await_into(rc, eddy_chan_recv(self, &readings, &my->reading, K_MSEC(500)));
		if (rc != 0) {
			break;
		}
		printk("reading %u\n", my->reading);
		my->received++;
		if (my->received == 5U) {
			/* Busy elsewhere for nine periods: the channel keeps four readings. */
			await(eddy_sleep(self, K_MSEC(470)));
		}
	}
	printk("received %u, dropped %u, of %u\n", my->received, dropped, produced);
	eddy_executor_stop(&executor);
	async_return(my->received + dropped == READINGS ? 0 : -EIO);
	async_end;
}

EDDY_TASK_DEFINE(consumer, consumer);

int main(void)
{
	eddy_executor_init(&executor, "main");
	(void)eddy_spawn(&executor, &consumer); /* cannot fail: it is idle */
	k_timer_start(&sensor, PERIOD, PERIOD);
	eddy_executor_run(&executor); /* sleeps in the kernel between two interrupts */
	leave(eddy_task_result(&consumer) == 0 ? 0 : 1);
	return 0;
}
