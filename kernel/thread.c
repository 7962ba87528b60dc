/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Threads: their beginning and their end.
 *
 * Locking:   sched_lock guards every field.
 * Invariant: a dead thread is in no queue, has no time-out pending and nobody waits for it.
 */

#include <kpoll.h>
#include <zephyr/kernel.h>

#define STACK_FILL 0xAA /* what k_thread_stack_space_get() looks for, as Zephyr's tools do */

static void list_add(struct k_thread *thread);
static void list_remove(struct k_thread *thread);

FUNC_NORETURN void thread_entry(k_thread_entry_t entry, void *p1, void *p2, void *p3)
{
	entry(p1, p2, p3);
	k_thread_abort(kernel.current);
	CODE_UNREACHABLE;
}

/* Fields that exist only with some option. */
static void init_extras(struct k_thread *thread, char *stack, size_t size, k_thread_entry_t entry)
{
	ARG_UNUSED(thread);
	ARG_UNUSED(stack);
	ARG_UNUSED(size);
	ARG_UNUSED(entry);
#ifdef CONFIG_POLL
	thread->poller = NULL;
#endif
#ifdef CONFIG_THREAD_STACK_INFO
	thread->stack_info.start = (uintptr_t)stack;
	thread->stack_info.size = size;
#endif
#ifdef CONFIG_THREAD_CUSTOM_DATA
	thread->custom_data = NULL;
#endif
#ifdef CONFIG_THREAD_MONITOR
	thread->entry = entry;
#endif
#ifdef CONFIG_SCHED_THREAD_USAGE
	thread->usage_cycles = 0U;
#endif
#ifdef CONFIG_THREAD_NAME
	thread->name[0] = '\0';
#endif
}

void thread_setup(struct k_thread *thread, k_thread_stack_t *stack, size_t stack_size,
		  k_thread_entry_t entry, void *p1, void *p2, void *p3, int prio, uint32_t options)
{
	size_t skew = -(uintptr_t)stack % ARCH_STACK_ALIGN; /* known to be 0 for a defined stack */
	char *base = (char *)stack + skew;
	size_t size = ROUND_DOWN(stack_size + ARCH_STACK_RESERVE - skew, ARCH_STACK_ALIGN);

	/*
	 * Field by field: half of them need no value yet, and a memset() would cost more than all
	 * this.
	 */
	thread->waits_on = NULL;
	thread->prio = (int8_t)prio;
	thread->state = THREAD_PRESTART;
	thread->options = (uint8_t)options;
	thread->sched_locks = 0U;
	thread->joiners.first = NULL;
	thread->timeout.link = NULL;
	thread->timeout.expired = sched_timed_out;
	init_extras(thread, base, size, entry);
	if (IS_ENABLED(CONFIG_INIT_STACKS)) {
		memset(base, STACK_FILL, size);
	}
	arch_thread_init(thread, base, size, entry, p1, p2, p3);
	list_add(thread);
}

k_tid_t k_thread_create(struct k_thread *thread, k_thread_stack_t *stack, size_t stack_size,
			k_thread_entry_t entry, void *p1, void *p2, void *p3, int prio,
			uint32_t options, k_timeout_t delay)
{
	__ASSERT(!arch_is_in_isr(), "an interrupt must not create threads");
	__ASSERT(IN_RANGE(prio, K_HIGHEST_THREAD_PRIO, K_LOWEST_APPLICATION_THREAD_PRIO),
		 "thread %p: no such priority: %d", (void *)thread, prio);
	__ASSERT(entry != NULL, "thread %p: no entry", (void *)thread);

	thread_setup(thread, stack, stack_size, entry, p1, p2, p3, prio, options);
	if (K_TIMEOUT_EQ(delay, K_NO_WAIT)) {
		k_thread_start(thread);
	} else if (!K_TIMEOUT_EQ(delay, K_FOREVER)) {
		k_spinlock_key_t key = k_spin_lock(&sched_lock);

		timeout_add(&thread->timeout, delay);
		sched_unlock(key);
	}
	return thread;
}

void k_thread_start(k_tid_t thread)
{
	k_spinlock_key_t key = k_spin_lock(&sched_lock);

	if ((thread->state & THREAD_PRESTART) != 0U) {
		timeout_cancel(&thread->timeout);
		sched_unblock(thread, THREAD_PRESTART);
	}
	sched_unlock(key);
}

/* Take @thread out of everything, for ever. */
static void bury(struct k_thread *thread)
{
	struct k_thread *joiner;

	if (thread->state == 0U) {
		readyq_remove(&kernel.ready, thread);
	}
	if (thread->waits_on != NULL) {
		waitq_remove(thread->waits_on, thread);
	}
	timeout_cancel(&thread->timeout);
	poll_thread_ended(thread);
	thread->state = THREAD_DEAD;
	list_remove(thread);
	arch_thread_exit(thread);

	while ((joiner = waitq_take_first(&thread->joiners)) != NULL) {
		sched_wake(joiner, 0);
	}
}

