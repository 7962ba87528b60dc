/* SPDX-License-Identifier: Apache-2.0 */

/* Polling: what k_poll() and k_poll_signal_*() promise, from threads and from interrupts. */

#include <zephyr/irq_offload.h>
#include <zephyr/ztest.h>

#include "workers.h"

#define EVENT_COUNT 5
#define STATE_BITS  6

struct item {
	void *reserved; /* for the FIFO */
};

K_MSGQ_DEFINE(msgq, sizeof(uint32_t), 4, 4);
K_PIPE_DEFINE(pipe, 16, 4);

static struct k_sem sem;
static struct k_fifo fifo;
static struct k_poll_signal signal;
static struct item item;

/* The places of the objects in an array of events. */
enum {
	SEM,
	FIFO,
	MSGQ,
	PIPE,
	SIGNAL,
};

static const uint32_t states[EVENT_COUNT] = {
	K_POLL_STATE_SEM_AVAILABLE,
	K_POLL_STATE_FIFO_DATA_AVAILABLE,
	K_POLL_STATE_MSGQ_DATA_AVAILABLE,
	K_POLL_STATE_PIPE_DATA_AVAILABLE,
	K_POLL_STATE_SIGNALED,
};

/* A worker that polls all objects, or one, and tells how it went. */
struct poller {
	k_timeout_t timeout;
	char letter;
	int result;
	struct k_poll_event events[EVENT_COUNT];
};

static void events_for_all(struct k_poll_event *events)
{
	k_poll_event_init(&events[SEM], K_POLL_TYPE_SEM_AVAILABLE, K_POLL_MODE_NOTIFY_ONLY, &sem);
	k_poll_event_init(&events[FIFO], K_POLL_TYPE_FIFO_DATA_AVAILABLE, K_POLL_MODE_NOTIFY_ONLY,
			  &fifo);
	k_poll_event_init(&events[MSGQ], K_POLL_TYPE_MSGQ_DATA_AVAILABLE, K_POLL_MODE_NOTIFY_ONLY,
			  &msgq);
	k_poll_event_init(&events[PIPE], K_POLL_TYPE_PIPE_DATA_AVAILABLE, K_POLL_MODE_NOTIFY_ONLY,
			  &pipe);
	k_poll_event_init(&events[SIGNAL], K_POLL_TYPE_SIGNAL, K_POLL_MODE_NOTIFY_ONLY, &signal);
}

static void poll_all(void *p1, void *p2, void *p3)
{
	struct poller *poller = p1;

	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	events_for_all(poller->events);
	poller->result = 1; /* none of k_poll()'s */
	poller->result = k_poll(poller->events, EVENT_COUNT, poller->timeout);
	record(poller->letter);
}

/* Make one of the objects available. Any context. It may switch to a poller, or not. */
static void make_available(int which)
{
	uint32_t message = 7U;
	size_t written;

	switch (which) {
	case SEM:
		k_sem_give(&sem);
		break;
	case FIFO:
		k_fifo_put(&fifo, &item);
		break;
	case MSGQ:
		(void)k_msgq_put(&msgq, &message, K_NO_WAIT); /* cannot fail: there is room */
		break;
	case PIPE:
		(void)k_pipe_put(&pipe, &message, 1, &written, 1, K_NO_WAIT); /* nor this */
		break;
	default:
		(void)k_poll_signal_raise(&signal, 5);
		break;
	}
}

static void make_available_in_isr(const void *which)
{
	make_available(*(const int *)which);
}

/* All states of @events as one number. */
static uint32_t states_of(const struct k_poll_event *events)
{
	uint32_t all = 0U;

	for (int i = 0; i < EVENT_COUNT; i++) {
		all |= (uint32_t)events[i].state << (STATE_BITS * i);
	}
	return all;
}

static uint32_t only(int which)
{
	return states[which] << (STATE_BITS * which);
}

static void before(void *fixture)
{
	workers_before(fixture);
	k_sem_init(&sem, 0, 10);
	k_fifo_init(&fifo);
	k_msgq_purge(&msgq);
	k_pipe_flush(&pipe);
	k_poll_signal_init(&signal);
}

