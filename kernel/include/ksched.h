/* SPDX-License-Identifier: Apache-2.0 */

/*
 * The scheduler, as the kernel's objects see it.
 *
 * One lock, sched_lock, guards the ready queue, all wait queues, the time-out queue and the fields
 * of all objects. On one core it only masks interrupts, for a few dozen instructions at a time.
 *
 * The next thread is decided at the event that changes it, so that the switch itself only saves,
 * loads and restores:
 *
 *   kernel.current   who runs. Written by the port's switch alone.
 *   kernel.next      who shall run. Written under sched_lock; differs from current exactly while a
 *                    switch is pended. Always ready, never NULL once the kernel runs.
 *
 * How a thread moves (each arrow names the function):
 *
 *   PRESTART --sched_unblock--> ready <--(kernel.next)--> running
 *   running --sched_wait--> PENDING   --sched_wake, sched_timed_out--> ready
 *   running --k_sleep-----> SLEEPING  --sched_timed_out, k_wakeup----> ready
 *   any     --k_thread_suspend--> + SUSPENDED --k_thread_resume--> as before
 *   any     --k_thread_abort, return of its entry--> DEAD
 */

#ifndef KERNEL_INCLUDE_KSCHED_H_
#define KERNEL_INCLUDE_KSCHED_H_

#include <arch_interface.h>
#include <kreadyq.h>
#include <ktimeout.h>
#include <kwaitq.h>
#include <zephyr/spinlock.h>

struct kernel {
	struct k_thread *current; /* The port's assembly relies on these two being first. */
	struct k_thread *next;
	struct readyq ready;
};

extern struct kernel kernel;
extern struct k_spinlock sched_lock;
extern struct k_thread main_thread;
extern struct k_thread idle_thread;

static inline bool sched_is_preemptible(const struct k_thread *thread)
{
	return thread->prio >= 0 && thread->sched_locks == 0U;
}

/* A new time slice begins for kernel.next. */
void slice_restart(void);

/* kernel.next stays the same, but may have become subject to slicing: see to it that one runs. */
void slice_resume(void);

/* Whether kernel.next may give way: a thread that has not been switched in yet always may. */
static inline bool sched_may_replace_next(void)
{
	return kernel.next != kernel.current || sched_is_preemptible(kernel.current);
}

/* Have @thread run next. */
static inline void sched_set_next(struct k_thread *thread)
{
	kernel.next = thread;
	arch_switch_pend();
	if (IS_ENABLED(CONFIG_TIMESLICING)) {
		slice_restart();
	}
}

/* Enter a thread whose state has just become 0 into the ready queue; it preempts if it may. */
static inline void sched_make_ready(struct k_thread *thread)
{
	readyq_add(&kernel.ready, thread);
	if (thread->prio < kernel.next->prio && sched_may_replace_next()) {
		sched_set_next(thread);
	}
}

/* Clear @bits of the state; a thread that nothing holds back any more becomes ready. */
static inline void sched_unblock(struct k_thread *thread, uint8_t bits)
{
	thread->state &= (uint8_t)~bits;
	if (thread->state == 0U) {
		sched_make_ready(thread);
	}
}

/* End the wait of a thread already taken from its wait queue; its blocking call returns @result. */
static inline void sched_wake(struct k_thread *thread, int result)
{
	thread->wait_result = result;
	timeout_cancel(&thread->timeout);
	sched_unblock(thread, 0);
}

/* As sched_wake(), for who calls sched_reconsider() afterwards. */
static inline void sched_wake_undecided(struct k_thread *thread, int result)
{
	thread->wait_result = result;
	timeout_cancel(&thread->timeout);
	if (thread->state == 0U) {
		readyq_add(&kernel.ready, thread);
	}
}

/* Take @thread, which is ready, from the ready queue because of @bits. */
static inline void sched_block(struct k_thread *thread, uint8_t bits)
{
	readyq_remove(&kernel.ready, thread);
	thread->state |= bits;
}

/* After anything that may have changed who is best: pend a switch if need be. */
void sched_reconsider(void);

/*
 * Block the running thread on @q until sched_wake() or the time-out. Releases sched_lock with @key.
 * Thread context, @timeout not K_NO_WAIT. Returns the waker's result, or -EAGAIN. (In this order
 * the arguments fit into registers.)
 */
int sched_wait(struct k_waitq *q, k_spinlock_key_t key, k_timeout_t timeout);

/* The running thread has left the ready queue: run the others until it is switched in again. */
void sched_switch_away(k_spinlock_key_t key);

/* Release sched_lock; a switch that became due takes place here. */
static inline void sched_unlock(k_spinlock_key_t key)
{
	k_spin_unlock(&sched_lock, key);
}

/* @entry, which has left the queue, has expired. sched_lock held. */
static inline void timeout_expired(struct k_timeout_entry *entry, k_spinlock_key_t *key)
{
	entry->expired(entry, key);
}

/* Expiry of a thread's own time-out: ends whatever it waits for. */
void sched_timed_out(struct k_timeout_entry *entry, k_spinlock_key_t *key);

/* Change the priority of a thread in whatever queue it is. sched_lock held. */
void sched_set_priority(struct k_thread *thread, int prio);

/* Time accounting: the running thread is about to change. Called by the port's switch. */
void usage_switch(void);

/* Set up a thread; thread.c. With @delay K_NO_WAIT it is started. */
void thread_setup(struct k_thread *thread, k_thread_stack_t *stack, size_t stack_size,
		  k_thread_entry_t entry, void *p1, void *p2, void *p3, int prio, uint32_t options);

FUNC_NORETURN void kernel_start(void);
FUNC_NORETURN void idle_entry(void *p1, void *p2, void *p3);

#endif /* KERNEL_INCLUDE_KSCHED_H_ */
