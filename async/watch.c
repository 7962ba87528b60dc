/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Watch: a value, its version, and those who have seen that version and wait for the next.
 *
 * Locking:   eddy_lock guards every field, and is held while one value is copied.
 * Invariant: who waits has seen the present version, unless a call of eddy_watch_set() is on its
 *            way to it. A waiter's data is its reader.
 */

#include <string.h>

#include <eddy/watch.h>

#include "core.h"
#include "thread.h"

int eddy_watch_init(struct eddy_watch *watch, void *value, uint16_t size)
{
	if (value == NULL || size == 0U) {
		return -EINVAL;
	}
	eddy_assert_unawaited(watch);
	*watch = (struct eddy_watch)EDDY_WATCH_INITIALIZER(value, size);
	return 0;
}

/* Give a reader the present value. */
static void show(const struct eddy_watch *watch, struct eddy_watch_reader *reader)
{
	memcpy(reader->value, watch->value, watch->size);
	reader->seen = watch->version;
}

void eddy_watch_set(struct eddy_watch *watch, const void *value)
{
	k_spinlock_key_t key = k_spin_lock(&eddy_lock);
	bool is_sched_locked = eddy_waitq_has_several(&watch->waiters) && eddy_sched_lock();
	struct eddy_waitq due;
	struct eddy_waiter *waiter;

	memcpy(watch->value, value, watch->size);
	watch->version++;
	if (watch->version == 0U) {
		watch->version = 1U; /* 0 is for those who have seen none */
	}

	/* Those who are woken may come back before we are done: they wait for the next one. */
	eddy_waitq_move(&due, &watch->waiters);
	while ((waiter = eddy_take(&due)) != NULL) {
		show(watch, waiter->data); /* the latest, should it have been set again meanwhile */
		eddy_unlock(key, eddy_wake(waiter, 0));
		key = k_spin_lock(&eddy_lock);
	}
	k_spin_unlock(&eddy_lock, key);
	eddy_sched_unlock(is_sched_locked);
}

int eddy_watch_get(const struct eddy_watch *watch, void *value)
{
	k_spinlock_key_t key = k_spin_lock(&eddy_lock);
	int result = -EAGAIN;

	if (watch->version != 0U) {
		memcpy(value, watch->value, watch->size);
		result = 0;
	}
	k_spin_unlock(&eddy_lock, key);
	return result;
}

/* The data is the reader. */
static int changed_attempt(void *object, void *data, k_spinlock_key_t key)
{
	struct eddy_watch *watch = object;
	struct eddy_watch_reader *reader = data;

	__ASSERT(reader->value != NULL, "watch %p: nowhere to put the value", object);
	if (reader->seen == watch->version) {
		return EDDY_PENDING;
	}
	show(watch, reader);
	k_spin_unlock(&eddy_lock, key);
	return 0;
}

const struct eddy_op eddy_watch_changed_op = {
	.attempt = changed_attempt,
	.queue = offsetof(struct eddy_watch, waiters),
	.data_is_pointer = true,
};

int eddy_watch_changed_limited(struct eddy_task *self, struct eddy_watch_reader *reader,
			       void *value)
{
	int result;

	reader->value = value;
	result = eddy_await_limited(self, &eddy_watch_changed_op, reader->watch, reader);
	if (result == EDDY_PENDING) {
		eddy_assert_survives(self, value);
	}
	return result;
}
