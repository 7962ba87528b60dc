/* SPDX-License-Identifier: Apache-2.0 */

/* Tasks on the system's work queue, in place of work items; see docs/from-work-queue.md. */

#include "bus.h"
#include "leave.h"

#include <eddy/eddy.h>
#include <eddy/executor_work.h>
#include <eddy/kernel.h>
#include <zephyr/kernel.h>
#include <zephyr/sys/printk.h>

#define SENT      12U
#define PERIOD_MS 200

/* ---- the bus is brought back when it was lost: an interrupt raises, a task waits ---- */

EDDY_SIGNAL_DEFINE(bus_off);

void on_bus_off(void)
{
	eddy_signal_raise(&bus_off, 0U);
}

struct recover {
	struct eddy_frame frame;
};

async_fn(recover)
{
	int rc;

	async_begin;
	while (bus_recover() != 0) {
		await_into(rc, eddy_sleep(self, K_MSEC(100)));
		if (rc != 0) {
			async_return(rc);
		}
	}
	printk("bus is back\n");
	async_end;
}

struct guard {
	struct eddy_frame frame;
	struct recover recover;
};

async_fn(guard)
{
	int rc;

	async_begin;
	do {
		await_into(rc, eddy_signal_wait(self, &bus_off, NULL, K_FOREVER));
		if (rc == 0) {
			printk("bus is off\n");
			await_into(rc, eddy_call(self, recover, &my->recover));
		}
	} while (rc == 0);
	async_return(rc);
	async_end;
}

/* ---- the lamp ---- */

struct lamp {
	struct eddy_frame frame;
	struct eddy_k_wait wait;
	struct message message;
};

async_fn(lamp)
{
	int rc;

	async_begin;
	for (;;) {
		await_into(rc, eddy_k_msgq_get(self, &my->wait, &lamp_messages, &my->message,
					       K_FOREVER));
		if (rc != 0) {
			async_return(rc);
		}
		printk("lamp is %s\n", my->message.data % 2U == 0U ? "on" : "off");
	}
	async_end;
}

/* ---- the counts: there should be one every 400 ms ---- */

struct counter {
	struct eddy_frame frame;
	struct eddy_k_wait wait;
	struct message message;
};

async_fn(counter)
{
	int rc;

	async_begin;
	for (;;) {
		await_into(rc, eddy_k_msgq_get(self, &my->wait, &count_messages, &my->message,
					       K_MSEC(600)));
		if (rc == 0) {
			printk("count %u\n", my->message.data);
		} else if (rc == -EAGAIN) {
			printk("no count for 600 ms\n");
		} else {
			async_return(rc);
		}
	}
	async_end;
}

/* ---- the program ---- */

EDDY_TASK_DEFINE(bus_guard, guard);
EDDY_TASK_DEFINE(the_lamp, lamp);
EDDY_TASK_DEFINE(the_counter, counter);

static struct eddy_work_executor executor;

static void start(void)
{
	eddy_work_executor_init(&executor, "system", &k_sys_work_q);
	(void)eddy_spawn(&executor.executor, &bus_guard); /* none of them is active yet */
	(void)eddy_spawn(&executor.executor, &the_lamp);
	(void)eddy_spawn(&executor.executor, &the_counter);
}

/* Each has ended when this returns. Without a limit it cannot fail. */
static void stop(void)
{
	(void)eddy_cancel_wait_blocking(&bus_guard, K_FOREVER);
	(void)eddy_cancel_wait_blocking(&the_lamp, K_FOREVER);
	(void)eddy_cancel_wait_blocking(&the_counter, K_FOREVER);
}

int main(void)
{
	start();
	for (unsigned int i = 0U; i < SENT; i++) {
		bus_send(i % 2U == 0U ? LAMP : COUNT, (uint8_t)(i / 2U));
		k_msleep(PERIOD_MS);
	}
	stop();
	printk("stopped\n");
	leave(0);
	return 0;
}
