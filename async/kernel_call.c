/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Awaiting what the kernel offers only to threads: helper threads block on behalf of tasks.
 *
 * The task tries first, and only then asks for a helper. A helper runs one call at a time, with the
 * task's own limit as its time-out. If the task is canceled, the helper is aborted, but only while
 * it is pending in its call, looked at with interrupts locked: what it waits for has not happened
 * then, and does not. All calls are such that nothing is half done while they pend (a pipe is
 * written by one byte first). A write to a pipe is not aborted; it looks at `is_unwanted` from time
 * to time. A helper that was aborted is made anew by the system work queue, since that takes a
 * thread.
 *
 * That look is exact on one core, where nobody serves the helper while interrupts are locked.
 *
 * Locking:   eddy_lock guards the helpers' `call` and `is_ready`.
 */

#include <string.h>

#include <eddy/kernel.h>
#include <eddy/sem.h>

#include "core.h"
#include "thread.h"

#define HELPERS CONFIG_EDDY_KERNEL_HELPERS

struct eddy_k_helper {
	struct k_thread thread;
	struct k_sem go;          /**< A call has been given to it. */
	struct eddy_k_call *call; /**< NULL: none. */
	bool is_ready;            /**< The thread exists. */
};

static struct eddy_k_helper helpers[HELPERS];
static K_THREAD_STACK_ARRAY_DEFINE(stacks, HELPERS, CONFIG_EDDY_KERNEL_HELPER_STACK_SIZE);

/* Counts helpers that are ready and have no call. */
static EDDY_SEM_DEFINE(vacant, 0, HELPERS);

static void help(void *p1, void *p2, void *p3)
{
	struct eddy_k_helper *helper = p1;

	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	for (;;) {
		struct eddy_k_call *call;

		(void)k_sem_take(&helper->go, K_FOREVER); /* cannot fail */
		call = helper->call;
		call->result = call->is_unwanted ? -ECANCELED : call->call(call);
		eddy_signal_raise(&call->ended, 0U);
	}
}

/* Create the threads that do not exist. */
static void make_helpers(struct k_work *work)
{
	ARG_UNUSED(work);
	for (unsigned int i = 0; i < HELPERS; i++) {
		struct eddy_k_helper *helper = &helpers[i];

		if (helper->is_ready) {
			continue;
		}
		helper->call = NULL;
		(void)k_sem_init(&helper->go, 0, 1); /* cannot fail */
		(void)k_thread_create(&helper->thread, stacks[i], K_THREAD_STACK_SIZEOF(stacks[i]),
				      help, helper, NULL, NULL, CONFIG_EDDY_KERNEL_HELPER_PRIORITY,
				      0, K_NO_WAIT);
		(void)k_thread_name_set(&helper->thread, "eddy helper"); /* if names are on */
		helper->is_ready = true;
		(void)eddy_sem_give(&vacant); /* not above its limit */
	}
}

static K_WORK_DEFINE(make_work, make_helpers);

/* Whether that has been seen to. If not, because the queue was drained, the next call does. */
static volatile bool are_made;

static void have_helpers_made(void)
{
	are_made = k_work_submit(&make_work) >= 0; /* queued already: it finds this one too */
}

/* Give a call to a helper; one is vacant, and the caller has taken it from the count. */
static void assign(struct eddy_k_call *call)
{
	k_spinlock_key_t key = k_spin_lock(&eddy_lock);
	struct eddy_k_helper *helper = helpers;

	while (!helper->is_ready || helper->call != NULL) {
		helper++;
		__ASSERT_NO_MSG(helper < &helpers[HELPERS]);
	}
	helper->call = call;
	call->helper = helper;
	k_spin_unlock(&eddy_lock, key);
	k_sem_give(&helper->go); /* may switch threads */
}

static void release(struct eddy_k_helper *helper)
{
	k_spinlock_key_t key = k_spin_lock(&eddy_lock);

	helper->call = NULL;
	k_spin_unlock(&eddy_lock, key);
	(void)eddy_sem_give(&vacant); /* not above its limit */
}

/* Take a helper out of its call, if it pends there. Returns whether it did. */
static bool abort_call(struct eddy_k_call *call)
{
	struct k_thread *thread = &call->helper->thread;
	char text[32];
	unsigned int key;
	bool pends;

	key = irq_lock();
	pends = call->can_abort && call->result == EDDY_PENDING &&
		strstr(k_thread_state_str(thread, text, sizeof(text)), "pending") != NULL;
	if (pends) {
		k_thread_abort(thread);
		call->helper->is_ready = false;
		call->helper = NULL; /* no longer ours: it may be made anew in the next instant */
	}
	irq_unlock(key);
	if (pends) {
		have_helpers_made();
	}
	return pends;
}

async_fn(eddy_k_call)
{
	async_begin;
	await_into(my->waited, eddy_sem_take(self, &vacant, my->limit));
	if (my->waited != 0) {
		async_return(my->waited);
	}
	my->result = EDDY_PENDING;
	my->is_unwanted = false;
	eddy_signal_init(&my->ended);
	assign(my);
	await_into(my->waited, eddy_signal_wait(self, &my->ended, NULL, K_FOREVER));
	if (my->waited != 0) {
		/* Canceled. A helper that is neither done nor pends is on its way to either. */
		my->is_unwanted = true;
		my->shields = eddy_shield(self);
		do {
			if (abort_call(my)) {
				my->result = -ECANCELED;
				break;
			}
			await_into(my->waited,
				   eddy_signal_wait(self, &my->ended, NULL, K_TICKS(1)));
		} while (my->waited != 0);
		if (my->shields) {
			eddy_unshield(self);
		}
	}
	if (my->helper != NULL) {
		release(my->helper);
	}
	async_return(my->result);
	async_end;
}

