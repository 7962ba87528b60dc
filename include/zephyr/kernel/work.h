/* SPDX-License-Identifier: Apache-2.0 */

/**
 * @file
 * Work items and the queues that run them.
 *
 * A work item is a function to be run by a thread, the worker of a work queue, as soon as it gets
 * to it. Items run one after another, in the order of submission.
 */

#ifndef ZEPHYR_INCLUDE_KERNEL_WORK_H_
#define ZEPHYR_INCLUDE_KERNEL_WORK_H_

#include <zephyr/kernel/thread.h>

struct k_work;
struct k_work_q;

/** Runs in the worker's thread. May block, which holds up the queue; may submit @p work again. */
typedef void (*k_work_handler_t)(struct k_work *work);

/** State of an item, as k_work_busy_get() returns it. Several can be set at once; 0: idle. */
enum {
	K_WORK_RUNNING = BIT(0),   /**< Its handler runs. */
	K_WORK_CANCELING = BIT(1), /**< Canceled while it ran; cannot be submitted until it ends. */
	K_WORK_QUEUED = BIT(2),    /**< Submitted, will run. */
	K_WORK_DELAYED = BIT(3),   /**< Will be submitted; delayable items only. */

	K_WORK_MASK = BIT(0) | BIT(1) | BIT(2) | BIT(3),
	K_WORK_DELAYABLE = BIT(8), /**< For assertions: the item is part of a delayable one. */

	/* Flags of a queue. */
	K_WORK_QUEUE_STARTED = BIT(0),
	K_WORK_QUEUE_BUSY = BIT(1), /**< An item runs. */
	K_WORK_QUEUE_DRAIN = BIT(2),
	K_WORK_QUEUE_PLUGGED = BIT(3),
	K_WORK_QUEUE_NO_YIELD = BIT(8),
};

/** Guarded by the scheduler's lock. */
struct k_work {
	struct k_work *next; /**< In its queue. */
	k_work_handler_t handler;
	struct k_work_q *queue; /**< Where it was submitted last; NULL: never. */
	uint32_t flags;
};

#define Z_WORK_INITIALIZER(work_handler)                                                           \
	{                                                                                          \
		.handler = (work_handler)                                                          \
	}

/** Define an item, ready for use. */
#define K_WORK_DEFINE(work, work_handler) struct k_work work = Z_WORK_INITIALIZER(work_handler)

/** What a thread waits for in a flush or cancellation. It lends this, on its stack if it likes. */
struct k_work_sync {
	struct k_work *work;
	unsigned int runs; /**< The item has to end so many runs. */
};

/** Guarded by the scheduler's lock. Zeroed: set up but not started. */
struct k_work_q {
	struct k_thread thread; /**< The worker. */
	struct k_work *first;   /**< Items to run. */
	struct k_work **tail;   /**< Where the next one goes. */
	struct k_waitq idle;    /**< The worker, while there is nothing to do. */
	struct k_waitq waiters; /**< Threads that wait for an item, with a struct k_work_sync. */
	struct k_waitq drainers;
	uint32_t flags; /**< K_WORK_QUEUE_* */
};

/** Options of k_work_queue_start(), which copies what it needs. */
struct k_work_queue_config {
	const char *name; /**< Of the worker; NULL: none. */
	bool no_yield;    /**< Do not k_yield() between two items. */
};

/**
 * The system's work queue. Its thread starts at level POST_KERNEL, in images that use it:
 * CONFIG_SYSTEM_WORKQUEUE_STACK_SIZE, CONFIG_SYSTEM_WORKQUEUE_PRIORITY.
 */
extern struct k_work_q k_sys_work_q;

/** Set up an item. Any context, while nobody else uses it and it is idle. */
void k_work_init(struct k_work *work, k_work_handler_t handler);

/** State of an item at this moment: K_WORK_* flags, 0 if it is idle. Any context. */
int k_work_busy_get(const struct k_work *work);

/** Whether an item is not idle at this moment. Any context. */
static inline bool k_work_is_pending(const struct k_work *work)
{
	return k_work_busy_get(work) != 0;
}

