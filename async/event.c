/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Event: flags, and those who wait for some of them.
 *
 * A post looks at every waiter, with interrupts let in between. So that it is one step for all who
 * watch nevertheless, it first moves the waiters to `due`, which newcomers do not join, and
 * remembers the flags as they are then. Whoever wants to change the flags meanwhile (an interrupt,
 * a thread that has just been woken) completes that post first.
 *
 * Locking:   eddy_lock guards every field.
 * Invariant: the flags end the wait of nobody in `waiters`. `due` is empty unless a post is under
 *            way. A waiter's data is its flags and options.
 */

#include <eddy/event.h>

#include "core.h"
#include "thread.h"

void eddy_event_init(struct eddy_event *event)
{
	eddy_assert_unawaited(event);
	*event = (struct eddy_event)EDDY_EVENT_INITIALIZER;
}

/* What a wait yields when @flags are set; 0: it goes on. */
static uint32_t match(uint32_t flags, uint32_t request)
{
	uint32_t wanted = request & EDDY_EVENT_FLAGS;
	uint32_t found = flags & wanted;

	return (request & EDDY_EVENT_ALL) != 0U && found != wanted ? 0U : found;
}

/* Clear what a wait has yielded, if it takes. */
static void take_flags(struct eddy_event *event, uint32_t found, uint32_t request)
{
	if ((request & EDDY_EVENT_TAKE) != 0U) {
		event->flags &= ~found;
	}
}

static int wait_attempt(void *object, void *data, k_spinlock_key_t key)
{
	struct eddy_event *event = object;
	uint32_t request = (uint32_t)(uintptr_t)data;
	uint32_t found = match(event->flags, request);

	if (found == 0U && (request & EDDY_EVENT_FLAGS) != 0U) {
		return EDDY_PENDING;
	}
	take_flags(event, found, request);
	k_spin_unlock(&eddy_lock, key);
	return found == 0U ? -EINVAL : (int)found;
}

const struct eddy_op eddy_event_wait_op = {
	.attempt = wait_attempt,
	.queue = offsetof(struct eddy_event, waiters),
	.data_is_pointer = false,
};

/* Wake one of those that are due, or have it wait on. */
static struct eddy_executor *look_at_one(struct eddy_event *event)
{
	struct eddy_waiter *waiter = eddy_waitq_first(&event->due);
	uint32_t request = (uint32_t)(uintptr_t)waiter->data;
	bool takes = (request & EDDY_EVENT_TAKE) != 0U;
	uint32_t found = match(takes ? event->flags : event->posted, request);

	if (found == 0U) {
		(void)eddy_waitq_unlink_first(&event->due);
		eddy_waitq_add(&event->waiters, waiter);
		return NULL;
	}
	waiter = eddy_take_this(waiter);
	if (waiter == NULL) {
		return NULL; /* an arm of a select that does not wait */
	}
	take_flags(event, found, request);
	return eddy_wake(waiter, (int)found);
}

/* Complete the post under way, if there is one. */
static k_spinlock_key_t complete(struct eddy_event *event, k_spinlock_key_t key)
{
	while (!eddy_waitq_is_empty(&event->due)) {
		eddy_unlock(key, look_at_one(event));
		key = k_spin_lock(&eddy_lock);
	}
	return key;
}

/* Change the flags, those of @kept excepted, and wake whom that concerns. */
static void post(struct eddy_event *event, uint32_t kept, uint32_t flags)
{
	k_spinlock_key_t key;
	bool is_sched_locked;

	__ASSERT((flags & ~EDDY_EVENT_FLAGS) == 0U, "event %p: no such flags: %x", (void *)event,
		 flags);
	key = complete(event, k_spin_lock(&eddy_lock));
	is_sched_locked = eddy_waitq_has_several(&event->waiters) && eddy_sched_lock();
	event->flags = (event->flags & kept) | flags;
	event->posted = event->flags;
	eddy_waitq_move(&event->due, &event->waiters);
	k_spin_unlock(&eddy_lock, complete(event, key));
	eddy_sched_unlock(is_sched_locked);
}

void eddy_event_post(struct eddy_event *event, uint32_t flags)
{
	post(event, EDDY_EVENT_FLAGS, flags);
}

void eddy_event_set(struct eddy_event *event, uint32_t flags)
{
	post(event, 0U, flags);
}

void eddy_event_clear(struct eddy_event *event, uint32_t flags)
{
	k_spinlock_key_t key = complete(event, k_spin_lock(&eddy_lock));

	event->flags &= ~flags;
	k_spin_unlock(&eddy_lock, key);
}
