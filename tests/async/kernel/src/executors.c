/* SPDX-License-Identifier: Apache-2.0 */

/*
 * The same awaits in tasks on work queues, the system's among them, and in interrupts: whoever
 * serves, cancels and cleans up may now be more or less urgent than the task. When an await has
 * returned, nobody touches its memory any more.
 */

#include <zephyr/irq.h>

#include <eddy/kernel.h>

#include "async_test.h"
#include "irq_lines.h"
#include "pipes.h"

#define PRIORITY         3
#define QUEUE_STACK_SIZE 1024
#define POISON           0xa5

static K_SEM_DEFINE(sem, 0, 1);
K_MSGQ_DEFINE(empty_msgq, sizeof(uint32_t), 1, 4);
K_MSGQ_DEFINE(filled_msgq, sizeof(uint32_t), 1, 4);
static K_FIFO_DEFINE(fifo);
K_PIPE_DEFINE(empty_pipe, 4, 4);
static struct k_poll_signal poll_signal;
K_EVENT_DEFINE(flags);
static K_SEM_DEFINE(may_end, 0, 1);

static struct k_work_q urgent_queue; /* more urgent than the test's thread */
static struct k_work_q busy_queue;   /* for what is flushed */
static K_THREAD_STACK_DEFINE(urgent_stack, QUEUE_STACK_SIZE);
static K_THREAD_STACK_DEFINE(busy_stack, QUEUE_STACK_SIZE);
static struct eddy_work_executor on_system_queue;
static struct eddy_work_executor on_urgent_queue;
static struct eddy_irq_executor in_interrupt;

static struct eddy_executor *const executors[] = {
	&on_system_queue.executor,
	&on_urgent_queue.executor,
	&in_interrupt.executor,
};

/* What the tasks await. JOIN comes last: it takes a worker each time. */
enum what {
	SEM,
	MSGQ_GET,
	FIFO,
	PIPE_READ,
	MSGQ_PUT,
	POLL,
	EVENT,
	FLUSH,
	JOIN,
	WHATS
};

static void wait_for_the_end(struct k_work *work)
{
	ARG_UNUSED(work);
	(void)k_sem_take(&may_end, K_FOREVER); /* cannot fail */
}

static K_WORK_DEFINE(busy_work, wait_for_the_end);

static void end_later(void *p1, void *p2, void *p3)
{
	ARG_UNUSED(p1);
	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	(void)k_sem_take(&may_end, K_FOREVER); /* cannot fail */
}

static void *setup(void)
{
	k_work_queue_start(&urgent_queue, urgent_stack, QUEUE_STACK_SIZE, K_PRIO_COOP(2), NULL);
	k_work_queue_start(&busy_queue, busy_stack, QUEUE_STACK_SIZE, PRIO_HIGH, NULL);
	eddy_work_executor_init(&on_system_queue, "system", &k_sys_work_q);
	eddy_work_executor_init(&on_urgent_queue, "urgent", &urgent_queue);
	eddy_irq_executor_init(&in_interrupt, "interrupt", IRQ_LINE);
	IRQ_CONNECT(IRQ_LINE, PRIORITY, eddy_irq_executor_isr, &in_interrupt, 0);
	irq_enable(IRQ_LINE);
	return NULL;
}

ZTEST_SUITE(async_kernel_executors, NULL, setup, async_before, async_after, NULL);

struct waiter {
	struct eddy_frame frame;
	enum what what;      /* in */
	k_tid_t thread;      /* in: to be joined */
	k_timeout_t timeout; /* in */
	union {
		struct eddy_k_wait wait;
		struct eddy_k_call call;
		struct eddy_k_flush flush;
	};
	struct k_poll_event event;
	uint32_t word;
	void *item;
};

static int begin_wait(struct eddy_task *self, struct waiter *my)
{
	switch (my->what) {
	case SEM:
		return eddy_k_sem_take(self, &my->wait, &sem, my->timeout);
	case MSGQ_GET:
		return eddy_k_msgq_get(self, &my->wait, &empty_msgq, &my->word, my->timeout);
	case FIFO:
		return eddy_k_fifo_get(self, &my->wait, &fifo, &my->item, my->timeout);
	case PIPE_READ:
		return eddy_k_pipe_read(self, &my->wait, &empty_pipe, &my->word, 1, my->timeout);
	case POLL:
		return eddy_k_poll(self, &my->wait, &my->event, 1, my->timeout);
	case MSGQ_PUT:
		return eddy_k_msgq_put(self, &my->call, &filled_msgq, &my->word, my->timeout);
	case EVENT:
		my->word = 1U;
		return eddy_k_event_wait(self, &my->call, &flags, &my->word, my->timeout);
	case FLUSH:
		return eddy_k_work_flush(self, &my->flush, &busy_queue, &busy_work, my->timeout);
	default:
		return eddy_k_thread_join(self, &my->call, my->thread, my->timeout);
	}
}