/* Try, then have a helper wait. All else in @call is set. */
static int begin(struct eddy_task *self, struct eddy_k_call *call, k_timeout_t timeout)
{
	int result;

	if (eddy_is_canceled(self)) {
		return -ECANCELED;
	}
	eddy_assert_survives(self, call);
	call->limit = K_NO_WAIT;
	result = call->call(call);
	if (result != -EAGAIN || K_TIMEOUT_EQ(timeout, K_NO_WAIT)) {
		return result;
	}
	if (!are_made) {
		have_helpers_made();
	}
	call->limit = eddy_deadline_in(timeout); /* both waits share it */
	call->frame = (struct eddy_frame){.code = EDDY_CODE(eddy_k_call)};
	return eddy_frame_enter(self, &call->frame);
}

static void set(struct eddy_k_call *call, int (*function)(struct eddy_k_call *call), void *object)
{
	call->call = function;
	call->object = object;
	call->can_abort = true;
}

static int call_msgq(struct eddy_k_call *call)
{
	return k_msgq_put(call->object, call->data, call->limit) == 0 ? 0 : -EAGAIN;
}

int eddy_k_msgq_put(struct eddy_task *self, struct eddy_k_call *call, struct k_msgq *msgq,
		    const void *data, k_timeout_t timeout)
{
	eddy_assert_survives(self, data);
	set(call, call_msgq, msgq);
	call->data = (void *)(uintptr_t)data;
	return begin(self, call, timeout);
}

static int call_thread(struct eddy_k_call *call)
{
	int result = k_thread_join(call->object, call->limit);

	return result == -EBUSY ? -EAGAIN : result;
}

int eddy_k_thread_join(struct eddy_task *self, struct eddy_k_call *call, struct k_thread *thread,
		       k_timeout_t timeout)
{
	if (thread == eddy_thread_here()) {
		return -EDEADLK;
	}
	set(call, call_thread, thread);
	return begin(self, call, timeout);
}

#ifdef CONFIG_EVENTS
static int got_events(struct eddy_k_call *call, uint32_t events)
{
	if (events == 0U) {
		return -EAGAIN;
	}
	*(uint32_t *)call->data = events;
	return 0;
}

static int call_event(struct eddy_k_call *call)
{
	return got_events(call, k_event_wait(call->object, call->flags, false, call->limit));
}

static int call_event_all(struct eddy_k_call *call)
{
	return got_events(call, k_event_wait_all(call->object, call->flags, false, call->limit));
}

static int begin_event(struct eddy_task *self, struct eddy_k_call *call,
		       int (*function)(struct eddy_k_call *call), struct k_event *event,
		       uint32_t *events, k_timeout_t timeout)
{
	eddy_assert_survives(self, events);
	set(call, function, event);
	call->data = events;
	call->flags = *events;
	return begin(self, call, timeout);
}

int eddy_k_event_wait(struct eddy_task *self, struct eddy_k_call *call, struct k_event *event,
		      uint32_t *events, k_timeout_t timeout)
{
	return begin_event(self, call, call_event, event, events, timeout);
}

int eddy_k_event_wait_all(struct eddy_task *self, struct eddy_k_call *call, struct k_event *event,
			  uint32_t *events, k_timeout_t timeout)
{
	return begin_event(self, call, call_event_all, event, events, timeout);
}
#endif

#ifdef EDDY_PIPES_OF_KERNEL_
/*
 * Wait for room for one byte and put it. The wait is cut into pieces, for no version of Zephyr gets
 * along with the abortion of a thread that waits there: 4.1 counts who waits, and would count it
 * forever; 3.3 may have taken the byte, since it does not always wake whom it has served.
 */
static int put_byte(struct eddy_k_call *call)
{
	int result;

	do {
		k_timeout_t piece = eddy_deadline_in(K_MSEC(10));

		if (eddy_deadline_is_before_(call->limit, piece)) {
			piece = call->limit;
		}
		result = eddy_k_pipe_put_(call->object, call->data, 1, piece);
	} while (result == -EAGAIN && !call->is_unwanted && !eddy_deadline_is_over(call->limit));
	return result == -EAGAIN && call->is_unwanted ? -ECANCELED : result;
}

/* One byte first, so that nothing is half done meanwhile; then what else fits. */
static int call_pipe(struct eddy_k_call *call)
{
	int result = eddy_k_pipe_put_(call->object, call->data, call->size, K_NO_WAIT);

	if (result != -EAGAIN || K_TIMEOUT_EQ(call->limit, K_NO_WAIT)) {
		return result;
	}
	result = put_byte(call);
	if (result < 0 || call->size == 1U) {
		return result;
	}
	result = eddy_k_pipe_put_(call->object, (char *)call->data + 1, call->size - 1U, K_NO_WAIT);
	return result > 0 ? result + 1 : 1;
}

int eddy_k_pipe_write(struct eddy_task *self, struct eddy_k_call *call, struct k_pipe *pipe,
		      const void *data, size_t size, k_timeout_t timeout)
{
	if (size == 0U) {
		return 0;
	}
	eddy_assert_survives(self, data);
	set(call, call_pipe, pipe);
	call->can_abort = false;
	call->data = (void *)(uintptr_t)data;
	call->size = size;
	return begin(self, call, timeout);
}
#endif
