/* SPDX-License-Identifier: Apache-2.0 */

/**
 * @file
 * Polling: wait for the first of several objects. Needs CONFIG_POLL.
 *
 * Polling takes nothing: a semaphore found available still has to be taken, and another thread may
 * be quicker. Threads that wait for an object itself come before all its pollers. Each unit or item
 * is told to one poller: the most urgent, then the one that has polled longest.
 */

#ifndef ZEPHYR_INCLUDE_KERNEL_POLL_H_
#define ZEPHYR_INCLUDE_KERNEL_POLL_H_

#include <zephyr/kernel/thread.h>

struct k_fifo;
struct k_msgq;
struct k_pipe;
struct k_queue;
struct k_sem;

/* What to wait for: the `type` of an event. */
#define K_POLL_TYPE_IGNORE              0U /**< Nothing: the event takes no part. */
#define K_POLL_TYPE_SIGNAL              1U
#define K_POLL_TYPE_SEM_AVAILABLE       2U
#define K_POLL_TYPE_DATA_AVAILABLE      4U /**< Of a k_queue, k_fifo or k_lifo. */
#define K_POLL_TYPE_FIFO_DATA_AVAILABLE K_POLL_TYPE_DATA_AVAILABLE
#define K_POLL_TYPE_MSGQ_DATA_AVAILABLE 8U
#define K_POLL_TYPE_PIPE_DATA_AVAILABLE 16U

/* What was found: bits of the `state` of an event. */
#define K_POLL_STATE_NOT_READY           0U
#define K_POLL_STATE_SIGNALED            1U
#define K_POLL_STATE_SEM_AVAILABLE       2U
#define K_POLL_STATE_DATA_AVAILABLE      4U
#define K_POLL_STATE_FIFO_DATA_AVAILABLE K_POLL_STATE_DATA_AVAILABLE
#define K_POLL_STATE_CANCELLED           8U /**< By k_queue_cancel_wait(). */
#define K_POLL_STATE_MSGQ_DATA_AVAILABLE 16U
#define K_POLL_STATE_PIPE_DATA_AVAILABLE 32U

/** The `mode` of an event. */
enum k_poll_modes {
	K_POLL_MODE_NOTIFY_ONLY = 0, /**< Tell only; take nothing. */

	K_POLL_NUM_MODES
};

/** An event that has no other object: raised with a value, and raised until it is reset. */
struct k_poll_signal {
	struct k_poll_event *poll_events; /**< Who polls it. */
	unsigned int signaled;            /**< 1: raised. */
	int result;                       /**< Value of the last raise. */
};

struct k_poller;

/** One thing to wait for. */
struct k_poll_event {
	/* Private: while it is in the list of its object. Guarded by the scheduler's lock. */
	struct k_poll_event *next;
	struct k_poll_event **link; /**< What points to this event. */
	struct k_poller *poller;    /**< Whom to tell; NULL: not in a list. */

	uint8_t tag;   /**< The user's own. */
	uint8_t type;  /**< K_POLL_TYPE_*. */
	uint8_t state; /**< K_POLL_STATE_*. Not cleared by k_poll(). */
	uint8_t mode;  /**< K_POLL_MODE_NOTIFY_ONLY. */
	union {
		void *obj;
		struct k_poll_signal *signal;
		struct k_sem *sem;
		struct k_fifo *fifo;
		struct k_queue *queue;
		struct k_msgq *msgq;
		struct k_pipe *pipe;
	};
};

/** Private: a thread in k_poll() or a k_work_poll, as the events see it. */
struct k_poller {
	struct k_poll_event *events;
	int num_events;
	int result;  /**< What k_poll() will return; above 0: nothing has happened yet. */
	int8_t prio; /**< Place among the pollers of one object. */

	/** Called with the scheduler's lock held when something has happened. */
	void (*notify)(struct k_poller *poller, int result);
};

#define K_POLL_SIGNAL_INITIALIZER(obj)                                                             \
	{                                                                                          \
		.signaled = 0U, .result = 0                                                        \
	}

#define K_POLL_EVENT_STATIC_INITIALIZER(event_type, event_mode, event_obj, event_tag)              \
	{                                                                                          \
		.poller = NULL, .tag = (event_tag), .type = (event_type),                          \
		.state = K_POLL_STATE_NOT_READY, .mode = (event_mode),                             \
		{                                                                                  \
			.obj = (event_obj)                                                         \
		}                                                                                  \
	}

/** The same without a tag. */
#define K_POLL_EVENT_INITIALIZER(event_type, event_mode, event_obj)                                \
	K_POLL_EVENT_STATIC_INITIALIZER(event_type, event_mode, event_obj, 0)

/**
 * @brief Set up an event. Its tag stays as it is.
 *
 * @param type  One K_POLL_TYPE_*.
 * @param mode  K_POLL_MODE_NOTIFY_ONLY.
 * @param obj   The object, of the kind that @p type says; not NULL.
 *
 * @par Context
 * Any, while nobody polls it.
 */
void k_poll_event_init(struct k_poll_event *event, uint32_t type, int mode, void *obj);

/**
 * @brief Wait until at least one of several events has happened.
 *
 * Bits are set in the `state` of each event that was found or happened meanwhile; none is cleared:
 * before the next call the user sets them to K_POLL_STATE_NOT_READY. The events must stay in place
 * until it returns, and nobody else may use them.
 *
 * @param timeout  Longest wait. K_NO_WAIT: only look. K_FOREVER: no limit.
 *
 * @retval 0        At least one has happened.
 * @retval -EAGAIN  None in time. The states are of no meaning then.
 * @retval -EINTR   k_queue_cancel_wait() ended the wait.
 *
 * @par Context
 * Thread; from an interrupt only with K_NO_WAIT. May switch threads.
 * @par Cost
 * O(events); to wait, each is registered and withdrawn in a masked section of its own, which is
 * O(pollers of its object).
 */
int k_poll(struct k_poll_event *events, int num_events, k_timeout_t timeout);

/** Set up a signal that is not raised. Any context, while nobody else uses it. */
void k_poll_signal_init(struct k_poll_signal *sig);

/** Take a raise back. Any context. */
static inline void k_poll_signal_reset(struct k_poll_signal *sig)
{
	sig->signaled = 0U;
}

/** Whether it is raised, and the value of the last raise. Any context. */
static inline void k_poll_signal_check(struct k_poll_signal *sig, unsigned int *signaled,
				       int *result)
{
	*signaled = sig->signaled;
	*result = sig->result;
}

/**
 * @brief Raise a signal, and tell the first poller. It stays raised until it is reset.
 *
 * @param result  Any value; it replaces that of a former raise.
 *
 * @return 0.
 *
 * @par Context
 * Any. In a thread it may switch threads. Cost: O(1).
 */
int k_poll_signal_raise(struct k_poll_signal *sig, int result);

#endif /* ZEPHYR_INCLUDE_KERNEL_POLL_H_ */
