/* SPDX-License-Identifier: Apache-2.0 */

/* Event: who is woken by which flags, and what is left of them. */

#include "async_test.h"

#define A   BIT(0)
#define B   BIT(1)
#define C   BIT(29)
#define ANY EDDY_EVENT_ANY
#define ALL EDDY_EVENT_ALL

#define TAKE EDDY_EVENT_TAKE

static EDDY_EVENT_DEFINE(event);

static void before(void *fixture)
{
	async_before(fixture);
	eddy_event_init(&event);
}

ZTEST_SUITE(async_event, NULL, NULL, before, async_after, NULL);

/* Waits for flags, some times; records its letter each time. */
struct waiter {
	struct eddy_frame frame;
	char letter;
	uint32_t flags;
	uint32_t options;
	uint32_t times;
	k_timeout_t timeout;
};

async_fn(waiter)
{
	int result;

	async_begin;
	do {
		await_into(result,
			   eddy_event_wait(self, &event, my->flags, my->options, my->timeout));
		record(my->letter);
	} while (result > 0 && --my->times > 0U);
	async_return(result);
	async_end;
}

static EDDY_TASK_STORAGE(waiter) waiters[5];

static struct eddy_task *spawn_waiter(int index, uint32_t flags, uint32_t options,
				      k_timeout_t timeout)
{
	EDDY_TASK_INIT(&waiters[index], waiter, .letter = (char)('a' + index), .flags = flags,
		       .options = options, .times = 1U, .timeout = timeout);
	spawn(&waiters[index].task);
	run_ready();
	return &waiters[index].task;
}

static int result_of(int index)
{
	return eddy_task_try_join(&waiters[index].task) == 0
		       ? eddy_task_result(&waiters[index].task)
		       : UNSET;
}

/* Flags that are set already end a wait at once, and stay. */
ZTEST(async_event, test_set_before)
{
	eddy_event_post(&event, A | C);
	zassert_equal(eddy_event_get(&event), A | C);
	zassert_equal(eddy_event_try_wait(&event, A | B, ANY), A);
	zassert_equal(eddy_event_try_wait(&event, A | B, ALL), -EAGAIN);
	zassert_equal(eddy_event_try_wait(&event, A | C, ALL), A | C);
	zassert_equal(eddy_event_try_wait(&event, B, ANY), -EAGAIN);
	spawn_waiter(0, C, ANY, K_FOREVER);
	zassert_equal(result_of(0), C);
	zassert_equal(eddy_event_get(&event), A | C);
}

/* A taker clears what it waited for and has found, nothing else. */
ZTEST(async_event, test_take)
{
	eddy_event_post(&event, A | B | C);
	zassert_equal(eddy_event_try_wait(&event, A | BIT(7), ANY | TAKE), A);
	zassert_equal(eddy_event_get(&event), B | C);
	zassert_equal(eddy_event_try_wait(&event, A | B, ALL | TAKE), -EAGAIN);
	zassert_equal(eddy_event_get(&event), B | C);
	zassert_equal(eddy_event_try_wait(&event, B | C, ALL | TAKE), B | C);
	zassert_equal(eddy_event_get(&event), 0U);
}

/* A post wakes all who wait for any of its flags, and nobody else. */
ZTEST(async_event, test_post_wakes_all_that_match)
{
	spawn_waiter(0, A, ANY, K_FOREVER);
	spawn_waiter(1, B, ANY, K_FOREVER);
	spawn_waiter(2, A | B, ANY, K_FOREVER);
	spawn_waiter(3, A | C, ALL, K_FOREVER);
	spawn_waiter(4, C | A, ANY, K_FOREVER);
	eddy_event_post(&event, A);
	run_ready();
	zassert_str_equal(recorded(), "ace");
	zassert_equal(result_of(2), A);
	zassert_equal(result_of(4), A);
	eddy_event_post(&event, B | C);
	run_ready();
	zassert_str_equal(recorded(), "acebd");
	zassert_equal(result_of(3), A | C);
}

