/* SPDX-License-Identifier: Apache-2.0 */

/**
 * @file
 * Serial ports.
 *
 * Two ways to use one. Polled: uart_poll_in(), uart_poll_out(). By interrupt
 * (CONFIG_UART_INTERRUPT_DRIVEN): a callback that the port's interrupt calls, with the work done in
 * it:
 *
 * @code
 * static void on_uart(const struct device *dev, void *user_data)
 * {
 *	while (uart_irq_update(dev) && uart_irq_is_pending(dev)) {
 *		if (uart_irq_rx_ready(dev)) {
 *			count = uart_fifo_read(dev, buffer, room);
 *		}
 *		...
 *	}
 * }
 * @endcode
 *
 * Back-pressure: a receiver without room calls uart_irq_rx_disable(). What arrives then stays in
 * the hardware; the sender waits if it can (an emulator's does, as does one with flow control), or
 * the loss shows as UART_ERROR_OVERRUN. uart_irq_rx_enable() continues with what is waiting.
 *
 * Each driver fills in a struct uart_driver_api; the functions here only go through it.
 */

#ifndef ZEPHYR_INCLUDE_DRIVERS_UART_H_
#define ZEPHYR_INCLUDE_DRIVERS_UART_H_

#include <errno.h>

#include <zephyr/device.h>
#include <zephyr/sys/util.h>
#include <zephyr/types.h>

/** What uart_err_check() reports, as bits. */
enum uart_rx_stop_reason {
	UART_ERROR_OVERRUN = BIT(0), /**< Characters were lost: nobody took those before them. */
	UART_ERROR_PARITY = BIT(1),
	UART_ERROR_FRAMING = BIT(2),
	UART_BREAK = BIT(3),
};

/** Called in the port's interrupt. */
typedef void (*uart_irq_callback_user_data_t)(const struct device *dev, void *user_data);

/** What a driver provides. The interrupt part only with CONFIG_UART_INTERRUPT_DRIVEN. */
struct uart_driver_api {
	int (*poll_in)(const struct device *dev, unsigned char *c);
	void (*poll_out)(const struct device *dev, unsigned char c);
	int (*err_check)(const struct device *dev);
	int (*fifo_fill)(const struct device *dev, const uint8_t *data, int size);
	int (*fifo_read)(const struct device *dev, uint8_t *data, int size);
	void (*irq_tx_enable)(const struct device *dev);
	void (*irq_tx_disable)(const struct device *dev);
	int (*irq_tx_ready)(const struct device *dev);
	int (*irq_tx_complete)(const struct device *dev);
	void (*irq_rx_enable)(const struct device *dev);
	void (*irq_rx_disable)(const struct device *dev);
	int (*irq_rx_ready)(const struct device *dev);
	int (*irq_is_pending)(const struct device *dev);
	int (*irq_update)(const struct device *dev);
	void (*irq_callback_set)(const struct device *dev, uart_irq_callback_user_data_t callback,
				 void *user_data);
};

static inline const struct uart_driver_api *z_uart_api(const struct device *dev)
{
	return (const struct uart_driver_api *)dev->api;
}

/**
 * @brief Take one received character, without waiting.
 *
 * @retval 0   @p c is set.
 * @retval -1  There is none.
 *
 * @par Context
 * Any, if nobody receives by interrupt.
 */
static inline int uart_poll_in(const struct device *dev, unsigned char *c)
{
	return z_uart_api(dev)->poll_in(dev, c);
}

/** Send one character, waiting until the hardware takes it. Any context. */
static inline void uart_poll_out(const struct device *dev, unsigned char c)
{
	z_uart_api(dev)->poll_out(dev, c);
}

/**
 * @brief Errors of reception since the last call, which are cleared.
 *
 * @return UART_ERROR_* bits, 0: none.
 *
 * @par Context
 * Any.
 */
static inline int uart_err_check(const struct device *dev)
{
	return z_uart_api(dev)->err_check(dev);
}

#ifdef CONFIG_UART_INTERRUPT_DRIVEN

/**
 * @brief Hand as much of @p data to the hardware as it takes at once.
 *
 * @return Number of bytes taken, maybe 0.
 *
 * @par Context
 * The callback, after uart_irq_tx_ready().
 */
static inline int uart_fifo_fill(const struct device *dev, const uint8_t *data, int size)
{
	return z_uart_api(dev)->fifo_fill(dev, data, size);
}

/**
 * @brief Take what has been received, up to @p size bytes.
 *
 * @return Number of bytes taken, maybe 0.
 *
 * @par Context
 * The callback, after uart_irq_rx_ready().
 */
static inline int uart_fifo_read(const struct device *dev, uint8_t *data, int size)
{
	return z_uart_api(dev)->fifo_read(dev, data, size);
}

/** Have the callback called, soon, and whenever the hardware takes more to send. Any context. */
static inline void uart_irq_tx_enable(const struct device *dev)
{
	z_uart_api(dev)->irq_tx_enable(dev);
}

/** No more calls for sending. Any context. */
static inline void uart_irq_tx_disable(const struct device *dev)
{
	z_uart_api(dev)->irq_tx_disable(dev);
}

/** 1 if sending is enabled and the hardware takes at least a byte, else 0. The callback. */
static inline int uart_irq_tx_ready(const struct device *dev)
{
	return z_uart_api(dev)->irq_tx_ready(dev);
}

/** 1 if the last byte has left, else 0. Any context. */
static inline int uart_irq_tx_complete(const struct device *dev)
{
	return z_uart_api(dev)->irq_tx_complete(dev);
}

/** Have the callback called while received bytes are waiting. Any context. */
static inline void uart_irq_rx_enable(const struct device *dev)
{
	z_uart_api(dev)->irq_rx_enable(dev);
}

/** No more calls for reception; what arrives stays in the hardware. Any context. */
static inline void uart_irq_rx_disable(const struct device *dev)
{
	z_uart_api(dev)->irq_rx_disable(dev);
}

/** 1 if reception is enabled and at least a byte is waiting, else 0. The callback. */
static inline int uart_irq_rx_ready(const struct device *dev)
{
	return z_uart_api(dev)->irq_rx_ready(dev);
}

/** 1 if there is something to send or receive, as enabled, else 0. The callback. */
static inline int uart_irq_is_pending(const struct device *dev)
{
	return z_uart_api(dev)->irq_is_pending(dev);
}

/** Begin a round of handling in the callback. @return 1. */
static inline int uart_irq_update(const struct device *dev)
{
	return z_uart_api(dev)->irq_update(dev);
}

/**
 * @brief Set the callback. Both directions are disabled at first.
 *
 * @param callback   Called in the port's interrupt; NULL: none.
 * @param user_data  Its argument.
 *
 * @retval 0  Done.
 *
 * @par Context
 * Any.
 */
static inline int uart_irq_callback_user_data_set(const struct device *dev,
						  uart_irq_callback_user_data_t callback,
						  void *user_data)
{
	z_uart_api(dev)->irq_callback_set(dev, callback, user_data);
	return 0;
}

/** uart_irq_callback_user_data_set() without an argument. */
static inline int uart_irq_callback_set(const struct device *dev,
					uart_irq_callback_user_data_t callback)
{
	return uart_irq_callback_user_data_set(dev, callback, NULL);
}

#endif /* CONFIG_UART_INTERRUPT_DRIVEN */

#endif /* ZEPHYR_INCLUDE_DRIVERS_UART_H_ */
