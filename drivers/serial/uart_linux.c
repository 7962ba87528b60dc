/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Standard input and output as a UART.
 *
 * Receiving: a small buffer plays the hardware's FIFO. It is filled from standard input when the
 * CPU idles, and now and then while it is busy, but only once the program has emptied it: what is
 * not taken stays with the host, whose sender waits. The end of the input reads as ^D, once.
 *
 * Sending always succeeds at once; the C library's buffer is flushed at line ends and on idle.
 *
 * A terminal is switched to deliver each key as it is pressed, ^C too, without echo; ^\ still ends
 * the program.
 *
 * Locking: interrupts masked guard all of struct uart_data.
 */

#include <arch/linux_host.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <termios.h>
#include <unistd.h>
#include <zephyr/board.h>
#include <zephyr/drivers/uart.h>
#include <zephyr/irq.h>

#define UART_PRIORITY 2
#define FIFO_SIZE     16
#define END_OF_INPUT  0x04 /* ^D */

struct uart_data {
	uint8_t fifo[FIFO_SIZE];
	int first;    /* Next byte of the FIFO to hand out. */
	int end;      /* Behind its last byte. */
	uint8_t last; /* Last byte that came in. */
	bool at_end;  /* Standard input has ended. */
	bool rx_enabled;
	bool tx_enabled;
	uart_irq_callback_user_data_t callback;
	void *user_data;
};

static struct uart_data uart;

static struct termios terminal_before;

static void terminal_restore(void)
{
	(void)tcsetattr(STDIN_FILENO, TCSANOW, &terminal_before); /* no way to repair it */
}

static void end_by_signal(int number)
{
	terminal_restore();
	(void)signal(number, SIG_DFL);
	(void)raise(number);
}

/* Once, when the program first wants input: until then the terminal is none of our business. */
static void terminal_prepare(void)
{
	static const int signals[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT};
	static bool done;
	struct termios mode;

	if (done || tcgetattr(STDIN_FILENO, &terminal_before) != 0) {
		return; /* not a terminal */
	}
	done = true;
	mode = terminal_before;
	mode.c_iflag &= ~(tcflag_t)(ICRNL | INLCR | IXON);
	mode.c_lflag &= ~(tcflag_t)(ICANON | ECHO | IEXTEN);
	mode.c_cc[VMIN] = 1;
	mode.c_cc[VTIME] = 0;
	mode.c_cc[VINTR] = _POSIX_VDISABLE; /* the program decides what it means */
	mode.c_cc[VSUSP] = _POSIX_VDISABLE; /* stopped, it could not give the terminal back */
	(void)atexit(terminal_restore);
	for (size_t i = 0; i < ARRAY_SIZE(signals); i++) {
		(void)signal(signals[i], end_by_signal);
	}
	(void)tcsetattr(STDIN_FILENO, TCSANOW, &mode); /* else keys come by the line */
}

static bool fifo_is_empty(void)
{
	return uart.first == uart.end;
}

/* Fill the empty FIFO; reading does not block now. */
static void fifo_refill(void)
{
	ssize_t count = read(STDIN_FILENO, uart.fifo, sizeof(uart.fifo));

	uart.first = 0;
	uart.end = 0;
	if (count > 0) {
		uart.end = (int)count;
	} else if (count == 0 || (errno != EINTR && errno != EAGAIN)) {
		uart.at_end = true;
		if (uart.last != END_OF_INPUT) { /* else whoever feeds us has told the program */
			uart.fifo[0] = END_OF_INPUT;
			uart.end = 1;
		}
	}
	if (!fifo_is_empty()) {
		uart.last = uart.fifo[uart.end - 1];
	}
}

static int uart_linux_poll_in(const struct device *dev, unsigned char *c)
{
	struct pollfd in = {.fd = STDIN_FILENO, .events = POLLIN};
	unsigned int key = irq_lock();
	int result = -1;

	ARG_UNUSED(dev);
	terminal_prepare();
	if (fifo_is_empty() && !uart.at_end && poll(&in, 1, 0) > 0) {
		fifo_refill();
	}
	if (!fifo_is_empty()) {
		*c = uart.fifo[uart.first++];
		result = 0;
	}
	irq_unlock(key);
	return result;
}

static void uart_linux_poll_out(const struct device *dev, unsigned char c)
{
	ARG_UNUSED(dev);
	(void)putc_unlocked(c, stdout); /* a lost terminal ends the program by SIGPIPE or SIGHUP */
}

static int uart_linux_err_check(const struct device *dev)
{
	ARG_UNUSED(dev);
	return 0; /* nothing gets lost on this line */
}

#ifdef CONFIG_UART_INTERRUPT_DRIVEN

static bool rx_is_ready(void)
{
	return uart.rx_enabled && !fifo_is_empty();
}

/* The interrupt is a level: it comes for as long as there is something to do. */
static void pend_if_ready(void)
{
	if (rx_is_ready() || uart.tx_enabled) {
		arch_irq_pend(LINUX_IRQ_UART);
	}
}

