/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Everything that can be awaited, in one form, so that a behavior is written once and tested with
 * each of them. To add an operation: one more struct subject in the file of its object.
 *
 * Each subject has an object of its own. No threads are needed for what stands here.
 */

#ifndef TESTS_ASYNC_COMMON_SUBJECTS_H_
#define TESTS_ASYNC_COMMON_SUBJECTS_H_

#include <eddy/eddy.h>
#include <zephyr/sys/util.h>

/* An operation that can be awaited. Faces that it does not have are NULL. */
struct subject {
	const char *name;
	/* Make it impossible. Called by the task that will enable it. */
	void (*reset)(struct eddy_task *self);
	/* Make it possible, once. By the task that reset it; any context, unless is_owned. */
	void (*enable)(struct eddy_task *self);
	int (*wait)(struct eddy_task *self, k_timeout_t timeout);
	int (*try)(struct eddy_task *self);
	int (*block)(k_timeout_t timeout);
	void (*arm)(struct eddy_arm *arm);
	/* Give back what wait or try got; what block got is given back at once. */
	void (*release)(struct eddy_task *self);
	int success;     /* What it yields when it was performed; block always 0. */
	bool is_single;  /* One at a time may wait: its storage is the waiter's own. */
	bool is_owned;   /* Who resets it has it until it is enabled; so has who waited for it. */
	bool serves_all; /* Once enabled, it is possible for everyone, until it is reset. */
};

/* The blocking face, where there are threads: `expression` may use timeout. Then its name. */
#ifdef CONFIG_MULTITHREADING
#define SUBJECT_BLOCK(name, expression)                                                            \
	static int name(k_timeout_t timeout)                                                       \
	{                                                                                          \
		return expression;                                                                 \
	}
#define SUBJECT_BLOCKING(name) name
#else
#define SUBJECT_BLOCK(name, expression)
#define SUBJECT_BLOCKING(name) NULL
#endif

/* The other faces; `expression` may use self, and timeout or arm. */
#define SUBJECT_AWAIT(name, expression)                                                            \
	static int name(struct eddy_task *self, k_timeout_t timeout)                               \
	{                                                                                          \
		return expression;                                                                 \
	}
#define SUBJECT_TRY(name, expression)                                                              \
	static int name(struct eddy_task *self)                                                    \
	{                                                                                          \
		ARG_UNUSED(self);                                                                  \
		return expression;                                                                 \
	}
#define SUBJECT_ARM(name, expression)                                                              \
	static void name(struct eddy_arm *arm)                                                     \
	{                                                                                          \
		expression;                                                                        \
	}

/* All of them; NULL ends the list. */
extern const struct subject *const subjects[];

extern const struct subject broadcast_publish_subject;
extern const struct subject chan_recv_subject;
extern const struct subject chan_send_subject;
extern const struct subject event_look_subject;
extern const struct subject event_take_subject;
extern const struct subject k_sem_subject; /* with CONFIG_EDDY_KERNEL_AWAITS */
extern const struct subject mutex_subject;
extern const struct subject once_subject;
extern const struct subject pipe_read_subject;
extern const struct subject pipe_write_subject;
extern const struct subject prio_chan_recv_subject;
extern const struct subject prio_chan_send_subject;
extern const struct subject rwlock_read_subject;
extern const struct subject rwlock_write_subject;
extern const struct subject sem_subject;
extern const struct subject signal_subject;
extern const struct subject slots_borrow_subject;
extern const struct subject slots_reserve_subject;
extern const struct subject watch_subject;

#endif /* TESTS_ASYNC_COMMON_SUBJECTS_H_ */
