/* SPDX-License-Identifier: Apache-2.0 */

/* Broadcast: everybody gets everything in order, or is told what was missed. */

#include "async_test.h"

#define CAPACITY 3

EDDY_BROADCAST_DEFINE(news, uint32_t, CAPACITY);

static uint32_t buffer[CAPACITY];
static uint16_t unread[CAPACITY];

static void before(void *fixture)
{
	async_before(fixture);
	zassert_equal(eddy_broadcast_init(&news, buffer, unread, sizeof(buffer[0]), CAPACITY), 0);
}

ZTEST_SUITE(async_broadcast, NULL, NULL, before, async_after, NULL);

static void post(uint32_t item)
{
	eddy_broadcast_post(&news, &item);
}

static int try_publish(uint32_t item)
{
	return eddy_broadcast_try_publish(&news, &item);
}

/* Receive @item, having missed nothing. */
static void expect(struct eddy_subscriber *subscriber, uint32_t item)
{
	uint32_t received = 0U;

	zassert_equal(eddy_broadcast_try_recv(subscriber, &received), 0);
	zassert_equal(received, item);
}

static void expect_nothing(struct eddy_subscriber *subscriber)
{
	uint32_t received;

	zassert_equal(eddy_broadcast_try_recv(subscriber, &received), -EAGAIN);
}

/* Subscribes, receives some messages and sums them up, unsubscribes. */
struct listener {
	struct eddy_frame frame;
	char letter;
	uint32_t times;
	k_timeout_t timeout;
	struct eddy_subscriber subscriber;
	uint32_t item;
	uint32_t sum;
	int missed;
	int result;
};

async_fn(listener)
{
	async_begin;
	eddy_broadcast_subscribe(&my->subscriber, &news);
	do {
		await_into(my->result,
			   eddy_broadcast_recv(self, &my->subscriber, &my->item, my->timeout));
		record(my->letter);
		if (my->result >= 0) {
			my->sum += my->item;
			my->missed += my->result;
		}
	} while (my->result >= 0 && --my->times > 0U);
	eddy_broadcast_unsubscribe(&my->subscriber);
	async_return(my->result);
	async_end;
}

static EDDY_TASK_STORAGE(listener) listeners[4];

static struct eddy_task *spawn_listener(int index, uint32_t times, k_timeout_t timeout)
{
	EDDY_TASK_INIT(&listeners[index], listener, .letter = (char)('a' + index), .times = times,
		       .timeout = timeout);
	spawn(&listeners[index].task);
	run_ready();
	return &listeners[index].task;
}

/* Publishes one message. */
struct publisher {
	struct eddy_frame frame;
	char letter;
	uint32_t item;
	k_timeout_t timeout;
};

async_fn(publisher)
{
	int result;

	async_begin;
	await_into(result, eddy_broadcast_publish(self, &news, &my->item, my->timeout));
	record(my->letter);
	async_return(result);
	async_end;
}

static EDDY_TASK_STORAGE(publisher) publishers[3];

static struct eddy_task *spawn_publisher(int index, uint32_t item, k_timeout_t timeout)
{
	EDDY_TASK_INIT(&publishers[index], publisher, .letter = (char)('p' + index), .item = item,
		       .timeout = timeout);
	spawn(&publishers[index].task);
	run_ready();
	return &publishers[index].task;
}

/* Every subscriber gets every message, at its own pace. */
ZTEST(async_broadcast, test_everybody_gets_everything)
{
	struct eddy_subscriber one;
	struct eddy_subscriber two;

	eddy_broadcast_subscribe(&one, &news);
	eddy_broadcast_subscribe(&two, &news);
	for (uint32_t i = 0U; i < 20U; i++) {
		post(2U * i);
		expect(&one, 2U * i);
		post(2U * i + 1U);
		expect(&two, 2U * i);
		expect(&two, 2U * i + 1U);
		expect(&one, 2U * i + 1U);
		expect_nothing(&one);
		expect_nothing(&two);
	}
}

/* What was published before counts for nobody who comes later. */
ZTEST(async_broadcast, test_from_the_subscription_on)
{
	struct eddy_subscriber late;

	post(1U);
	eddy_broadcast_subscribe(&late, &news);
	expect_nothing(&late);
	zassert_equal(eddy_broadcast_pending(&late), 0U);
	post(2U);
	zassert_equal(eddy_broadcast_pending(&late), 1U);
	expect(&late, 2U);
}