static void watch_input(void);

static void input_ready(void)
{
	fifo_refill();
	pend_if_ready();
	watch_input();
}

/* The host's input is of interest while the FIFO has room for it and the program wants it. */
static void watch_input(void)
{
	bool wanted = uart.rx_enabled && fifo_is_empty() && !uart.at_end;

	linux_input_watch(wanted ? STDIN_FILENO : -1, input_ready);
}

static int uart_linux_fifo_fill(const struct device *dev, const uint8_t *data, int size)
{
	ARG_UNUSED(dev);
	(void)fwrite_unlocked(data, 1, (size_t)size, stdout);
	return size;
}

static int uart_linux_fifo_read(const struct device *dev, uint8_t *data, int size)
{
	unsigned int key = irq_lock();
	int count = 0;

	ARG_UNUSED(dev);
	while (count < size && !fifo_is_empty()) {
		data[count++] = uart.fifo[uart.first++];
	}
	watch_input();
	irq_unlock(key);
	return count;
}

static void uart_linux_irq_tx_enable(const struct device *dev)
{
	unsigned int key = irq_lock();

	ARG_UNUSED(dev);
	uart.tx_enabled = true;
	pend_if_ready();
	irq_unlock(key);
}

static void uart_linux_irq_tx_disable(const struct device *dev)
{
	ARG_UNUSED(dev);
	uart.tx_enabled = false;
}

static int uart_linux_irq_tx_ready(const struct device *dev)
{
	ARG_UNUSED(dev);
	return uart.tx_enabled ? 1 : 0;
}

static int uart_linux_irq_tx_complete(const struct device *dev)
{
	ARG_UNUSED(dev);
	return 1;
}

static void uart_linux_irq_rx_enable(const struct device *dev)
{
	unsigned int key = irq_lock();

	ARG_UNUSED(dev);
	terminal_prepare();
	uart.rx_enabled = true;
	pend_if_ready();
	watch_input();
	irq_unlock(key);
}

static void uart_linux_irq_rx_disable(const struct device *dev)
{
	unsigned int key = irq_lock();

	ARG_UNUSED(dev);
	uart.rx_enabled = false;
	watch_input();
	irq_unlock(key);
}

static int uart_linux_irq_rx_ready(const struct device *dev)
{
	ARG_UNUSED(dev);
	return rx_is_ready() ? 1 : 0;
}

static int uart_linux_irq_is_pending(const struct device *dev)
{
	ARG_UNUSED(dev);
	return rx_is_ready() || uart.tx_enabled ? 1 : 0;
}

static int uart_linux_irq_update(const struct device *dev)
{
	ARG_UNUSED(dev); /* nothing is latched */
	return 1;
}

static void uart_linux_irq_callback_set(const struct device *dev,
					uart_irq_callback_user_data_t callback, void *user_data)
{
	unsigned int key = irq_lock();

	ARG_UNUSED(dev);
	uart.callback = callback;
	uart.user_data = user_data;
	irq_unlock(key);
}

static void uart_isr(const void *arg)
{
	const struct device *dev = (const struct device *)arg;

	if (uart.callback != NULL) {
		uart.callback(dev, uart.user_data);
	}
	pend_if_ready();
}

static void connect(const struct device *dev)
{
	IRQ_CONNECT(LINUX_IRQ_UART, UART_PRIORITY, uart_isr, dev, 0);
	irq_enable(LINUX_IRQ_UART);
}

#else /* CONFIG_UART_INTERRUPT_DRIVEN */

static void connect(const struct device *dev)
{
	ARG_UNUSED(dev); /* polled only */
}

#endif /* CONFIG_UART_INTERRUPT_DRIVEN */

static int uart_linux_init(const struct device *dev)
{
	connect(dev);
	return 0;
}

static const struct uart_driver_api uart_linux_api = {
	.poll_in = uart_linux_poll_in,
	.poll_out = uart_linux_poll_out,
	.err_check = uart_linux_err_check,
#ifdef CONFIG_UART_INTERRUPT_DRIVEN
	.fifo_fill = uart_linux_fifo_fill,
	.fifo_read = uart_linux_fifo_read,
	.irq_tx_enable = uart_linux_irq_tx_enable,
	.irq_tx_disable = uart_linux_irq_tx_disable,
	.irq_tx_ready = uart_linux_irq_tx_ready,
	.irq_tx_complete = uart_linux_irq_tx_complete,
	.irq_rx_enable = uart_linux_irq_rx_enable,
	.irq_rx_disable = uart_linux_irq_rx_disable,
	.irq_rx_ready = uart_linux_irq_rx_ready,
	.irq_is_pending = uart_linux_irq_is_pending,
	.irq_update = uart_linux_irq_update,
	.irq_callback_set = uart_linux_irq_callback_set,
#endif
};

DEVICE_DT_DEFINE(DT_NODELABEL(uart0), uart_linux_init, NULL, NULL, NULL, PRE_KERNEL_1, 50,
		 &uart_linux_api);
