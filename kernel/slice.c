/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Time slicing: threads of equal, preemptible priority take turns.
 *
 * One time-out serves the system, since one thread runs at a time. It runs only while the next
 * thread has company at its priority's level that slicing applies to; off, it costs one test per
 * switch.
 *
 * Locking: sched_lock guards everything here.
 */

#include <ksched.h>
#include <zephyr/kernel.h>

static void slice_ended(struct k_timeout_entry *entry, k_spinlock_key_t *key);

static k_ticks_t slice_ticks;
static int slice_prio;
static struct k_timeout_entry slice_timeout = {.expired = slice_ended};

static bool is_sliced(const struct k_thread *thread)
{
	return sched_is_preemptible(thread) && thread->prio >= slice_prio && thread != &idle_thread;
}

void slice_restart(void)
{
	if (slice_ticks == 0) {
		return;
	}
	timeout_cancel(&slice_timeout);
	if (is_sliced(kernel.next)) {
		/* One less: the tick under way does not count, and turns should not grow longer. */
		timeout_add(&slice_timeout, K_TICKS(slice_ticks - 1));
	}
}

void slice_resume(void)
{
	if (slice_ticks != 0 && !timeout_is_queued(&slice_timeout)) {
		slice_restart();
	}
}

static void slice_ended(struct k_timeout_entry *entry, k_spinlock_key_t *key)
{
	struct k_thread *thread = kernel.next;

	ARG_UNUSED(entry);
	ARG_UNUSED(key);
	if (is_sliced(thread) && thread->next != thread) {
		readyq_rotate(&kernel.ready, thread);
		sched_reconsider(); /* restarts the slice for the other one */
	} else {
		slice_restart();
	}
}

void k_sched_time_slice_set(int32_t slice_ms, int prio)
{
	k_spinlock_key_t key = k_spin_lock(&sched_lock);

	slice_ticks = slice_ms <= 0 ? 0 : MAX(2, (k_ticks_t)k_ms_to_ticks_ceil32(slice_ms));
	slice_prio = prio;
	timeout_cancel(&slice_timeout);
	slice_restart();
	sched_unlock(key);
}