ZTEST_SUITE(poll, NULL, NULL, before, workers_after, NULL);

/* An event is set up not ready, and its tag is the user's. */
ZTEST(poll, test_event_init_leaves_the_tag)
{
	struct k_poll_event event = {.tag = 17U, .state = K_POLL_STATE_SIGNALED};

	k_poll_event_init(&event, K_POLL_TYPE_SIGNAL, K_POLL_MODE_NOTIFY_ONLY, &signal);
	zassert_equal(event.tag, 17U);
	zassert_equal(event.type, K_POLL_TYPE_SIGNAL);
	zassert_equal(event.mode, K_POLL_MODE_NOTIFY_ONLY);
	zassert_equal(event.state, K_POLL_STATE_NOT_READY);
	zassert_equal_ptr(event.signal, &signal);
}

static struct k_poll_signal static_signal = K_POLL_SIGNAL_INITIALIZER(static_signal);

static struct k_poll_event static_events[] = {
	K_POLL_EVENT_STATIC_INITIALIZER(K_POLL_TYPE_SIGNAL, K_POLL_MODE_NOTIFY_ONLY, &static_signal,
					3),
	K_POLL_EVENT_INITIALIZER(K_POLL_TYPE_SEM_AVAILABLE, K_POLL_MODE_NOTIFY_ONLY, &sem),
};

/* What the initializers make can be polled. */
ZTEST(poll, test_static_events)
{
	zassert_equal(k_poll(static_events, 2, K_NO_WAIT), -EAGAIN);
	k_poll_signal_raise(&static_signal, 0);
	zassert_equal(k_poll(static_events, 2, K_NO_WAIT), 0);
	zassert_equal(static_events[0].state, K_POLL_STATE_SIGNALED);
	zassert_equal(static_events[0].tag, 3U);
	zassert_equal(static_events[1].state, K_POLL_STATE_NOT_READY);
}

/* With nothing available, a look returns at once and marks nothing. */
ZTEST(poll, test_no_wait_finds_nothing)
{
	struct k_poll_event events[EVENT_COUNT];

	events_for_all(events);
	zassert_equal(k_poll(events, EVENT_COUNT, K_NO_WAIT), -EAGAIN);
	zassert_equal(states_of(events), 0U);
}

/* Whatever is available is found, waiting or not, and is the only one that is marked. */
ZTEST(poll, test_available_object_is_found)
{
	for (int i = 0; i < EVENT_COUNT; i++) {
		struct k_poll_event events[EVENT_COUNT];

		before(NULL);
		make_available(i);
		events_for_all(events);
		zassert_equal(k_poll(events, EVENT_COUNT, K_NO_WAIT), 0, "object %d", i);
		zassert_equal(states_of(events), only(i), "object %d", i);

		events_for_all(events);
		zassert_equal(k_poll(events, EVENT_COUNT, K_FOREVER), 0, "object %d", i);
		zassert_equal(states_of(events), only(i), "object %d", i);
	}
}

/* All that is available is marked, not only the first. */
ZTEST(poll, test_all_available_objects_are_marked)
{
	struct k_poll_event events[EVENT_COUNT];

	events_for_all(events);
	make_available(SIGNAL);
	make_available(FIFO);
	zassert_equal(k_poll(events, EVENT_COUNT, K_SECONDS(1)), 0);
	zassert_equal(states_of(events), only(SIGNAL) | only(FIFO));
}

/* To poll takes nothing. */
ZTEST(poll, test_poll_takes_nothing)
{
	struct k_poll_event events[EVENT_COUNT];

	events_for_all(events);
	for (int i = 0; i < EVENT_COUNT; i++) {
		make_available(i);
	}
	zassert_equal(k_poll(events, EVENT_COUNT, K_FOREVER), 0);
	zassert_equal(k_sem_count_get(&sem), 1U);
	zassert_equal_ptr(k_fifo_get(&fifo, K_NO_WAIT), &item);
	zassert_equal(k_msgq_num_used_get(&msgq), 1U);
	zassert_equal(k_pipe_read_avail(&pipe), 1U);
	zassert_equal(signal.signaled, 1U);
}

