/* SPDX-License-Identifier: Apache-2.0 */

/* A failed assertion while a spinlock is held: as any other; the lock is free again. */

#include <zephyr/ztest.h>
#include <zephyr/ztest_error_hook.h>

#include "workers.h"

ZTEST_SUITE(fatal_locked, NULL, NULL, workers_before, workers_after, NULL);

static struct k_spinlock lock;

static void fail_locked(void *p1, void *p2, void *p3)
{
	ARG_UNUSED(p1);
	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	record('a');
	ztest_set_fault_valid(true);
	(void)k_spin_lock(&lock);
	__ASSERT(false, "on purpose");
	record('!');
}

/* Only the guilty thread ends, and nobody finds the lock taken. */
ZTEST(fatal_locked, test_assertion_with_a_lock_held)
{
	k_spinlock_key_t key;

	(void)worker_start(PRIO_HIGH, fail_locked, NULL);
	key = k_spin_lock(&lock);
	k_spin_unlock(&lock, key);
	zassert_str_equal(recorded(), "a");
}

static struct k_sem damaged;

static void give_damaged(void *p1, void *p2, void *p3)
{
	ARG_UNUSED(p1);
	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	record('a');
	ztest_set_fault_valid(true);
	k_sem_give(&damaged);
	record('!');
}

/* The same with the kernel's own lock, in an assertion of the kernel. */
ZTEST(fatal_locked, test_assertion_of_the_kernel)
{
	memset(&damaged, 0xff, sizeof(damaged));
	damaged.limit = 1U;
	(void)worker_start(PRIO_HIGH, give_damaged, NULL);
	k_msleep(1);
	zassert_str_equal(recorded(), "a");
}
