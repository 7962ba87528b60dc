/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Pools of tasks.
 *
 * A slot is claimed under the lock, filled without it by whoever claimed it, then started. Slots
 * that were used before are in a stack, linked by their tasks' own nodes; those that never were lie
 * behind `fresh`: so a pool needs no set-up.
 *
 * Locking:   eddy_lock guards every field. A slot that is claimed and not started belongs to the
 *            one who claimed it.
 * Invariant: a slot's generation is odd from its claim until its task has ended. Joiners wait only
 *            while it is odd; a joiner's data is its handle.
 */

#include <eddy/pool.h>

#include "core.h"
#include "thread.h"

static struct eddy_task *task_of(struct eddy_pool_slot *slot)
{
	return (struct eddy_task *)(void *)(slot + 1);
}

static struct eddy_pool_slot *slot_of(struct eddy_task *task)
{
	return (struct eddy_pool_slot *)(void *)task - 1;
}

struct eddy_pool_slot *eddy_pool_claim(struct eddy_pool *pool)
{
	k_spinlock_key_t key = k_spin_lock(&eddy_lock);
	struct eddy_pool_slot *slot = NULL;

	if (pool->vacant != NULL) {
		slot = slot_of(eddy_task_of(pool->vacant));
		pool->vacant = pool->vacant->next;
	} else if (pool->fresh != pool->end) {
		slot = (struct eddy_pool_slot *)(void *)pool->fresh;
		pool->fresh += pool->slot_size;
	}
	if (slot != NULL) {
		slot->generation++;
	}
	k_spin_unlock(&eddy_lock, key);
	return slot;
}

int eddy_pool_start(struct eddy_executor *executor, struct eddy_pool *pool,
		    struct eddy_pool_slot *slot, struct eddy_pool_handle *handle)
{
	if (handle != NULL) {
		handle->slot = slot;
		handle->generation = slot->generation;
	}
	return eddy_spawn_owned(executor, task_of(slot), &pool->owner);
}

void eddy_pool_ended(struct eddy_owner *owner, struct eddy_task *task, k_spinlock_key_t key)
{
	struct eddy_pool *pool = CONTAINER_OF(owner, struct eddy_pool, owner);
	struct eddy_pool_slot *slot = slot_of(task);
	bool is_sched_locked = eddy_waitq_has_several(&slot->joiners) && eddy_sched_lock();
	int result = task->waiter.result;
	struct eddy_waiter *waiter;
	struct eddy_waitq joiners;

	eddy_waitq_move(&joiners, &slot->joiners);
	slot->generation++;
	task->waiter.next = pool->vacant;
	pool->vacant = &task->waiter;
	while ((waiter = eddy_take(&joiners)) != NULL) {
		((struct eddy_pool_handle *)waiter->data)->result = result;
		eddy_unlock(key, eddy_wake(waiter, 0));
		key = k_spin_lock(&eddy_lock);
	}
	k_spin_unlock(&eddy_lock, key);
	eddy_sched_unlock(is_sched_locked);
}

bool eddy_pool_is_active(const struct eddy_pool_handle *handle)
{
	return handle->slot->generation == handle->generation;
}

int eddy_pool_cancel(const struct eddy_pool_handle *handle)
{
	k_spinlock_key_t key = k_spin_lock(&eddy_lock);

	if (!eddy_pool_is_active(handle)) {
		k_spin_unlock(&eddy_lock, key);
		return -ESRCH;
	}
	eddy_unlock(key, eddy_cancel_locked(task_of(handle->slot)));
	return 0;
}

/* The object is the slot, the data the handle. */
static int join_attempt(void *object, void *data, k_spinlock_key_t key)
{
	struct eddy_pool_slot *slot = object;
	struct eddy_pool_handle *handle = data;
	int result = 0;

	if (slot->generation == handle->generation) {
		return EDDY_PENDING;
	}
	if (slot->generation == handle->generation + 1U) {
		handle->result = eddy_task_result(task_of(slot));
	} else {
		result = -ESRCH;
	}
	k_spin_unlock(&eddy_lock, key);
	return result;
}

const struct eddy_op eddy_pool_join_op = {
	.attempt = join_attempt,
	.queue = offsetof(struct eddy_pool_slot, joiners),
	.data_is_pointer = true,
};
