/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Forks are flags. One mutex guards them all, one condition variable says that some have become
 * free: who waits looks again, as it may have been others.
 */

#include "diners.h"
#include "table.h"
#include "ways.h"

#include <zephyr/kernel.h>

static K_MUTEX_DEFINE(lock);
static K_CONDVAR_DEFINE(some_freed);
static bool in_use[TABLE_SEATS]; /* guarded by lock */

/* No call here can fail: the waits have no limit, and the caller owns what it unlocks. */

static void take(unsigned int who, unsigned int fork)
{
	ARG_UNUSED(who);
	(void)k_mutex_lock(&lock, K_FOREVER);
	while (in_use[fork]) {
		(void)k_condvar_wait(&some_freed, &lock, K_FOREVER);
	}
	in_use[fork] = true;
	(void)k_mutex_unlock(&lock);
}

static void put(unsigned int who, unsigned int fork)
{
	ARG_UNUSED(who);
	(void)k_mutex_lock(&lock, K_FOREVER);
	in_use[fork] = false;
	(void)k_condvar_broadcast(&some_freed);
	(void)k_mutex_unlock(&lock);
}

void dine_with_condvar(void)
{
	diners_run(take, put);
}
