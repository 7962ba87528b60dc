/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Message queue.
 *
 * Whoever waits leaves a pointer to its message in wait_data: a message goes from the sender
 * straight to a waiting receiver, and one removed makes room for a waiting sender's.
 *
 * Locking:   sched_lock guards every field, and is held while a message is copied.
 * Invariant: receivers wait only while the queue is empty, senders only while it is full.
 */

#include <kpoll.h>
#include <zephyr/kernel.h>

void k_msgq_init(struct k_msgq *msgq, char *buffer, size_t msg_size, uint32_t max_msgs)
{
	*msgq = (struct k_msgq)Z_MSGQ_INITIALIZER(*msgq, buffer, msg_size, max_msgs);
}

/* Copy a message; small aligned ones, the usual case, without a call. */
static ALWAYS_INLINE void copy(void *to, const void *from, size_t size)
{
	if ((((uintptr_t)to | (uintptr_t)from | size) & 3U) == 0U && size <= 32U) {
		uint32_t *dst = to;
		const uint32_t *src = from;
		const uint32_t *end = (const void *)((const char *)from + size);

		do {
			*dst++ = *src++;
		} while (src != end);
	} else {
		memcpy(to, from, size);
	}
}

static ALWAYS_INLINE char *wrapped(const struct k_msgq *msgq, char *slot)
{
	return slot == msgq->buffer_end ? msgq->buffer_start : slot;
}

static ALWAYS_INLINE void push(struct k_msgq *msgq, const void *data)
{
	size_t size = msgq->msg_size;
	char *slot = msgq->write_ptr;

	copy(slot, data, size);
	msgq->write_ptr = wrapped(msgq, slot + size);
	msgq->used_msgs++;
}

static ALWAYS_INLINE void pull(struct k_msgq *msgq, void *data)
{
	size_t size = msgq->msg_size;
	char *slot = msgq->read_ptr;

	copy(data, slot, size);
	msgq->read_ptr = wrapped(msgq, slot + size);
	msgq->used_msgs--;
}

/* Four words of arguments: none on the stack, for which the fast paths would have to make room. */
static __noinline int wait_turn(struct k_msgq *msgq, k_spinlock_key_t key, k_timeout_t timeout)
{
	return sched_wait(&msgq->waiters, key, timeout);
}

/* Not before it is certain: in an interrupt the current thread may be about to wait itself. */
static ALWAYS_INLINE int wait_with(struct k_msgq *msgq, void *data, k_timeout_t timeout,
				   k_spinlock_key_t key)
{
	if (K_TIMEOUT_EQ(timeout, K_NO_WAIT)) {
		sched_unlock(key);
		return -ENOMSG;
	}
	kernel.current->wait_data = data;
	return wait_turn(msgq, key, timeout);
}

/* The queue is empty and a receiver waits. */
static __noinline int put_to_receiver(struct k_msgq *msgq, const void *data, k_spinlock_key_t key)
{
	struct k_thread *receiver = waitq_take_first(&msgq->waiters);

	copy(receiver->wait_data, data, msgq->msg_size);
	sched_wake(receiver, 0);
	sched_unlock(key);
	return 0;
}

int k_msgq_put(struct k_msgq *msgq, const void *data, k_timeout_t timeout)
{
	k_spinlock_key_t key = k_spin_lock(&sched_lock);

	__ASSERT(!arch_is_in_isr() || K_TIMEOUT_EQ(timeout, K_NO_WAIT),
		 "message queue %p: an interrupt must not wait", (void *)msgq);
	if (unlikely(msgq->used_msgs >= msgq->max_msgs)) {
		return wait_with(msgq, (void *)(uintptr_t)data, timeout, key);
	}
	if (unlikely(msgq->waiters.first != NULL)) {
		return put_to_receiver(msgq, data, key);
	}
	push(msgq, data);
	return poll_unlock(msgq, K_POLL_STATE_MSGQ_DATA_AVAILABLE, key);
}

/* The queue was full and a sender waits: one message out, the sender's in. */
static __noinline int get_and_refill(struct k_msgq *msgq, void *data, k_spinlock_key_t key)
{
	struct k_thread *sender = waitq_take_first(&msgq->waiters);

	pull(msgq, data);
	push(msgq, sender->wait_data);
	sched_wake(sender, 0);
	sched_unlock(key);
	return 0;
}

int k_msgq_get(struct k_msgq *msgq, void *data, k_timeout_t timeout)
{
	k_spinlock_key_t key = k_spin_lock(&sched_lock);

	__ASSERT(!arch_is_in_isr() || K_TIMEOUT_EQ(timeout, K_NO_WAIT),
		 "message queue %p: an interrupt must not wait", (void *)msgq);
	if (unlikely(msgq->used_msgs == 0U)) {
		return wait_with(msgq, data, timeout, key);
	}
	if (unlikely(msgq->waiters.first != NULL)) {
		return get_and_refill(msgq, data, key);
	}
	pull(msgq, data);
	sched_unlock(key);
	return 0;
}

int k_msgq_peek(struct k_msgq *msgq, void *data)
{
	return k_msgq_peek_at(msgq, data, 0U);
}

int k_msgq_peek_at(struct k_msgq *msgq, void *data, uint32_t idx)
{
	k_spinlock_key_t key = k_spin_lock(&sched_lock);
	int result = -ENOMSG;

	if (idx < msgq->used_msgs) {
		size_t until_end = (size_t)(msgq->buffer_end - msgq->read_ptr);
		size_t offset = idx * msgq->msg_size;

		copy(data,
		     offset < until_end ? msgq->read_ptr + offset
					: msgq->buffer_start + (offset - until_end),
		     msgq->msg_size);
		result = 0;
	}
	sched_unlock(key);
	return result;
}

void k_msgq_purge(struct k_msgq *msgq)
{
	k_spinlock_key_t key = k_spin_lock(&sched_lock);

	if (msgq->used_msgs != 0U) {
		struct k_thread *sender;

		while ((sender = waitq_take_first(&msgq->waiters)) != NULL) {
			sched_wake(sender, -ENOMSG);
		}
	}
	msgq->used_msgs = 0U;
	msgq->read_ptr = msgq->write_ptr;
	sched_unlock(key);
}

void k_msgq_get_attrs(struct k_msgq *msgq, struct k_msgq_attrs *attrs)
{
	k_spinlock_key_t key = k_spin_lock(&sched_lock);

	attrs->msg_size = msgq->msg_size;
	attrs->max_msgs = msgq->max_msgs;
	attrs->used_msgs = msgq->used_msgs;
	sched_unlock(key);
}