/* A slow subscriber is told how many it has missed, and goes on with the oldest that is left. */
ZTEST(async_broadcast, test_the_slow_are_told)
{
	struct eddy_subscriber slow;
	struct eddy_subscriber quick;
	uint32_t item;

	eddy_broadcast_subscribe(&slow, &news);
	eddy_broadcast_subscribe(&quick, &news);
	for (uint32_t i = 0U; i < 10U; i++) {
		post(i);
		expect(&quick, i);
	}
	zassert_equal(eddy_broadcast_pending(&slow), 10U);
	zassert_equal(eddy_broadcast_try_recv(&slow, &item), 10 - CAPACITY);
	zassert_equal(item, 7U);
	expect(&slow, 8U);
	post(10U);
	post(11U);
	expect(&slow, 9U);
	expect(&slow, 10U);
	expect(&slow, 11U);
	expect_nothing(&slow);
}

/* Publishing needs room in front of the slowest; posting does not. */
ZTEST(async_broadcast, test_room)
{
	struct eddy_subscriber slow;
	struct eddy_subscriber quick;
	uint32_t item = 9U;

	eddy_broadcast_subscribe(&slow, &news);
	eddy_broadcast_subscribe(&quick, &news);
	for (uint32_t i = 0U; i < CAPACITY; i++) {
		zassert_equal(try_publish(i), 0);
		expect(&quick, i);
	}
	zassert_equal(try_publish(9U), -EAGAIN);
	zassert_equal(eddy_broadcast_publish_blocking(&news, &item, K_MSEC(5)), -EAGAIN);
	expect(&slow, 0U);
	zassert_equal(try_publish(3U), 0);
	zassert_equal(try_publish(9U), -EAGAIN);
	post(4U);
	zassert_equal(try_publish(9U), -EAGAIN);
	zassert_equal(eddy_broadcast_try_recv(&slow, &item), 1, "1 was overwritten");
	zassert_equal(item, 2U);
	zassert_equal(try_publish(5U), 0);
}

/* Without subscribers there is always room. */
ZTEST(async_broadcast, test_nobody_listens)
{
	for (uint32_t i = 0U; i < 10U; i++) {
		zassert_equal(try_publish(i), 0);
	}
}

/* All who wait get the message. */
ZTEST(async_broadcast, test_all_who_wait_are_woken)
{
	for (int i = 0; i < 3; i++) {
		spawn_listener(i, 2U, K_FOREVER);
	}
	post(5U);
	zassert_equal(try_publish(6U), 0);
	run_ready();
	zassert_str_equal(recorded(), "aabbcc", "6 needs no wait");
	for (int i = 0; i < 3; i++) {
		zassert_equal(eddy_task_result(&listeners[i].task), 0);
		zassert_equal(listeners[i].frame.sum, 11U);
	}
}

/* A publisher that waits goes on when the slowest has read, and those who wait get its message. */
ZTEST(async_broadcast, test_waiting_publishers)
{
	struct eddy_subscriber slow;

	eddy_broadcast_subscribe(&slow, &news);
	spawn_listener(0, CAPACITY + 2U, K_FOREVER);
	for (uint32_t i = 1U; i <= CAPACITY; i++) {
		zassert_equal(try_publish(i), 0);
	}
	run_ready();
	spawn_publisher(0, 10U, K_FOREVER);
	spawn_publisher(1, 20U, K_FOREVER);
	zassert_str_equal(recorded(), "aaa");
	expect(&slow, 1U);
	zassert_equal(try_publish(9U), -EAGAIN, "the room was for the one who waits");
	run_ready();
	zassert_str_equal(recorded(), "aaapa");
	expect(&slow, 2U);
	run_ready();
	zassert_str_equal(recorded(), "aaapaqa");
	zassert_equal(listeners[0].frame.sum, 1U + 2U + 3U + 10U + 20U);
	expect(&slow, 3U);
	expect(&slow, 10U);
	expect(&slow, 20U);
}

/* The slowest one's leave makes room, for as many as it held up. */
ZTEST(async_broadcast, test_unsubscribe_makes_room)
{
	struct eddy_subscriber slow;
	struct eddy_subscriber other;

	eddy_broadcast_subscribe(&other, &news);
	eddy_broadcast_subscribe(&slow, &news);
	for (uint32_t i = 0U; i < CAPACITY; i++) {
		zassert_equal(try_publish(i), 0);
		expect(&other, i);
	}
	for (int i = 0; i < 3; i++) {
		spawn_publisher(i, 10U + (uint32_t)i, K_FOREVER);
	}
	zassert_str_equal(recorded(), "");
	eddy_broadcast_unsubscribe(&slow);
	run_ready();
	zassert_str_equal(recorded(), "pqr");
	for (uint32_t i = 0U; i < 3U; i++) {
		expect(&other, 10U + i);
	}
	expect_nothing(&other);
	eddy_broadcast_unsubscribe(&other);
	zassert_equal(try_publish(0U), 0);
}

