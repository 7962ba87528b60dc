/* SPDX-License-Identifier: Apache-2.0 */

/*
 * One async function, with a value that it needs on both sides of an await: kept in the frame,
 * where it survives, or in a local variable, where it would not. check.sh compiles each variant.
 */

#include "sample.h"

#if defined(KEPT_IN_A_LOCAL)

async_fn(sample)
{
	async_begin;
	int kept = my->input;

	await(eddy_yield(self));
	async_return(kept + 1);
	async_end;
}

#elif defined(KEPT_IN_A_LOCAL_BUT_NOT_USED)

async_fn(sample)
{
	async_begin;
	int kept = my->input;

	my->kept = kept;
	await(eddy_yield(self));
	async_return(my->kept + 1);
	async_end;
}

#elif defined(KEPT_IN_A_LOOP_VARIABLE)

async_fn(sample)
{
	async_begin;
	for (int kept = my->input; kept == my->input; kept++) {
		await(eddy_yield(self));
		async_return(kept + 1);
	}
	async_end;
}

#elif defined(KEPT_IN_A_LOCAL_OF_A_CASE)

async_fn(sample)
{
	async_begin;
	switch (my->input) {
	case 41: {
		int kept = my->input;

		await(eddy_yield(self));
		async_return(kept + 1);
	}
	default:
		break;
	}
	async_end;
}

#elif defined(ASSIGNED_TO_A_LOCAL)

async_fn(sample)
{
	int kept;

	async_begin;
	kept = my->input;
	await(eddy_yield(self));
	async_return(kept + 1);
	async_end;
}

#elif defined(ASSIGNED_TO_A_LOCAL_IN_A_LOOP)

async_fn(sample)
{
	int kept;

	async_begin;
	for (kept = my->input; kept < 100; kept++) {
		await(eddy_yield(self));
	}
	async_end;
}

#elif defined(FORGOTTEN_AWAIT)

async_fn(sample)
{
	async_begin;
	eddy_yield(self);
	async_return(my->input + 1);
	async_end;
}

#else /* in the frame */

async_fn(sample)
{
	async_begin;
	my->kept = my->input;
	await(eddy_yield(self));
	async_return(my->kept + 1);
	async_end;
}

#endif
