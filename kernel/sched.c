/* SPDX-License-Identifier: Apache-2.0 */

/*
 * The scheduler: who runs next.
 *
 * Most of it is inline in ksched.h, as each object's fast path needs it there. Here is what blocks,
 * yields, and what changes priorities.
 */

#include <ksched.h>
#include <zephyr/kernel.h>

struct kernel kernel;
struct k_spinlock sched_lock;

__noinline void readyq_requeue(struct readyq *q, struct k_thread *thread)
{
	readyq_remove(q, thread);
	readyq_add(q, thread);
}

void sched_reconsider(void)
{
	struct k_thread *best = readyq_best(&kernel.ready);

	if (best != kernel.next && (sched_may_replace_next() || kernel.next->state != 0U)) {
		sched_set_next(best);
	} else if (IS_ENABLED(CONFIG_TIMESLICING)) {
		slice_resume();
	}
}

void sched_switch_away(k_spinlock_key_t key)
{
	sched_set_next(readyq_best(&kernel.ready));
	k_spin_release(&sched_lock);
	arch_switch_wait(key.key);
}

/* Out of line: what has no limit need not keep registers for it. */
static __noinline void limit_wait(struct k_thread *thread, k_timeout_t timeout)
{
	timeout_add(&thread->timeout, timeout);
}

/* As K_TIMEOUT_EQ(), with one comparison. */
static inline bool is_forever(k_timeout_t timeout)
{
	return ((uint32_t)timeout.ticks & (uint32_t)(timeout.ticks >> 32)) == UINT32_MAX;
}

int sched_wait(struct k_waitq *q, k_spinlock_key_t key, k_timeout_t timeout)
{
	struct k_thread *self = kernel.current;

	__ASSERT(!arch_is_in_isr(), "an interrupt must not wait");
	__ASSERT(self != &idle_thread, "the idle thread must not wait");
	__ASSERT(self->state == 0U, "thread %p runs, but is not ready", (void *)self);
	if (!is_forever(timeout)) {
		limit_wait(self, timeout);
	}
	if (self->state != 0U) {
		__builtin_unreachable(); /* it runs: spares reading what is being set */
	}
	readyq_remove(&kernel.ready, self);
	waitq_add(q, self);
	sched_switch_away(key);
	return self->wait_result;
}

void sched_timed_out(struct k_timeout_entry *entry, k_spinlock_key_t *key)
{
	struct k_thread *thread = CONTAINER_OF(entry, struct k_thread, timeout);

	ARG_UNUSED(key);
	if (thread->waits_on != NULL) {
		waitq_remove(thread->waits_on, thread);
		thread->wait_result = -EAGAIN;
	}
	sched_unblock(thread, THREAD_SLEEPING | THREAD_PRESTART);
}

void sched_set_priority(struct k_thread *thread, int prio)
{
	if (thread->state == 0U) {
		readyq_remove(&kernel.ready, thread);
		thread->prio = (int8_t)prio;
		readyq_add(&kernel.ready, thread);
		sched_reconsider();
	} else if (thread->waits_on != NULL) {
		struct k_waitq *q = thread->waits_on;

		waitq_remove(q, thread);
		thread->prio = (int8_t)prio;
		waitq_add(q, thread);
	} else {
		thread->prio = (int8_t)prio;
	}
}

void k_yield(void)
{
	k_spinlock_key_t key = k_spin_lock(&sched_lock);
	struct k_thread *self = kernel.current;

	__ASSERT(!arch_is_in_isr(), "an interrupt must not yield");
	if (self->next != self || self->prio < 0) {
		struct k_thread *best;

		readyq_rotate(&kernel.ready, self);
		best = readyq_best(&kernel.ready);
		if (best != self) {
			sched_set_next(best);
		}
	}
	sched_unlock(key);
}

void k_sched_lock(void)
{
	k_spinlock_key_t key = k_spin_lock(&sched_lock);

	__ASSERT(!arch_is_in_isr(), "an interrupt must not lock the scheduler");
	__ASSERT(kernel.current->sched_locks != UINT8_MAX, "k_sched_lock() nests too deep");
	kernel.current->sched_locks++;
	k_spin_unlock(&sched_lock, key);
}

void k_sched_unlock(void)
{
	k_spinlock_key_t key = k_spin_lock(&sched_lock);

	__ASSERT(!arch_is_in_isr(), "an interrupt must not unlock the scheduler");
	__ASSERT(kernel.current->sched_locks != 0U, "k_sched_unlock() without k_sched_lock()");
	kernel.current->sched_locks--;
	sched_reconsider();
	sched_unlock(key);
}

void k_thread_priority_set(k_tid_t thread, int prio)
{
	k_spinlock_key_t key = k_spin_lock(&sched_lock);

	__ASSERT(IN_RANGE(prio, K_HIGHEST_THREAD_PRIO, K_LOWEST_APPLICATION_THREAD_PRIO),
		 "thread %p: no such priority: %d", (void *)thread, prio);
	sched_set_priority(thread, prio);
	sched_unlock(key);
}

int k_thread_priority_get(k_tid_t thread)
{
	return thread->prio;
}

k_tid_t k_current_get(void)
{
	return kernel.current;
}

bool k_is_pre_kernel(void)
{
	return kernel.current == NULL;
}

int k_is_preempt_thread(void)
{
	return !arch_is_in_isr() && kernel.current != NULL && sched_is_preemptible(kernel.current);
}
