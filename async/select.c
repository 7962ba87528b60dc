/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Select: several operations at once, of which the first that is possible is performed.
 *
 * Each arm is a waiter of its own. Whoever serves a queue and meets an arm takes it out; if the
 * task waits in the arm's select at that moment, the task itself is served, as if it had waited
 * for this operation alone. Otherwise the arm is passed over. So of several objects that become
 * ready at once, exactly one serves the task, and no other loses anything.
 *
 * Arms stay in their queues from one turn to the next. Those that left it are `loose`: only they
 * have to be tried and put back at the next turn. That is enough, because whoever makes an
 * operation possible first takes the arms that wait for it out of the queue. Even an arm that is
 * served may stay, if the operation is impossible behind that (op->serves_one) and nobody else
 * waits in the queue, who would have to come first now.
 *
 * Locking:   eddy_lock guards it all.
 * Invariant: an arm is either in the wait queue of its operation (EDDY_TASK_QUEUED) or loose. While
 *            the task waits, none that was set up is loose.
 */

#include <eddy/select.h>

#include "core.h"

static struct eddy_arm *arm_of(struct eddy_waiter *waiter)
{
	return CONTAINER_OF(waiter, struct eddy_arm, waiter);
}

/* The arms follow what they have in common. */
static struct eddy_arm *arms_of(struct eddy_select *select)
{
	return CONTAINER_OF(select, EDDY_SELECT(1), select)->arm;
}

static struct eddy_select *select_of(struct eddy_waiter *waiter)
{
	return arm_of(waiter)->select;
}

/*
 * The ring of loose arms is named by its last; next leads from there to the first. Any of them may
 * be made the last by one store, without the lock.
 */
static struct eddy_arm *first_loose(const struct eddy_select *select)
{
	return arm_of(select->loose->waiter.next);
}

static void add_loose(struct eddy_select *select, struct eddy_arm *arm)
{
	struct eddy_arm *last = select->loose;

	arm->waiter.state = EDDY_TASK_SELECTS;
	arm->waiter.next = last == NULL ? &arm->waiter : last->waiter.next;
	if (last != NULL) {
		last->waiter.next = &arm->waiter;
	}
	select->loose = arm;
}

static ALWAYS_INLINE void remove_first_loose(struct eddy_select *select)
{
	struct eddy_arm *last = select->loose;
	struct eddy_waiter *first = last->waiter.next;

	if (first == &last->waiter) {
		select->loose = NULL;
	} else {
		last->waiter.next = first->next;
	}
}

void eddy_select_setup(struct eddy_select *select, uint8_t count)
{
	struct eddy_arm *arms = arms_of(select);

	*select = (struct eddy_select){.count = count};
	for (unsigned int i = 0; i < count; i++) {
		arms[i] = (struct eddy_arm){.waiter.root = (uint8_t)i, .select = select};
		add_loose(select, &arms[i]);
	}
}

void eddy_arm_withdraw(struct eddy_arm *arm, const struct eddy_op *op, const void *object)
{
	k_spinlock_key_t key = k_spin_lock(&eddy_lock);

	if ((arm->waiter.state & EDDY_TASK_QUEUED) != 0U &&
	    (arm->op != op || arm->object != object)) {
		eddy_waitq_remove(&arm->waiter);
		add_loose(arm->select, arm);
	}
	k_spin_unlock(&eddy_lock, key);
}

bool eddy_select_is_waiting(const struct eddy_waiter *arm)
{
	const struct eddy_select *select = select_of((struct eddy_waiter *)(uintptr_t)arm);
	const struct eddy_waiter *waiter = &select->task->waiter;

	return (waiter->state & EDDY_TASK_SELECTS) != 0U && waiter->data == select;
}

struct eddy_waiter *eddy_select_take(struct eddy_waiter *waiter)
{
	struct eddy_select *select = select_of(waiter);
	bool is_waiting = eddy_select_is_waiting(waiter);

	add_loose(select, arm_of(waiter));
	if (!is_waiting) {
		return NULL;
	}
	select->which = waiter->root;
	select->task->waiter.data = waiter->data;
	return &select->task->waiter;
}

/* While arms wait in queues, the frame in which they lie must not return. */
#if __ASSERT_ON
static void occupy(struct eddy_select *select)
{
	if (select->host == NULL) {
		select->host = eddy_host_of(select->task, select);
		if (select->host != NULL) {
			select->host->guests++;
		}
	}
}

static void vacate(struct eddy_select *select)
{
	k_spinlock_key_t key = k_spin_lock(&eddy_lock);

	if (select->host != NULL) {
		select->host->guests--;
		select->host = NULL;
	}
	k_spin_unlock(&eddy_lock, key);
}
#else
#define occupy(select) ((void)(select))
#define vacate(select) ((void)(select))
#endif

/* Have the first loose arm, whose operation is impossible, wait for it. */
static ALWAYS_INLINE void enqueue(struct eddy_task *self, struct eddy_select *select,
				  struct eddy_arm *arm)
{
	struct eddy_waitq *queue = eddy_op_queue(arm->op, arm->object);
	struct eddy_waiter *waiter = &arm->waiter;

