/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Priority inheritance: a mutex lends the priority of its waiters to the thread that its owner runs
 * on.
 *
 * Mutexes that lend are in a list; a mutex lends only where its owner's thread is less urgent than
 * a waiter, so there are few. What a thread is to have at a time is its own priority or the most
 * urgent one lent to it. A loan grows with each more urgent waiter; it ends with the unlock, before
 * the mutex goes to the next owner.
 *
 * k_thread_priority_set() may switch threads, and an interrupt must not call it. So loans are
 * decided and marked as news; then whoever has made news works them off, with the scheduler locked,
 * which keeps k_thread_priority_set() from switching threads although eddy_lock is held. To release
 * that in between would not do: with Zephyr an interrupt may then switch to a thread that has
 * become more urgent than the caller, in spite of the scheduler's lock. Interrupts leave their news
 * to the system work queue.
 *
 * Cost:      the longest that the library masks interrupts for: O(lenders), and a call of
 *            k_thread_priority_set() for each thread whose priority changes.
 * Locking:   eddy_lock guards it all.
 * Invariant: a thread that no lender's owner runs on has a priority of its own: its priority is set
 *            back before the last loan leaves the list.
 */

#include "lock.h"

/* How far a loan goes along owners that wait for one another. */
#define MAX_CHAIN 8

/* Lent by nobody. */
#define NOTHING INT8_MAX

struct eddy_mutex *eddy_lenders;
void (*eddy_lend_later)(void);
static struct eddy_locker *lockers;

void eddy_locker_add(struct eddy_locker *locker)
{
	locker->next = lockers;
	lockers = locker;
}

void eddy_locker_remove(struct eddy_locker *locker)
{
	struct eddy_locker **link = &lockers;

	while (*link != locker) {
		link = &(*link)->next;
	}
	*link = locker->next;
}

static bool is_thread(uintptr_t owner)
{
	return (owner & EDDY_MUTEX_THREAD_) != 0U;
}

static struct eddy_executor *executor_of(uintptr_t owner)
{
	return ((struct eddy_task *)owner)->waiter.executor;
}

/* The thread that an owner runs on, or NULL: in an interrupt, or on one that polls. */
static k_tid_t thread_of(const struct eddy_mutex *mutex)
{
	uintptr_t owner = eddy_mutex_owner(mutex);

	if (is_thread(owner)) {
		return (k_tid_t)(owner & ~(uintptr_t)EDDY_MUTEX_THREAD_);
	}
	return executor_of(owner)->thread;
}

/* The mutex that an owner waits for, or NULL. */
static struct eddy_mutex *awaited_by(uintptr_t owner)
{
	const uint8_t locks = EDDY_TASK_QUEUED | EDDY_TASK_LOCKS;
	const struct eddy_waiter *waiter = NULL;

	if (!is_thread(owner)) {
		waiter = &((const struct eddy_task *)owner)->waiter;
	} else {
		k_tid_t thread = (k_tid_t)(owner & ~(uintptr_t)EDDY_MUTEX_THREAD_);

		for (struct eddy_locker *locker = lockers; locker != NULL; locker = locker->next) {
			if (locker->blocker.executor.thread == thread) {
				waiter = &locker->blocker.task.waiter;
				break;
			}
		}
	}
	if (waiter == NULL || (waiter->state & locks) != locks) {
		return NULL;
	}
	return (struct eddy_mutex *)((uintptr_t)waiter->data & ~(uintptr_t)EDDY_MUTEX_THREAD_);
}

/* The priority that the owner's thread has without inheritance. */
static int8_t own_prio(const struct eddy_mutex *mutex)
{
	k_tid_t thread = thread_of(mutex);

	if (thread == NULL) {
		return executor_of(eddy_mutex_owner(mutex))->prio;
	}
	for (const struct eddy_mutex *lender = eddy_lenders; lender != NULL;
	     lender = lender->next_lender) {
		if (thread_of(lender) == thread) {
			return lender->own;
		}
	}
	return (int8_t)k_thread_priority_get(thread);
}

/* Lend a priority by one mutex. Returns false if its owner is as urgent anyhow. */
static bool lend_by(struct eddy_mutex *mutex, int8_t prio)
{
	if (!mutex->lends) {
		int8_t own = own_prio(mutex);

		if (prio >= own) {
			return false;
		}
		mutex->own = own;
		mutex->lends = true;
		mutex->next_lender = eddy_lenders;
		eddy_lenders = mutex;
	} else if (prio >= mutex->lent) {
		return false;
	}
	mutex->lent = prio;
	mutex->is_news = true;
	return true;
}

