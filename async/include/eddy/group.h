/* SPDX-License-Identifier: Apache-2.0 */

/**
 * @file
 * Group: tasks that run inside a function, which does not return before they have ended.
 *
 *	struct survey {
 *		struct eddy_frame frame;
 *		struct eddy_group group;
 *		EDDY_CHILD(read_temp) temp;
 *		EDDY_CHILD(read_wind) wind;
 *	};
 *
 *	eddy_group_init(&my->group, EDDY_GROUP_FIRST_FAILURE);
 *	eddy_group_spawn(self, &my->group, &my->temp, read_temp, .bus = my->bus);
 *	eddy_group_spawn(self, &my->group, &my->wind, read_wind, .bus = my->bus);
 *	await_into(rc, eddy_group_wait(self, &my->group, K_FOREVER));
 *	if (rc == 0) {
 *		publish(my->temp.frame.celsius, my->wind.frame.knots);
 *	}
 *
 * The children lie in the parent's frame: no memory but that. If the parent is canceled while it
 * waits, its children are too, and the wait goes on until they have cleaned up. So whoever cancels
 * a task and waits for its end knows that all its children have ended as well.
 *
 * A child that was canceled ends with -ECANCELED, which is no failure: a single one can be told to
 * end by eddy_cancel(&my->temp.task), and the group goes on.
 *
 * eddy_join(), eddy_race() and eddy_with_timeout() are short for the usual cases.
 */

#ifndef EDDY_GROUP_H_
#define EDDY_GROUP_H_

#include <eddy/op.h>
#include <eddy/select.h>

/** What the end of one child means for the others. */
enum eddy_group_policy {
	EDDY_GROUP_ALL,           /**< Nothing: each runs to its end. */
	EDDY_GROUP_FIRST_FAILURE, /**< The first that returns a negative result cancels them. */
	EDDY_GROUP_FIRST_END,     /**< So does the first that ends; its number is the result. */
	EDDY_GROUP_CALL, /**< There is one child, canceled at the time limit: with_timeout.h. */
};

/** What a group keeps about a child; its task and frame follow in memory. eddy_lock guards it. */
struct eddy_child {
	struct eddy_child
		*next; /**< In the list of those that run and were not canceled with it. */
	struct eddy_child **link; /**< What points here; NULL: not in that list. */
	uint32_t number;          /**< In the order in which they were spawned, from 0. */
};

/** Room for a task that runs @p fn inside another task's frame. Its frame is `.frame`. */
#define EDDY_CHILD(fn)                                                                             \
	struct {                                                                                   \
		struct eddy_child child;                                                           \
		struct eddy_task task;                                                             \
		struct fn frame;                                                                   \
	}

/** A group of tasks. eddy_lock guards it. Invariant: nobody waits once open is 0. */
struct eddy_group {
	struct eddy_owner owner;    /**< Of the children. */
	struct eddy_waitq waiters;  /**< The parent. */
	struct eddy_child *running; /**< Children that have not been canceled with the group. */
	struct eddy_frame frame;    /**< Of eddy_group_wait(). */
	int result;                 /**< What the wait will return. */
	uint16_t open;      /**< Children that have not ended, and cancellations under way. */
	uint16_t spawned;   /**< How many there have been. */
	uint8_t policy;     /**< enum eddy_group_policy */
	bool closed;        /**< Canceled: no new children. */
	bool has_result;    /**< Some child has decided it. */
	bool has_shielded;  /**< The wait for canceled children has shielded the parent. */
	bool has_timed_out; /**< That is why they were canceled. */
#if __ASSERT_ON
	struct eddy_frame *host; /**< In which it lies, while it has children. */
#endif
};

extern const struct eddy_op eddy_group_wait_op;
int eddy_group_start(struct eddy_task *self, struct eddy_group *group,
		     struct eddy_executor *executor, struct eddy_child *child);
int eddy_group_wait_limited(struct eddy_task *self, struct eddy_group *group);

/** Set up a group without children. Any context, while nobody uses it. */
void eddy_group_init(struct eddy_group *group, enum eddy_group_policy policy);

/**
 * @brief Spawn a task into a group, on the executor of the parent.
 *
 * It runs when the executor gets to it.
 *
 * @param group   Set up, in the parent's frame.
 * @param child_  Pointer to an EDDY_CHILD(fn) in the parent's frame, whose task is not active.
 * @param fn      Async function.
 * @param ...     Initializers of its frame; all else in it becomes 0.
 *
 * @retval 0           Spawned.
 * @retval -ECANCELED  The group was canceled, by its policy or eddy_group_cancel(). Not spawned.
 *
 * @par Context
 * Task: the parent. Cost: O(1), and setting up the frame.
 */
