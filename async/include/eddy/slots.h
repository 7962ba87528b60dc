/* SPDX-License-Identifier: Apache-2.0 */

/**
 * @file
 * Slots: a channel whose items are written and read in place, for many producers and consumers.
 *
 * A producer reserves a vacant slot, fills it at its leisure and commits it; a consumer borrows the
 * oldest committed one and releases it when it is done. Nothing is copied, so the cost does not
 * depend on the size. Items are borrowed in the order in which they were committed; they may be
 * committed and released in any order.
 *
 *	await_into(my->rc, eddy_slots_reserve(self, &images, &my->slot, K_FOREVER));
 *	await_into(my->rc, camera_read(self, my->slot)); // e.g. by DMA
 *	if (my->rc == 0) {
 *		eddy_slots_commit(&images, my->slot);
 *	} else {
 *		eddy_slots_abandon(&images, my->slot);
 *	}
 *
 * It is not part of eddy_chan, since slots that are out for a while do not come back in the order
 * of a ring. For items of a few words eddy_chan is cheaper.
 */

#ifndef EDDY_SLOTS_H_
#define EDDY_SLOTS_H_

#include <eddy/op.h>
#include <eddy/select.h>

/** eddy_lock guards it. Slots are named by their index; EDDY_SLOTS_NONE_ is no slot. */
struct eddy_slots {
	struct eddy_waitq reservers; /**< Wait for a vacant slot. */
	struct eddy_waitq borrowers; /**< Wait for a committed one. */
	char *blocks;
	uint16_t *link;      /**< Of each slot: the next in its list, or that it is out. */
	uint32_t block_size; /**< Bytes. */
	uint16_t capacity;   /**< Slots. */
	uint16_t fresh;      /**< From here on, slots have never been used. */
	uint16_t vacant;     /**< List of those that are vacant again. */
	uint16_t oldest;     /**< List of the committed ones. */
	uint16_t newest;
	uint16_t count; /**< Committed ones. */
	bool closed;
};

#define EDDY_SLOTS_NONE_ UINT16_MAX

#define EDDY_SLOTS_INITIALIZER(blocks_, link_, block_size_, capacity_)                             \
	{                                                                                          \
		.blocks = (char *)(blocks_), .link = (link_), .block_size = (block_size_),         \
		.capacity = (capacity_), .vacant = EDDY_SLOTS_NONE_, .oldest = EDDY_SLOTS_NONE_,   \
	}

