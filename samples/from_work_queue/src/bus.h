/* SPDX-License-Identifier: Apache-2.0 */

/** @file A bus that returns what is sent, as drivers have it: message queues, and a callback. */

#ifndef BUS_H_
#define BUS_H_

#include <zephyr/kernel.h>

enum message_id {
	LAMP,
	COUNT,
};

struct message {
	uint8_t id;
	uint8_t data;
};

extern struct k_msgq lamp_messages;  /**< Those that have arrived, of struct message. */
extern struct k_msgq count_messages; /**< The same, of the other kind. */

/** Send; it arrives a millisecond later, or never if the bus is off. Thread. */
void bus_send(enum message_id id, uint8_t data);

/** Try to bring the bus back. @retval -EAGAIN Not yet. Any context. */
int bus_recover(void);

/** The bus is off now. Not the driver's but the program's; called in an interrupt. */
void on_bus_off(void);

#endif /* BUS_H_ */
