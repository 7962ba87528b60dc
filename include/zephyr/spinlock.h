/* SPDX-License-Identifier: Apache-2.0 */

/**
 * @file
 * Spin locks.
 *
 * One core: masking interrupts excludes everybody, so the lock itself has no state and costs what
 * irq_lock() costs. With CONFIG_SPIN_VALIDATE it remembers its holder and asserts correct use.
 */

#ifndef ZEPHYR_INCLUDE_SPINLOCK_H_
#define ZEPHYR_INCLUDE_SPINLOCK_H_

#include <arch/cpu.h>
#include <zephyr/sys/__assert.h>
#include <zephyr/toolchain.h>
#include <zephyr/types.h>

struct k_spinlock {
#ifdef CONFIG_SPIN_VALIDATE
	uint16_t held; /**< z_spin_epoch: it is. */
#endif
};

typedef struct {
	unsigned int key;
} k_spinlock_key_t;

#ifdef CONFIG_SPIN_VALIDATE
/* Counts fatal errors, from 1: what was held at that time is no longer. */
extern uint16_t z_spin_epoch;

static ALWAYS_INLINE void z_spin_note(struct k_spinlock *lock, bool take)
{
	__ASSERT((lock->held == z_spin_epoch) != take, "spin lock %p %s", (void *)lock,
		 take ? "taken twice" : "released but not held");
	lock->held = take ? z_spin_epoch : 0U;
}
#else
#define z_spin_note(lock, take) ((void)(lock))
#endif

/** Mask interrupts and take @p lock. Does not nest. Any context. Bounded work only inside. */
static ALWAYS_INLINE k_spinlock_key_t k_spin_lock(struct k_spinlock *lock)
{
	k_spinlock_key_t key = {.key = arch_irq_lock()};

	z_spin_note(lock, true);
	return key;
}

/** Take @p lock if nobody holds it. @retval -EBUSY held. */
static ALWAYS_INLINE int k_spin_trylock(struct k_spinlock *lock, k_spinlock_key_t *key)
{
	*key = k_spin_lock(lock); /* one core: whoever gets here finds it free */
	return 0;
}

/** Release @p lock and restore the interrupt state of @p key. A pended switch takes place here. */
static ALWAYS_INLINE void k_spin_unlock(struct k_spinlock *lock, k_spinlock_key_t key)
{
	z_spin_note(lock, false);
	arch_irq_unlock(key.key);
}

/** Release @p lock with interrupts left masked. */
static ALWAYS_INLINE void k_spin_release(struct k_spinlock *lock)
{
	z_spin_note(lock, false);
}

/** Run the following block with the lock held. Leave it only by its end or by `continue`. */
#define K_SPINLOCK(lck)                                                                            \
	for (k_spinlock_key_t __key = k_spin_lock(lck), *__once = &__key; __once != NULL;          \
	     k_spin_unlock(lck, __key), __once = NULL)

#endif /* ZEPHYR_INCLUDE_SPINLOCK_H_ */