void k_thread_abort(k_tid_t thread)
{
	k_spinlock_key_t key = k_spin_lock(&sched_lock);

	if ((thread->state & THREAD_DEAD) != 0U) {
		sched_unlock(key);
		return;
	}
	if ((thread->options & K_ESSENTIAL) != 0U) {
		sched_unlock(key);
		printk("essential thread %p (%s) aborted\n", (void *)thread,
		       k_thread_name_get(thread) != NULL ? k_thread_name_get(thread) : "unnamed");
		k_panic();
	}

	/*
	 * While the dead are still the current thread, kernel.next must not be they: whoever is
	 * woken below compares with it.
	 */
	bury(thread);
	if (thread == kernel.current && !arch_is_in_isr()) {
		sched_switch_away(key);
		CODE_UNREACHABLE;
	}
	sched_reconsider();
	sched_unlock(key);
}

int k_thread_join(struct k_thread *thread, k_timeout_t timeout)
{
	k_spinlock_key_t key = k_spin_lock(&sched_lock);
	int result;

	if ((thread->state & THREAD_DEAD) != 0U) {
		result = 0;
	} else if (K_TIMEOUT_EQ(timeout, K_NO_WAIT)) {
		result = -EBUSY;
	} else if (thread == kernel.current || thread->waits_on == &kernel.current->joiners) {
		result = -EDEADLK;
	} else {
		return sched_wait(&thread->joiners, key, timeout);
	}
	sched_unlock(key);
	return result;
}

void k_thread_suspend(k_tid_t thread)
{
	k_spinlock_key_t key = k_spin_lock(&sched_lock);

	if (thread->state == 0U) {
		sched_block(thread, THREAD_SUSPENDED);
		if (thread == kernel.current && !arch_is_in_isr()) {
			sched_switch_away(key);
			return;
		}
		sched_reconsider();
	} else if ((thread->state & THREAD_DEAD) == 0U) {
		thread->state |= THREAD_SUSPENDED;
	}
	sched_unlock(key);
}

void k_thread_resume(k_tid_t thread)
{
	k_spinlock_key_t key = k_spin_lock(&sched_lock);

	if ((thread->state & THREAD_SUSPENDED) != 0U) {
		sched_unblock(thread, THREAD_SUSPENDED);
	}
	sched_unlock(key);
}

k_ticks_t k_thread_timeout_remaining_ticks(const struct k_thread *thread)
{
	k_spinlock_key_t key = k_spin_lock(&sched_lock);
	k_ticks_t ticks = timeout_remaining(&thread->timeout);

	sched_unlock(key);
	return ticks;
}

k_ticks_t k_thread_timeout_expires_ticks(const struct k_thread *thread)
{
	k_spinlock_key_t key = k_spin_lock(&sched_lock);
	k_ticks_t ticks = (k_ticks_t)timeout_now() + timeout_remaining(&thread->timeout);

	sched_unlock(key);
	return ticks;
}

#ifdef CONFIG_THREAD_MONITOR
static struct k_thread *all_threads;

static void list_add(struct k_thread *thread)
{
	k_spinlock_key_t key = k_spin_lock(&sched_lock);
	struct k_thread **link = &all_threads;

	/*
	 * In the order of creation. A control block that is used anew without having ended stays.
	 */
	while (*link != NULL && *link != thread) {
		link = &(*link)->next_thread;
	}
	if (*link == NULL) {
		thread->next_thread = NULL;
		*link = thread;
	}
	k_spin_unlock(&sched_lock, key);
}

static void list_remove(struct k_thread *thread)
{
	struct k_thread **link = &all_threads;

	while (*link != NULL && *link != thread) {
		link = &(*link)->next_thread;
	}
	if (*link != NULL) {
		*link = thread->next_thread;
	}
}

void k_thread_foreach_unlocked(k_thread_user_cb_t cb, void *user_data)
{
	for (struct k_thread *thread = all_threads; thread != NULL; thread = thread->next_thread) {
		cb(thread, user_data);
	}
}

void k_thread_foreach(k_thread_user_cb_t cb, void *user_data)
{
	unsigned int key = arch_irq_lock(); /* not sched_lock: @cb may use the kernel */

	k_thread_foreach_unlocked(cb, user_data);
	arch_irq_unlock(key);
}
#else
static void list_add(struct k_thread *thread)
{
	ARG_UNUSED(thread);
}

static void list_remove(struct k_thread *thread)
{
	ARG_UNUSED(thread);
}
#endif