/* A state stays marked until the user clears it. */
ZTEST(poll, test_states_are_the_users_to_clear)
{
	struct k_poll_event events[EVENT_COUNT];

	events_for_all(events);
	make_available(SEM);
	zassert_equal(k_poll(events, EVENT_COUNT, K_NO_WAIT), 0);
	zassert_equal(k_sem_take(&sem, K_NO_WAIT), 0);

	zassert_equal(k_poll(events, EVENT_COUNT, K_NO_WAIT), -EAGAIN, "nothing is available");
	zassert_equal(states_of(events), only(SEM));
	events[SEM].state = K_POLL_STATE_NOT_READY;
	zassert_equal(k_poll(events, EVENT_COUNT, K_NO_WAIT), -EAGAIN);
	zassert_equal(states_of(events), 0U);
}

/* An ignored event takes no part, be its object available or none. */
ZTEST(poll, test_ignored_events_take_no_part)
{
	struct k_poll_event events[] = {
		K_POLL_EVENT_INITIALIZER(K_POLL_TYPE_IGNORE, K_POLL_MODE_NOTIFY_ONLY, &sem),
		K_POLL_EVENT_INITIALIZER(K_POLL_TYPE_IGNORE, K_POLL_MODE_NOTIFY_ONLY, NULL),
		K_POLL_EVENT_INITIALIZER(K_POLL_TYPE_SIGNAL, K_POLL_MODE_NOTIFY_ONLY, &signal),
	};

	make_available(SEM);
	zassert_equal(k_poll(events, ARRAY_SIZE(events), K_NO_WAIT), -EAGAIN);
	zassert_equal(k_poll(events, ARRAY_SIZE(events), K_MSEC(1)), -EAGAIN);
	make_available(SIGNAL);
	zassert_equal(k_poll(events, ARRAY_SIZE(events), K_MSEC(1)), 0);
	zassert_equal(events[0].state, K_POLL_STATE_NOT_READY);
	zassert_equal(events[2].state, K_POLL_STATE_SIGNALED);
}

/* Of an event that is set up by hand, only what describes it matters. */
ZTEST(poll, test_events_set_up_by_hand)
{
	struct k_poll_event events[2];

	memset(events, 0xff, sizeof(events));
	for (int i = 0; i < 2; i++) {
		events[i].type = i == 0 ? K_POLL_TYPE_SIGNAL : K_POLL_TYPE_IGNORE;
		events[i].mode = K_POLL_MODE_NOTIFY_ONLY;
		events[i].state = K_POLL_STATE_NOT_READY;
		events[i].signal = &signal;
	}
	zassert_equal(k_poll(events, 2, K_MSEC(1)), -EAGAIN);
	k_poll_signal_raise(&signal, 0);
	zassert_equal(k_poll(events, 2, K_MSEC(1)), 0);
	zassert_equal(events[0].state, K_POLL_STATE_SIGNALED);
	zassert_equal(events[1].state, K_POLL_STATE_NOT_READY);
}

/* A wait that nothing ends returns -EAGAIN once its time is over, not before. */
ZTEST(poll, test_poll_times_out)
{
	struct k_poll_event events[EVENT_COUNT];
	int64_t start = k_uptime_ticks();

	events_for_all(events);
	zassert_equal(k_poll(events, EVENT_COUNT, K_MSEC(20)), -EAGAIN);
	zassert_true(k_uptime_ticks() - start >= K_MSEC(20).ticks);
	zassert_equal(states_of(events), 0U);
}

/* With no events at all it is a wait like any other. */
ZTEST(poll, test_poll_of_nothing_times_out)
{
	struct k_poll_event event;
	int64_t start = k_uptime_ticks();

	zassert_equal(k_poll(&event, 0, K_NO_WAIT), -EAGAIN);
	zassert_equal(k_poll(&event, 0, K_MSEC(5)), -EAGAIN);
	zassert_true(k_uptime_ticks() - start >= K_MSEC(5).ticks);
}

