/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Input from a UART that has no interrupts: the console task looks for itself, and sleeps in
 * between. What the UART cannot hold meanwhile is lost, and nobody knows.
 */

#include "input.h"

#include <zephyr/drivers/uart.h>

#define PERIOD K_MSEC(10)

static const struct device *const port = DEVICE_DT_GET(DT_CHOSEN(zephyr_console));

struct look {
	struct eddy_frame frame;
	uint8_t *byte; /* in */
};

async_fn(look)
{
	int rc = 0;

	async_begin;
	while (uart_poll_in(port, my->byte) != 0) {
		await_into(rc, eddy_sleep(self, PERIOD));
		if (rc != 0) {
			async_return(rc);
		}
	}
	async_end;
}

int input_init(void)
{
	return device_is_ready(port) ? 0 : -ENODEV;
}

int input_read(struct eddy_task *self, uint8_t *byte)
{
	static struct look frame; /* there is one reader only */

	return eddy_call(self, look, &frame, .byte = byte);
}

/* Nothing comes unless it is asked for. */

void input_pause(void)
{
}

void input_resume(void)
{
}

unsigned int input_take_errors(void)
{
	return 0U;
}
