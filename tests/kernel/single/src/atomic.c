/* SPDX-License-Identifier: Apache-2.0 */

/* Atomic variables. */

#include "check.h"

#include <zephyr/kernel.h>

/* Atomic variables work. */
static void atomics_work(void)
{
	atomic_t value = ATOMIC_INIT(5);

	CHECK(atomic_add(&value, 2) == 5);
	CHECK(atomic_cas(&value, 7, 9));
	CHECK(!atomic_cas(&value, 7, 1));
	CHECK(atomic_get(&value) == 9);
}

void test_atomic(void)
{
	RUN(atomics_work);
}