/* Each object wakes its poller, who finds that object marked and no other. */
ZTEST(poll, test_each_object_wakes_its_poller)
{
	for (int i = 0; i < EVENT_COUNT; i++) {
		struct poller poller = {.timeout = K_FOREVER, .letter = 'a'};

		before(NULL);
		worker_start(PRIO_HIGH, poll_all, &poller);
		zassert_equal(poller.result, 1, "it should be waiting");
		make_available(i);
		k_sleep(K_MSEC(1));
		zassert_equal(poller.result, 0, "object %d", i);
		zassert_equal(states_of(poller.events), only(i), "object %d", i);
		workers_after(NULL);
	}
}

/* The same from an interrupt; the poller runs when that is over. */
ZTEST(poll, test_each_object_wakes_its_poller_from_an_interrupt)
{
	for (int i = 0; i < EVENT_COUNT; i++) {
		struct poller poller = {.timeout = K_SECONDS(1), .letter = 'a'};

		before(NULL);
		worker_start(PRIO_HIGH, poll_all, &poller);
		irq_offload(make_available_in_isr, &i);
		zassert_equal(poller.result, 0, "object %d", i);
		zassert_equal(states_of(poller.events), only(i), "object %d", i);
		workers_after(NULL);
	}
}

/* A LIFO can be polled like any queue. */
ZTEST(poll, test_lifo)
{
	static struct k_lifo lifo;
	struct k_poll_event event;

	k_lifo_init(&lifo);
	k_poll_event_init(&event, K_POLL_TYPE_DATA_AVAILABLE, K_POLL_MODE_NOTIFY_ONLY, &lifo);
	zassert_equal(k_poll(&event, 1, K_MSEC(1)), -EAGAIN);
	k_lifo_put(&lifo, &item);
	zassert_equal(k_poll(&event, 1, K_MSEC(1)), 0);
	zassert_equal(event.state, K_POLL_STATE_DATA_AVAILABLE);
}

/* What happens between the wake of a poller and its run is marked too. */
ZTEST(poll, test_events_add_up_until_the_poller_runs)
{
	struct poller poller = {.timeout = K_FOREVER, .letter = 'a'};
	k_tid_t worker = worker_start(PRIO_LOW, poll_all, &poller);

	k_sleep(K_MSEC(1)); /* the worker runs and waits */
	make_available(MSGQ);
	make_available(SEM);
	make_available(SEM);
	make_available(SIGNAL);
	worker_join(worker);
	zassert_equal(poller.result, 0);
	zassert_equal(states_of(poller.events), only(MSGQ) | only(SEM) | only(SIGNAL));
}

/* Events may be used again, for other objects too. */
ZTEST(poll, test_events_can_be_used_again)
{
	struct k_poll_event event;

	for (int round = 0; round < 3; round++) {
		k_poll_event_init(&event, K_POLL_TYPE_SEM_AVAILABLE, K_POLL_MODE_NOTIFY_ONLY, &sem);
		zassert_equal(k_poll(&event, 1, K_MSEC(1)), -EAGAIN);
		k_poll_event_init(&event, K_POLL_TYPE_SIGNAL, K_POLL_MODE_NOTIFY_ONLY, &signal);
		zassert_equal(k_poll(&event, 1, K_MSEC(1)), -EAGAIN);
	}
	make_available(SEM);
	zassert_equal(event.state, K_POLL_STATE_NOT_READY);
	make_available(SIGNAL);
	zassert_equal(k_poll(&event, 1, K_MSEC(1)), 0);
}

static void take_sem(void *p1, void *p2, void *p3)
{
	ARG_UNUSED(p1);
	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	(void)k_sem_take(&sem, K_FOREVER); /* waits without limit: cannot fail */
	record('t');
}