	if (arm->op->data_is_pointer) {
		eddy_assert_survives(self, waiter->data);
	}
	remove_first_loose(select);
	waiter->state = EDDY_ARM_QUEUED;
	waiter->executor = self->waiter.executor;
	eddy_rank_arm(waiter, self);
	if (likely(eddy_waitq_is_empty(queue))) {
		waiter->next = waiter;
		waiter->prev = eddy_waitq_mark(queue);
		queue->last = waiter;
	} else {
		eddy_waitq_add(queue, waiter);
	}
}

/*
 * Try the operations of all loose arms, up to one that is possible, whose result this returns. The
 * others wait in their queues then. EDDY_PENDING: all do; only then is the lock still held.
 */
static ALWAYS_INLINE int try_loose(struct eddy_task *self, struct eddy_select *select,
				   k_spinlock_key_t *key)
{
	for (;;) {
		struct eddy_arm *arm = first_loose(select);
		int result;

		if (arm->op == NULL) {
			remove_first_loose(select); /* was not set up */
		} else {
			result = arm->op->attempt(arm->object, arm->waiter.data, *key);
			if (result != EDDY_PENDING) {
				select->which = arm->waiter.root;
				select->loose = arm; /* the last: it has had its turn */
				return result;
			}
			enqueue(self, select, arm);
		}
		if (select->loose == NULL) {
			return EDDY_PENDING;
		}
		/* Let interrupts in between; what they take out becomes loose again. */
		k_spin_unlock(&eddy_lock, *key);
		*key = k_spin_lock(&eddy_lock);
	}
}

/* Wait for the first arm that is served. No arm is loose. Releases the lock. */
static int wait_for_arms(struct eddy_task *self, struct eddy_select *select, k_spinlock_key_t key)
{
	int result = EDDY_PENDING;

	if (eddy_is_canceled(self)) { /* in between */
		result = -ECANCELED;
	} else if (eddy_limit_ticks(self) == 0) {
		result = -EAGAIN;
	} else {
		self->waiter.data = select;
		self->waiter.state |= EDDY_TASK_WAITING | EDDY_TASK_SELECTS;
		if (!eddy_is_unlimited(self)) {
			eddy_timeq_add(self);
		}
	}
	k_spin_unlock(&eddy_lock, key);
	return result;
}

int eddy_select_next_limited(struct eddy_task *self, struct eddy_select *select)
{
	k_spinlock_key_t key = k_spin_lock(&eddy_lock);

	eddy_detect_await(self);
	eddy_assert_survives(self, select);
	if (eddy_is_canceled(self)) {
		k_spin_unlock(&eddy_lock, key);
		return -ECANCELED;
	}
	select->task = self;
	occupy(select);
	if (select->loose != NULL) {
		int result = try_loose(self, select, &key);

		if (result != EDDY_PENDING) {
			return result;
		}
	}
	return wait_for_arms(self, select, key);
}

/* The usual case of a loop: no arm has left its queue since the last turn. */
int eddy_select_next_forever(struct eddy_task *self, struct eddy_select *select)
{
	k_spinlock_key_t key = k_spin_lock(&eddy_lock);

	eddy_detect_await(self);
	if (likely(self->waiter.state == EDDY_TASK_ACTIVE && select->loose == NULL)) {
		self->waiter.data = select;
		self->waiter.state = EDDY_TASK_PLAIN_SELECT;
		k_spin_unlock(&eddy_lock, key);
		return EDDY_PENDING;
	}
	k_spin_unlock(&eddy_lock, key);
	eddy_limit(self, K_FOREVER);
	return eddy_select_next_limited(self, select);
}

void eddy_select_release(struct eddy_select *select)
{
	struct eddy_arm *arms = arms_of(select);

	for (unsigned int i = 0; i < select->count; i++) {
		k_spinlock_key_t key = k_spin_lock(&eddy_lock);

		if ((arms[i].waiter.state & EDDY_TASK_QUEUED) != 0U) {
			eddy_waitq_remove(&arms[i].waiter);
			add_loose(select, &arms[i]);
		}
		k_spin_unlock(&eddy_lock, key);
	}
	vacate(select);
}

/* The frame of a single choice: runs when the task is resumed, then its caller goes on. */
static int once_resumed(void *frame, struct eddy_task *self)
{
	struct eddy_select *select = CONTAINER_OF(frame, struct eddy_select, frame);

	eddy_select_release(select);
	return self->waiter.result;
}

int eddy_select_once_limited(struct eddy_task *self, struct eddy_select *select)
{
	int result = eddy_select_next_limited(self, select);

	if (result == EDDY_PENDING) {
		/* Only our own executor resumes us, so there is time for this. */
		select->frame = (struct eddy_frame){.code = once_resumed, .caller = self->frame};
		self->frame = &select->frame;
	} else {
		eddy_select_release(select);
	}
	return result;
}
