/* SPDX-License-Identifier: Apache-2.0 */

/**
 * @file
 * A time limit for an async function as a whole, whatever it awaits.
 */

#ifndef EDDY_WITH_TIMEOUT_H_
#define EDDY_WITH_TIMEOUT_H_

#include <eddy/group.h>

/** What eddy_with_timeout() needs in its caller's frame. The function's frame is `.child.frame`. */
#define EDDY_WITH_TIMEOUT(fn)                                                                      \
	struct {                                                                                   \
		struct eddy_group group;                                                           \
		EDDY_CHILD(fn) child;                                                              \
	}

int eddy_limited_call(struct eddy_task *self, struct eddy_group *group, struct eddy_child *child);

/**
 * @brief Call an async function with a time limit for all of it.
 *
 *	await_into(rc, eddy_with_timeout(self, &my->limited, K_MSEC(100), connect, .to = peer));
 *
 * At the limit it is canceled, and has cleaned up and ended before this returns. It runs as a task
 * of its own, on the executor of the caller.
 *
 * @param storage  Pointer to an EDDY_WITH_TIMEOUT(fn) in the caller's frame.
 * @param timeout  K_NO_WAIT: it is canceled before it begins.
 * @param fn       Async function.
 * @param ...      Initializers of its frame; all else in it becomes 0.
 *
 * @return What the function returned, be it behind the limit: unless it is -ECANCELED, it counts.
 * @retval -EAGAIN     It was canceled at the limit, and ended with -ECANCELED.
 * @retval -ECANCELED  The caller was canceled, and the function with it.
 *
 * @par Context
 * Task. Cost: O(1), and a task's life.
 */
#define eddy_with_timeout(self, storage, timeout, fn, ...)                                         \
	({                                                                                         \
		__typeof__(storage) eddy_storage_ = (storage);                                     \
		struct eddy_child *eddy_only_ =                                                    \
			eddy_child(&eddy_storage_->child, fn, ##__VA_ARGS__);                      \
		eddy_limit((self), (timeout));                                                     \
		eddy_limited_call((self), &eddy_storage_->group, eddy_only_);                      \
	})

#endif /* EDDY_WITH_TIMEOUT_H_ */
