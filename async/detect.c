/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Detectors of misuse: <eddy/detect.h> says of which.
 *
 * Executors that are in the midst of a task form a list. An await asks whether its task is the one
 * that its executor runs, in this very context; a function that blocks asks whether the calling
 * thread runs a task. While the list is not empty, a timer looks now and then whether one of the
 * threads waits in the same resume of a task as at the last look: then that task blocks it. Once
 * all executors sleep, so does the timer.
 *
 * Locking: irq_lock() guards the list and what executors have for it, since it nests: some are here
 *          with eddy_lock held and some without. That guards all else.
 */

#include <eddy/detect.h>

#include <string.h>

#include "exec.h"
#include "report.h"
#include "thread.h"

static struct eddy_executor *running; /* In the midst of a task, the last one to begin first. */

#ifdef CONFIG_EDDY_TASK_MONITOR
static const char *name_of(const struct eddy_task *task)
{
	return task->name != NULL ? task->name : "unnamed";
}
#else
#define name_of(task) "unnamed"
#endif

__weak void eddy_task_report(enum eddy_finding finding, const struct eddy_task *task,
			     const void *where, uint32_t us)
{
	static const char *const words[] = {
		[EDDY_TASK_BLOCKS] = "blocks its thread",
		[EDDY_TASK_OVER_BUDGET] = "ran long",
		[EDDY_TASK_LATE] = "was not resumed",
	};

	eddy_report("task %p at %p %s: %u us", (const void *)task, where, words[finding], us);
}

/* ---- who runs what ---- */

static void forget(struct eddy_executor *executor)
{
	struct eddy_executor **link = &running;

	while (*link != NULL && *link != executor) {
		link = &(*link)->detect.next;
	}
	if (*link != NULL) {
		*link = executor->detect.next;
	}
	executor->detect.is_running = false;
}

void eddy_detect_setup(struct eddy_executor *executor)
{
	unsigned int key = irq_lock();

	forget(executor); /* its thread may have been aborted in the midst of a task */
	irq_unlock(key);
}

static void begin(struct eddy_executor *executor)
{
	struct eddy_executor_detect *detect = &executor->detect;
	unsigned int key = irq_lock();

	detect->next = running;
	running = executor;
	detect->runner = eddy_thread_here();
	detect->in_isr = k_is_in_isr();
	detect->is_running = true;
	detect->resumes++;
	irq_unlock(key);
}

static void end(struct eddy_executor *executor)
{
	unsigned int key = irq_lock();

	forget(executor);
	irq_unlock(key);
}

static bool is_here(const struct eddy_executor *executor)
{
	return executor->detect.is_running && executor->detect.in_isr == k_is_in_isr() &&
	       executor->detect.runner == eddy_thread_here();
}

void eddy_detect_await(const struct eddy_task *self)
{
	__ASSERT(self->waiter.executor != NULL && self->waiter.executor->current == self &&
			 is_here(self->waiter.executor),
		 "task %p (%s) does not run here: nobody else may await in its name", (void *)self,
		 name_of(self));
}

void eddy_detect_call(const struct eddy_task *self, const struct eddy_frame *frame)
{
	eddy_detect_await(self);
	__ASSERT(frame->in_use != EDDY_FRAME_IN_USE_(frame),
		 "task %p (%s) at %p: frame %p is in use", (void *)self, name_of(self),
		 self->frame->pc, (void *)frame);
}

void eddy_detect_block(void)
{
	unsigned int key = irq_lock();
	const struct eddy_executor *executor = running;

	while (executor != NULL && !is_here(executor)) {
		executor = executor->detect.next;
	}
	irq_unlock(key);
	__ASSERT(executor == NULL, "task %p (%s): a task must not block", (void *)executor->current,
		 name_of(executor->current));
}

/* ---- tasks that block their threads ---- */

#ifdef CONFIG_MULTITHREADING

#define LOOK_PERIOD K_MSEC(CONFIG_EDDY_DETECT_BLOCKED_MS)

static void look(struct k_timer *timer);
static K_TIMER_DEFINE(looker, look, NULL);
static bool is_looking;

static bool is_blocked(const void *thread)
{
	char buffer[32];
	const char *state = k_thread_state_str((k_tid_t)(uintptr_t)thread, buffer, sizeof(buffer));

	return strstr(state, "pending") != NULL || strstr(state, "suspended") != NULL ||
	       strstr(state, "sleeping") != NULL;
}

/* Whether the executor's task blocks since the last look; says so once. */
static bool blocks_since_last_look(struct eddy_executor *executor)
{
	struct eddy_executor_detect *detect = &executor->detect;
	bool blocks = detect->runner != NULL && is_blocked(detect->runner);
	bool was_blocked = detect->was_blocked && detect->resumes == detect->seen;

	detect->was_blocked = blocks;
	if (detect->resumes != detect->seen) {
		detect->is_reported = false;
	}
	detect->seen = detect->resumes;
	if (!blocks || !was_blocked || detect->is_reported) {
		return false;
	}
	detect->is_reported = true;
	return true;
}

