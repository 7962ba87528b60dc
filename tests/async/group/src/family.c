/* SPDX-License-Identifier: Apache-2.0 */

/* The tasks under test. */

#include "family.h"

struct eddy_signal gates[CHILDREN];
struct eddy_signal cleaned;
__typeof__(family) family;

async_fn(child)
{
	async_begin;
	await_into(my->result, eddy_signal_wait(self, &gates[my->index], &my->value, K_FOREVER));
	if (my->result == 0) {
		record((char)('a' + my->index));
		async_return((int)(intptr_t)my->value);
	}
	if (my->is_slow) {
		(void)eddy_shield(self);
		await(eddy_signal_wait(self, &cleaned, NULL, K_FOREVER));
		eddy_unshield(self);
	}
	record((char)('A' + my->index));
	async_return(my->result);
	async_end;
}

async_fn(parent)
{
	struct eddy_executor *home = self->waiter.executor;

	async_begin;
	my->result = UNSET;
	eddy_group_init(&my->group, my->policy);
	for (unsigned int i = 0; i < CHILDREN; i++) {
		zassert_equal(eddy_group_spawn_on(self, &my->group,
						  i == 0U || my->others == NULL ? home : my->others,
						  &my->children[i], child, .index = i,
						  .is_slow = i == 0U && my->is_slow),
			      0);
	}
	record('(');
	await_into(my->result, eddy_group_wait(self, &my->group, my->timeout));
	if (my->result == -EAGAIN && eddy_group_count(&my->group) != 0U) {
		record('t');
		await_into(my->result, eddy_group_wait(self, &my->group, K_FOREVER));
	}
	record(')');
	async_return(my->result);
	async_end;
}

void family_before(void *fixture)
{
	async_before(fixture);
	for (unsigned int i = 0; i < CHILDREN; i++) {
		eddy_signal_init(&gates[i]);
	}
	eddy_signal_init(&cleaned);
	EDDY_TASK_INIT(&family, parent, .timeout = K_FOREVER);
}

void family_start(enum eddy_group_policy policy)
{
	family.frame.policy = policy;
	spawn(&family.task);
	run_ready();
}

int family_result(void)
{
	return eddy_task_is_active(&family.task) ? UNSET : eddy_task_result(&family.task);
}

void open_gate(unsigned int index, int result)
{
	eddy_signal_raise(&gates[index], (uintptr_t)(intptr_t)result);
}