/* Those who wait for all need all of them at once. */
ZTEST(async_event, test_all_at_once)
{
	spawn_waiter(0, A | B, ALL, K_FOREVER);
	eddy_event_post(&event, A);
	eddy_event_clear(&event, A);
	eddy_event_post(&event, B);
	run_ready();
	zassert_equal(result_of(0), UNSET);
	eddy_event_post(&event, A);
	run_ready();
	zassert_equal(result_of(0), A | B);
}

/* Of several takers the first gets the flags; others get what is left. */
ZTEST(async_event, test_takers_in_order)
{
	spawn_waiter(0, A | B, ANY | TAKE, K_FOREVER);
	spawn_waiter(1, A, ANY | TAKE, K_FOREVER);
	spawn_waiter(2, C, ANY | TAKE, K_FOREVER);
	spawn_waiter(3, A, ANY, K_FOREVER);
	eddy_event_post(&event, A | C);
	zassert_equal(eddy_event_get(&event), 0U);
	run_ready();
	zassert_equal(result_of(0), A);
	zassert_equal(result_of(1), UNSET);
	zassert_equal(result_of(2), C);
	zassert_equal(result_of(3), A, "who looks only sees the post, whoever takes");
	eddy_event_post(&event, A);
	run_ready();
	zassert_equal(result_of(1), A);
	zassert_equal(eddy_event_get(&event), 0U);
}

/* A taker that comes back for more is not served twice by one post. */
ZTEST(async_event, test_once_per_post)
{
	spawn_waiter(0, A, ANY | TAKE, K_FOREVER);
	waiters[0].frame.times = 3U;
	for (int i = 0; i < 3; i++) {
		zassert_equal(result_of(0), UNSET);
		eddy_event_post(&event, A);
		run_ready();
	}
	zassert_str_equal(recorded(), "aaa");
	zassert_equal(result_of(0), A);
}

/* Setting replaces: flags that are not named are cleared. */
ZTEST(async_event, test_set_replaces)
{
	eddy_event_post(&event, A);
	spawn_waiter(0, A | B, ALL, K_FOREVER);
	eddy_event_set(&event, B);
	run_ready();
	zassert_equal(result_of(0), UNSET);
	zassert_equal(eddy_event_get(&event), B);
	eddy_event_set(&event, A | B);
	run_ready();
	zassert_equal(result_of(0), A | B);
	eddy_event_clear(&event, A | C);
	zassert_equal(eddy_event_get(&event), B);
}

/* A wait for no flags would never end. */
ZTEST(async_event, test_no_flags)
{
	zassert_equal(eddy_event_try_wait(&event, 0U, ANY), -EINVAL);
	zassert_equal(eddy_event_wait_blocking(&event, 0U, ALL, K_FOREVER), -EINVAL);
	spawn_waiter(0, 0U, ALL | TAKE, K_FOREVER);
	zassert_equal(result_of(0), -EINVAL);
}

/* Waits have limits. */
ZTEST(async_event, test_time_out)
{
	eddy_event_post(&event, A);
	run_until_done(spawn_waiter(0, B, ANY, K_MSEC(10)));
	zassert_equal(result_of(0), -EAGAIN);
	zassert_equal(eddy_event_wait_blocking(&event, B | A, ALL, K_MSEC(5)), -EAGAIN);
	spawn_waiter(1, B, ANY, K_NO_WAIT);
	zassert_equal(result_of(1), -EAGAIN);
}

/* Canceled while it waits, a task takes nothing; in the instant of the post it has the flags. */
ZTEST(async_event, test_cancellation)
{
	zassert_equal(eddy_cancel(spawn_waiter(0, A, TAKE, K_FOREVER)), 0);
	eddy_event_post(&event, A);
	run_ready();
	zassert_equal(result_of(0), -ECANCELED);
	zassert_equal(eddy_event_get(&event), A);

	eddy_event_clear(&event, A);
	spawn_waiter(1, A, TAKE, K_FOREVER);
	eddy_event_post(&event, A);
	zassert_equal(eddy_cancel(&waiters[1].task), 0);
	run_ready();
	zassert_equal(result_of(1), A);
	zassert_equal(eddy_event_get(&event), 0U);
}

