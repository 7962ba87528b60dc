/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Work items and work queues.
 *
 * An item is in one of these states; RUNNING and QUEUED can also come together, when an item is
 * submitted while it runs. Each arrow names the function.
 *
 *   idle --submit--> QUEUED --run--> RUNNING --run--> idle
 *   QUEUED --work_cancel_locked--> idle
 *   RUNNING --work_cancel_locked--> RUNNING + CANCELING --run--> idle
 *
 * Who waits for an item (flush, synchronous cancellation) waits in its queue's list of waiters, and
 * says which item and how many ends of runs. So nothing of the waiter is linked anywhere but its
 * thread, and a waiter that is aborted leaves nothing behind.
 *
 * Locking:   sched_lock guards every field of items and queues.
 * Invariant: an item is in the list of work->queue if and only if QUEUED is set. CANCELING is set
 *            only together with RUNNING, and never with QUEUED. While anyone waits for an item,
 *            WAITED is set, and it is QUEUED or RUNNING.
 */

#include <ksched.h>
#include <kwork.h>
#include <zephyr/kernel.h>

/* One more flag of an item: somebody may wait for it. */
#define WAITED BIT(9)

/* Flags of a queue. */
#define STARTED  ((uint32_t)K_WORK_QUEUE_STARTED)
#define BUSY     ((uint32_t)K_WORK_QUEUE_BUSY)
#define DRAINING ((uint32_t)K_WORK_QUEUE_DRAIN)
#define PLUGGED  ((uint32_t)K_WORK_QUEUE_PLUGGED)
#define NO_YIELD ((uint32_t)K_WORK_QUEUE_NO_YIELD)

void k_work_init(struct k_work *work, k_work_handler_t handler)
{
	__ASSERT(handler != NULL, "work %p: no handler", (void *)work);
	*work = (struct k_work)Z_WORK_INITIALIZER(handler);
}

int k_work_busy_get(const struct k_work *work)
{
	k_spinlock_key_t key = k_spin_lock(&sched_lock);
	int busy = work_busy(work);

	k_spin_unlock(&sched_lock, key);
	return busy;
}

static ALWAYS_INLINE void wake_worker(struct k_work_q *queue)
{
	struct k_thread *worker = waitq_take_first(&queue->idle);

	if (worker != NULL) {
		sched_unblock(worker, 0); /* it waits without limit: no time-out to cancel */
	}
}

static ALWAYS_INLINE void enqueue(struct k_work_q *queue, struct k_work *work)
{
	__ASSERT(work->handler != NULL, "work %p was not set up", (void *)work);
	work->flags |= K_WORK_QUEUED;
	work->queue = queue;
	work->next = NULL;
	*queue->tail = work;
	queue->tail = &work->next;
	wake_worker(queue);
}

static ALWAYS_INLINE struct k_work *dequeue(struct k_work_q *queue)
{
	struct k_work *work = queue->first;

	queue->first = work->next;
	if (queue->first == NULL) {
		queue->tail = &queue->first;
	}
	work->flags &= ~(uint32_t)K_WORK_QUEUED;
	return work;
}

/* Take an item from anywhere in its queue. */
static void unqueue(struct k_work *work)
{
	struct k_work_q *queue = work->queue;
	struct k_work **link = &queue->first;

	while (*link != work) {
		link = &(*link)->next;
	}
	*link = work->next;
	if (queue->tail == &work->next) {
		queue->tail = link;
	}
	work->flags &= ~(uint32_t)K_WORK_QUEUED;
}

/* 0 if @queue takes items at this moment. */
static int refusal(const struct k_work_q *queue)
{
	if (queue == NULL) {
		return -EINVAL;
	}
	if ((queue->flags & STARTED) == 0U) {
		return -ENODEV;
	}
	if ((queue->flags & DRAINING) != 0U) {
		/* Only items of its own come in, so that chains of items end. */
		return kernel.current == &queue->thread && !arch_is_in_isr() ? 0 : -EBUSY;
	}
	return (queue->flags & PLUGGED) != 0U ? -EBUSY : 0;
}

static __noinline int submit_slow(struct k_work_q *queue, struct k_work *work)
{
	int result = 1;
	int refused;

	if ((work->flags & K_WORK_CANCELING) != 0U) {
		return -EBUSY;
	}
	if ((work->flags & K_WORK_QUEUED) != 0U) {
		return 0;
	}
	if ((work->flags & K_WORK_RUNNING) != 0U) {
		queue = work->queue;
		result = 2;
	} else if (queue == NULL) {
		queue = work->queue;
	}
	refused = refusal(queue);
	if (refused == 0) {
		enqueue(queue, work);
	}
	return refused == 0 ? result : refused;
}

