/* SPDX-License-Identifier: Apache-2.0 */

/**
 * @file
 * Watch: the latest value of something, for many receivers.
 *
 * Each receiver has a reader, which knows the value that it has seen last, and waits until there is
 * another. Values that come faster than a receiver looks are skipped; the latest never is. One that
 * comes late gets the present value at once.
 *
 *	struct display {
 *		struct eddy_frame frame;
 *		struct eddy_watch_reader reader;
 *		struct climate climate;
 *	};
 *
 *	eddy_watch_reader_init(&my->reader, &climate);
 *	for (;;) {
 *		await(eddy_watch_changed(self, &my->reader, &my->climate, K_FOREVER));
 *		draw(&my->climate);
 *	}
 */

#ifndef EDDY_WATCH_H_
#define EDDY_WATCH_H_

#include <eddy/op.h>
#include <eddy/select.h>

/** eddy_lock guards it. Invariant: whoever waits has seen the present value. */
struct eddy_watch {
	struct eddy_waitq waiters;
	void *value;
	uint32_t version; /**< Of the value; 0: there is none yet. */
	uint16_t size;    /**< Bytes. */
};

/** A receiver. Its owner's, but while it waits: eddy_lock guards it then. */
struct eddy_watch_reader {
	struct eddy_watch *watch;
	void *value;   /**< Where to put the next value. */
	uint32_t seen; /**< Version of the value that it has seen last. */
};

#define EDDY_WATCH_INITIALIZER(value_, size_)                                                      \
	{                                                                                          \
		.value = (value_), .size = (size_)                                                 \
	}

/** Define a watch for values of a type, ready for use; there is no value yet. */
#define EDDY_WATCH_DEFINE(name, type)                                                              \
	static type _eddy_watch_value_##name;                                                      \
	BUILD_ASSERT(sizeof(type) <= UINT16_MAX, "value too large");                               \
	struct eddy_watch name = EDDY_WATCH_INITIALIZER(&_eddy_watch_value_##name, sizeof(type))

extern const struct eddy_op eddy_watch_changed_op;
int eddy_watch_changed_limited(struct eddy_task *self, struct eddy_watch_reader *reader,
			       void *value);

/**
 * @brief Set up a watch without a value.
 *
 * @param value  Room for a value of @p size bytes.
 *
 * @retval 0        Ready for use.
 * @retval -EINVAL  There is no room.
 *
 * @par Context
 * Any, while nobody uses it.
 */
int eddy_watch_init(struct eddy_watch *watch, void *value, uint16_t size);

/**
 * @brief Set the value, and hand it to all who wait for it. It must outlive the call.
 *
 * Every call counts as a change, whether the value is another or not.
 *
 * @par Context
 * Any. Cost: O(waiters), interrupts masked for one copy at a time.
 */
void eddy_watch_set(struct eddy_watch *watch, const void *value);

/** Copy the present value. No reader has seen it by that. @retval -EAGAIN none yet. Any context. */
int eddy_watch_get(const struct eddy_watch *watch, void *value);

/** Set up a reader that has seen nothing. Any context, while nobody uses it. */
static inline void eddy_watch_reader_init(struct eddy_watch_reader *reader,
					  struct eddy_watch *watch)
{
	*reader = (struct eddy_watch_reader){.watch = watch};
}

/** The same in an initializer, e.g. of a frame: `.reader = EDDY_WATCH_READER(&climate)`. */
#define EDDY_WATCH_READER(watch_)                                                                  \
	{                                                                                          \
		.watch = (watch_)                                                                  \
	}

/** Whether there is a value that the reader has not seen. Any context. */
static inline bool eddy_watch_is_changed(const struct eddy_watch_reader *reader)
{
	return reader->seen != reader->watch->version;
}

/**
 * @brief Wait until there is a value that the reader has not seen, and get the latest.
 *
 * To wait for a particular value, loop: a condition is not evaluated with interrupts masked.
 *
 * @param reader  In the task's frame. One task at a time.
 * @param value   Where to put the value; in the task's frame, as it is written while it waits.
 *
 * @retval 0           A new value; the reader has seen it now. So too if the task was canceled in
 *                     the instant in which it got the value.
 * @retval -EAGAIN     The wait timed out; or K_NO_WAIT and there is no new value.
 * @retval -ECANCELED  Canceled; the reader has seen nothing.
 *
 * @par Context
 * Task. Cost: O(1) and one copy with interrupts masked.
 */
EDDY_AWAITABLE static inline int eddy_watch_changed(struct eddy_task *self,
						    struct eddy_watch_reader *reader, void *value,
						    k_timeout_t timeout)
{
	eddy_limit(self, timeout);
	return eddy_watch_changed_limited(self, reader, value);
}

/** The same for a thread, which must not be aborted meanwhile; -ECANCELED does not occur. */
static inline int eddy_watch_changed_blocking(struct eddy_watch_reader *reader, void *value,
					      k_timeout_t timeout)
{
	reader->value = value;
	return eddy_block(&eddy_watch_changed_op, reader->watch, reader, timeout);
}

/** The same without waiting: -EAGAIN if there is no new value. Any context. */
static inline int eddy_watch_try_changed(struct eddy_watch_reader *reader, void *value)
{
	reader->value = value;
	return eddy_try(&eddy_watch_changed_op, reader->watch, reader);
}

/** Have an arm of a select wait for a new value. Task; see select.h. */
static inline void eddy_watch_changed_arm(struct eddy_arm *arm, struct eddy_watch_reader *reader,
					  void *value)
{
	reader->value = value;
	eddy_arm_set(arm, &eddy_watch_changed_op, reader->watch, reader);
}

#endif /* EDDY_WATCH_H_ */
