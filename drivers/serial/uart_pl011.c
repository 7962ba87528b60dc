/* SPDX-License-Identifier: Apache-2.0 */

/*
 * ARM PL011 UART: 16 bytes of FIFO each way.
 *
 * Reception is level-triggered: the interrupt stays up while the FIFO holds more than its
 * threshold, or anything for a while (receive time-out), so both sources count as one. Sending is
 * not: its interrupt comes when the FIFO drains past the threshold, never from an empty one. So
 * enabling it also pends the line by software, and the callback finds the room.
 *
 * Locking: none. Registers are changed by read-modify-write in the mask only, with interrupts
 * masked.
 */

#include <zephyr/drivers/uart.h>
#include <zephyr/irq.h>

struct pl011_registers {
	volatile uint32_t dr;
	volatile uint32_t rsr_ecr; /* read: errors; write: clear them */
	const uint32_t reserved_08[4];
	volatile const uint32_t fr;
	const uint32_t reserved_1c[2];
	volatile uint32_t ibrd;
	volatile uint32_t fbrd;
	volatile uint32_t lcr_h;
	volatile uint32_t cr;
	volatile uint32_t ifls;
	volatile uint32_t imsc;
	volatile const uint32_t ris;
	volatile const uint32_t mis;
	volatile uint32_t icr;
};

#define FR_BUSY      BIT(3)
#define FR_RXFE      BIT(4)
#define FR_TXFF      BIT(5)
#define LCR_H_FEN    BIT(4)
#define LCR_H_8_BITS (3UL << 5)
#define CR_UARTEN    BIT(0)
#define CR_TXE       BIT(8)
#define CR_RXE       BIT(9)
#define INT_RX       BIT(4)
#define INT_TX       BIT(5)
#define INT_RT       BIT(6)
#define RSR_FRAMING  BIT(0)
#define RSR_PARITY   BIT(1)
#define RSR_BREAK    BIT(2)
#define RSR_OVERRUN  BIT(3)

struct pl011_config {
	struct pl011_registers *registers;
	unsigned int irq;
	unsigned int irq_priority;
	uint32_t clock_hz;
	uint32_t baud;
};

struct pl011_data {
	uart_irq_callback_user_data_t callback;
	void *user_data;
};

static const struct pl011_config *config_of(const struct device *dev)
{
	return (const struct pl011_config *)dev->config;
}

static struct pl011_registers *registers_of(const struct device *dev)
{
	return config_of(dev)->registers;
}

static int pl011_poll_in(const struct device *dev, unsigned char *c)
{
	struct pl011_registers *registers = registers_of(dev);

	if ((registers->fr & FR_RXFE) != 0U) {
		return -1;
	}
	*c = (unsigned char)registers->dr;
	return 0;
}

static void pl011_poll_out(const struct device *dev, unsigned char c)
{
	struct pl011_registers *registers = registers_of(dev);

	while ((registers->fr & FR_TXFF) != 0U) {
		/* full */
	}
	registers->dr = c;
}

static int pl011_err_check(const struct device *dev)
{
	struct pl011_registers *registers = registers_of(dev);
	uint32_t status = registers->rsr_ecr;

	registers->rsr_ecr = 0U;
	return ((status & RSR_OVERRUN) != 0U ? UART_ERROR_OVERRUN : 0) |
	       ((status & RSR_PARITY) != 0U ? UART_ERROR_PARITY : 0) |
	       ((status & RSR_FRAMING) != 0U ? UART_ERROR_FRAMING : 0) |
	       ((status & RSR_BREAK) != 0U ? UART_BREAK : 0);
}

/*
 * Turning the FIFO on empties it. A byte that was received before this driver came up (QEMU takes
 * it in any state of the UART) is not to get lost: then do without the FIFO.
 */
static uint32_t fifo_mode(const struct pl011_config *config)
{
	return (config->registers->fr & FR_RXFE) != 0U ? LCR_H_FEN : 0U;
}

static void set_baud(const struct pl011_config *config)
{
	/* Divisor in 64ths: clock / (16 * baud), rounded. */
	uint32_t divisor = (config->clock_hz * 4U + config->baud / 2U) / config->baud;

	config->registers->ibrd = divisor >> 6;
	config->registers->fbrd = divisor & 0x3FU;
	config->registers->lcr_h = LCR_H_8_BITS | fifo_mode(config); /* makes the others count */
}

#ifdef CONFIG_UART_INTERRUPT_DRIVEN

static void change_mask(const struct device *dev, uint32_t clear, uint32_t set)
{
	struct pl011_registers *registers = registers_of(dev);
	unsigned int key = irq_lock();

	registers->imsc = (registers->imsc & ~clear) | set;
	irq_unlock(key);
}

static int pl011_fifo_fill(const struct device *dev, const uint8_t *data, int size)
{
	struct pl011_registers *registers = registers_of(dev);
	int count = 0;

	while (count < size && (registers->fr & FR_TXFF) == 0U) {
		registers->dr = data[count++];
	}
	return count;
}