/* A thread that waits for the object itself comes before pollers, who learn nothing of it. */
ZTEST(poll, test_waiters_come_before_pollers)
{
	struct poller poller = {.timeout = K_FOREVER, .letter = 'p'};

	worker_start(PRIO_HIGH, poll_all, &poller);
	worker_start(PRIO_LOW, take_sem, NULL);
	k_sleep(K_MSEC(1)); /* both wait */

	make_available(SEM);
	k_sleep(K_MSEC(1));
	zassert_equal(strcmp(recorded(), "t"), 0, "record: %s", recorded());
	make_available(SEM);
	zassert_equal(strcmp(recorded(), "tp"), 0, "record: %s", recorded());
}

/* Each unit is told to one poller. */
ZTEST(poll, test_one_unit_wakes_one_poller)
{
	for (int i = 0; i < EVENT_COUNT; i++) {
		struct poller first = {.timeout = K_FOREVER, .letter = 'a'};
		struct poller second = {.timeout = K_FOREVER, .letter = 'b'};

		before(NULL);
		worker_start(PRIO_HIGH, poll_all, &first);
		worker_start(PRIO_HIGH, poll_all, &second);
		make_available(i);
		k_sleep(K_MSEC(1));
		zassert_equal(first.result, 0, "object %d", i);
		zassert_equal(second.result, 1, "object %d", i);
		make_available((i + 1) % EVENT_COUNT);
		k_sleep(K_MSEC(1));
		zassert_equal(second.result, 0, "object %d", i);
		workers_after(NULL);
	}
}

/* A semaphore at its limit still tells the next poller. */
ZTEST(poll, test_give_at_the_limit_wakes)
{
	struct poller first = {.timeout = K_FOREVER, .letter = 'a'};
	struct poller second = {.timeout = K_FOREVER, .letter = 'b'};

	k_sem_init(&sem, 0, 1);
	worker_start(PRIO_HIGH, poll_all, &first);
	worker_start(PRIO_HIGH, poll_all, &second);
	make_available(SEM);
	make_available(SEM);
	zassert_equal(strcmp(recorded(), "ab"), 0, "record: %s", recorded());
	zassert_equal(k_sem_count_get(&sem), 1U);
}

/* Pollers are told by priority, those of one priority by arrival. */
ZTEST(poll, test_pollers_are_told_by_priority_then_arrival)
{
	struct poller low_1 = {.timeout = K_FOREVER, .letter = 'c'};
	struct poller low_2 = {.timeout = K_FOREVER, .letter = 'd'};
	struct poller high_1 = {.timeout = K_FOREVER, .letter = 'a'};
	struct poller high_2 = {.timeout = K_FOREVER, .letter = 'b'};

	worker_start(PRIO_LOW, poll_all, &low_1);
	worker_start(PRIO_LOW, poll_all, &low_2);
	k_sleep(K_MSEC(1));
	worker_start(PRIO_HIGH, poll_all, &high_1);
	worker_start(PRIO_HIGH, poll_all, &high_2);

	for (size_t i = 1U; i <= 4U; i++) {
		make_available(SEM);
		k_sleep(K_MSEC(1));
		zassert_equal(strlen(recorded()), i, "each wakes one");
	}
	zassert_equal(strcmp(recorded(), "abcd"), 0, "order: %s", recorded());
}

static void make_several_available_in_isr(const void *unused)
{
	ARG_UNUSED(unused);
	make_available(SEM);
	make_available(SEM);
	make_available(SIGNAL);
}

/* Several pollers told in one interrupt: each event goes to the first who has not had it. */
ZTEST(poll, test_several_pollers_told_in_one_interrupt)
{
	struct poller first = {.timeout = K_FOREVER, .letter = 'a'};
	struct poller second = {.timeout = K_FOREVER, .letter = 'b'};
	struct poller third = {.timeout = K_FOREVER, .letter = 'c'};

	worker_start(PRIO_HIGH, poll_all, &first);
	worker_start(PRIO_HIGH, poll_all, &second);
	worker_start(PRIO_HIGH, poll_all, &third);
	irq_offload(make_several_available_in_isr, NULL);

	zassert_equal(strcmp(recorded(), "ab"), 0, "record: %s", recorded());
	zassert_equal(states_of(first.events), only(SEM) | only(SIGNAL));
	zassert_equal(states_of(second.events), only(SEM));
	zassert_equal(third.result, 1);
	make_available(FIFO);
	zassert_equal(third.result, 0);
}