/** Define @p capacity_ slots, up to 65,000, for items of a type. Ready for use. */
#define EDDY_SLOTS_DEFINE(name, type, capacity_)                                                   \
	static type _eddy_slots_blocks_##name[capacity_];                                          \
	static uint16_t _eddy_slots_link_##name[capacity_];                                        \
	BUILD_ASSERT((capacity_) > 0 && (capacity_) <= 65000, "capacity out of range");            \
	struct eddy_slots name = EDDY_SLOTS_INITIALIZER(                                           \
		_eddy_slots_blocks_##name, _eddy_slots_link_##name, sizeof(type), capacity_)

extern const struct eddy_op eddy_slots_reserve_op;
extern const struct eddy_op eddy_slots_borrow_op;

/**
 * @brief Set up slots, all vacant.
 *
 * @param blocks  Room for @p capacity items of @p block_size bytes, aligned as they have to be.
 * @param link    Room for @p capacity words, for our own use.
 *
 * @retval 0        Ready for use.
 * @retval -EINVAL  Something is missing, or more than 65,000 slots.
 *
 * @par Context
 * Any, while nobody uses them.
 */
int eddy_slots_init(struct eddy_slots *slots, void *blocks, uint16_t *link, uint32_t block_size,
		    uint16_t capacity);

/**
 * @brief Reserve a vacant slot, waiting for one if need be.
 *
 * @param slot  Where to put a pointer to it; in the task's frame.
 *
 * @retval 0           The slot is the caller's, up to eddy_slots_commit() or eddy_slots_abandon(),
 *                     also if the task was canceled in the instant in which it got the slot.
 * @retval -EAGAIN     The wait timed out; or K_NO_WAIT and none is vacant.
 * @retval -EPIPE      Closed, now or while this waited.
 * @retval -ECANCELED  Canceled; no slot was reserved.
 *
 * @par Context
 * Task. Cost: O(1).
 */
EDDY_AWAITABLE static inline int eddy_slots_reserve(struct eddy_task *self,
						    struct eddy_slots *slots, void **slot,
						    k_timeout_t timeout)
{
	return eddy_await(self, &eddy_slots_reserve_op, slots, slot, timeout);
}

/** The same for a thread, which must not be aborted meanwhile; -ECANCELED does not occur. */
static inline int eddy_slots_reserve_blocking(struct eddy_slots *slots, void **slot,
					      k_timeout_t timeout)
{
	return eddy_block(&eddy_slots_reserve_op, slots, slot, timeout);
}

/** Reserve a slot if one is vacant. @retval -EAGAIN none is. @retval -EPIPE closed. Any context. */
static inline int eddy_slots_try_reserve(struct eddy_slots *slots, void **slot)
{
	return eddy_try(&eddy_slots_reserve_op, slots, slot);
}

/** Have an arm of a select reserve a slot. Task; see select.h. */
static inline void eddy_slots_reserve_arm(struct eddy_arm *arm, struct eddy_slots *slots,
					  void **slot)
{
	eddy_arm_set(arm, &eddy_slots_reserve_op, slots, slot);
}

/**
 * @brief Hand a reserved slot, now filled, to whoever borrows next.
 *
 * @retval 0       Committed.
 * @retval -EPIPE  Closed meanwhile: the slot is vacant again, what is in it is lost.
 *
 * @par Context
 * Any; not only who reserved it. Cost: O(1).
 */
int eddy_slots_commit(struct eddy_slots *slots, void *slot);

/** Give a reservation up: the slot is vacant again. Any context. Cost: O(1). */
void eddy_slots_abandon(struct eddy_slots *slots, void *slot);

/**
 * @brief Borrow the oldest committed slot, waiting for one if need be.
 *
 * @param slot  Where to put a pointer to it; in the task's frame.
 *
 * @retval 0           The slot is the caller's, up to eddy_slots_release(), also if the task was
 *                     canceled in the instant in which it got the slot.
 * @retval -EAGAIN     The wait timed out; or K_NO_WAIT and none is committed.
 * @retval -EPIPE      Closed, and no committed slot is left.
 * @retval -ECANCELED  Canceled; no slot was borrowed.
 *
 * @par Context
 * Task. Cost: O(1).
 */
EDDY_AWAITABLE static inline int eddy_slots_borrow(struct eddy_task *self, struct eddy_slots *slots,
						   void **slot, k_timeout_t timeout)
{
	return eddy_await(self, &eddy_slots_borrow_op, slots, slot, timeout);
}

/** The same for a thread, which must not be aborted meanwhile; -ECANCELED does not occur. */
static inline int eddy_slots_borrow_blocking(struct eddy_slots *slots, void **slot,
					     k_timeout_t timeout)
{
	return eddy_block(&eddy_slots_borrow_op, slots, slot, timeout);
}

/** Borrow a slot if one is committed. @retval -EAGAIN none. @retval -EPIPE closed. Any context. */
static inline int eddy_slots_try_borrow(struct eddy_slots *slots, void **slot)
{
	return eddy_try(&eddy_slots_borrow_op, slots, slot);
}

/** Have an arm of a select borrow a slot. Task; see select.h. */
static inline void eddy_slots_borrow_arm(struct eddy_arm *arm, struct eddy_slots *slots,
					 void **slot)
{
	eddy_arm_set(arm, &eddy_slots_borrow_op, slots, slot);
}

/** Give a borrowed slot back: it is vacant again. Any context. Cost: O(1). */
void eddy_slots_release(struct eddy_slots *slots, void *slot);

/**
 * @brief Close: nothing more can be reserved or committed; what is committed can be borrowed.
 *
 * All who wait get -EPIPE. Closing again has no effect; eddy_slots_init() opens them anew.
 *
 * @par Context
 * Any. Cost: O(waiters), interrupts masked for one at a time.
 */
void eddy_slots_close(struct eddy_slots *slots);

/** Committed slots that nobody has borrowed yet. Any context. */
static inline uint16_t eddy_slots_count(const struct eddy_slots *slots)
{
	return slots->count;
}

#endif /* EDDY_SLOTS_H_ */
