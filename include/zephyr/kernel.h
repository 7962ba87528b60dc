/* SPDX-License-Identifier: Apache-2.0 */

/**
 * @file
 * The kernel API. Each object has a header of its own; this gathers them.
 */

#ifndef ZEPHYR_INCLUDE_KERNEL_H_
#define ZEPHYR_INCLUDE_KERNEL_H_

#include <errno.h>
#include <limits.h>
#include <string.h>

#include <arch/cpu.h>
#include <zephyr/fatal.h>
#include <zephyr/irq.h>
#include <zephyr/kernel/condvar.h>
#include <zephyr/kernel/event.h>
#include <zephyr/kernel/fifo.h>
#include <zephyr/kernel/heap.h>
#include <zephyr/kernel/lifo.h>
#include <zephyr/kernel/msgq.h>
#include <zephyr/kernel/mutex.h>
#include <zephyr/kernel/pipe.h>
#include <zephyr/kernel/poll.h>
#include <zephyr/kernel/queue.h>
#include <zephyr/kernel/sem.h>
#include <zephyr/kernel/thread.h>
#include <zephyr/kernel/thread_stack.h>
#include <zephyr/kernel/time.h>
#include <zephyr/kernel/timer.h>
#include <zephyr/kernel/work.h>
#include <zephyr/kernel/work_delayable.h>
#include <zephyr/kernel/work_poll.h>
#include <zephyr/spinlock.h>
#include <zephyr/sys/__assert.h>
#include <zephyr/sys/atomic.h>
#include <zephyr/sys/iterable_sections.h>
#include <zephyr/sys/printk.h>
#include <zephyr/sys/util.h>
#include <zephyr/sys_clock.h>
#include <zephyr/toolchain.h>
#include <zephyr/types.h>

#define K_ANY NULL

/** Sleep until an interrupt; for code that runs without threads, or an idle loop of one's own. */
void k_cpu_idle(void);

/**
 * @brief The same, called with interrupts masked by irq_lock(), which returned @p key.
 *
 * Nothing can happen between masking and sleeping: an interrupt that is pending ends the sleep at
 * once. Returns with interrupts as they were before that irq_lock().
 */
void k_cpu_atomic_idle(unsigned int key);

#endif /* ZEPHYR_INCLUDE_KERNEL_H_ */
