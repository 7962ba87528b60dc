/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Awaiting kernel objects that can be polled.
 *
 * The task tries first. If that fails, a k_work_poll item waits for the object; its handler, on the
 * system work queue, wakes the task, which tries again: a thread may have been faster. So nothing
 * is ever taken on behalf of a task that was canceled meanwhile.
 *
 * The item lies in the task's frame, and the work queue still writes to it when its handler has
 * returned. Hence the handler does not wake the task; it submits a second item, `wake_all`, which
 * never goes away, and that one does: when it runs, the queue has let go of the first.
 *
 * Locking:   eddy_lock guards the list of those that are ready. Tasks, in any context that runs
 *            executors, submit and cancel; the system work queue runs the handlers.
 */

#include <eddy/kernel.h>

#include "core.h"

static struct eddy_k_wait *ready_waits;

static void wake_ready(struct k_work *work);

static K_WORK_DEFINE(wake_all, wake_ready);

static struct eddy_k_wait *take_ready(void)
{
	k_spinlock_key_t key = k_spin_lock(&eddy_lock);
	struct eddy_k_wait *wait = ready_waits;

	if (wait != NULL) {
		ready_waits = wait->next;
	}
	k_spin_unlock(&eddy_lock, key);
	return wait;
}

static void wake_ready(struct k_work *work)
{
	struct eddy_k_wait *wait;

	ARG_UNUSED(work);
	while ((wait = take_ready()) != NULL) {
		eddy_signal_raise(&wait->ready, 0U);
	}
}

static void object_is_ready(struct k_work *work)
{
	struct eddy_k_wait *wait = CONTAINER_OF(work, struct eddy_k_wait, work.work);
	k_spinlock_key_t key = k_spin_lock(&eddy_lock);

	wait->next = ready_waits;
	ready_waits = wait;
	k_spin_unlock(&eddy_lock, key);
	(void)k_work_submit(&wake_all); /* queued already: it will find this one too */
}

/* Forget what has happened: the kernel only adds to that. */
static void clear_states(struct eddy_k_wait *wait)
{
	for (int i = 0; i < wait->num_events; i++) {
		wait->events[i].state = K_POLL_STATE_NOT_READY;
	}
}

async_fn(eddy_k_wait)
{
	int rc;

	async_begin;
	k_work_poll_init(&my->work, object_is_ready);
	do {
		eddy_signal_init(&my->ready);
		clear_states(my);
		rc = k_work_poll_submit(&my->work, my->events, my->num_events, K_FOREVER);
		if (rc < 0) {
			async_return(rc);
		}
		await_into(my->result, eddy_signal_wait(self, &my->ready, NULL, my->limit));
		if (my->result != 0) {
			break;
		}
		my->result = my->attempt(my);
	} while (my->result == -EAGAIN);

	if (my->result == -EAGAIN || my->result == -ECANCELED) {
		if (k_work_poll_cancel(&my->work) != 0) {
			/* Too late: it is on its way to the work queue, or there. */
			my->shields = eddy_shield(self);
			await(eddy_signal_wait(self, &my->ready, NULL, K_FOREVER));
			if (my->shields) {
				eddy_unshield(self);
			}
		}
		if (my->result == -EAGAIN) {
			my->result = my->attempt(my); /* in the last instant */
		}
	}
	async_return(my->result);
	async_end;
}

/* Try, then wait. All else in @wait is set. */
static int begin(struct eddy_task *self, struct eddy_k_wait *wait, k_timeout_t timeout)
{
	int result;

	if (eddy_is_canceled(self)) {
		return -ECANCELED;
	}
	eddy_assert_survives(self, wait);
	result = wait->attempt(wait);
	if (result != -EAGAIN || K_TIMEOUT_EQ(timeout, K_NO_WAIT)) {
		return result;
	}
	wait->limit = eddy_deadline_in(timeout); /* of all turns together */
	wait->frame = (struct eddy_frame){.code = EDDY_CODE(eddy_k_wait)};
	return eddy_frame_enter(self, &wait->frame);
}

/* The same for one object. */
static int begin_one(struct eddy_task *self, struct eddy_k_wait *wait,
		     int (*attempt)(struct eddy_k_wait *wait), uint32_t type, void *object,
		     k_timeout_t timeout)
{
	wait->attempt = attempt;
	wait->object = object;
	k_poll_event_init(&wait->event, type, K_POLL_MODE_NOTIFY_ONLY, object);
	wait->events = &wait->event;
	wait->num_events = 1;
	return begin(self, wait, timeout);
}

static int attempt_sem(struct eddy_k_wait *wait)
{
	return k_sem_take(wait->object, K_NO_WAIT) == 0 ? 0 : -EAGAIN;
}

int eddy_k_sem_take(struct eddy_task *self, struct eddy_k_wait *wait, struct k_sem *sem,
		    k_timeout_t timeout)
{
	return begin_one(self, wait, attempt_sem, K_POLL_TYPE_SEM_AVAILABLE, sem, timeout);
}

static int attempt_msgq(struct eddy_k_wait *wait)
{
	return k_msgq_get(wait->object, wait->data, K_NO_WAIT) == 0 ? 0 : -EAGAIN;
}

