/* SPDX-License-Identifier: Apache-2.0 */

/*
 * An application as one finds them: not written to our compiler options. It comes to lie outside of
 * this repository before it is built.
 */

#include <zephyr/kernel.h>
#include <zephyr/sys/printk.h>

static void entry(void *p1, void *p2, void *p3) /* unused parameters */
{
	printk("thread\n");
}

K_THREAD_DEFINE(worker, 1024, entry, NULL, NULL, NULL, -1, 0, 0);

int main(void)
{
	k_thread_join(worker, K_FOREVER);
	printk("main\n");
	return 0;
}
