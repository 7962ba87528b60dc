/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Groups: children of a frame, and the wait for their end.
 *
 * The group owns its children, so it hears of each one's end and counts: only the last one wakes
 * the parent. A child that runs is in the list `running`, for a cancellation of all; that takes one
 * after another out of it, so it keeps no place in the list while the lock is open.
 *
 * The parent's wait is an ordinary one. Only when it ends early, by cancellation or time-out, is
 * there more to do: that is what the frame in the group is for, which is the innermost one while
 * the parent waits.
 *
 * Locking:   eddy_lock guards every field but `frame` and `has_shielded`, which are the parent's.
 * Invariant: open counts the children that have not ended, and whoever is canceling them: with 0
 *            the group may be gone.
 */

#include <eddy/group.h>
#include <eddy/with_timeout.h>

#include "core.h"
#include "thread.h"

static struct eddy_task *task_of(struct eddy_child *child)
{
	return (struct eddy_task *)(void *)(child + 1);
}

static struct eddy_child *child_of(struct eddy_task *task)
{
	return (struct eddy_child *)(void *)task - 1;
}

static struct eddy_group *group_of(struct eddy_owner *owner)
{
	return CONTAINER_OF(owner, struct eddy_group, owner);
}

static void add_running(struct eddy_group *group, struct eddy_child *child)
{
	child->next = group->running;
	child->link = &group->running;
	if (child->next != NULL) {
		child->next->link = &child->next;
	}
	group->running = child;
}

static void remove_running(struct eddy_child *child)
{
	*child->link = child->next;
	if (child->next != NULL) {
		child->next->link = child->link;
	}
	child->link = NULL;
}

/* While a group has children, the frame in which it lies must not return. */
#if __ASSERT_ON
static void occupy(struct eddy_group *group, struct eddy_task *parent)
{
	if (group->open == 0U) {
		group->host = eddy_host_of(parent, group);
		if (group->host != NULL) {
			group->host->guests++;
		}
	}
}

static void vacate(struct eddy_group *group)
{
	if (group->host != NULL) {
		group->host->guests--;
		group->host = NULL;
	}
}
#else
#define occupy(group, parent) ((void)(group), (void)(parent))
#define vacate(group)         ((void)(group))
#endif

/* One of those that `open` counts is done; it may have been the last. Releases the lock. */
static void leave(struct eddy_group *group, k_spinlock_key_t key)
{
	struct eddy_waiter *parent;

	if (--group->open != 0U) {
		k_spin_unlock(&eddy_lock, key);
		return;
	}
	vacate(group);
	parent = eddy_take(&group->waiters);
	eddy_unlock(key, parent == NULL ? NULL : eddy_wake(parent, group->result));
}

/* Cancel all children that run, and then leave. Releases the lock. */
static void cancel_and_leave(struct eddy_group *group, k_spinlock_key_t key)
{
	struct eddy_child *child = group->running;
	bool is_sched_locked = child != NULL && child->next != NULL && eddy_sched_lock();

	group->closed = true;
	while ((child = group->running) != NULL) {
		remove_running(child);
		eddy_unlock(key, eddy_cancel_locked(task_of(child)));
		key = k_spin_lock(&eddy_lock);
	}
	leave(group, key);
	eddy_sched_unlock(is_sched_locked);
}

/* Let the end of a child decide what the group's result is. Returns whether it ends the others. */
static bool decide(struct eddy_group *group, const struct eddy_child *child, int result)
{
	if (group->has_result) {
		return false;
	}
	switch (group->policy) {
	case EDDY_GROUP_FIRST_END:
		group->result = (int)child->number;
		break;
	case EDDY_GROUP_CALL:
		group->result = result;
		break;
	default:
		if (result >= 0 || result == -ECANCELED) {
			return false;
		}
		group->result = result;
		break;
	}
	group->has_result = true;
	return group->policy != EDDY_GROUP_ALL;
}

static void ended(struct eddy_owner *owner, struct eddy_task *task, k_spinlock_key_t key)
{
	struct eddy_group *group = group_of(owner);
	struct eddy_child *child = child_of(task);
	bool ends_all;

	if (child->link != NULL) {
		remove_running(child);
	}
	ends_all = decide(group, child, task->waiter.result);
	if (ends_all && group->running != NULL) {
		cancel_and_leave(group, key);
	} else {
		group->closed |= ends_all;
		leave(group, key);
	}
}

void eddy_group_init(struct eddy_group *group, enum eddy_group_policy policy)
{
	group->owner.ended = ended;
	group->waiters.last = NULL;
	group->running = NULL;
	group->result = 0;
	group->open = 0U;
	group->spawned = 0U;
	group->policy = (uint8_t)policy;
	group->closed = false;
	group->has_result = false;
	group->has_timed_out = false;
	group->has_shielded = false;
}

int eddy_group_start(struct eddy_task *self, struct eddy_group *group,
		     struct eddy_executor *executor, struct eddy_child *child)
{
	k_spinlock_key_t key = k_spin_lock(&eddy_lock);