/* A poller whose time is over is gone: the next unit is told to others. */
ZTEST(poll, test_timed_out_poller_is_passed_over)
{
	struct poller first = {.timeout = K_MSEC(5), .letter = 'a'};
	struct poller second = {.timeout = K_FOREVER, .letter = 'b'};

	worker_start(PRIO_HIGH, poll_all, &first);
	worker_start(PRIO_HIGH, poll_all, &second);
	k_sleep(K_MSEC(20));
	zassert_equal(first.result, -EAGAIN);

	make_available(SIGNAL);
	zassert_equal(second.result, 0);
	zassert_equal(states_of(first.events), 0U);
}

/* A poller that was told is not timed out later. */
ZTEST(poll, test_told_poller_keeps_no_timeout)
{
	struct poller poller = {.timeout = K_MSEC(5), .letter = 'a'};

	worker_start(PRIO_HIGH, poll_all, &poller);
	make_available(FIFO);
	k_sleep(K_MSEC(20));
	zassert_equal(poller.result, 0);
	zassert_equal(strcmp(recorded(), "a"), 0);
}

/* A suspended poller is told in its turn, and returns once it runs again. */
ZTEST(poll, test_suspended_poller_is_told)
{
	struct poller poller = {.timeout = K_FOREVER, .letter = 'a'};
	k_tid_t worker = worker_start(PRIO_HIGH, poll_all, &poller);

	k_thread_suspend(worker);
	make_available(SEM);
	zassert_equal(poller.result, 1, "a suspended thread ran");
	k_thread_resume(worker);
	zassert_equal(poller.result, 0);
	zassert_equal(states_of(poller.events), only(SEM));
}

/* Canceled waiting for a queue ends a poll with -EINTR, and says at which event. */
ZTEST(poll, test_cancel_wait_interrupts)
{
	struct poller poller = {.timeout = K_FOREVER, .letter = 'a'};

	worker_start(PRIO_HIGH, poll_all, &poller);
	k_fifo_cancel_wait(&fifo);
	zassert_equal(poller.result, -EINTR);
	zassert_equal(states_of(poller.events),
		      (uint32_t)K_POLL_STATE_CANCELLED << (STATE_BITS * FIFO));
}

/* A cancellation is told to one poller, like an item. */
ZTEST(poll, test_cancel_wait_interrupts_one)
{
	struct poller first = {.timeout = K_FOREVER, .letter = 'a'};
	struct poller second = {.timeout = K_FOREVER, .letter = 'b'};

	worker_start(PRIO_HIGH, poll_all, &first);
	worker_start(PRIO_HIGH, poll_all, &second);
	k_fifo_cancel_wait(&fifo);
	zassert_equal(first.result, -EINTR);
	zassert_equal(second.result, 1);
	make_available(FIFO);
	zassert_equal(second.result, 0);
}

/* A cancellation before the poll is past. */
ZTEST(poll, test_cancel_wait_leaves_nothing_behind)
{
	struct k_poll_event events[EVENT_COUNT];

	k_fifo_cancel_wait(&fifo);
	events_for_all(events);
	zassert_equal(k_poll(events, EVENT_COUNT, K_MSEC(1)), -EAGAIN);
	zassert_equal(states_of(events), 0U);
}

/* The reset of a semaphore ends a poll, as it ends a k_sem_take(). */
ZTEST(poll, test_sem_reset_ends_a_poll)
{
	struct poller poller = {.timeout = K_FOREVER, .letter = 'a'};

	worker_start(PRIO_HIGH, poll_all, &poller);
	k_sem_reset(&sem);
	zassert_equal(poller.result, 0);
	zassert_equal(states_of(poller.events), only(SEM));
	zassert_equal(k_sem_count_get(&sem), 0U);
}

