/* SPDX-License-Identifier: Apache-2.0 */

/*
 * The smallest application: shows that build, board and console work. When main() returns, its
 * thread ends and the idle thread has the CPU for itself.
 */

#include <zephyr/kernel.h>
#include <zephyr/sys/printk.h>

int main(void)
{
	printk("Hello from %s!\n", CONFIG_BOARD);
	return 0;
}
