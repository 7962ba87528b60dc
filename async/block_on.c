/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Async functions called by threads: a thread executor on the thread's stack, which ends with the
 * task that it was made for. The task's owner sees to that.
 */

#include <eddy/block_on.h>

#include "core.h"
#include "thread.h"

const char eddy_block_on_name[] = "block_on";

/* What lies on the stack. */
struct block_on {
	struct eddy_owner owner;
	struct eddy_executor executor;
	int result;
};

/* Called on the executor's own thread, which looks at `stopping` before it sleeps. */
static void ended(struct eddy_owner *owner, struct eddy_task *task, k_spinlock_key_t key)
{
	struct block_on *call = CONTAINER_OF(owner, struct block_on, owner);

	call->result = task->waiter.result;
	call->executor.stopping = true;
	k_spin_unlock(&eddy_lock, key);
}

/* Not inlined: the task has to lie above the executor's stack. See eddy_assert_survives(). */
__noinline int eddy_block_on_task(struct eddy_task *task)
{
	struct block_on call = {.owner = {.ended = ended}};
	int result;

	__ASSERT(!k_is_in_isr(), "an interrupt must not block");
	eddy_executor_init(&call.executor, eddy_block_on_name);
	result = eddy_spawn_owned(&call.executor, task, &call.owner);
	if (result != 0) {
		return result;
	}
	eddy_executor_run(&call.executor);
	return call.result;
}