/* A signal is raised with a value, stays raised, and can be raised anew. */
ZTEST(poll, test_signal_keeps_the_last_value)
{
	unsigned int signaled = 7U;
	int result = 0;

	k_poll_signal_check(&signal, &signaled, &result);
	zassert_equal(signaled, 0U);

	zassert_equal(k_poll_signal_raise(&signal, -3), 0);
	k_poll_signal_check(&signal, &signaled, &result);
	zassert_not_equal(signaled, 0U);
	zassert_equal(result, -3);

	zassert_equal(k_poll_signal_raise(&signal, 0x1234), 0);
	k_poll_signal_check(&signal, &signaled, &result);
	zassert_not_equal(signaled, 0U);
	zassert_equal(result, 0x1234);
}

/* Until it is reset a raised signal ends each poll at once. */
ZTEST(poll, test_signal_lasts_until_reset)
{
	struct k_poll_event events[EVENT_COUNT];

	k_poll_signal_raise(&signal, 0);
	for (int i = 0; i < 2; i++) {
		events_for_all(events);
		zassert_equal(k_poll(events, EVENT_COUNT, K_FOREVER), 0);
		zassert_equal(states_of(events), only(SIGNAL));
	}
	k_poll_signal_reset(&signal);
	zassert_equal(signal.signaled, 0U);
	events_for_all(events);
	zassert_equal(k_poll(events, EVENT_COUNT, K_MSEC(1)), -EAGAIN);
}

static void poll_signal_twice(void *p1, void *p2, void *p3)
{
	struct poller *poller = p1;

	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	for (int i = 0; i < 2; i++) {
		k_poll_event_init(&poller->events[i], K_POLL_TYPE_SIGNAL, K_POLL_MODE_NOTIFY_ONLY,
				  &signal);
	}
	poller->result = k_poll(poller->events, 2, poller->timeout);
}

/* Of two events for one object in one call the first is told. */
ZTEST(poll, test_one_object_twice)
{
	struct poller poller = {.timeout = K_FOREVER, .result = 1};

	worker_start(PRIO_HIGH, poll_signal_twice, &poller);
	k_poll_signal_raise(&signal, 1);
	zassert_equal(poller.result, 0);
	zassert_equal(poller.events[0].state, K_POLL_STATE_SIGNALED);
	zassert_equal(poller.events[1].state, K_POLL_STATE_NOT_READY);
}

static void give_on_expiry(struct k_timer *timer)
{
	ARG_UNUSED(timer);
	make_available(SEM);
}

static K_TIMER_DEFINE(giver, give_on_expiry, NULL);

/* A unit given at the very tick of the time-out is either told or left to find. */
ZTEST(poll, test_give_at_the_tick_of_the_timeout)
{
	for (int offset = -2; offset <= 2; offset++) {
		struct k_poll_event events[EVENT_COUNT];
		int result;

		k_sem_reset(&sem);
		events_for_all(events);
		k_sleep(K_TICKS(1)); /* begin at a tick */
		k_timer_start(&giver, K_TICKS(10 + offset), K_NO_WAIT);
		result = k_poll(events, EVENT_COUNT, K_TICKS(10));
		zassert_true(result == 0 || result == -EAGAIN);
		if (result == 0) {
			zassert_equal(states_of(events), only(SEM));
		}
		k_sleep(K_TICKS(10));
		zassert_equal(k_sem_count_get(&sem), 1U);
	}
}

/* An interrupt that comes while events are being registered is not missed. */
ZTEST(poll, test_interrupt_at_any_moment_of_registration)
{
	for (int delay = 0; delay < 1200; delay++) {
		struct k_poll_event events[EVENT_COUNT];

		k_sem_reset(&sem);
		events_for_all(events);
		k_sleep(K_TICKS(1)); /* begin at a tick */
		k_timer_start(&giver, K_TICKS(1), K_NO_WAIT);
		for (volatile int spin = 0; spin < delay; spin++) {
		}
		zassert_equal(k_poll(events, EVENT_COUNT, K_SECONDS(1)), 0, "delay %d", delay);
		zassert_equal(states_of(events), only(SEM));
		zassert_equal(k_sem_take(&sem, K_NO_WAIT), 0);
	}
}
