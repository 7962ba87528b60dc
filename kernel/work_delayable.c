/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Delayable work: an item and a time-out that submits it.
 *
 * The expiry runs with sched_lock held all the time, so a cancellation finds the delay either
 * running or over and the item queued; there is nothing in between.
 *
 * Locking:   sched_lock guards every field.
 * Invariant: the time-out is queued only while DELAYED is set. DELAYED without it is a delay of
 *            K_FOREVER.
 */

#include <ksched.h>
#include <kwork.h>
#include <zephyr/kernel.h>

void k_work_init_delayable(struct k_work_delayable *dwork, k_work_handler_t handler)
{
	__ASSERT(handler != NULL, "work %p: no handler", (void *)dwork);
	*dwork = (struct k_work_delayable)Z_WORK_DELAYABLE_INITIALIZER(handler);
}

int k_work_delayable_busy_get(const struct k_work_delayable *dwork)
{
	return k_work_busy_get(&dwork->work);
}

k_ticks_t k_work_delayable_expires_get(const struct k_work_delayable *dwork)
{
	k_spinlock_key_t key = k_spin_lock(&sched_lock);
	k_ticks_t ticks = timeout_is_queued(&dwork->timeout) ? (k_ticks_t)dwork->timeout.deadline
							     : (k_ticks_t)timeout_now();

	sched_unlock(key);
	return ticks;
}

k_ticks_t k_work_delayable_remaining_get(const struct k_work_delayable *dwork)
{
	k_spinlock_key_t key = k_spin_lock(&sched_lock);
	k_ticks_t ticks = timeout_remaining(&dwork->timeout);

	sched_unlock(key);
	return ticks;
}

void work_delay_ended(struct k_timeout_entry *entry, k_spinlock_key_t *key)
{
	struct k_work_delayable *dwork = CONTAINER_OF(entry, struct k_work_delayable, timeout);

	ARG_UNUSED(key);
	dwork->work.flags &= ~(uint32_t)K_WORK_DELAYED;
	(void)work_submit_locked(dwork->queue, &dwork->work); /* refused: nobody to tell */
}

static int schedule(struct k_work_q *queue, struct k_work_delayable *dwork, k_timeout_t delay)
{
	if (K_TIMEOUT_EQ(delay, K_NO_WAIT)) {
		return work_submit_locked(queue, &dwork->work);
	}
	dwork->work.flags |= K_WORK_DELAYED;
	dwork->queue = queue;
	if (!K_TIMEOUT_EQ(delay, K_FOREVER)) {
		timeout_add(&dwork->timeout, delay);
	}
	return 1;
}

/* End the delay. Returns whether it had an end of its own. */
static bool unschedule(struct k_work_delayable *dwork)
{
	dwork->work.flags &= ~(uint32_t)K_WORK_DELAYED;
	if (!timeout_is_queued(&dwork->timeout)) {
		return false;
	}
	timeout_remove(&dwork->timeout);
	return true;
}

int k_work_schedule_for_queue(struct k_work_q *queue, struct k_work_delayable *dwork,
			      k_timeout_t delay)
{
	k_spinlock_key_t key = k_spin_lock(&sched_lock);
	int result = 0;

	if ((work_busy(&dwork->work) & ~K_WORK_RUNNING) == 0) {
		result = schedule(queue, dwork, delay);
	}
	sched_unlock(key); /* may switch threads */
	return result;
}

int k_work_reschedule_for_queue(struct k_work_q *queue, struct k_work_delayable *dwork,
				k_timeout_t delay)
{
	k_spinlock_key_t key = k_spin_lock(&sched_lock);
	int result;

	(void)unschedule(dwork); /* the delay may not have run */
	result = schedule(queue, dwork, delay);
	sched_unlock(key); /* may switch threads */
	return result;
}

bool k_work_flush_delayable(struct k_work_delayable *dwork, struct k_work_sync *sync)
{
	k_spinlock_key_t key = k_spin_lock(&sched_lock);

	__ASSERT(!arch_is_in_isr(), "work %p: an interrupt must not wait", (void *)dwork);
	if (unschedule(dwork)) {
		/* Refused: then there is nothing to wait for but what runs. */
		(void)work_submit_locked(dwork->queue, &dwork->work);
	}
	return work_flush_unlock(&dwork->work, sync, key);
}

int k_work_cancel_delayable(struct k_work_delayable *dwork)
{
	k_spinlock_key_t key = k_spin_lock(&sched_lock);
	int busy;

	(void)unschedule(dwork); /* the delay may not have run */
	busy = work_cancel_locked(&dwork->work);
	sched_unlock(key);
	return busy;
}

bool k_work_cancel_delayable_sync(struct k_work_delayable *dwork, struct k_work_sync *sync)
{
	k_spinlock_key_t key = k_spin_lock(&sched_lock);
	bool was_busy = work_busy(&dwork->work) != 0;

	__ASSERT(!arch_is_in_isr(), "work %p: an interrupt must not wait", (void *)dwork);
	(void)unschedule(dwork); /* the delay may not have run */
	work_cancel_unlock(&dwork->work, sync, key);
	return was_busy;
}