struct thread_wait {
	uint32_t flags;
	uint32_t options;
	char letter;
	int result;
};

static void wait_in_thread(void *p1, void *p2, void *p3)
{
	struct thread_wait *wait = p1;

	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	wait->result = UNSET;
	wait->result = eddy_event_wait_blocking(&event, wait->flags, wait->options, K_FOREVER);
	record(wait->letter);
}

/* Takers are served by priority, threads and tasks alike. */
ZTEST(async_event, test_takers_by_priority)
{
	struct thread_wait low = {A, TAKE, 'l', UNSET};
	struct thread_wait high = {A, TAKE, 'h', UNSET};

	worker_start(PRIO_LOW, wait_in_thread, &low);
	k_sleep(K_MSEC(1));
	spawn_waiter(0, A, TAKE, K_FOREVER);
	worker_start(PRIO_HIGH, wait_in_thread, &high);
	for (int i = 0; i < 3; i++) {
		eddy_event_post(&event, A);
		run_ready();
		k_sleep(K_MSEC(1));
	}
	zassert_str_equal(recorded(), "hal");
	zassert_equal(low.result, A);
	zassert_equal(eddy_event_get(&event), 0U);
}

/* Clears the flag as soon as it is woken by it. */
static void wait_and_clear(void *p1, void *p2, void *p3)
{
	wait_in_thread(p1, p2, p3);
	eddy_event_clear(&event, A);
	eddy_event_post(&event, B);
	eddy_event_clear(&event, B);
}

/* An urgent thread that a post wakes, and that undoes it at once, takes it from nobody else. */
ZTEST(async_event, test_post_is_one_step_for_all_who_look)
{
	struct thread_wait high = {A, ANY, 'h', UNSET};

	spawn_waiter(0, A, ANY, K_FOREVER);
	spawn_waiter(1, B, ANY, K_FOREVER);
	spawn_waiter(2, A | B, ALL, K_FOREVER);
	spawn_waiter(3, A | C, ANY, K_FOREVER);
	worker_start(PRIO_HIGH, wait_and_clear, &high);
	eddy_event_post(&event, A);
	zassert_equal(eddy_event_get(&event), 0U);
	run_ready();
	zassert_equal(high.result, A);
	zassert_equal(result_of(0), A);
	zassert_equal(result_of(1), B);
	zassert_equal(result_of(2), UNSET);
	zassert_equal(result_of(3), A);
}

/* Waits for the flag again as soon as it has cleared it. */
static void wait_again_and_again(void *p1, void *p2, void *p3)
{
	for (;;) {
		wait_in_thread(p1, p2, p3);
		eddy_event_clear(&event, A);
	}
}

/* One that comes back while the post is under way waits for the next. */
ZTEST(async_event, test_who_comes_back_waits_for_the_next_post)
{
	struct thread_wait high = {A, ANY, 'h', UNSET};

	worker_start(PRIO_HIGH, wait_again_and_again, &high);
	spawn_waiter(0, A, ANY, K_FOREVER);
	eddy_event_post(&event, A);
	run_ready();
	zassert_str_equal(recorded(), "ha");
	eddy_event_post(&event, A);
	zassert_str_equal(recorded(), "hah");
}

static void post_in_isr(const void *flags)
{
	eddy_event_post(&event, *(const uint32_t *)flags);
}

/* An interrupt posts. */
ZTEST(async_event, test_post_in_an_interrupt)
{
	static const uint32_t flags = B;
	struct thread_wait high = {A | B, ANY, 'h', UNSET};

	worker_start(PRIO_HIGH, wait_in_thread, &high);
	spawn_waiter(0, B, TAKE, K_FOREVER);
	irq_offload(post_in_isr, &flags);
	run_ready();
	zassert_equal(high.result, B);
	zassert_equal(result_of(0), B);
	zassert_equal(eddy_event_get(&event), 0U);
}

