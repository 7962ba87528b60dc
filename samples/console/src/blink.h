/* SPDX-License-Identifier: Apache-2.0 */

/** @file The LED. */

#ifndef BLINK_H_
#define BLINK_H_

#include <stdbool.h>

/** Whether the LED is on now. */
bool blink_led_is_on(void);

#endif /* BLINK_H_ */
