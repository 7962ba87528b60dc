/* SPDX-License-Identifier: Apache-2.0 */

/* Slots: a vacant one to reserve, or a committed one to borrow. What was got is kept. */

#include "subjects.h"

#define CAPACITY 8U

static uint32_t blocks[2][CAPACITY];
static uint16_t links[2][CAPACITY];
static struct eddy_slots pool;
static struct eddy_slots queue;
static void *slot;
static unsigned int next;

static void reserve_reset(struct eddy_task *self)
{
	ARG_UNUSED(self);
	(void)eddy_slots_init(&pool, blocks[0], links[0], sizeof(uint32_t),
			      CAPACITY); /* is valid */
	while (eddy_slots_try_reserve(&pool, &slot) == 0) {
	}
	next = 0U;
}

static void reserve_enable(struct eddy_task *self)
{
	ARG_UNUSED(self);
	eddy_slots_abandon(&pool, &blocks[0][next++]);
}

SUBJECT_AWAIT(reserve_await, eddy_slots_reserve(self, &pool, &slot, timeout))
SUBJECT_TRY(reserve_try, eddy_slots_try_reserve(&pool, &slot))
SUBJECT_BLOCK(reserve_block, eddy_slots_reserve_blocking(&pool, &slot, timeout))
SUBJECT_ARM(reserve_arm, eddy_slots_reserve_arm(arm, &pool, &slot))

const struct subject slots_reserve_subject = {
	.name = "reserve",
	.reset = reserve_reset,
	.enable = reserve_enable,
	.wait = reserve_await,
	.try = reserve_try,
	.block = SUBJECT_BLOCKING(reserve_block),
	.arm = reserve_arm,
};

static void borrow_reset(struct eddy_task *self)
{
	ARG_UNUSED(self);
	(void)eddy_slots_init(&queue, blocks[1], links[1], sizeof(uint32_t), CAPACITY); /* valid */
}

static void borrow_enable(struct eddy_task *self)
{
	void *vacant;

	ARG_UNUSED(self);
	if (eddy_slots_try_reserve(&queue, &vacant) == 0) {
		(void)eddy_slots_commit(&queue, vacant); /* it is open */
	}
}

SUBJECT_AWAIT(borrow_await, eddy_slots_borrow(self, &queue, &slot, timeout))
SUBJECT_TRY(borrow_try, eddy_slots_try_borrow(&queue, &slot))
SUBJECT_BLOCK(borrow_block, eddy_slots_borrow_blocking(&queue, &slot, timeout))
SUBJECT_ARM(borrow_arm, eddy_slots_borrow_arm(arm, &queue, &slot))

const struct subject slots_borrow_subject = {
	.name = "borrow",
	.reset = borrow_reset,
	.enable = borrow_enable,
	.wait = borrow_await,
	.try = borrow_try,
	.block = SUBJECT_BLOCKING(borrow_block),
	.arm = borrow_arm,
};
