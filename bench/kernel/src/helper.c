/* SPDX-License-Identifier: Apache-2.0 */

/* The helper thread: one object and one stack, used by one row after another. */

#include "helper.h"

#define HELPER_STACK_SIZE 1024

static K_THREAD_STACK_DEFINE(helper_stack, HELPER_STACK_SIZE);
static struct k_thread helper;

void helper_start(k_thread_entry_t entry, int prio)
{
	(void)k_thread_create(&helper, helper_stack, HELPER_STACK_SIZE, entry, NULL, NULL, NULL,
			      prio, 0, K_NO_WAIT);
}

void helper_stop(void)
{
	k_thread_abort(&helper);
}
