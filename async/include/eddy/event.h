/* SPDX-License-Identifier: Apache-2.0 */

/**
 * @file
 * Event: thirty flags. Tasks and threads wait until any or all of some of them are set.
 *
 * Whoever posts flags wakes everyone whose wait they end. A waiter that looks only leaves the flags
 * as they are; one that takes (EDDY_EVENT_TAKE) clears those that it was woken for, so that of
 * several takers the first has them.
 *
 *	await_into(my->rc, eddy_event_wait(self, &link, LINK_UP | LINK_DOWN, EDDY_EVENT_TAKE,
 *					   K_FOREVER));
 *	if ((my->rc & LINK_UP) != 0) ...
 */

#ifndef EDDY_EVENT_H_
#define EDDY_EVENT_H_

#include <eddy/op.h>
#include <eddy/select.h>

/** eddy_lock guards it. event.c explains it. */
struct eddy_event {
	struct eddy_waitq waiters;
	struct eddy_waitq due; /**< Those whom the post under way has yet to look at. */
	uint32_t flags;
	uint32_t posted; /**< Flags as of the post under way. */
};

/** The flags that there are: BIT(0) to BIT(29). A waiter's flags and options share a word. */
#define EDDY_EVENT_FLAGS BIT_MASK(30)

/* Options of a wait, or-ed. */
#define EDDY_EVENT_ANY 0U      /**< One of the flags is enough. */
#define EDDY_EVENT_ALL BIT(30) /**< All of them have to be set at once. */
#define EDDY_EVENT_TAKE                                                                            \
	BIT(31) /**< Clear those that are waited for and set, in the same instant. */

#define EDDY_EVENT_INITIALIZER                                                                     \
	{                                                                                          \
		.flags = 0U                                                                        \
	}

/** Define an event with no flag set, ready for use. */
#define EDDY_EVENT_DEFINE(name) struct eddy_event name = EDDY_EVENT_INITIALIZER

extern const struct eddy_op eddy_event_wait_op;

/** Set up an event with no flag set. Any context, while nobody uses it. */
void eddy_event_init(struct eddy_event *event);

/**
 * @brief Set flags, and wake all whose wait that ends.
 *
 * Takers are served by priority, then by arrival, each from what those before have left. Those who
 * only look are all woken, whatever happens to the flags meanwhile. The event has to outlive the
 * call.
 *
 * @param flags  Of EDDY_EVENT_FLAGS.
 *
 * @par Context
 * Any. Cost: O(waiters), interrupts masked for one at a time.
 */
void eddy_event_post(struct eddy_event *event, uint32_t flags);

/** The same, but flags that are not in @p flags are cleared. */
void eddy_event_set(struct eddy_event *event, uint32_t flags);

/** Clear flags. Any context. Cost: O(1); if it interrupts a post, it completes that first. */
void eddy_event_clear(struct eddy_event *event, uint32_t flags);

/** Flags that are set at this moment. Any context. */
static inline uint32_t eddy_event_get(const struct eddy_event *event)
{
	return event->flags;
}

/* What the operation gets instead of a pointer. */
static inline void *eddy_event_data_(uint32_t flags, uint32_t options)
{
	return (void *)(uintptr_t)(flags | options);
}

/**
 * @brief Wait for flags.
 *
 * @param flags    Which ones.
 * @param options  EDDY_EVENT_ANY or EDDY_EVENT_ALL; either with EDDY_EVENT_TAKE.
 *
 * @return Those of @p flags that were set, more than 0.
 * @retval -EAGAIN     The wait timed out; or K_NO_WAIT and they are not set.
 * @retval -EINVAL     @p flags is 0.
 * @retval -ECANCELED  Canceled; no flag was taken. In the instant in which it was served, a task
 *                     gets the flags as if it had not been canceled.
 *
 * @par Context
 * Task. Cost: O(1).
 */
EDDY_AWAITABLE static inline int eddy_event_wait(struct eddy_task *self, struct eddy_event *event,
						 uint32_t flags, uint32_t options,
						 k_timeout_t timeout)
{
	return eddy_await(self, &eddy_event_wait_op, event, eddy_event_data_(flags, options),
			  timeout);
}

/** The same for a thread, which must not be aborted meanwhile; -ECANCELED does not occur. */
static inline int eddy_event_wait_blocking(struct eddy_event *event, uint32_t flags,
					   uint32_t options, k_timeout_t timeout)
{
	return eddy_block(&eddy_event_wait_op, event, eddy_event_data_(flags, options), timeout);
}

/** The same without waiting: -EAGAIN if the flags are not set. Any context. */
static inline int eddy_event_try_wait(struct eddy_event *event, uint32_t flags, uint32_t options)
{
	return eddy_try(&eddy_event_wait_op, event, eddy_event_data_(flags, options));
}

/** Have an arm of a select wait for flags. Task; see select.h. */
static inline void eddy_event_wait_arm(struct eddy_arm *arm, struct eddy_event *event,
				       uint32_t flags, uint32_t options)
{
	eddy_arm_set(arm, &eddy_event_wait_op, event, eddy_event_data_(flags, options));
}

#endif /* EDDY_EVENT_H_ */
