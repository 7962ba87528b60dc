/* SPDX-License-Identifier: Apache-2.0 */

/*
 * UART of ARM's Cortex-M System Design Kit: one byte of buffer each way.
 *
 * Its interrupts report events (a byte arrived, a byte left), not states, and only those that
 * happen while enabled. uart.h promises states. So enabling a direction pends its line by software
 * if its state is there already, and so does the end of the interrupt if the callback left it
 * there: as with a level-triggered UART, a callback that does not read keeps the interrupt coming
 * until it disables it.
 *
 * Lines: one for each direction. Locking: interrupts masked around read-modify-write of CTRL.
 */

#include <zephyr/drivers/uart.h>
#include <zephyr/irq.h>

struct cmsdk_registers {
	volatile uint32_t data;
	volatile uint32_t state;
	volatile uint32_t ctrl;
	volatile uint32_t intstatus; /* write 1 to clear */
	volatile uint32_t bauddiv;
};

#define STATE_TXFULL    BIT(0)
#define STATE_RXFULL    BIT(1)
#define STATE_RXOVERRUN BIT(3) /* write 1 to clear */
#define CTRL_TX_EN      BIT(0)
#define CTRL_RX_EN      BIT(1)
#define CTRL_TX_INT     BIT(2)
#define CTRL_RX_INT     BIT(3)
#define INT_TX          BIT(0)
#define INT_RX          BIT(1)

struct cmsdk_config {
	struct cmsdk_registers *registers;
	unsigned int rx_irq;
	unsigned int tx_irq;
	unsigned int irq_priority;
	uint32_t clock_hz;
	uint32_t baud;
};

struct cmsdk_data {
	uart_irq_callback_user_data_t callback;
	void *user_data;
};

static const struct cmsdk_config *config_of(const struct device *dev)
{
	return (const struct cmsdk_config *)dev->config;
}

static struct cmsdk_registers *registers_of(const struct device *dev)
{
	return config_of(dev)->registers;
}

static int cmsdk_poll_in(const struct device *dev, unsigned char *c)
{
	struct cmsdk_registers *registers = registers_of(dev);

	if ((registers->state & STATE_RXFULL) == 0U) {
		return -1;
	}
	*c = (unsigned char)registers->data;
	return 0;
}

static void cmsdk_poll_out(const struct device *dev, unsigned char c)
{
	struct cmsdk_registers *registers = registers_of(dev);

	while ((registers->state & STATE_TXFULL) != 0U) {
		/* full */
	}
	registers->data = c;
}

static int cmsdk_err_check(const struct device *dev)
{
	struct cmsdk_registers *registers = registers_of(dev);

	if ((registers->state & STATE_RXOVERRUN) == 0U) {
		return 0;
	}
	registers->state = STATE_RXOVERRUN;
	return UART_ERROR_OVERRUN;
}

#ifdef CONFIG_UART_INTERRUPT_DRIVEN

static void change_ctrl(const struct device *dev, uint32_t clear, uint32_t set)
{
	struct cmsdk_registers *registers = registers_of(dev);
	unsigned int key = irq_lock();

	registers->ctrl = (registers->ctrl & ~clear) | set;
	irq_unlock(key);
}

static int cmsdk_fifo_fill(const struct device *dev, const uint8_t *data, int size)
{
	struct cmsdk_registers *registers = registers_of(dev);
	int count = 0;

	while (count < size && (registers->state & STATE_TXFULL) == 0U) {
		registers->data = data[count++];
	}
	return count;
}

static int cmsdk_fifo_read(const struct device *dev, uint8_t *data, int size)
{
	int count = 0;

	while (count < size && cmsdk_poll_in(dev, &data[count]) == 0) {
		count++;
	}
	return count;
}

static int cmsdk_irq_tx_ready(const struct device *dev)
{
	struct cmsdk_registers *registers = registers_of(dev);

	return (registers->ctrl & CTRL_TX_INT) != 0U && (registers->state & STATE_TXFULL) == 0U;
}

static int cmsdk_irq_rx_ready(const struct device *dev)
{
	struct cmsdk_registers *registers = registers_of(dev);

	return (registers->ctrl & CTRL_RX_INT) != 0U && (registers->state & STATE_RXFULL) != 0U;
}

/* What is ready although no event will say so. */
static void pend_rx_if_ready(const struct device *dev)
{
	if (cmsdk_irq_rx_ready(dev) != 0) {
		arch_irq_pend(config_of(dev)->rx_irq);
	}
}

static void pend_tx_if_ready(const struct device *dev)
{
	if (cmsdk_irq_tx_ready(dev) != 0) {
		arch_irq_pend(config_of(dev)->tx_irq);
	}
}

static void cmsdk_irq_tx_enable(const struct device *dev)
{
	change_ctrl(dev, 0U, CTRL_TX_INT);
	pend_tx_if_ready(dev);
}