static int pl011_fifo_read(const struct device *dev, uint8_t *data, int size)
{
	int count = 0;

	while (count < size && pl011_poll_in(dev, &data[count]) == 0) {
		count++;
	}
	return count;
}

static void pl011_irq_tx_enable(const struct device *dev)
{
	change_mask(dev, 0U, INT_TX);
	arch_irq_pend(config_of(dev)->irq);
}

static void pl011_irq_tx_disable(const struct device *dev)
{
	change_mask(dev, INT_TX, 0U);
}

static int pl011_irq_tx_ready(const struct device *dev)
{
	struct pl011_registers *registers = registers_of(dev);

	return (registers->imsc & INT_TX) != 0U && (registers->fr & FR_TXFF) == 0U;
}

static int pl011_irq_tx_complete(const struct device *dev)
{
	return (registers_of(dev)->fr & FR_BUSY) == 0U;
}

static void pl011_irq_rx_enable(const struct device *dev)
{
	change_mask(dev, 0U, INT_RX | INT_RT);
}

static void pl011_irq_rx_disable(const struct device *dev)
{
	change_mask(dev, INT_RX | INT_RT, 0U);
}

static int pl011_irq_rx_ready(const struct device *dev)
{
	struct pl011_registers *registers = registers_of(dev);

	return (registers->imsc & INT_RX) != 0U && (registers->fr & FR_RXFE) == 0U;
}

static int pl011_irq_is_pending(const struct device *dev)
{
	return pl011_irq_rx_ready(dev) != 0 || pl011_irq_tx_ready(dev) != 0;
}

static int pl011_irq_update(const struct device *dev)
{
	ARG_UNUSED(dev); /* the status registers are read as they are asked for */
	return 1;
}

static void pl011_irq_callback_set(const struct device *dev, uart_irq_callback_user_data_t callback,
				   void *user_data)
{
	struct pl011_data *data = (struct pl011_data *)dev->data;
	unsigned int key = irq_lock();

	data->callback = callback;
	data->user_data = user_data;
	irq_unlock(key);
}

static void pl011_isr(const void *arg)
{
	const struct device *dev = (const struct device *)arg;
	const struct pl011_data *data = (const struct pl011_data *)dev->data;

	/* The callback makes room or empties the FIFO; only the time-out and TX need an answer. */
	registers_of(dev)->icr = INT_TX | INT_RT;
	if (data->callback != NULL) {
		data->callback(dev, data->user_data);
	}
}

static void connect(const struct device *dev)
{
	const struct pl011_config *config = config_of(dev);

	IRQ_CONNECT(config->irq, config->irq_priority, pl011_isr, dev, 0);
	irq_enable(config->irq);
}

#else /* CONFIG_UART_INTERRUPT_DRIVEN */

static void connect(const struct device *dev)
{
	ARG_UNUSED(dev); /* polled only */
}

#endif /* CONFIG_UART_INTERRUPT_DRIVEN */

static int pl011_init(const struct device *dev)
{
	struct pl011_registers *registers = registers_of(dev);

	registers->cr = 0U;
	registers->imsc = 0U;
	set_baud(config_of(dev));
	registers->cr = CR_UARTEN | CR_TXE | CR_RXE;
	connect(dev);
	return 0;
}

static const struct uart_driver_api pl011_api = {
	.poll_in = pl011_poll_in,
	.poll_out = pl011_poll_out,
	.err_check = pl011_err_check,
#ifdef CONFIG_UART_INTERRUPT_DRIVEN
	.fifo_fill = pl011_fifo_fill,
	.fifo_read = pl011_fifo_read,
	.irq_tx_enable = pl011_irq_tx_enable,
	.irq_tx_disable = pl011_irq_tx_disable,
	.irq_tx_ready = pl011_irq_tx_ready,
	.irq_tx_complete = pl011_irq_tx_complete,
	.irq_rx_enable = pl011_irq_rx_enable,
	.irq_rx_disable = pl011_irq_rx_disable,
	.irq_rx_ready = pl011_irq_rx_ready,
	.irq_is_pending = pl011_irq_is_pending,
	.irq_update = pl011_irq_update,
	.irq_callback_set = pl011_irq_callback_set,
#endif
};

static struct pl011_data uart0_data;

static const struct pl011_config uart0_config = {
	.registers = (struct pl011_registers *)DT_N_uart0_ADDRESS,
	.irq = DT_N_uart0_IRQ,
	.irq_priority = 2,
	.clock_hz = DT_N_uart0_CLOCK_HZ,
	.baud = 115200,
};

DEVICE_DT_DEFINE(DT_NODELABEL(uart0), pl011_init, NULL, &uart0_data, &uart0_config, PRE_KERNEL_1,
		 50, &pl011_api);