async_fn(waiter)
{
	int result;

	async_begin;
	k_poll_event_init(&my->event, K_POLL_TYPE_SIGNAL, K_POLL_MODE_NOTIFY_ONLY, &poll_signal);
	await_into(result, begin_wait(self, my));
	async_return(result);
	async_end;
}

static EDDY_TASK_STORAGE(waiter) waiters;

/* Nothing has happened yet. Returns the thread to be joined, if any. */
static k_tid_t prepare(enum what what)
{
	uint32_t word = 0U;

	k_sem_reset(&sem);
	k_msgq_purge(&empty_msgq);
	(void)k_msgq_put(&filled_msgq, &word, K_NO_WAIT); /* it may be full */
	k_fifo_init(&fifo);
	(void)pipe_drain(&empty_pipe);
	k_poll_signal_init(&poll_signal);
	k_event_set(&flags, 0U);
	if (what == FLUSH) {
		zassert_true(k_work_submit_to_queue(&busy_queue, &busy_work) >= 0);
	}
	return what == JOIN ? worker_start(PRIO_HIGH, end_later, NULL) : NULL;
}

/* Have it happen. Any context. */
static void happen(enum what what)
{
	static struct {
		void *reserved;
	} item;
	uint32_t word = 0U;

	switch (what) {
	case SEM:
		k_sem_give(&sem);
		break;
	case MSGQ_GET:
		(void)k_msgq_put(&empty_msgq, &word, K_NO_WAIT);
		break;
	case FIFO:
		k_fifo_put(&fifo, &item);
		break;
	case PIPE_READ:
		(void)pipe_put(&empty_pipe, &word, 1);
		break;
	case POLL:
		(void)k_poll_signal_raise(&poll_signal, 0);
		break;
	case MSGQ_PUT:
		(void)k_msgq_get(&filled_msgq, &word, K_NO_WAIT);
		break;
	case EVENT:
		k_event_post(&flags, 1U);
		break;
	default:
		k_sem_give(&may_end);
		break;
	}
}

/* Once it has happened: is it still as if the task had never been? */
static bool is_untouched(enum what what)
{
	switch (what) {
	case SEM:
		return k_sem_count_get(&sem) == 1U;
	case MSGQ_GET:
		return k_msgq_num_used_get(&empty_msgq) == 1U;
	case FIFO:
		return !k_fifo_is_empty(&fifo);
	case PIPE_READ:
		return pipe_drain(&empty_pipe) == 1U;
	default:
		return k_msgq_num_used_get(&filled_msgq) == 0U;
	}
}

/* What is taken or given can be missing. */
static bool is_of_substance(enum what what)
{
	return what <= MSGQ_PUT;
}

static void set_up(enum what what, k_timeout_t timeout)
{
	EDDY_TASK_INIT(&waiters, waiter, .what = what, .thread = prepare(what), .timeout = timeout);
}

static void start(struct eddy_executor *on, enum what what, k_timeout_t timeout)
{
	set_up(what, timeout);
	zassert_ok(eddy_spawn(on, &waiters.task));
}

/* Wait for the task's end, and poison its memory. Returns its result. */
static int finish(void)
{
	int result;

	zassert_ok(eddy_task_join_blocking(&waiters.task, SOON));
	result = eddy_task_result(&waiters.task);
	memset(&waiters, POISON, sizeof(waiters));
	return result;
}

static bool is_poisoned(void)
{
	const unsigned char *bytes = (const unsigned char *)&waiters;

	for (size_t i = 0; i < sizeof(waiters); i++) {
		if (bytes[i] != POISON) {
			return false;
		}
	}
	return true;
}