/* Two arms with flags of their own. */
struct chooser {
	struct eddy_frame frame;
	EDDY_SELECT(2) select;
	int result;
};

async_fn(chooser)
{
	async_begin;
	eddy_select_init(&my->select);
	eddy_event_wait_arm(&my->select.arm[0], &event, A, TAKE);
	eddy_event_wait_arm(&my->select.arm[1], &event, B | C, ALL | TAKE);
	for (;;) {
		await_into(my->result, eddy_select_next(self, &my->select, K_FOREVER));
		if (my->result < 0) {
			break;
		}
		record((char)('0' + eddy_select_which(&my->select)));
	}
	eddy_select_end(&my->select);
	async_end;
}

/* A post that serves several arms of a select gives it one at a time, and nothing is lost. */
ZTEST(async_event, test_select)
{
	static EDDY_TASK_STORAGE(chooser) task;

	EDDY_TASK_INIT(&task, chooser);
	spawn(&task.task);
	run_ready();
	eddy_event_post(&event, A | B | C);
	zassert_not_equal(eddy_event_get(&event), 0U, "one arm was served");
	run_ready();
	zassert_equal(eddy_event_get(&event), 0U);
	zassert_str_equal(recorded(), "01");
	eddy_event_post(&event, B);
	run_ready();
	eddy_event_post(&event, C);
	run_ready();
	zassert_str_equal(recorded(), "011");
	zassert_equal(eddy_cancel(&task.task), 0);
	run_ready();
	eddy_event_post(&event, A);
	zassert_equal(eddy_event_get(&event), A, "the arms are gone");
}

#define POSTS 300U

static uint32_t posts;

static void post_on_expiry(struct k_timer *timer)
{
	if (eddy_event_get(&event) != 0U) {
		return; /* not yet taken */
	}
	if (posts == POSTS) {
		k_timer_stop(timer);
		return;
	}
	eddy_event_post(&event, BIT(posts % 30U));
	posts++;
}

static K_TIMER_DEFINE(poster, post_on_expiry, NULL);

static void take_in_thread(void *count, void *p2, void *p3)
{
	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	for (;;) {
		(void)eddy_event_wait_blocking(&event, EDDY_EVENT_FLAGS, TAKE, K_FOREVER);
		++*(uint32_t *)count;
	}
}

struct taker {
	struct eddy_frame frame;
	uint32_t flags;
	uint32_t count;
};

async_fn(taker)
{
	async_begin;
	for (;;) {
		await(eddy_event_wait(self, &event, my->flags, TAKE, K_FOREVER));
		my->count++;
		await(eddy_sleep(self, K_TICKS(my->count % 5U)));
	}
	async_end;
}

/* From a timer's interrupt to tasks and a thread: each posted flag is taken by exactly one. */
ZTEST(async_event, test_accounting)
{
	static EDDY_TASK_STORAGE(taker) takers[3];
	static uint32_t by_thread;
	uint32_t sum;

	posts = 0U;
	by_thread = 0U;
	worker_start(PRIO_LOW, take_in_thread, &by_thread);
	for (uint32_t i = 0U; i < 3U; i++) {
		EDDY_TASK_INIT(&takers[i], taker, .flags = EDDY_EVENT_FLAGS & ~BIT(i));
		spawn(&takers[i].task);
	}
	k_timer_start(&poster, K_TICKS(1), K_TICKS(1));
	run_for(K_SECONDS(1));
	k_timer_stop(&poster);
	sum = takers[0].frame.count + takers[1].frame.count + takers[2].frame.count + by_thread;
	zassert_equal(posts, POSTS);
	zassert_equal(sum, posts, "%u of %u", sum, posts);
	zassert_true(by_thread > 0U && takers[0].frame.count > 0U);
}
