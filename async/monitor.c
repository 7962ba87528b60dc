/* SPDX-License-Identifier: Apache-2.0 */

/*
 * The list of all active tasks, in the order in which they were spawned, and walks over it.
 *
 * A walk knows the task that it tells about next, and the last one. A task that ends moves the
 * walks on that stand at it: so those who print need not keep tasks from ending.
 *
 * Locking:   eddy_lock guards the list, the walks, and the cycles.
 * Invariant: a walk's next and last are in the list, in this order; or next is NULL.
 */

#include <eddy/monitor.h>

#include "core.h"
#include "thread.h"

static struct eddy_task *first_task;
static struct eddy_task *last_task;
static struct eddy_task_walk *walks; /* under way */

void eddy_monitor_add(struct eddy_task *task)
{
	task->cycles = 0U;
	task->cycles_high = 0U;
	task->next_task = NULL;
	task->prev_task = last_task;
	if (last_task != NULL) {
		last_task->next_task = task;
	} else {
		first_task = task;
	}
	last_task = task;
}

/* Go on behind a task that is told about, or that ends. */
static void pass(struct eddy_task_walk *walk, const struct eddy_task *task)
{
	if (walk->next == task) {
		walk->next = task == walk->last ? NULL : task->next_task;
	} else if (walk->last == task) {
		walk->last = task->prev_task;
	}
}

void eddy_monitor_remove(struct eddy_task *task)
{
	for (struct eddy_task_walk *walk = walks; walk != NULL; walk = walk->other) {
		pass(walk, task);
	}
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

static void add_cycles(uint32_t *low, uint32_t *high, uint32_t cycles)
{
	*low += cycles;
	*high += *low < cycles ? 1U : 0U;
}

void eddy_monitor_account(struct eddy_executor *executor, struct eddy_task *task, uint32_t cycles)
{
	k_spinlock_key_t key = k_spin_lock(&eddy_lock);

	if ((int32_t)cycles < 0) {
		cycles = 0U; /* a clock that steps back, as emulated ones do */
	}
	add_cycles(&executor->cycles, &executor->cycles_high, cycles);
	if (task != NULL) {
		add_cycles(&task->cycles, &task->cycles_high, cycles);
	}
	k_spin_unlock(&eddy_lock, key);
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

/* ---- walks ---- */

void eddy_task_walk_begin(struct eddy_task_walk *walk)
{
	k_spinlock_key_t key = k_spin_lock(&eddy_lock);

	walk->next = first_task;
	walk->last = last_task;
	walk->other = walks;
	walks = walk;
	k_spin_unlock(&eddy_lock, key);
}

void eddy_task_walk_end(struct eddy_task_walk *walk)
{
	k_spinlock_key_t key = k_spin_lock(&eddy_lock);
	struct eddy_task_walk **link = &walks;

	while (*link != walk) {
		__ASSERT(*link != NULL, "walk %p was not begun", (void *)walk);
		link = &(*link)->other;
	}
	*link = walk->other;
	k_spin_unlock(&eddy_lock, key);
}

#ifdef CONFIG_EDDY_TASK_RANK
#include <eddy/rank.h>
#define priority_of(task) eddy_task_priority_get(task)
#else
#define priority_of(task) 0
#endif

#if __ASSERT_ON
/* The frame's size is noted when its function begins. */
static size_t size_of(struct eddy_task *task)
{
	const struct eddy_frame *root = eddy_task_root(task);

	return root->size == 0U ? 0U : (size_t)((uintptr_t)root - (uintptr_t)task) + root->size;
}
#else
#define size_of(task) 0U
#endif

static struct eddy_executor_info executor_info(const struct eddy_executor *executor)
{
	return (struct eddy_executor_info){
		.executor = executor,
		.name = executor->name != NULL ? executor->name : "unnamed",
		.thread = eddy_thread_of(executor),
		.cycles = ((uint64_t)executor->cycles_high << 32) | executor->cycles,
		.prio = executor->prio,
	};
}

static struct eddy_task_info task_info(struct eddy_task *task)
{
	const struct eddy_executor *executor = task->waiter.executor;
	uint8_t state = task->waiter.state;
	bool is_timed = (state & EDDY_TASK_TIMED) != 0U;

	return (struct eddy_task_info){
		.task = task,
		.name = task->name != NULL ? task->name : "unnamed",
		.executor = executor_info(executor),
		.where = eddy_frame_where(task->frame),
		.cycles = ((uint64_t)task->cycles_high << 32) | task->cycles,
		.deadline = is_timed ? (k_ticks_t)eddy_deadline_tick(&task->deadline) : -1,
		.size = size_of(task),
		.priority = priority_of(task),
		.state = state,
		.is_running = executor->current == task && (state & EDDY_TASK_WAITING) == 0U,
	};
}

bool eddy_task_walk_next(struct eddy_task_walk *walk, struct eddy_task_info *info)
{
	k_spinlock_key_t key = k_spin_lock(&eddy_lock);
	struct eddy_task *task = walk->next;

	if (task != NULL) {
		*info = task_info(task);
		pass(walk, task);
	}
	k_spin_unlock(&eddy_lock, key);
	return task != NULL;
}

const char *eddy_task_state_str(const struct eddy_task_info *info)
{
	if ((info->state & EDDY_TASK_WAITING) == 0U) {
		return info->is_running ? "running" : "ready";
	}
	if ((info->state & EDDY_TASK_QUEUED) != 0U) {
		return "waiting";
	}
	return (info->state & EDDY_TASK_SELECTS) != 0U ? "selecting" : "sleeping";
}

/* ---- executors ---- */

/* The executor's place in the list, which is made if there is room; else NULL. */
static struct eddy_executor_info *place_of(const struct eddy_executor_info *info,
					   struct eddy_executor_info *list, size_t *count,
					   size_t room)
{
	for (size_t i = 0; i < *count; i++) {
		if (list[i].executor == info->executor) {
			return &list[i];
		}
	}
	if (*count == room) {
		return NULL;
	}
	list[*count] = *info;
	return &list[(*count)++];
}

static void count_task(struct eddy_executor_info *executor, const struct eddy_task_info *info)
{
	executor->tasks++;
	if (info->is_running) {
		executor->running = info->name;
	} else if ((info->state & EDDY_TASK_WAITING) == 0U) {
		executor->ready++;
	}
}

size_t eddy_executor_list(struct eddy_executor_info *list, size_t room)
{
	struct eddy_task_walk walk;
	struct eddy_task_info info;
	size_t count = 0;

	eddy_task_walk_begin(&walk);
	while (eddy_task_walk_next(&walk, &info)) {
		struct eddy_executor_info *executor = place_of(&info.executor, list, &count, room);

		if (executor != NULL) {
			count_task(executor, &info);
		}
	}
	eddy_task_walk_end(&walk);
	return count;
}