#define eddy_group_spawn(self, group, child_, fn, ...)                                             \
	eddy_group_spawn_on((self), (group), (self)->waiter.executor, child_, fn, ##__VA_ARGS__)

/** The same, on another executor. */
#define eddy_group_spawn_on(self, group, executor, child_, fn, ...)                                \
	eddy_group_start((self), (group), (executor), eddy_child(child_, fn, ##__VA_ARGS__))

/**
 * Set up a child that is not active: `eddy_child(&my->temp, read_temp, .bus = my->bus)`. For
 * eddy_join() and eddy_race(), which spawn it. Task.
 */
#define eddy_child(child_, fn, ...)                                                                \
	({                                                                                         \
		__typeof__(child_) eddy_child_ = (child_);                                         \
		BUILD_ASSERT(offsetof(__typeof__(*eddy_child_), task) ==                           \
				     sizeof(struct eddy_child),                                    \
			     "the task follows");                                                  \
		EDDY_TASK_INIT(eddy_child_, fn, ##__VA_ARGS__);                                    \
		&eddy_child_->child;                                                               \
	})

/**
 * @brief Wait until all children have ended.
 *
 * The parent is woken once, when the last of them ends.
 *
 * @retval >=0         All have ended, none failed: 0; of EDDY_GROUP_FIRST_END, the number of the
 *                     child that ended first, in the order in which they were spawned.
 * @retval <0          All have ended: the result of the first that failed.
 * @retval -EAGAIN     The wait timed out; or K_NO_WAIT and some have not ended. They go on: cancel
 *                     the group or wait again before the frame returns.
 * @retval -ECANCELED  Canceled. All children were canceled and have ended, whatever the time-out.
 *
 * @par Context
 * Task: the parent. Cost: O(1); if it is canceled, O(children).
 */
EDDY_AWAITABLE static inline int eddy_group_wait(struct eddy_task *self, struct eddy_group *group,
						 k_timeout_t timeout)
{
	eddy_limit(self, timeout);
	return eddy_group_wait_limited(self, group);
}

/**
 * Have an arm of a select wait for the end of all children. Task; see select.h. Unlike
 * eddy_group_wait(), a select that is canceled leaves them running: wait for them then.
 */
static inline void eddy_group_wait_arm(struct eddy_arm *arm, struct eddy_group *group)
{
	eddy_arm_set(arm, &eddy_group_wait_op, group, NULL);
}

/**
 * @brief Ask all children to end. New ones are not spawned any more. It does not wait.
 *
 * @par Context
 * Any, while the group exists. Cost: O(children), interrupts masked for one at a time.
 */
void eddy_group_cancel(struct eddy_group *group);

/** How many children have not ended; while they are being canceled, one more. Any context. */
static inline unsigned int eddy_group_count(const struct eddy_group *group)
{
	return group->open;
}

/* Spawn some children, then wait for all. */
int eddy_group_run(struct eddy_task *self, struct eddy_group *group, enum eddy_group_policy policy,
		   struct eddy_child *const children[], unsigned int count);

#define EDDY_GROUP_RUN_(self, group, policy, ...)                                                  \
	({                                                                                         \
		struct eddy_child *const eddy_children_[] = {__VA_ARGS__};                         \
		eddy_group_run((self), (group), (policy), eddy_children_,                          \
			       ARRAY_SIZE(eddy_children_));                                        \
	})

/**
 * @brief Run some async functions at once, and wait for all of them.
 *
 *	await_into(rc, eddy_join(self, &my->group,
 *				 eddy_child(&my->temp, read_temp, .bus = my->bus),
 *				 eddy_child(&my->wind, read_wind, .bus = my->bus)));
 *
 * What they return is in `eddy_task_result(&my->temp.task)`, what they have found out in
 * `my->temp.frame`.
 *
 * @param group  In the parent's frame; need not be set up.
 * @param ...    Children, each by eddy_child().
 *
 * @retval 0           All have ended, none failed.
 * @retval <0          All have ended: the result of the first that failed.
 * @retval -ECANCELED  Canceled. All were canceled and have ended.
 *
 * @par Context
 * Task. Cost: O(children) to spawn them, O(1) to wait.
 */
#define eddy_join(self, group, ...) EDDY_GROUP_RUN_(self, group, EDDY_GROUP_ALL, __VA_ARGS__)

/**
 * @brief Run some async functions at once until the first one ends; cancel the others.
 *
 * As eddy_join(). The others have cleaned up and ended before this returns.
 *
 * @retval >=0         The number of the child that ended first, in the order of the arguments.
 *                     What it returned is in its task, failures included.
 * @retval -ECANCELED  Canceled. All were canceled and have ended.
 *
 * @par Context
 * Task. Cost: as eddy_join().
 */
#define eddy_race(self, group, ...) EDDY_GROUP_RUN_(self, group, EDDY_GROUP_FIRST_END, __VA_ARGS__)

#endif /* EDDY_GROUP_H_ */
