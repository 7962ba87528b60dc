/* SPDX-License-Identifier: Apache-2.0 */

/**
 * @file
 * Awaiting the kernel's own objects: semaphores, queues, pipes, events, threads, work.
 *
 * Most of them by polling, in the kernel's sense: a triggered work item (k_work_poll) tells when an
 * object is ready, and the task itself then takes what it wants. Needs CONFIG_POLL. What cannot be
 * polled (room in a k_msgq or a k_pipe, k_event, the end of a thread) is waited for by helper
 * threads: CONFIG_EDDY_KERNEL_HELPERS of them, so that many such waits at a time; more wait until
 * one is free.
 *
 * Each await is given memory for its state, a struct in the task's frame:
 *
 *	struct eddy_k_wait wait;
 *
 *	await_into(rc, eddy_k_msgq_get(self, &my->wait, &samples, &my->sample, K_MSEC(100)));
 *
 * What the object may do for threads at once costs what the kernel's call costs. Having to wait
 * takes a turn of the system work queue, and for helpers two switches of threads. Objects of this
 * library are far cheaper: use the kernel's for what is the kernel's.
 *
 * Not here: k_mutex and k_condvar. A mutex belongs to a thread, hence to all tasks on it, and would
 * not keep them apart. eddy_mutex and eddy_condvar serve threads too.
 *
 * Every await: task only. -EAGAIN: the wait timed out, or K_NO_WAIT and it was not possible at
 * once; nothing was taken or given. -ECANCELED: canceled, likewise. An operation that is done in
 * the same instant counts: then its result is returned.
 */

#ifndef EDDY_KERNEL_H_
#define EDDY_KERNEL_H_

#include <eddy/signal.h>
#include <eddy/zephyr.h>

#ifdef CONFIG_POLL

/** Memory of an await that polls; in the task's frame. Its fields are the library's. */
struct eddy_k_wait {
	struct eddy_frame frame;
	int (*attempt)(struct eddy_k_wait *wait); /**< Do it now: -EAGAIN if that is impossible. */
	void *object;
	void *data;
	size_t size;
	k_timeout_t limit; /**< An absolute one, or K_FOREVER. */
	struct eddy_signal ready;
	struct eddy_k_wait *next; /**< Of those that are ready. */
	struct k_poll_event event;
	struct k_poll_event *events;
	int num_events;
	int result;
	bool shields;
	struct k_work_poll work;
};

/** k_sem_take(). Task. @retval 0 One unit was taken. */
EDDY_AWAITABLE int eddy_k_sem_take(struct eddy_task *self, struct eddy_k_wait *wait,
				   struct k_sem *sem, k_timeout_t timeout);

/** k_msgq_get(). Task. @param data In the frame. @retval 0 A message was received. */
EDDY_AWAITABLE int eddy_k_msgq_get(struct eddy_task *self, struct eddy_k_wait *wait,
				   struct k_msgq *msgq, void *data, k_timeout_t timeout);

/**
 * @brief k_queue_get().
 *
 * @param item  In the frame: where to put the address.
 *
 * @retval 0       Received.
 * @retval -EINTR  The wait was canceled by k_queue_cancel_wait().
 *
 * @par Context
 * Task.
 */
EDDY_AWAITABLE int eddy_k_queue_get(struct eddy_task *self, struct eddy_k_wait *wait,
				    struct k_queue *queue, void **item, k_timeout_t timeout);

/** k_fifo_get(). Task. As eddy_k_queue_get(). */
EDDY_AWAITABLE int eddy_k_fifo_get(struct eddy_task *self, struct eddy_k_wait *wait,
				   struct k_fifo *fifo, void **item, k_timeout_t timeout);

/** k_lifo_get(). Task. As eddy_k_queue_get(). */
EDDY_AWAITABLE int eddy_k_lifo_get(struct eddy_task *self, struct eddy_k_wait *wait,
				   struct k_lifo *lifo, void **item, k_timeout_t timeout);

/**
 * @brief k_poll(): wait until one of several events has happened; nothing is taken.
 *
 * @param events  In the frame, set up by k_poll_event_init(). Their states tell what has happened;
 *                what they have told before is forgotten.
 *
 * @retval 0       At least one has.
 * @retval -EINTR  None has; but a wait was canceled by its object.
 *
 * @par Context
 * Task.
 */
EDDY_AWAITABLE int eddy_k_poll(struct eddy_task *self, struct eddy_k_wait *wait,
			       struct k_poll_event *events, int num_events, k_timeout_t timeout);