/* One that lags far behind can leave too, and does not count any more. */
ZTEST(async_broadcast, test_unsubscribe_far_behind)
{
	struct eddy_subscriber slow;
	struct eddy_subscriber other;

	eddy_broadcast_subscribe(&slow, &news);
	for (uint32_t i = 0U; i < 10U; i++) {
		post(i);
	}
	eddy_broadcast_subscribe(&other, &news);
	eddy_broadcast_unsubscribe(&slow);
	for (uint32_t i = 0U; i < CAPACITY; i++) {
		zassert_equal(try_publish(i), 0);
	}
	zassert_equal(try_publish(9U), -EAGAIN);
	expect(&other, 0U);
	zassert_equal(try_publish(3U), 0);
}

/* With room for one message only, publisher and subscribers take turns. */
ZTEST(async_broadcast, test_room_for_one)
{
	zassert_equal(eddy_broadcast_init(&news, buffer, unread, sizeof(buffer[0]), 1U), 0);
	spawn_listener(0, 3U, K_FOREVER);
	spawn_listener(1, 3U, K_FOREVER);
	for (int i = 0; i < 3; i++) {
		EDDY_TASK_INIT(&publishers[i], publisher, .letter = (char)('p' + i),
			       .item = 1U << i, .timeout = K_FOREVER);
		spawn(&publishers[i].task);
	}
	run_ready();
	for (int i = 0; i < 2; i++) {
		zassert_equal(eddy_task_try_join(&listeners[i].task), 0);
		zassert_equal(listeners[i].frame.sum, 7U);
		zassert_equal(listeners[i].frame.missed, 0);
	}
	for (int i = 0; i < 3; i++) {
		zassert_equal(eddy_task_result(&publishers[i].task), 0);
	}
}

/* Canceled while it waits, a task has taken or published nothing; served before, it has. */
ZTEST(async_broadcast, test_cancellation)
{
	struct eddy_subscriber slow;

	spawn_listener(0, 1U, K_FOREVER);
	zassert_equal(eddy_cancel(&listeners[0].task), 0);
	post(1U);
	run_ready();
	zassert_equal(eddy_task_result(&listeners[0].task), -ECANCELED);
	spawn_listener(1, 1U, K_FOREVER);
	post(2U);
	zassert_equal(eddy_cancel(&listeners[1].task), 0);
	run_ready();
	zassert_equal(eddy_task_result(&listeners[1].task), 0);
	zassert_equal(listeners[1].frame.sum, 2U);

	eddy_broadcast_subscribe(&slow, &news);
	for (uint32_t i = 0U; i < CAPACITY; i++) {
		zassert_equal(try_publish(i), 0);
	}
	spawn_publisher(0, 10U, K_FOREVER);
	spawn_publisher(1, 11U, K_FOREVER);
	zassert_equal(eddy_cancel(&publishers[0].task), 0);
	expect(&slow, 0U);
	zassert_equal(eddy_cancel(&publishers[1].task), 0, "it was served in this instant");
	run_ready();
	zassert_equal(eddy_task_result(&publishers[0].task), -ECANCELED);
	zassert_equal(eddy_task_result(&publishers[1].task), 0);
	expect(&slow, 1U);
	expect(&slow, 2U);
	expect(&slow, 11U);
}

/* Waits have limits, on both sides. */
ZTEST(async_broadcast, test_time_out)
{
	struct eddy_subscriber slow;
	uint32_t item;

	run_until_done(spawn_listener(0, 1U, K_MSEC(10)));
	zassert_equal(eddy_task_result(&listeners[0].task), -EAGAIN);
	eddy_broadcast_subscribe(&slow, &news);
	zassert_equal(eddy_broadcast_recv_blocking(&slow, &item, K_MSEC(5)), -EAGAIN);
	for (uint32_t i = 0U; i < CAPACITY; i++) {
		zassert_equal(try_publish(i), 0);
	}
	run_until_done(spawn_publisher(0, 9U, K_MSEC(10)));
	zassert_equal(eddy_task_result(&publishers[0].task), -EAGAIN);
	for (uint32_t i = 0U; i < CAPACITY; i++) {
		expect(&slow, i);
	}
	expect_nothing(&slow);
}

struct thread_listener {
	char letter;
	uint32_t times;
	uint32_t sum;
};

static void listen_in_thread(void *p1, void *p2, void *p3)
{
	struct thread_listener *my = p1;
	struct eddy_subscriber subscriber;
	uint32_t item;

	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	eddy_broadcast_subscribe(&subscriber, &news);
	for (; my->times > 0U; my->times--) {
		zassert_equal(eddy_broadcast_recv_blocking(&subscriber, &item, K_FOREVER), 0);
		record(my->letter);
		my->sum += item;
	}
	eddy_broadcast_unsubscribe(&subscriber);
}