static void look(struct k_timer *timer)
{
	unsigned int key = irq_lock();
	struct eddy_task *culprit = NULL;

	for (struct eddy_executor *executor = running; executor != NULL;
	     executor = executor->detect.next) {
		if (blocks_since_last_look(executor)) {
			culprit = executor->current; /* of several, the next look finds the next */
			break;
		}
	}
	is_looking = running != NULL;
	if (is_looking) {
		k_timer_start(timer, LOOK_PERIOD, K_NO_WAIT);
	}
	irq_unlock(key);
	if (culprit != NULL) {
		/* It cannot end meanwhile: its thread waits. */
		eddy_task_report(EDDY_TASK_BLOCKS, culprit, eddy_task_where(culprit),
				 CONFIG_EDDY_DETECT_BLOCKED_MS * 1000U);
	}
}

static void look_soon(void)
{
	unsigned int key = irq_lock();

	if (CONFIG_EDDY_DETECT_BLOCKED_MS > 0 && !is_looking) {
		is_looking = true;
		k_timer_start(&looker, LOOK_PERIOD, K_NO_WAIT);
	}
	irq_unlock(key);
}

#else

static void look_soon(void)
{
}

#endif

/* ---- tasks that run long ---- */

static uint32_t budget_of(const struct eddy_task *task)
{
	uint32_t us = task->budget_us != 0U ? task->budget_us : CONFIG_EDDY_TASK_BUDGET_US;

	return us != 0U ? us : UINT32_MAX;
}

static void note_resume(struct eddy_task *task)
{
	k_spinlock_key_t key = k_spin_lock(&eddy_lock);

	if (task->watch != NULL) {
		task->watch->resumed = k_uptime_ticks();
	}
	k_spin_unlock(&eddy_lock, key);
}

void eddy_detect_resume(struct eddy_executor *executor, struct eddy_task *task)
{
	const void *where = eddy_task_where(task);
	uint32_t budget_us = budget_of(task);
	uint32_t start;
	uint32_t cycles;
	uint32_t us;
	bool is_active;

	begin(executor);
	look_soon();
	note_resume(task);
	start = k_cycle_get_32();
	is_active = eddy_resume(executor, task);
	cycles = k_cycle_get_32() - start;
	us = k_cyc_to_us_near32(cycles);
	if (is_active) {
		task->longest_us = MAX(task->longest_us, us);
	}
	/* One that has ended may be gone. */
	eddy_monitor_account(executor, is_active ? task : NULL, cycles);
	end(executor);
	if (us > budget_us) {
		eddy_task_report(EDDY_TASK_OVER_BUDGET, task, where, us);
	}
}

/* ---- tasks that are not resumed ---- */

static void look_after(struct k_timer *timer)
{
	struct eddy_task_watch *watch = CONTAINER_OF(timer, struct eddy_task_watch, timer);
	struct eddy_task *task = watch->task;
	k_spinlock_key_t key = k_spin_lock(&eddy_lock);
	int64_t now = k_uptime_ticks();
	int64_t since = now - watch->resumed;
	bool is_late = since >= watch->limit && eddy_task_is_active(task);

	if (task->watch != watch) {
		k_spin_unlock(&eddy_lock, key);
		return; /* it was set up anew */
	}
	if (since >= watch->limit) {
		watch->resumed = now;
	}
	k_timer_start(timer, K_TIMEOUT_ABS_TICKS(watch->resumed + watch->limit), K_NO_WAIT);
	k_spin_unlock(&eddy_lock, key);
	if (is_late) {
		eddy_task_report(EDDY_TASK_LATE, task, eddy_task_where(task),
				 (uint32_t)k_ticks_to_us_floor64((uint64_t)since));
	}
}

void eddy_task_watch(struct eddy_task_watch *watch, struct eddy_task *task, k_timeout_t limit)
{
	k_spinlock_key_t key = k_spin_lock(&eddy_lock);

	__ASSERT(limit.ticks > 0, "task %p: watched without a limit", (void *)task);
	k_timer_init(&watch->timer, look_after, NULL);
	watch->task = task;
	watch->limit = limit.ticks;
	watch->resumed = k_uptime_ticks();
	task->watch = watch;
	k_timer_start(&watch->timer, limit, K_NO_WAIT);
	k_spin_unlock(&eddy_lock, key);
}

void eddy_task_unwatch(struct eddy_task_watch *watch)
{
	k_spinlock_key_t key = k_spin_lock(&eddy_lock);

	if (watch->task->watch == watch) {
		watch->task->watch = NULL;
	}
	k_spin_unlock(&eddy_lock, key);
	k_timer_stop(&watch->timer);
}

/* ---- objects that go while somebody waits ---- */

#ifdef CONFIG_EDDY_DETECT_OBJECTS

/* The queue that a waiter is in. */
static const struct eddy_waitq *queue_of(const struct eddy_waiter *waiter)
{
	while (((uintptr_t)waiter->prev & 1U) == 0U) {
		waiter = waiter->prev;
	}
	return (const struct eddy_waitq *)((uintptr_t)waiter->prev & ~(uintptr_t)1U);
}

void eddy_detect_unawaited(const void *object, size_t size)
{
	k_spinlock_key_t key = k_spin_lock(&eddy_lock);
	const struct eddy_task *task;

	for (task = eddy_monitor_first(); task != NULL; task = task->next_task) {
		if ((task->waiter.state & EDDY_TASK_QUEUED) != 0U) {
			uintptr_t offset = (uintptr_t)queue_of(&task->waiter) - (uintptr_t)object;

			__ASSERT(offset >= size, "task %p (%s) at %p waits for object %p",
				 (void *)task, name_of(task), task->frame->pc, object);
		}
	}
	k_spin_unlock(&eddy_lock, key);
}

#endif
