/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Polling.
 *
 * Each object has a list of the events that wait for it, by the priority of their pollers, then by
 * arrival. Whoever makes the object available takes the first event from the list, sets its state
 * and tells its poller: a thread in k_poll() or a k_work_poll, each by its own notify(). The
 * poller's other events stay in their lists until it runs, and collect what happens meanwhile.
 *
 * A poller first looks at its events without the lock: if one has happened, that was all. Else it
 * registers them one by one. Between two of them an interrupt or another thread may tell it that
 * something has happened; so result is looked at under the lock once more before it waits.
 *
 * Locking:   sched_lock guards the lists, and each event while its poller is set. It is held for
 *            one event at a time.
 * Invariant: an event is in a list if and only if its poller is set. A thread's poller lies on its
 *            stack while it is in k_poll(), and thread->poller names it: an aborted thread leaves
 *            no event behind.
 */

#include <kpoll.h>
#include <zephyr/kernel.h>

/* A thread in k_poll(). */
struct thread_poller {
	struct k_poller poller;
	struct k_waitq waiter; /* The thread, once it waits. */
};

void k_poll_event_init(struct k_poll_event *event, uint32_t type, int mode, void *obj)
{
	__ASSERT(mode == K_POLL_MODE_NOTIFY_ONLY, "no such mode: %d", mode);
	__ASSERT(obj != NULL, "an event without an object");
	event->poller = NULL;
	event->type = (uint8_t)type;
	event->state = K_POLL_STATE_NOT_READY;
	event->mode = (uint8_t)mode;
	event->obj = obj;
}

/* The state that the object is in, K_POLL_STATE_NOT_READY if it is not available. */
static ALWAYS_INLINE uint8_t look_at(const struct k_poll_event *event)
{
	switch (event->type) {
	case K_POLL_TYPE_SIGNAL:
		return event->signal->signaled != 0U ? K_POLL_STATE_SIGNALED : 0U;
	case K_POLL_TYPE_SEM_AVAILABLE:
		return event->sem->count != 0U ? K_POLL_STATE_SEM_AVAILABLE : 0U;
	case K_POLL_TYPE_DATA_AVAILABLE:
		return event->queue->head != NULL ? K_POLL_STATE_DATA_AVAILABLE : 0U;
	case K_POLL_TYPE_MSGQ_DATA_AVAILABLE:
		return event->msgq->used_msgs != 0U ? K_POLL_STATE_MSGQ_DATA_AVAILABLE : 0U;
	case K_POLL_TYPE_PIPE_DATA_AVAILABLE:
		return event->pipe->bytes_used != 0U ? K_POLL_STATE_PIPE_DATA_AVAILABLE : 0U;
	default:
		__ASSERT(event->type == K_POLL_TYPE_IGNORE, "event %p: no such type: %u",
			 (const void *)event, event->type);
		return K_POLL_STATE_NOT_READY;
	}
}

/* NULL: it has none. */
static struct k_poll_event **list_of(const struct k_poll_event *event)
{
	switch (event->type) {
	case K_POLL_TYPE_SIGNAL:
		return &event->signal->poll_events;
	case K_POLL_TYPE_SEM_AVAILABLE:
		return &event->sem->poll_events;
	case K_POLL_TYPE_DATA_AVAILABLE:
		return &event->queue->poll_events;
	case K_POLL_TYPE_MSGQ_DATA_AVAILABLE:
		return &event->msgq->poll_events;
	case K_POLL_TYPE_PIPE_DATA_AVAILABLE:
		return &event->pipe->poll_events;
	default:
		return NULL;
	}
}

static ALWAYS_INLINE void list_insert(struct k_poll_event **list, struct k_poll_event *event)
{
	struct k_poll_event *next = *list;

	while (next != NULL && next->poller->prio <= event->poller->prio) {
		list = &next->next;
		next = *list;
	}
	event->next = next;
	event->link = list;
	if (next != NULL) {
		next->link = &event->next;
	}
	*list = event;
}

static ALWAYS_INLINE void list_remove(struct k_poll_event *event)
{
	struct k_poll_event *next = event->next;

	event->poller = NULL;
	*event->link = next;
	if (next != NULL) {
		next->link = event->link;
	}
}

bool poll_check(struct k_poll_event *events, int num_events)
{
	unsigned int found = 0U;

	for (struct k_poll_event *event = events; event != events + num_events; event++) {
		unsigned int state = look_at(event);

		event->poller = NULL;
		event->state |= (uint8_t)state;
		found |= state;
	}
	return found != 0U;
}

