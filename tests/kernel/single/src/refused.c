/* SPDX-License-Identifier: Apache-2.0 */

/* What blocks a thread cannot be linked where there is none. */

#include <zephyr/init.h>
#include <zephyr/kernel.h>

static struct k_sem sem;
static struct k_timer timer;

static int block(void)
{
	(void)k_sleep(K_MSEC(1));
	(void)k_sem_take(&sem, K_FOREVER);
	return (int)k_timer_status_sync(&timer);
}

SYS_INIT(block, APPLICATION, 0);
