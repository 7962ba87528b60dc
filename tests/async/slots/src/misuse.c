/* SPDX-License-Identifier: Apache-2.0 */

/* Slots: giving back what one does not have is caught by an assertion. */

#include <zephyr/ztest_error_hook.h>

#include "async_test.h"

EDDY_SLOTS_DEFINE(pool, uint32_t, 2);

void ztest_post_assert_fail_hook(void)
{
	pass_after_assertion();
}

ZTEST_SUITE(async_slots_misuse, NULL, NULL, async_before, async_after, NULL);

static uint32_t *reserve(void)
{
	void *slot;

	zassert_equal(eddy_slots_try_reserve(&pool, &slot), 0);
	return slot;
}

/* A slot is committed once. */
ZTEST(async_slots_misuse, test_commit_twice)
{
	uint32_t *slot = reserve();

	zassert_equal(eddy_slots_commit(&pool, slot), 0);
	ztest_set_assert_valid(true);
	(void)eddy_slots_commit(&pool, slot);
	ztest_test_fail();
}

/* What was reserved is not released, but abandoned or committed. */
ZTEST(async_slots_misuse, test_release_of_a_reserved_slot)
{
	uint32_t *slot = reserve();

	ztest_set_assert_valid(true);
	eddy_slots_release(&pool, slot);
	ztest_test_fail();
}

/* What is no slot cannot be given back. */
ZTEST(async_slots_misuse, test_foreign_slot)
{
	static uint32_t foreign[64];

	ztest_set_assert_valid(true);
	eddy_slots_abandon(&pool, &foreign[32]);
	ztest_test_fail();
}