/**
 * @brief Have an item run by a queue.
 *
 * An item that runs at this moment goes to the queue that runs it, lest it run twice at a time.
 *
 * @param queue  NULL: the one it was submitted to last.
 *
 * @retval 0        It is queued already, there or elsewhere.
 * @retval 1        Queued.
 * @retval 2        Running, and queued to run again.
 * @retval -EBUSY   It is being canceled, or the queue is draining (and the caller is not one of
 *                  its items) or plugged.
 * @retval -EINVAL  @p queue is NULL and it was never submitted before.
 * @retval -ENODEV  The queue was not started.
 *
 * @par Context
 * Any. In a thread it may switch threads.
 * @par Cost
 * O(1).
 */
int k_work_submit_to_queue(struct k_work_q *queue, struct k_work *work);

/** k_work_submit_to_queue() with the system's queue. */
static inline int k_work_submit(struct k_work *work)
{
	return k_work_submit_to_queue(&k_sys_work_q, work);
}

/**
 * @brief Wait until an item has ended the run for which it was submitted last.
 *
 * Cancellation ends the wait too, as soon as the item does not run.
 *
 * @param sync   Lent until the return; its contents do not matter.
 *
 * @retval true   The caller had to wait.
 * @retval false  The item was idle.
 *
 * @par Context
 * Thread, not an item of the same queue. May switch threads.
 * @par Cost
 * O(threads that wait for the items of its queue), at each end of a run that is waited for.
 */
bool k_work_flush(struct k_work *work, struct k_work_sync *sync);

/**
 * @brief Keep an item from running; a run that has begun goes on to its end.
 *
 * Until that end it cannot be submitted.
 *
 * @return k_work_busy_get() afterwards: 0, or K_WORK_RUNNING | K_WORK_CANCELING.
 *
 * @par Context
 * Any.
 * @par Cost
 * O(items queued before it) with interrupts masked.
 */
int k_work_cancel(struct k_work *work);

/**
 * @brief Cancel an item and wait until it is idle. Any number of threads may do so at once.
 *
 * @param sync   Lent until the return; its contents do not matter.
 *
 * @retval true   It was queued, running or being canceled.
 * @retval false  It was idle.
 *
 * @par Context
 * Thread. An item may cancel others of its queue so, but not itself. May switch threads.
 */
bool k_work_cancel_sync(struct k_work *work, struct k_work_sync *sync);

/** Set up a queue, unless it lies in zeroed memory. Thread or before, while nobody uses it. */
void k_work_queue_init(struct k_work_q *queue);

/**
 * @brief Start the worker of a queue.
 *
 * @param stack       Defined by K_THREAD_STACK_DEFINE().
 * @param stack_size  K_THREAD_STACK_SIZEOF(stack).
 * @param prio        Of the worker. A cooperative one is not preempted by other threads.
 * @param cfg         NULL: no name, yield between items.
 *
 * @par Context
 * Thread. May switch threads.
 */
void k_work_queue_start(struct k_work_q *queue, k_thread_stack_t *stack, size_t stack_size,
			int prio, const struct k_work_queue_config *cfg);

/** The worker's thread. */
static inline k_tid_t k_work_queue_thread_get(struct k_work_q *queue)
{
	return &queue->thread;
}

/**
 * @brief Wait until a queue is empty. Meanwhile only its own items can submit to it.
 *
 * Delayed items are not waited for; those that fall due meanwhile are dropped.
 *
 * @param plug   Afterwards refuse all submissions, until k_work_queue_unplug().
 *
 * @retval 1      The caller had to wait (always so if @p plug is set).
 * @retval 0      Nothing was queued or running.
 *
 * @par Context
 * Thread, not an item of the queue. May switch threads.
 */
int k_work_queue_drain(struct k_work_q *queue, bool plug);

/** Accept submissions again. @return 0; -EALREADY: it is not plugged. Any context. */
int k_work_queue_unplug(struct k_work_q *queue);

#endif /* ZEPHYR_INCLUDE_KERNEL_WORK_H_ */