/* Those of higher priority are woken first, threads and tasks alike. */
ZTEST(async_broadcast, test_by_priority)
{
	struct thread_listener low = {'l', 1U, 0U};
	struct thread_listener high = {'h', 1U, 0U};

	worker_start(PRIO_LOW, listen_in_thread, &low);
	k_sleep(K_MSEC(1));
	spawn_listener(0, 1U, K_FOREVER);
	worker_start(PRIO_HIGH, listen_in_thread, &high);
	post(3U);
	run_ready();
	k_sleep(K_MSEC(1));
	zassert_str_equal(recorded(), "hal");
	zassert_equal(low.sum + high.sum + listeners[0].frame.sum, 9U);
}

static int isr_result;

static void publish_in_isr(const void *item)
{
	isr_result = eddy_broadcast_try_publish(&news, item);
}

static void receive_in_isr(const void *subscriber)
{
	uint32_t item;

	isr_result = eddy_broadcast_try_recv((void *)(uintptr_t)subscriber, &item);
}

/* Interrupts publish and receive; the latter lets a publisher go on. */
ZTEST(async_broadcast, test_in_interrupts)
{
	static const uint32_t item = 6U;
	static struct eddy_subscriber slow;

	spawn_listener(0, 1U, K_FOREVER);
	irq_offload(publish_in_isr, &item);
	zassert_equal(isr_result, 0);
	run_ready();
	zassert_equal(listeners[0].frame.sum, 6U);

	eddy_broadcast_subscribe(&slow, &news);
	for (uint32_t i = 0U; i < CAPACITY; i++) {
		zassert_equal(try_publish(i), 0);
	}
	irq_offload(publish_in_isr, &item);
	zassert_equal(isr_result, -EAGAIN);
	spawn_publisher(0, 8U, K_FOREVER);
	irq_offload(receive_in_isr, &slow);
	zassert_equal(isr_result, 0);
	run_ready();
	zassert_equal(eddy_task_result(&publishers[0].task), 0);
	zassert_equal(eddy_broadcast_pending(&slow), CAPACITY);
}

EDDY_BROADCAST_DEFINE(output, uint32_t, 1);

/* Passes on what it hears. */
struct relay {
	struct eddy_frame frame;
	EDDY_SELECT(2) select;
	struct eddy_subscriber subscriber;
	uint32_t item;
	int result;
};

async_fn(relay)
{
	async_begin;
	eddy_select_init(&my->select);
	eddy_broadcast_subscribe(&my->subscriber, &news);
	eddy_broadcast_recv_arm(&my->select.arm[0], &my->subscriber, &my->item);
	eddy_broadcast_publish_arm(&my->select.arm[1], &output, &my->item);
	for (;;) {
		await_into(my->result, eddy_select_next(self, &my->select, K_FOREVER));
		if (my->result < 0) {
			break;
		}
		record((char)('0' + eddy_select_which(&my->select)));
	}
	eddy_select_end(&my->select);
	eddy_broadcast_unsubscribe(&my->subscriber);
	async_end;
}

/* Arms of a select receive and publish. */
ZTEST(async_broadcast, test_select)
{
	static EDDY_TASK_STORAGE(relay) task;
	struct eddy_subscriber end;
	uint32_t item;

	eddy_broadcast_subscribe(&end, &output);
	EDDY_TASK_INIT(&task, relay, .item = 40U);
	spawn(&task.task);
	run_ready();
	zassert_str_equal(recorded(), "1");
	post(41U);
	run_ready();
	zassert_equal(eddy_broadcast_try_recv(&end, &item), 0);
	zassert_equal(item, 40U);
	run_ready();
	zassert_str_equal(recorded(), "101");
	zassert_equal(eddy_broadcast_try_recv(&end, &item), 0);
	zassert_equal(item, 41U);
	zassert_equal(eddy_cancel(&task.task), 0);
	run_ready();
	zassert_equal(try_publish(0U), 0);
	zassert_equal(task.frame.result, -ECANCELED);
	eddy_broadcast_unsubscribe(&end);
}

/* A broadcast needs room. */
ZTEST(async_broadcast, test_init_refuses_nothing)
{
	struct eddy_broadcast other;

	zassert_equal(eddy_broadcast_init(&other, NULL, unread, 4U, 1U), -EINVAL);
	zassert_equal(eddy_broadcast_init(&other, buffer, NULL, 4U, 1U), -EINVAL);
	zassert_equal(eddy_broadcast_init(&other, buffer, unread, 0U, 1U), -EINVAL);
	zassert_equal(eddy_broadcast_init(&other, buffer, unread, 4U, 0U), -EINVAL);
	zassert_equal(eddy_broadcast_init(&other, buffer, unread, 4U, 1U), 0);
}
