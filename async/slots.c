/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Slots: a pool of blocks with a queue of the filled ones.
 *
 *	vacant --reserve--> reserved --commit--> committed --borrow--> borrowed
 *	reserved --abandon--> vacant             borrowed --release--> vacant
 *
 * One link per slot serves both lists, as a slot is in one of them at most; that of a slot that is
 * out says so, which catches those who give back what they do not have. Slots beyond `fresh` are
 * vacant without being in the list, so that nothing has to be set up.
 *
 * Locking:   eddy_lock guards every field; the blocks belong to whoever has them.
 * Invariant: reservers wait only while no slot is vacant, borrowers while none is committed, and
 *            nobody once it is closed. A waiter's data is where its pointer goes.
 */

#include <eddy/slots.h>

#include "core.h"

#define NONE EDDY_SLOTS_NONE_

/* Links of slots that are out. */
#define RESERVED (UINT16_MAX - 1U)
#define BORROWED (UINT16_MAX - 2U)

int eddy_slots_init(struct eddy_slots *slots, void *blocks, uint16_t *link, uint32_t block_size,
		    uint16_t capacity)
{
	if (blocks == NULL || link == NULL || block_size == 0U || capacity == 0U ||
	    capacity > 65000U) {
		return -EINVAL;
	}
	eddy_assert_unawaited(slots);
	*slots = (struct eddy_slots)EDDY_SLOTS_INITIALIZER(blocks, link, block_size, capacity);
	return 0;
}

static uint16_t index_of(const struct eddy_slots *slots, const void *slot)
{
	uint32_t offset = (uint32_t)((const char *)slot - slots->blocks);

	__ASSERT(offset % slots->block_size == 0U && offset / slots->block_size < slots->capacity,
		 "%p is no slot of %p", slot, (const void *)slots);
	return (uint16_t)(offset / slots->block_size);
}

/* Let a slot out, to where @to points. */
static void let_out(struct eddy_slots *slots, uint16_t index, uint16_t state, void *to)
{
	slots->link[index] = state;
	*(void **)to = slots->blocks + (size_t)index * slots->block_size;
}

/* A slot comes back. */
static void let_in(struct eddy_slots *slots, uint16_t index, uint16_t state)
{
	__ASSERT(slots->link[index] == state, "slot %u of %p is not %s", index, (void *)slots,
		 state == RESERVED ? "reserved" : "borrowed");
	(void)state; /* without assertions */
	slots->link[index] = NONE;
}

static uint16_t take_vacant(struct eddy_slots *slots)
{
	uint16_t index = slots->vacant;

	if (index != NONE) {
		slots->vacant = slots->link[index];
		return index;
	}
	return slots->fresh < slots->capacity ? slots->fresh++ : NONE;
}

static void add_committed(struct eddy_slots *slots, uint16_t index)
{
	if (slots->count == 0U) {
		slots->oldest = index;
	} else {
		slots->link[slots->newest] = index;
	}
	slots->newest = index;
	slots->count++;
}

static uint16_t take_committed(struct eddy_slots *slots)
{
	uint16_t index = slots->oldest;

	slots->oldest = slots->link[index];
	slots->count--;
	return index;
}

/* A slot is vacant: for a waiter, or for later. Releases the lock. */
static void vacate(struct eddy_slots *slots, uint16_t index, k_spinlock_key_t key)
{
	struct eddy_waiter *reserver = eddy_take(&slots->reservers);

	if (reserver == NULL) {
		slots->link[index] = slots->vacant;
		slots->vacant = index;
		k_spin_unlock(&eddy_lock, key);
	} else {
		let_out(slots, index, RESERVED, reserver->data);
		eddy_unlock(key, eddy_wake(reserver, 0));
	}
}

/* The data is where the pointer goes, here and below. */
static int reserve_attempt(void *object, void *data, k_spinlock_key_t key)
{
	struct eddy_slots *slots = object;
	int result = 0;

	__ASSERT(data != NULL, "slots %p: nowhere to put the pointer", object);
	if (slots->closed) {
		result = -EPIPE;
	} else {
		uint16_t index = take_vacant(slots);

		if (index == NONE) {
			return EDDY_PENDING;
		}
		let_out(slots, index, RESERVED, data);
	}
	k_spin_unlock(&eddy_lock, key);
	return result;
}

static int borrow_attempt(void *object, void *data, k_spinlock_key_t key)
{
	struct eddy_slots *slots = object;
	int result = 0;

	__ASSERT(data != NULL, "slots %p: nowhere to put the pointer", object);
	if (slots->count > 0U) {
		let_out(slots, take_committed(slots), BORROWED, data);
	} else if (slots->closed) {
		result = -EPIPE;
	} else {
		return EDDY_PENDING;
	}
	k_spin_unlock(&eddy_lock, key);
	return result;
}

const struct eddy_op eddy_slots_reserve_op = {
	.attempt = reserve_attempt,
	.queue = offsetof(struct eddy_slots, reservers),
	.data_is_pointer = true,
	.serves_one = true,
};

const struct eddy_op eddy_slots_borrow_op = {
	.attempt = borrow_attempt,
	.queue = offsetof(struct eddy_slots, borrowers),
	.data_is_pointer = true,
	.serves_one = true,
};

int eddy_slots_commit(struct eddy_slots *slots, void *slot)
{
	uint16_t index = index_of(slots, slot);
	k_spinlock_key_t key = k_spin_lock(&eddy_lock);
	struct eddy_waiter *borrower;

	let_in(slots, index, RESERVED);
	if (slots->closed) {
		vacate(slots, index, key);
		return -EPIPE;
	}
	borrower = eddy_take(&slots->borrowers);
	if (borrower == NULL) {
		add_committed(slots, index);
		k_spin_unlock(&eddy_lock, key);
	} else {
		let_out(slots, index, BORROWED, borrower->data);
		eddy_unlock(key, eddy_wake(borrower, 0));
	}
	return 0;
}

static void give_back(struct eddy_slots *slots, void *slot, uint16_t state)
{
	uint16_t index = index_of(slots, slot);
	k_spinlock_key_t key = k_spin_lock(&eddy_lock);

	let_in(slots, index, state);
	vacate(slots, index, key);
}

void eddy_slots_abandon(struct eddy_slots *slots, void *slot)
{
	give_back(slots, slot, RESERVED);
}

void eddy_slots_release(struct eddy_slots *slots, void *slot)
{
	give_back(slots, slot, BORROWED);
}

void eddy_slots_close(struct eddy_slots *slots)
{
	k_spinlock_key_t key = k_spin_lock(&eddy_lock);

	slots->closed = true;
	eddy_wake_all(&slots->reservers, -EPIPE, key);
	key = k_spin_lock(&eddy_lock);
	eddy_wake_all(&slots->borrowers, -EPIPE, key);
}