static ALWAYS_INLINE int submit(struct k_work_q *queue, struct k_work *work)
{
	if (unlikely((work->flags & K_WORK_MASK & ~(uint32_t)K_WORK_DELAYED) != 0U ||
		     queue == NULL || (queue->flags & (STARTED | DRAINING | PLUGGED)) != STARTED)) {
		return submit_slow(queue, work);
	}
	enqueue(queue, work);
	return 1;
}

int work_submit_locked(struct k_work_q *queue, struct k_work *work)
{
	return submit(queue, work);
}

int k_work_submit_to_queue(struct k_work_q *queue, struct k_work *work)
{
	k_spinlock_key_t key = k_spin_lock(&sched_lock);
	int result = submit(queue, work);

	sched_unlock(key); /* may switch threads */
	return result;
}

/* The nth run that waiters of @work may count on is over, or will not take place. */
static __noinline void run_is_over(struct k_work *work, unsigned int nth)
{
	struct k_waitq *waiters = &work->queue->waiters;
	struct k_thread *thread = waiters->first;

	work->flags &= ~WAITED;
	while (thread != NULL) {
		struct k_thread *after = waitq_after(waiters, thread);
		struct k_work_sync *sync = thread->wait_data;

		if (sync->work == work) {
			sync->runs -= sync->runs >= nth ? 1U : 0U;
			if (sync->runs == 0U) {
				waitq_remove(waiters, thread);
				sched_wake(thread, 0);
			} else {
				work->flags |= WAITED;
			}
		}
		thread = after;
	}
}

/* Wait until @work has ended @runs runs. */
static void wait_for_runs(struct k_work *work, struct k_work_sync *sync, unsigned int runs,
			  k_spinlock_key_t key)
{
	__ASSERT(kernel.current != &work->queue->thread,
		 "work %p: an item of its queue would wait for ever", (void *)work);
	sync->work = work;
	sync->runs = runs;
	work->flags |= WAITED;
	kernel.current->wait_data = sync;
	(void)sched_wait(&work->queue->waiters, key, K_FOREVER); /* cannot time out */
}

bool work_flush_unlock(struct k_work *work, struct k_work_sync *sync, k_spinlock_key_t key)
{
	unsigned int runs = 0U;

	runs += (work->flags & K_WORK_RUNNING) != 0U ? 1U : 0U;
	runs += (work->flags & K_WORK_QUEUED) != 0U ? 1U : 0U;
	if (runs == 0U) {
		sched_unlock(key);
		return false;
	}
	wait_for_runs(work, sync, runs, key);
	return true;
}

bool k_work_flush(struct k_work *work, struct k_work_sync *sync)
{
	__ASSERT(!arch_is_in_isr(), "work %p: an interrupt must not wait", (void *)work);
	__ASSERT((work->flags & K_WORK_DELAYABLE) == 0U, "work %p is delayable", (void *)work);
	return work_flush_unlock(work, sync, k_spin_lock(&sched_lock));
}

int work_cancel_locked(struct k_work *work)
{
	if ((work->flags & K_WORK_QUEUED) != 0U) {
		unqueue(work);
		if ((work->flags & WAITED) != 0U) {
			run_is_over(work, (work->flags & K_WORK_RUNNING) != 0U ? 2U : 1U);
		}
	}
	if (work_busy(work) != 0) {
		work->flags |= K_WORK_CANCELING;
	}
	return work_busy(work);
}

int k_work_cancel(struct k_work *work)
{
	k_spinlock_key_t key;
	int busy;

	__ASSERT((work->flags & K_WORK_DELAYABLE) == 0U, "work %p is delayable", (void *)work);
	key = k_spin_lock(&sched_lock);
	busy = work_cancel_locked(work);
	sched_unlock(key);
	return busy;
}

void work_cancel_unlock(struct k_work *work, struct k_work_sync *sync, k_spinlock_key_t key)
{
	if (work_cancel_locked(work) == 0) {
		sched_unlock(key);
	} else {
		wait_for_runs(work, sync, 1U, key);
	}
}