	__ASSERT(group->owner.ended == ended, "group %p was not set up", (void *)group);
	if (group->closed) {
		k_spin_unlock(&eddy_lock, key);
		return -ECANCELED;
	}
	occupy(group, self);
	group->open++;
	child->number = group->spawned++;
	add_running(group, child);
	return eddy_spawn_locked(executor, task_of(child), &group->owner, key);
}

void eddy_group_cancel(struct eddy_group *group)
{
	k_spinlock_key_t key = k_spin_lock(&eddy_lock);

	if (group->open == 0U) {
		group->closed = true;
		k_spin_unlock(&eddy_lock, key);
	} else {
		group->open++;
		cancel_and_leave(group, key);
	}
}

static ALWAYS_INLINE int wait_attempt(void *object, void *data, k_spinlock_key_t key)
{
	struct eddy_group *group = object;
	int result = group->result;

	ARG_UNUSED(data);
	if (group->open != 0U) {
		return EDDY_PENDING;
	}
	k_spin_unlock(&eddy_lock, key);
	return result;
}

const struct eddy_op eddy_group_wait_op = {
	.attempt = wait_attempt,
	.queue = offsetof(struct eddy_group, waiters),
};

/* Have @code go on when the parent is resumed; behind it, the parent's function. */
static void enter(struct eddy_task *self, struct eddy_group *group, eddy_code_t code)
{
	group->frame = (struct eddy_frame){.code = code, .caller = self->frame};
	self->frame = &group->frame;
}

/* What a wait returns that ended early for @reason, now that all children have ended. */
static int late_result(const struct eddy_group *group, int reason)
{
	if (group->policy == EDDY_GROUP_CALL && group->result != -ECANCELED) {
		return group->result; /* its only child has done its job nevertheless */
	}
	return reason;
}

/* End the shield behind which the canceled children's end was awaited. */
static int drained(struct eddy_task *self, struct eddy_group *group)
{
	if (group->has_shielded) {
		eddy_unshield(self);
	}
	return late_result(group, group->has_timed_out ? -EAGAIN : -ECANCELED);
}

static int drained_resumed(void *frame, struct eddy_task *self)
{
	return drained(self, CONTAINER_OF(frame, struct eddy_group, frame));
}

/*
 * The wait has ended with @reason, -ECANCELED or -EAGAIN. That may be what the last child has left;
 * else its children still run. EDDY_PENDING: they were canceled, and are awaited.
 */
static __noinline int end_early(struct eddy_task *self, struct eddy_group *group, int reason)
{
	k_spinlock_key_t key = k_spin_lock(&eddy_lock); /* the last child may hold it yet */
	bool is_over = group->open == 0U;
	int result;

	k_spin_unlock(&eddy_lock, key);
	if (is_over) {
		return reason == -EAGAIN ? group->result : late_result(group, reason);
	}
	if (reason == -EAGAIN && group->policy != EDDY_GROUP_CALL) {
		return -EAGAIN;
	}
	eddy_group_cancel(group);
	group->has_timed_out = reason == -EAGAIN;
	group->has_shielded = eddy_shield(self);
	eddy_limit(self, K_FOREVER);
	result = eddy_await_limited(self, &eddy_group_wait_op, group, NULL);
	return result == EDDY_PENDING ? EDDY_PENDING : drained(self, group);
}

static bool may_be_early(int result)
{
	return unlikely(result == -ECANCELED || result == -EAGAIN);
}

static int wait_resumed(void *frame, struct eddy_task *self)
{
	struct eddy_group *group = CONTAINER_OF(frame, struct eddy_group, frame);
	int result = self->waiter.result;

	if (may_be_early(result)) {
		result = end_early(self, group, result);
		group->frame.code = drained_resumed;
	}
	return result;
}

int eddy_group_wait_limited(struct eddy_task *self, struct eddy_group *group)
{
	int result = eddy_await_limited(self, &eddy_group_wait_op, group, NULL);

	if (likely(result == EDDY_PENDING)) {
		enter(self, group, wait_resumed);
	} else if (may_be_early(result)) {
		result = end_early(self, group, result);
		if (result == EDDY_PENDING) {
			enter(self, group, drained_resumed);
		}
	}
	return result;
}

int eddy_group_run(struct eddy_task *self, struct eddy_group *group, enum eddy_group_policy policy,
		   struct eddy_child *const children[], unsigned int count)
{
	if (eddy_is_canceled(self)) {
		return -ECANCELED;
	}
	eddy_group_init(group, policy);
	for (unsigned int i = 0; i < count; i++) {
		/* If one has ended already, and with it all, the others need not begin. */
		(void)eddy_group_start(self, group, self->waiter.executor, children[i]);
	}
	return eddy_group_wait(self, group, K_FOREVER);
}

int eddy_limited_call(struct eddy_task *self, struct eddy_group *group, struct eddy_child *child)
{
	if (eddy_is_canceled(self)) {
		return -ECANCELED;
	}
	eddy_group_init(group, EDDY_GROUP_CALL);
	(void)eddy_group_start(self, group, self->waiter.executor, child); /* cannot fail */
	return eddy_group_wait_limited(self, group);
}