/* Put @event into the list of its object, unless that or another event has happened. */
static void register_event(struct k_poller *poller, struct k_poll_event *event)
{
	uint8_t state = look_at(event);
	struct k_poll_event **list = list_of(event);

	if (state != 0U) {
		event->state |= state;
		poller->result = 0;
	} else if (list != NULL && poller->result == POLL_PENDING) {
		event->poller = poller;
		list_insert(list, event);
	}
}

k_spinlock_key_t poll_register(struct k_poller *poller, k_spinlock_key_t key)
{
	struct k_poll_event *event = poller->events;
	struct k_poll_event *end = event + poller->num_events;

	while (event != end) {
		register_event(poller, event);
		event++;
		if (event != end) {
			/* Let others in. */
			sched_unlock(key);
			key = k_spin_lock(&sched_lock);
		}
	}
	return key;
}

void poll_withdraw_locked(struct k_poller *poller)
{
	for (int i = 0; i < poller->num_events; i++) {
		if (poller->events[i].poller != NULL) {
			list_remove(&poller->events[i]);
		}
	}
}

void poll_withdraw(struct k_poller *poller)
{
	for (int i = 0; i < poller->num_events; i++) {
		struct k_poll_event *event = &poller->events[i];

		/* Once it is NULL nobody else sets it: then there is no need for the lock. */
		if (event->poller != NULL) {
			k_spinlock_key_t key = k_spin_lock(&sched_lock);

			if (event->poller != NULL) {
				list_remove(event);
			}
			sched_unlock(key);
		}
	}
}

void poll_notify_first(struct k_poll_event **list, uint32_t state)
{
	struct k_poll_event *event = *list;
	struct k_poller *poller = event->poller;

	list_remove(event);
	event->state |= (uint8_t)state;
	poller->notify(poller, state == K_POLL_STATE_CANCELLED ? -EINTR : 0);
}

/* Never inline: then its callers, most often with nobody to tell, need no stack frame. */
__noinline int poll_notify_first_and_unlock(struct k_poll_event **list, uint32_t state,
					    k_spinlock_key_t key)
{
	poll_notify_first(list, state);
	sched_unlock(key); /* may switch threads */
	return 0;
}

/* What happens first decides the result. */
static void notify_thread(struct k_poller *poller, int result)
{
	struct thread_poller *mine = CONTAINER_OF(poller, struct thread_poller, poller);
	struct k_thread *thread = waitq_take_first(&mine->waiter);

	if (poller->result == POLL_PENDING) {
		poller->result = result;
	}
	if (thread != NULL) {
		sched_wake(thread, result);
	}
}

static __noinline int wait_for(struct k_poll_event *events, int num_events, k_timeout_t timeout)
{
	struct k_thread *self = kernel.current;
	struct thread_poller mine = {
		.poller = {.events = events,
			   .num_events = num_events,
			   .result = POLL_PENDING,
			   .prio = self->prio,
			   .notify = notify_thread},
	};
	k_spinlock_key_t key = k_spin_lock(&sched_lock);
	int result;

	self->poller = &mine.poller;
	key = poll_register(&mine.poller, key);
	result = mine.poller.result;
	if (result == POLL_PENDING) {
		result = sched_wait(&mine.waiter, key, timeout);
	} else {
		sched_unlock(key);
	}
	poll_withdraw(&mine.poller);
	self->poller = NULL;
	return result;
}

int k_poll(struct k_poll_event *events, int num_events, k_timeout_t timeout)
{
	__ASSERT(!arch_is_in_isr() || K_TIMEOUT_EQ(timeout, K_NO_WAIT),
		 "an interrupt must not wait");
	__ASSERT(num_events >= 0 && (events != NULL || num_events == 0), "no events");
	if (poll_check(events, num_events)) {
		return 0;
	}
	if (K_TIMEOUT_EQ(timeout, K_NO_WAIT)) {
		return -EAGAIN;
	}
	return wait_for(events, num_events, timeout);
}

void poll_thread_ended(struct k_thread *thread)
{
	if (thread->poller != NULL) {
		poll_withdraw_locked(thread->poller);
	}
}

void k_poll_signal_init(struct k_poll_signal *sig)
{
	*sig = (struct k_poll_signal)K_POLL_SIGNAL_INITIALIZER(*sig);
}

int k_poll_signal_raise(struct k_poll_signal *sig, int result)
{
	k_spinlock_key_t key = k_spin_lock(&sched_lock);

	sig->result = result;
	sig->signaled = 1U;
	return poll_unlock(sig, K_POLL_STATE_SIGNALED, key);
}
