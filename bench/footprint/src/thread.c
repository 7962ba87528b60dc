/* SPDX-License-Identifier: Apache-2.0 */

/* The main thread blinks. */

#include <zephyr/kernel.h>

static volatile bool led;

int main(void)
{
	for (;;) {
		led = !led;
		k_sleep(K_MSEC(500));
	}
	return 0;
}
