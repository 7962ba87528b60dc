/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Something to look at with Zephyr's tools: tasks on two threads and on a work queue.
 *
 * A sensor is sampled on the work queue, beside other work; what it finds goes to a thread of low
 * priority that computes a mean. Two lamps blink on main().
 */

#include <eddy/eddy.h>
#include <zephyr/kernel.h>
#include <zephyr/sys/printk.h>

#define MEAN_PRIORITY 10

static struct eddy_executor lamps; /* on main() */
static struct eddy_executor numbers;
static struct eddy_work_executor drivers;

EDDY_CHAN_DEFINE(samples, uint32_t, 4);
static EDDY_SIGNAL_DEFINE(alarm); /* nobody raises it */

struct blink {
	struct eddy_frame frame;
	uint32_t period_ms; /* in */
	bool is_on;
};

async_fn(blink)
{
	async_begin;
	for (;;) {
		my->is_on = !my->is_on;
		await(eddy_sleep(self, K_MSEC(my->period_ms)));
	}
	async_end;
}

/* Reads a sensor, which takes a while, ten times a second. */
struct sample {
	struct eddy_frame frame;
	struct eddy_ticker ticker;
	uint32_t value;
};

async_fn(sample)
{
	async_begin;
	eddy_ticker_init(&my->ticker, K_MSEC(100));
	for (;;) {
		await(eddy_ticker_next(self, &my->ticker));
		my->value += 3U;
		k_busy_wait(200);
		await(eddy_chan_send(self, &samples, &my->value, K_FOREVER));
	}
	async_end;
}

struct mean {
	struct eddy_frame frame;
	uint32_t value;
	uint32_t sum;
	uint32_t count;
};

async_fn(mean)
{
	async_begin;
	for (;;) {
		await(eddy_chan_recv(self, &samples, &my->value, K_FOREVER));
		my->sum += my->value;
		my->count++;
		k_busy_wait(1000); /* stands for hard work */
	}
	async_end;
}

/* Waits for an alarm, but not for ever. */
struct guard {
	struct eddy_frame frame;
};

async_fn(guard)
{
	async_begin;
	for (;;) {
		await(eddy_signal_wait(self, &alarm, NULL, K_SECONDS(60)));
	}
	async_end;
}

EDDY_TASK_DEFINE(red, blink, .period_ms = 500);
EDDY_TASK_DEFINE(blue, blink, .period_ms = 333);
EDDY_TASK_DEFINE(sampler, sample);
EDDY_TASK_DEFINE(averager, mean);
EDDY_TASK_DEFINE(watchman, guard);

static K_THREAD_STACK_DEFINE(mean_stack, 1024);
static struct k_thread mean_thread; /* not named: it gets the name of its executor */

static void run_numbers(void *p1, void *p2, void *p3)
{
	eddy_executor_init(&numbers, "numbers");
	(void)eddy_spawn(&numbers, &averager);
	eddy_executor_run(&numbers);
}

int main(void)
{
	(void)k_thread_create(&mean_thread, mean_stack, K_THREAD_STACK_SIZEOF(mean_stack),
			      run_numbers, NULL, NULL, NULL, MEAN_PRIORITY, 0, K_NO_WAIT);
	eddy_work_executor_init(&drivers, "drivers", &k_sys_work_q);
	eddy_executor_init(&lamps, "lamps");
	(void)eddy_spawn(&drivers.executor, &sampler);
	(void)eddy_spawn(&lamps, &red);
	(void)eddy_spawn(&lamps, &blue);
	(void)eddy_spawn(&lamps, &watchman);
	printk("try: eddy tasks\n");
	eddy_executor_run(&lamps);
	return 0;
}