int eddy_k_msgq_get(struct eddy_task *self, struct eddy_k_wait *wait, struct k_msgq *msgq,
		    void *data, k_timeout_t timeout)
{
	eddy_assert_survives(self, data);
	wait->data = data;
	return begin_one(self, wait, attempt_msgq, K_POLL_TYPE_MSGQ_DATA_AVAILABLE, msgq, timeout);
}

/* A queue has yielded @item, or NULL. */
static int got_item(struct eddy_k_wait *wait, void *item)
{
	*(void **)wait->data = item;
	if (item != NULL) {
		return 0;
	}
	return (wait->event.state & K_POLL_STATE_CANCELLED) != 0U ? -EINTR : -EAGAIN;
}

static int attempt_queue(struct eddy_k_wait *wait)
{
	return got_item(wait, k_queue_get(wait->object, K_NO_WAIT));
}

int eddy_k_queue_get(struct eddy_task *self, struct eddy_k_wait *wait, struct k_queue *queue,
		     void **item, k_timeout_t timeout)
{
	eddy_assert_survives(self, item);
	wait->data = item;
	return begin_one(self, wait, attempt_queue, K_POLL_TYPE_DATA_AVAILABLE, queue, timeout);
}

static int attempt_fifo(struct eddy_k_wait *wait)
{
	return got_item(wait, k_fifo_get((struct k_fifo *)wait->object, K_NO_WAIT));
}

int eddy_k_fifo_get(struct eddy_task *self, struct eddy_k_wait *wait, struct k_fifo *fifo,
		    void **item, k_timeout_t timeout)
{
	eddy_assert_survives(self, item);
	wait->data = item;
	return begin_one(self, wait, attempt_fifo, K_POLL_TYPE_FIFO_DATA_AVAILABLE, fifo, timeout);
}

static int attempt_lifo(struct eddy_k_wait *wait)
{
	return got_item(wait, k_lifo_get((struct k_lifo *)wait->object, K_NO_WAIT));
}

/* k_poll() takes a k_lifo where it takes a k_queue: that is its documented use. */
int eddy_k_lifo_get(struct eddy_task *self, struct eddy_k_wait *wait, struct k_lifo *lifo,
		    void **item, k_timeout_t timeout)
{
	eddy_assert_survives(self, item);
	wait->data = item;
	return begin_one(self, wait, attempt_lifo, K_POLL_TYPE_DATA_AVAILABLE, lifo, timeout);
}

#ifdef EDDY_PIPES_OF_KERNEL_
#define pipe_has_bytes(event) eddy_k_pipe_has_bytes_((event)->obj)
#else
#define pipe_has_bytes(event) false
#endif

static bool is_raised(struct k_poll_signal *signal)
{
	unsigned int signaled;
	int result;

	k_poll_signal_check(signal, &signaled, &result);
	return signaled != 0U;
}

/* What k_poll() would find; only threads may call that. */
static unsigned int look_at(const struct k_poll_event *event)
{
	switch (event->type) {
	case K_POLL_TYPE_SIGNAL:
		return is_raised(event->signal) ? K_POLL_STATE_SIGNALED : 0U;
	case K_POLL_TYPE_SEM_AVAILABLE:
		return k_sem_count_get(event->sem) != 0U ? K_POLL_STATE_SEM_AVAILABLE : 0U;
	case K_POLL_TYPE_DATA_AVAILABLE:
		return !k_queue_is_empty(event->queue) ? K_POLL_STATE_DATA_AVAILABLE : 0U;
	case K_POLL_TYPE_MSGQ_DATA_AVAILABLE:
		return k_msgq_num_used_get(event->msgq) != 0U ? K_POLL_STATE_MSGQ_DATA_AVAILABLE
							      : 0U;
	case K_POLL_TYPE_PIPE_DATA_AVAILABLE:
		return pipe_has_bytes(event) ? K_POLL_STATE_PIPE_DATA_AVAILABLE : 0U;
	default:
		return 0U;
	}
}

/* What the task was woken for counts, even if it is over by now: the states still tell of it. */
static int attempt_poll(struct eddy_k_wait *wait)
{
	unsigned int found = 0U;

	for (int i = 0; i < wait->num_events; i++) {
		wait->events[i].state |= look_at(&wait->events[i]);
		found |= wait->events[i].state;
	}
	if (found == 0U) {
		return -EAGAIN;
	}
	return found == K_POLL_STATE_CANCELLED ? -EINTR : 0;
}

int eddy_k_poll(struct eddy_task *self, struct eddy_k_wait *wait, struct k_poll_event *events,
		int num_events, k_timeout_t timeout)
{
	eddy_assert_survives(self, events);
	wait->attempt = attempt_poll;
	wait->events = events;
	wait->num_events = num_events;
	clear_states(wait);
	return begin(self, wait, timeout);
}

#ifdef EDDY_PIPES_OF_KERNEL_
static int attempt_pipe(struct eddy_k_wait *wait)
{
	return eddy_k_pipe_get_(wait->object, wait->data, wait->size, K_NO_WAIT);
}

int eddy_k_pipe_read(struct eddy_task *self, struct eddy_k_wait *wait, struct k_pipe *pipe,
		     void *data, size_t size, k_timeout_t timeout)
{
	if (size == 0U) {
		return 0;
	}
	eddy_assert_survives(self, data);
	wait->data = data;
	wait->size = size;
	return begin_one(self, wait, attempt_pipe, K_POLL_TYPE_PIPE_DATA_AVAILABLE, pipe, timeout);
}
#endif