#ifdef EDDY_PIPES_OF_KERNEL_
/**
 * @brief Read from a pipe that has a buffer, as soon as there is anything.
 *
 * @param data  In the frame.
 *
 * @return Bytes read, 1 to @p size.
 * @retval -EPIPE  The pipe is closed and empty (Zephyr 4.1). Who waits already is not told, as by
 *                 k_poll().
 *
 * @par Context
 * Task.
 */
EDDY_AWAITABLE int eddy_k_pipe_read(struct eddy_task *self, struct eddy_k_wait *wait,
				    struct k_pipe *pipe, void *data, size_t size,
				    k_timeout_t timeout);
#endif

#endif /* CONFIG_POLL */

/** Memory of an await that needs a helper; in the task's frame. Its fields are the library's. */
struct eddy_k_call {
	struct eddy_frame frame;
	int (*call)(struct eddy_k_call *call); /**< What blocks; run by a helper. */
	void *object;
	void *data;
	size_t size;
	uint32_t flags;
	k_timeout_t limit; /**< An absolute one, or K_FOREVER. */
	struct eddy_signal ended;
	struct eddy_k_helper *helper;
	int waited; /**< Result of the task's wait. */
	int result; /**< Result of the call. */
	bool shields;
	bool can_abort;            /**< The helper may be aborted while it pends in the call. */
	volatile bool is_unwanted; /**< Canceled; looked at before the call, or by the call. */
};

/** k_msgq_put(). Task. @param data In the frame. @retval 0 The message was sent. */
EDDY_AWAITABLE int eddy_k_msgq_put(struct eddy_task *self, struct eddy_k_call *call,
				   struct k_msgq *msgq, const void *data, k_timeout_t timeout);

/**
 * @brief k_thread_join(): wait until a thread has ended.
 *
 * @retval 0         It has.
 * @retval -EDEADLK  It is the one that the task runs on.
 *
 * @par Context
 * Task.
 */
EDDY_AWAITABLE int eddy_k_thread_join(struct eddy_task *self, struct eddy_k_call *call,
				      struct k_thread *thread, k_timeout_t timeout);

#ifdef CONFIG_EVENTS
/**
 * @brief k_event_wait(): wait until any of several events is set; they stay set.
 *
 * @param events  Which; then, in the frame, those that were.
 *
 * @par Context
 * Task.
 */
EDDY_AWAITABLE int eddy_k_event_wait(struct eddy_task *self, struct eddy_k_call *call,
				     struct k_event *event, uint32_t *events, k_timeout_t timeout);

/** k_event_wait_all(): the same until all of them are. Task. */
EDDY_AWAITABLE int eddy_k_event_wait_all(struct eddy_task *self, struct eddy_k_call *call,
					 struct k_event *event, uint32_t *events,
					 k_timeout_t timeout);
#endif

#ifdef EDDY_PIPES_OF_KERNEL_
/**
 * @brief Write to a pipe, as soon as there is room for anything.
 *
 * If it is canceled, that takes up to 10 ms: its helper looks up so often.
 *
 * @param data  In the frame, or constant.
 *
 * @return Bytes written, 1 to @p size.
 * @retval -EPIPE  The pipe is closed (Zephyr 4.1).
 * @retval -EINTR  It was reset (Zephyr 4.1).
 *
 * @par Context
 * Task.
 */
EDDY_AWAITABLE int eddy_k_pipe_write(struct eddy_task *self, struct eddy_k_call *call,
				     struct k_pipe *pipe, const void *data, size_t size,
				     k_timeout_t timeout);
#endif

/** Memory of eddy_k_work_flush(); in the task's frame. Its fields are the library's. */
struct eddy_k_flush {
	struct eddy_frame frame;
	struct k_work work; /**< Comes behind the one that is waited for. */
	k_timeout_t limit;
	struct eddy_signal reached;
	int result;
	bool shields;
};

/**
 * @brief k_work_flush(): wait until a work item that is queued or runs has been run.
 *
 * An item of its own is put behind it; when that runs, the other has. If the executor is more
 * urgent than the work queue, this takes a tick longer: until the queue has let go of the item.
 *
 * @param queue  The queue that @p work was submitted to.
 *
 * @retval 0       It has run, or was not queued.
 * @retval -EBUSY  The queue takes no work.
 *
 * @par Context
 * Task.
 */
EDDY_AWAITABLE int eddy_k_work_flush(struct eddy_task *self, struct eddy_k_flush *flush,
				     struct k_work_q *queue, struct k_work *work,
				     k_timeout_t timeout);

#endif /* EDDY_KERNEL_H_ */
