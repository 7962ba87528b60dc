/* SPDX-License-Identifier: Apache-2.0 */

/* Tasks in memory of a heap: their owner is what precedes them there, and frees all of it. */

#include <eddy/spawn_alloc.h>

#include "core.h"

static void ended(struct eddy_owner *owner, struct eddy_task *task, k_spinlock_key_t key)
{
	struct eddy_heap_task *head = CONTAINER_OF(owner, struct eddy_heap_task, owner);

	ARG_UNUSED(task);
	k_spin_unlock(&eddy_lock, key);
	k_heap_free(head->heap, head); /* may switch threads */
}

int eddy_heap_task_start(struct eddy_executor *executor, struct eddy_heap_task *head,
			 struct k_heap *heap)
{
	head->owner.ended = ended;
	head->heap = heap;
	return eddy_spawn_owned(executor, (struct eddy_task *)(void *)(head + 1), &head->owner);
}