static bool lend_along(struct eddy_mutex *mutex, int prio)
{
	int8_t lent = (int8_t)MAX(prio, K_HIGHEST_APPLICATION_THREAD_PRIO);
	bool is_news = false;

	for (int i = 0; i < MAX_CHAIN && mutex != NULL && lend_by(mutex, lent); i++) {
		is_news = true;
		mutex = awaited_by(eddy_mutex_owner(mutex));
	}
	return is_news;
}

/* The priority of a waiter, with what it has inherited. */
static int prio_of(struct eddy_waiter *waiter)
{
	int prio = waiter->executor->prio;

	if (eddy_lenders != NULL) {
		uintptr_t name = eddy_mutex_owner_from(waiter);

		for (const struct eddy_mutex *lender = eddy_lenders; lender != NULL;
		     lender = lender->next_lender) {
			if (eddy_mutex_owner(lender) == name) {
				prio = MIN(prio, lender->lent);
			}
		}
	}
	return prio;
}

bool eddy_lend(struct eddy_mutex *mutex, struct eddy_waiter *waiter)
{
	return lend_along(mutex, prio_of(waiter));
}

/* The mutex has a new owner: have the others who wait lend to it. They are in order. */
static bool lend_anew(struct eddy_mutex *mutex)
{
	struct eddy_waiter *first = eddy_waitq_first(&mutex->waiters);
	int prio;

	if (first == NULL) {
		return false;
	}
	prio = first->executor->prio;
	for (const struct eddy_mutex *lender = eddy_lenders; lender != NULL;
	     lender = lender->next_lender) {
		if (awaited_by(eddy_mutex_owner(lender)) == mutex) {
			prio = MIN(prio, lender->lent);
		}
	}
	return lend_along(mutex, prio);
}

static void remove_lender(struct eddy_mutex *mutex)
{
	struct eddy_mutex **link = &eddy_lenders;

	while (*link != mutex) {
		link = &(*link)->next_lender;
	}
	*link = mutex->next_lender;
	mutex->lends = false;
}

static struct eddy_mutex *find_news(void)
{
	struct eddy_mutex *lender = eddy_lenders;

	while (lender != NULL && !lender->is_news) {
		lender = lender->next_lender;
	}
	return lender;
}

/* What the thread of a lender's owner is to have now. */
static int wanted_prio(k_tid_t thread, int own)
{
	int prio = own;

	for (const struct eddy_mutex *lender = eddy_lenders; lender != NULL;
	     lender = lender->next_lender) {
		if (thread_of(lender) == thread) {
			prio = MIN(prio, lender->lent);
		}
	}
	return prio;
}

/* Work off the news. Lock held, scheduler locked. */
static void apply(void)
{
	struct eddy_mutex *news;

	while ((news = find_news()) != NULL) {
		k_tid_t thread = thread_of(news);
		int prio = wanted_prio(thread, news->own);

		news->is_news = false;
		if (thread != NULL && k_thread_priority_get(thread) != prio) {
			k_thread_priority_set(thread, prio);
		}
	}
}

void eddy_lend_apply(void)
{
	k_spinlock_key_t key;

	if (k_is_in_isr()) {
		if (eddy_lend_later != NULL) {
			eddy_lend_later();
		}
		return;
	}
	k_sched_lock();
	key = k_spin_lock(&eddy_lock);
	apply();
	k_spin_unlock(&eddy_lock, key);
	k_sched_unlock(); /* may switch threads */
}

/* End the mutex's loan to the calling thread, and pass the mutex on. Lock held. */
static struct eddy_executor *end_and_pass_on(struct eddy_mutex *mutex, bool *is_news)
{
	struct eddy_executor *notify;

	if (mutex->lends) {
		mutex->lent = NOTHING;
		mutex->is_news = true;
		apply();
		remove_lender(mutex);
	}
	notify = eddy_mutex_pass_on(mutex);
	*is_news = mutex->owner != 0U && lend_anew(mutex);
	return notify;
}

/* In an interrupt. The mutex does not lend. */
static void release_in_isr(struct eddy_mutex *mutex, k_spinlock_key_t key)
{
	bool is_news;
	struct eddy_executor *notify = end_and_pass_on(mutex, &is_news);

	eddy_unlock(key, notify);
	if (is_news) {
		eddy_lend_apply();
	}
}

void eddy_lend_release(struct eddy_mutex *mutex, k_spinlock_key_t key)
{
	struct eddy_executor *notify;
	bool is_news;

	if (k_is_in_isr()) {
		release_in_isr(mutex, key);
		return;
	}
	k_spin_unlock(&eddy_lock, key); /* the owner is the caller: nobody else takes it away */
	k_sched_lock();
	key = k_spin_lock(&eddy_lock);
	notify = end_and_pass_on(mutex, &is_news);
	if (is_news) {
		apply();
	}
	eddy_unlock(key, notify);
	k_sched_unlock(); /* may switch threads */
}