bool k_work_cancel_sync(struct k_work *work, struct k_work_sync *sync)
{
	k_spinlock_key_t key;
	bool was_busy;

	__ASSERT(!arch_is_in_isr(), "work %p: an interrupt must not wait", (void *)work);
	__ASSERT((work->flags & K_WORK_DELAYABLE) == 0U, "work %p is delayable", (void *)work);
	key = k_spin_lock(&sched_lock);
	was_busy = work_busy(work) != 0;
	work_cancel_unlock(work, sync, key);
	return was_busy;
}

/* Run the first item. Takes sched_lock with @key, returns with it held. */
static ALWAYS_INLINE k_spinlock_key_t run(struct k_work_q *queue, k_spinlock_key_t key)
{
	struct k_work *work = dequeue(queue);
	k_work_handler_t handler = work->handler;

	work->flags |= K_WORK_RUNNING;
	queue->flags |= BUSY;
	sched_unlock(key);
	handler(work);
	key = k_spin_lock(&sched_lock);
	queue->flags &= ~BUSY;
	work->flags &= ~(uint32_t)(K_WORK_RUNNING | K_WORK_CANCELING);
	if (unlikely((work->flags & WAITED) != 0U)) {
		run_is_over(work, 1U);
	}
	return key;
}

/* Nothing is left to run. */
static __noinline void end_drain(struct k_work_q *queue)
{
	struct k_thread *drainer;

	queue->flags &= ~DRAINING;
	while ((drainer = waitq_take_first(&queue->drainers)) != NULL) {
		sched_wake(drainer, 1);
	}
}

static void worker_entry(void *p1, void *p2, void *p3)
{
	struct k_work_q *queue = p1;
	k_spinlock_key_t key = k_spin_lock(&sched_lock);

	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	for (;;) {
		if (queue->first != NULL) {
			key = run(queue, key);
			if (queue->first == NULL || (queue->flags & NO_YIELD) != 0U) {
				continue; /* to wait lets others run too */
			}
			sched_unlock(key);
			k_yield();
		} else {
			if ((queue->flags & DRAINING) != 0U) {
				end_drain(queue);
			}
			(void)sched_wait(&queue->idle, key, K_FOREVER); /* cannot time out */
		}
		key = k_spin_lock(&sched_lock);
	}
}

void k_work_queue_init(struct k_work_q *queue)
{
	*queue = (struct k_work_q){.flags = 0U};
}

void k_work_queue_start(struct k_work_q *queue, k_thread_stack_t *stack, size_t stack_size,
			int prio, const struct k_work_queue_config *cfg)
{
	__ASSERT((queue->flags & STARTED) == 0U, "work queue %p was started already",
		 (void *)queue);
	queue->first = NULL;
	queue->tail = &queue->first;
	queue->idle.first = NULL;
	queue->waiters.first = NULL;
	queue->drainers.first = NULL;
	queue->flags = STARTED | (cfg != NULL && cfg->no_yield ? NO_YIELD : 0U);

	(void)k_thread_create(&queue->thread, stack, stack_size, worker_entry, queue, NULL, NULL,
			      prio, 0, K_FOREVER);
	if (cfg != NULL && cfg->name != NULL) {
		(void)k_thread_name_set(&queue->thread, cfg->name); /* names may be off */
	}
	k_thread_start(&queue->thread);
}

int k_work_queue_drain(struct k_work_q *queue, bool plug)
{
	k_spinlock_key_t key;

	__ASSERT(!arch_is_in_isr(), "work queue %p: an interrupt must not wait", (void *)queue);
	__ASSERT((queue->flags & STARTED) != 0U, "work queue %p was not started", (void *)queue);
	__ASSERT(kernel.current != &queue->thread, "work queue %p: an item would wait for ever",
		 (void *)queue);
	key = k_spin_lock(&sched_lock);
	if (!plug && queue->first == NULL && (queue->flags & (BUSY | DRAINING)) == 0U) {
		sched_unlock(key);
		return 0;
	}
	queue->flags |= DRAINING | (plug ? PLUGGED : 0U);
	wake_worker(queue);
	return sched_wait(&queue->drainers, key, K_FOREVER);
}

int k_work_queue_unplug(struct k_work_q *queue)
{
	k_spinlock_key_t key = k_spin_lock(&sched_lock);
	int result = (queue->flags & PLUGGED) != 0U ? 0 : -EALREADY;

	queue->flags &= ~PLUGGED;
	sched_unlock(key);
	return result;
}
