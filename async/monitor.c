/* SPDX-License-Identifier: Apache-2.0 */

/* The list of all active tasks, in the order in which they were spawned. eddy_lock guards it. */

#include "core.h"

static struct eddy_task *first_task;
static struct eddy_task *last_task;

void eddy_monitor_add(struct eddy_task *task)
{
	task->cycles = 0U;
	task->next_task = NULL;
	task->prev_task = last_task;
	if (last_task != NULL) {
		last_task->next_task = task;
	} else {
		first_task = task;
	}
	last_task = task;
}

void eddy_monitor_remove(struct eddy_task *task)
{
	if (task->prev_task != NULL) {
		task->prev_task->next_task = task->next_task;
	} else {
		first_task = task->next_task;
	}
	if (task->next_task != NULL) {
		task->next_task->prev_task = task->prev_task;
	} else {
		last_task = task->prev_task;
	}
}

struct eddy_task *eddy_monitor_first(void)
{
	return first_task;
}

struct eddy_task *eddy_task_iterate(struct eddy_task *task)
{
	k_spinlock_key_t key = k_spin_lock(&eddy_lock);
	struct eddy_task *next = first_task;

	if (task != NULL) {
		next = eddy_task_is_active(task) ? task->next_task : NULL;
	}
	k_spin_unlock(&eddy_lock, key);
	return next;
}
