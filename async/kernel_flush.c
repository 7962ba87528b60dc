/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Awaiting the end of a work item: an item of our own behind it in the same queue.
 *
 * Our item lies in the task's frame, and the work queue still writes to it when its handler has
 * returned. So the await does not end before the queue has let go of it; k_work_busy_get() tells.
 * That takes time only where the executor interrupts the queue's thread right in the handler.
 */

#include <eddy/kernel.h>

#include "core.h"

static void reached(struct k_work *work)
{
	eddy_signal_raise(&CONTAINER_OF(work, struct eddy_k_flush, work)->reached, 0U);
}

async_fn(eddy_k_flush)
{
	async_begin;
	await_into(my->result, eddy_signal_wait(self, &my->reached, NULL, my->limit));
	if (my->result != 0) {
		(void)k_work_cancel(&my->work); /* if that is too late, it runs now */
	}
	my->shields = eddy_shield(self);
	while (k_work_busy_get(&my->work) != 0) {
		await(eddy_sleep(self, K_TICKS(1)));
	}
	if (my->shields) {
		eddy_unshield(self);
	}
	async_return(my->result);
	async_end;
}

int eddy_k_work_flush(struct eddy_task *self, struct eddy_k_flush *flush, struct k_work_q *queue,
		      struct k_work *work, k_timeout_t timeout)
{
	int result;

	if (eddy_is_canceled(self)) {
		return -ECANCELED;
	}
	eddy_assert_survives(self, flush);
	if (k_work_busy_get(work) == 0) {
		return 0;
	}
	if (K_TIMEOUT_EQ(timeout, K_NO_WAIT)) {
		return -EAGAIN;
	}
	flush->limit = eddy_deadline_in(timeout);
	flush->frame = (struct eddy_frame){.code = EDDY_CODE(eddy_k_flush)};
	eddy_signal_init(&flush->reached);
	k_work_init(&flush->work, reached);
	result = k_work_submit_to_queue(queue, &flush->work);
	if (result < 0) {
		return result;
	}
	return eddy_frame_enter(self, &flush->frame);
}
