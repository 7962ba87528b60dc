/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Input: from the UART's interrupt through a channel to the console task.
 *
 * Nothing is dropped here. With the channel full the interrupt turns itself off and the bytes stay
 * in the hardware, where they hold back the sender; the console turns it on again when it has
 * caught up. What the hardware itself loses, it reports, and that is counted.
 */

#include "input.h"

#include <zephyr/drivers/uart.h>

/* Room enough to turn the interrupt on again. */
#define CAUGHT_UP (CONFIG_CONSOLE_INPUT_SIZE / 2)

static const struct device *const port = DEVICE_DT_GET(DT_CHOSEN(zephyr_console));

EDDY_CHAN_DEFINE(input_bytes, uint8_t, CONFIG_CONSOLE_INPUT_SIZE);
static volatile bool full; /* The interrupt is off for want of room. */
static atomic_t errors;

static void receive(const struct device *dev)
{
	uint8_t byte;

	while (eddy_chan_count(&input_bytes) < CONFIG_CONSOLE_INPUT_SIZE) {
		if (uart_fifo_read(dev, &byte, 1) != 1) {
			return;
		}
		(void)eddy_chan_try_send(&input_bytes, &byte); /* there is room */
	}
	full = true;
	uart_irq_rx_disable(dev);
}

static void on_uart(const struct device *dev, void *user_data)
{
	ARG_UNUSED(user_data);
	while (uart_irq_update(dev) > 0 && uart_irq_is_pending(dev) > 0) {
		if (uart_err_check(dev) > 0) {
			(void)atomic_inc(&errors);
		}
		if (uart_irq_rx_ready(dev) > 0) {
			receive(dev);
		}
	}
}

int input_init(void)
{
	if (!device_is_ready(port)) {
		return -ENODEV;
	}
	(void)uart_irq_callback_user_data_set(port, on_uart, NULL);
	return 0;
}

int input_read(struct eddy_task *self, uint8_t *byte)
{
	if (full && eddy_chan_count(&input_bytes) <= CAUGHT_UP) {
		input_resume();
	}
	return eddy_chan_recv(self, &input_bytes, byte, K_FOREVER);
}

void input_pause(void)
{
	uart_irq_rx_disable(port);
}

void input_resume(void)
{
	full = false;
	uart_irq_rx_enable(port);
}

unsigned int input_take_errors(void)
{
	return (unsigned int)atomic_set(&errors, 0);
}