/* The task has ended with @result. See to it that this is what has happened. */
static void check_outcome(enum what what, int result)
{
	bool is_done = result >= 0;

	if (is_of_substance(what)) {
		zassert_equal(is_untouched(what), !is_done, "%d: result %d", what, result);
	}
	zassert_true(is_poisoned(), "%d: written to behind its end", what);
}

/* Each waits until what it waits for has happened. */
ZTEST(async_kernel_executors, test_wait)
{
	for (size_t i = 0; i < ARRAY_SIZE(executors); i++) {
		for (enum what what = SEM; what < WHATS; what++) {
			int result;

			start(executors[i], what, K_FOREVER);
			k_msleep(2);
			zassert_true(eddy_task_is_active(&waiters.task), "%d", what);
			happen(what);
			result = finish();
			zassert_equal(result, what == PIPE_READ ? 1 : 0, "%d: %d", what, result);
			k_msleep(2);
			check_outcome(what, result);
		}
	}
}

/* What has happened already is not waited for. */
ZTEST(async_kernel_executors, test_at_once)
{
	for (size_t i = 0; i < ARRAY_SIZE(executors); i++) {
		for (enum what what = SEM; what < FLUSH; what++) {
			set_up(what, K_NO_WAIT);
			happen(what);
			zassert_ok(eddy_spawn(executors[i], &waiters.task));
			check_outcome(what, finish());
		}
	}
}

/* A wait that times out leaves nothing behind: what happens later is not for it. */
ZTEST(async_kernel_executors, test_time_out)
{
	for (size_t i = 0; i < ARRAY_SIZE(executors); i++) {
		for (enum what what = SEM; what < WHATS; what++) {
			start(executors[i], what, K_MSEC(3));
			zassert_equal(finish(), -EAGAIN, "%d", what);
			happen(what);
			k_msleep(2);
			check_outcome(what, -EAGAIN);
		}
	}
}

/* So does one that is canceled. */
ZTEST(async_kernel_executors, test_cancel)
{
	for (size_t i = 0; i < ARRAY_SIZE(executors); i++) {
		for (enum what what = SEM; what < WHATS; what++) {
			start(executors[i], what, K_FOREVER);
			k_msleep(2);
			zassert_ok(eddy_cancel(&waiters.task));
			zassert_equal(finish(), -ECANCELED, "%d", what);
			happen(what);
			k_msleep(2);
			check_outcome(what, -ECANCELED);
		}
	}
}

/* What an interrupt does to a task. */
static enum what target;
static uint32_t round_number;

static void interfere(const void *unused)
{
	ARG_UNUSED(unused);
	if (round_number % 3U == 1U) {
		(void)eddy_cancel(&waiters.task);
	}
	happen(target);
	if (round_number % 3U == 2U) {
		(void)eddy_cancel(&waiters.task);
	}
}

static void check_interference(void)
{
	int result = finish();

	zassert_true(result >= 0 || (result == -ECANCELED && round_number % 3U != 0U), "%d: %d",
		     target, result);
	check_outcome(target, result);
}

/* Canceled and served in one interrupt, in this order and the other: all of it or nothing. */
ZTEST(async_kernel_executors, test_served_and_canceled_at_once)
{
	for (size_t i = 0; i < ARRAY_SIZE(executors); i++) {
		for (target = SEM; target < JOIN; target++) {
			for (round_number = 0U; round_number < 3U; round_number++) {
				start(executors[i], target, K_FOREVER);
				irq_offload(interfere, NULL);
				check_interference();
			}
		}
	}
}

static void interfere_on_expiry(struct k_timer *timer)
{
	ARG_UNUSED(timer);
	interfere(NULL);
}

static K_TIMER_DEFINE(storm, interfere_on_expiry, NULL);

/* Some time that is different in each round, in steps of a few cycles. */
static void linger(uint32_t steps)
{
	for (volatile uint32_t i = 0U; i < steps; i++) {
	}
}

/* The same at any moment of the task's life. */
ZTEST(async_kernel_executors, test_storm)
{
	for (size_t i = 0; i < ARRAY_SIZE(executors); i++) {
		for (target = SEM; target < JOIN; target++) {
			for (round_number = 0U; round_number < 90U; round_number++) {
				set_up(target, K_FOREVER);
				k_timer_start(&storm, K_TICKS(1), K_NO_WAIT);
				linger(round_number * 7U);
				zassert_ok(eddy_spawn(executors[i], &waiters.task));
				check_interference();
			}
		}
	}
}
