/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Triggered work: a poller that submits a work item instead of waking a thread.
 *
 *   idle --submit--> REGISTERING --wait_for--> WAITING --submit_work, timed_out--> TRIGGERED
 *   REGISTERING --submit_now, wait_for: an event has happened already--> TRIGGERED
 *   TRIGGERED --run--> idle
 *   WAITING --cancel--> idle, or --submit--> REGISTERING
 *
 * The states have no variable of their own: the item is idle if workq is NULL, it is waiting while
 * notify is submit_work() and there is no result yet.
 *
 * While it registers its events, what happens is only noted, and looked at when it is done. Events
 * that have not happened stay registered until the handler is called, and collect what happens
 * meanwhile, as in k_poll().
 *
 * Locking:   sched_lock guards every field; it is released between two events that are registered.
 * Invariant: the time-out is queued only while the item waits.
 */

#include <kpoll.h>
#include <kwork.h>
#include <zephyr/kernel.h>

/* Registering. */
static void note(struct k_poller *poller, int result)
{
	ARG_UNUSED(result); /* canceled or not, as in Zephyr */
	poller->result = 0;
}

static void trigger(struct k_work_poll *work, int result)
{
	work->poller.result = result;
	work->poll_result = result;
	(void)work_submit_locked(work->workq, &work->work); /* refused: nobody to tell */
}

/* Waiting. */
static void submit_work(struct k_poller *poller, int result)
{
	struct k_work_poll *work = CONTAINER_OF(poller, struct k_work_poll, poller);

	ARG_UNUSED(result); /* canceled or not, as in Zephyr */
	if (poller->result == POLL_PENDING) {
		timeout_cancel(&work->timeout);
		trigger(work, 0);
	}
}

static void timed_out(struct k_timeout_entry *entry, k_spinlock_key_t *key)
{
	ARG_UNUSED(key);
	trigger(CONTAINER_OF(entry, struct k_work_poll, timeout), -EAGAIN);
}

/* The handler of the item: withdraw from the events, then run the user's. */
static void run(struct k_work *item)
{
	struct k_work_poll *work = CONTAINER_OF(item, struct k_work_poll, work);

	poll_withdraw(&work->poller);
	work->workq = NULL; /* the handler may submit it anew */
	work->real_handler(item);
}

void k_work_poll_init(struct k_work_poll *work, k_work_handler_t handler)
{
	*work = (struct k_work_poll){
		.work = Z_WORK_INITIALIZER(run),
		.real_handler = handler,
		.timeout = {.expired = timed_out},
	};
}

static bool is_waiting(const struct k_work_poll *work)
{
	return work->poller.notify == submit_work && work->poller.result == POLL_PENDING;
}

/* sched_lock held. */
static int cancel(struct k_work_poll *work)
{
	if (work->workq == NULL || !is_waiting(work)) {
		return -EINVAL;
	}
	timeout_cancel(&work->timeout);
	poll_withdraw_locked(&work->poller);
	work->workq = NULL;
	return 0;
}

int k_work_poll_cancel(struct k_work_poll *work)
{
	k_spinlock_key_t key;
	int result;

	if (work == NULL) {
		return -EINVAL;
	}
	key = k_spin_lock(&sched_lock);
	result = cancel(work);
	sched_unlock(key);
	return result;
}

/* Make the item ours. sched_lock held. */
static int claim(struct k_work_poll *work, struct k_work_q *queue)
{
	if (work->workq != NULL) {
		int result = work->workq == queue ? cancel(work) : -EADDRINUSE;

		if (result != 0) {
			return result;
		}
	}
	work->workq = queue;
	work->poll_result = -EINPROGRESS;
	work->poller.notify = note;
	work->poller.result = POLL_PENDING;
	work->poller.prio = queue->thread.prio;
	return 0;
}

/* There is nothing to wait for. */
static void submit_now(struct k_work_poll *work, int result)
{
	k_spinlock_key_t key = k_spin_lock(&sched_lock);

	trigger(work, result);
	sched_unlock(key); /* may switch threads */
}

static void wait_for(struct k_work_poll *work, k_timeout_t timeout)
{
	k_spinlock_key_t key = k_spin_lock(&sched_lock);

	key = poll_register(&work->poller, key);
	if (work->poller.result != POLL_PENDING) {
		trigger(work, 0);
	} else {
		work->poller.notify = submit_work;
		if (!K_TIMEOUT_EQ(timeout, K_FOREVER)) {
			timeout_add(&work->timeout, timeout);
		}
	}
	sched_unlock(key); /* may switch threads */
}

int k_work_poll_submit_to_queue(struct k_work_q *work_q, struct k_work_poll *work,
				struct k_poll_event *events, int num_events, k_timeout_t timeout)
{
	k_spinlock_key_t key = k_spin_lock(&sched_lock);
	int result = claim(work, work_q);

	__ASSERT(events != NULL && num_events > 0, "work %p: no events", (void *)work);
	sched_unlock(key);
	if (result != 0) {
		return result;
	}
	work->poller.events = events;
	work->poller.num_events = num_events;
	if (poll_check(events, num_events)) {
		submit_now(work, 0);
	} else if (K_TIMEOUT_EQ(timeout, K_NO_WAIT)) {
		submit_now(work, -EAGAIN);
	} else {
		wait_for(work, timeout);
	}
	return 0;
}