static void cmsdk_irq_tx_disable(const struct device *dev)
{
	change_ctrl(dev, CTRL_TX_INT, 0U);
}

static int cmsdk_irq_tx_complete(const struct device *dev)
{
	return (registers_of(dev)->state & STATE_TXFULL) == 0U;
}

static void cmsdk_irq_rx_enable(const struct device *dev)
{
	change_ctrl(dev, 0U, CTRL_RX_INT);
	pend_rx_if_ready(dev);
}

static void cmsdk_irq_rx_disable(const struct device *dev)
{
	change_ctrl(dev, CTRL_RX_INT, 0U);
}

static int cmsdk_irq_is_pending(const struct device *dev)
{
	return cmsdk_irq_rx_ready(dev) != 0 || cmsdk_irq_tx_ready(dev) != 0;
}

static int cmsdk_irq_update(const struct device *dev)
{
	ARG_UNUSED(dev); /* the state register is read as it is asked for */
	return 1;
}

static void cmsdk_irq_callback_set(const struct device *dev, uart_irq_callback_user_data_t callback,
				   void *user_data)
{
	struct cmsdk_data *data = (struct cmsdk_data *)dev->data;
	unsigned int key = irq_lock();

	data->callback = callback;
	data->user_data = user_data;
	irq_unlock(key);
}

static void call_back(const struct device *dev)
{
	const struct cmsdk_data *data = (const struct cmsdk_data *)dev->data;

	if (data->callback != NULL) {
		data->callback(dev, data->user_data);
	}
}

/* Events are cleared before the callback: one that happens meanwhile counts. */
static void cmsdk_rx_isr(const void *arg)
{
	const struct device *dev = (const struct device *)arg;

	registers_of(dev)->intstatus = INT_RX;
	call_back(dev);
	pend_rx_if_ready(dev);
}

static void cmsdk_tx_isr(const void *arg)
{
	const struct device *dev = (const struct device *)arg;

	registers_of(dev)->intstatus = INT_TX;
	call_back(dev);
	pend_tx_if_ready(dev);
}

static void connect(const struct device *dev)
{
	const struct cmsdk_config *config = config_of(dev);

	IRQ_CONNECT(config->rx_irq, config->irq_priority, cmsdk_rx_isr, dev, 0);
	IRQ_CONNECT(config->tx_irq, config->irq_priority, cmsdk_tx_isr, dev, 0);
	irq_enable(config->rx_irq);
	irq_enable(config->tx_irq);
}

#else /* CONFIG_UART_INTERRUPT_DRIVEN */

static void connect(const struct device *dev)
{
	ARG_UNUSED(dev); /* polled only */
}

#endif /* CONFIG_UART_INTERRUPT_DRIVEN */

static int cmsdk_init(const struct device *dev)
{
	const struct cmsdk_config *config = config_of(dev);

	config->registers->bauddiv = config->clock_hz / config->baud;
	config->registers->ctrl = CTRL_TX_EN | CTRL_RX_EN;
	connect(dev);
	return 0;
}

static const struct uart_driver_api cmsdk_api = {
	.poll_in = cmsdk_poll_in,
	.poll_out = cmsdk_poll_out,
	.err_check = cmsdk_err_check,
#ifdef CONFIG_UART_INTERRUPT_DRIVEN
	.fifo_fill = cmsdk_fifo_fill,
	.fifo_read = cmsdk_fifo_read,
	.irq_tx_enable = cmsdk_irq_tx_enable,
	.irq_tx_disable = cmsdk_irq_tx_disable,
	.irq_tx_ready = cmsdk_irq_tx_ready,
	.irq_tx_complete = cmsdk_irq_tx_complete,
	.irq_rx_enable = cmsdk_irq_rx_enable,
	.irq_rx_disable = cmsdk_irq_rx_disable,
	.irq_rx_ready = cmsdk_irq_rx_ready,
	.irq_is_pending = cmsdk_irq_is_pending,
	.irq_update = cmsdk_irq_update,
	.irq_callback_set = cmsdk_irq_callback_set,
#endif
};

static struct cmsdk_data uart0_data;

static const struct cmsdk_config uart0_config = {
	.registers = (struct cmsdk_registers *)DT_N_uart0_ADDRESS,
	.rx_irq = DT_N_uart0_RX_IRQ,
	.tx_irq = DT_N_uart0_TX_IRQ,
	.irq_priority = 2,
	.clock_hz = DT_N_uart0_CLOCK_HZ,
	.baud = 115200,
};

DEVICE_DT_DEFINE(DT_NODELABEL(uart0), cmsdk_init, NULL, &uart0_data, &uart0_config, PRE_KERNEL_1,
		 50, &cmsdk_api);
