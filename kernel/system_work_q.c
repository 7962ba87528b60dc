/* SPDX-License-Identifier: Apache-2.0 */

/*
 * The system's work queue.
 *
 * An archive of its own holds this file, so that its thread and stack are part of an image only if
 * something refers to k_sys_work_q. To keep it so, no object of the kernel may: what uses it is
 * static inline in a header.
 */

#include <zephyr/init.h>
#include <zephyr/kernel.h>

static K_KERNEL_STACK_DEFINE(stack, CONFIG_SYSTEM_WORKQUEUE_STACK_SIZE);

struct k_work_q k_sys_work_q;

static int start(void)
{
	static const struct k_work_queue_config config = {
		.name = "sysworkq",
		.no_yield = IS_ENABLED(CONFIG_SYSTEM_WORKQUEUE_NO_YIELD),
	};

	k_work_queue_start(&k_sys_work_q, stack, K_KERNEL_STACK_SIZEOF(stack),
			   CONFIG_SYSTEM_WORKQUEUE_PRIORITY, &config);
	return 0;
}

SYS_INIT(start, POST_KERNEL, CONFIG_KERNEL_INIT_PRIORITY_DEFAULT);
