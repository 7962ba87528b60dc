/* SPDX-License-Identifier: Apache-2.0 */

/* Priority channel: the most urgent item first, equals in order; and its faces. */

#include "async_test.h"

#define CAPACITY 5

struct job {
	uint32_t number;
	int32_t prio;
};

EDDY_PRIO_CHAN_DEFINE(jobs, struct job, prio, CAPACITY);

static struct job buffer[CAPACITY];
static struct eddy_prio_entry heap[CAPACITY];

static void before(void *fixture)
{
	async_before(fixture);
	zassert_equal(eddy_prio_chan_init(&jobs, buffer, heap, sizeof(struct job),
					  offsetof(struct job, prio), CAPACITY),
		      0);
}

ZTEST_SUITE(async_prio_chan, NULL, NULL, before, async_after, NULL);

static int try_put(int32_t prio, uint32_t number)
{
	struct job job = {number, prio};

	return eddy_prio_chan_try_send(&jobs, &job);
}

static void put(int32_t prio, uint32_t number)
{
	zassert_equal(try_put(prio, number), 0);
}

static uint32_t get(void)
{
	struct job job = {0};

	zassert_equal(eddy_prio_chan_try_recv(&jobs, &job), 0);
	return job.number;
}

/* Sends one job, or receives one. */
struct mover {
	struct eddy_frame frame;
	bool sends;
	char letter;
	k_timeout_t timeout;
	struct job job;
};

static int move(struct eddy_task *self, struct mover *my)
{
	return my->sends ? eddy_prio_chan_send(self, &jobs, &my->job, my->timeout)
			 : eddy_prio_chan_recv(self, &jobs, &my->job, my->timeout);
}

async_fn(mover)
{
	int result;

	async_begin;
	await_into(result, move(self, my));
	record(my->letter);
	async_return(result);
	async_end;
}

static EDDY_TASK_STORAGE(mover) movers[4];

static struct eddy_task *spawn_receiver(int index, k_timeout_t timeout)
{
	EDDY_TASK_INIT(&movers[index], mover, .letter = (char)('a' + index), .timeout = timeout);
	spawn(&movers[index].task);
	run_ready();
	return &movers[index].task;
}

static struct eddy_task *spawn_sender(int index, int32_t prio, uint32_t number)
{
	EDDY_TASK_INIT(&movers[index], mover, .letter = (char)('s' + index), .sends = true,
		       .timeout = K_FOREVER, .job = {number, prio});
	spawn(&movers[index].task);
	run_ready();
	return &movers[index].task;
}

/* The lowest number comes out first, below zero too. */
ZTEST(async_prio_chan, test_most_urgent_first)
{
	put(3, 30U);
	put(-7, 10U);
	put(0, 20U);
	put(INT32_MAX, 40U);
	put(INT32_MIN, 5U);
	zassert_equal(eddy_prio_chan_count(&jobs), CAPACITY);
	zassert_equal(get(), 5U);
	zassert_equal(get(), 10U);
	zassert_equal(get(), 20U);
	zassert_equal(get(), 30U);
	zassert_equal(get(), 40U);
}

/* Equals come out in the order in which they went in, whoever came and went in between. */
ZTEST(async_prio_chan, test_equals_keep_their_order)
{
	put(1, 1U);
	put(1, 2U);
	put(0, 100U);
	put(1, 3U);
	zassert_equal(get(), 100U);
	zassert_equal(get(), 1U);
	put(1, 4U);
	put(0, 101U);
	zassert_equal(get(), 101U);
	put(1, 5U);
	for (uint32_t number = 2U; number <= 5U; number++) {
		zassert_equal(get(), number);
	}
}

/* A full channel takes no more, an empty one gives nothing. */
ZTEST(async_prio_chan, test_full_and_empty)
{
	struct job job = {1U, 1};

	zassert_equal(eddy_prio_chan_try_recv(&jobs, &job), -EAGAIN);
	zassert_equal(eddy_prio_chan_recv_blocking(&jobs, &job, K_MSEC(5)), -EAGAIN);
	for (uint32_t i = 0U; i < CAPACITY; i++) {
		put(0, i);
	}
	zassert_equal(try_put(-1, 9U), -EAGAIN);
	zassert_equal(eddy_prio_chan_send_blocking(&jobs, &job, K_MSEC(5)), -EAGAIN);
	zassert_equal(eddy_prio_chan_count(&jobs), CAPACITY);
}

/* Waiting receivers get jobs straight, by arrival. */
ZTEST(async_prio_chan, test_waiting_receivers)
{
	for (int i = 0; i < 3; i++) {
		spawn_receiver(i, K_FOREVER);
	}
	put(9, 1U);
	put(1, 2U);
	put(5, 3U);
	zassert_equal(eddy_prio_chan_count(&jobs), 0U);
	run_ready();
	zassert_str_equal(recorded(), "abc");
	for (uint32_t i = 0U; i < 3U; i++) {
		zassert_equal(movers[i].frame.job.number, i + 1U);
	}
}

/* A job whose sender waits does not count before it moves in; then it takes its place. */
ZTEST(async_prio_chan, test_waiting_senders)
{
	for (uint32_t i = 0U; i < CAPACITY; i++) {
		put((int32_t)i, i);
	}
	spawn_sender(0, 3, 100U);
	spawn_sender(1, -1, 101U);
	zassert_equal(try_put(-5, 9U), -EAGAIN, "nobody overtakes them");
	zassert_equal(get(), 0U);
	zassert_equal(get(), 1U, "the other one is inside only now");
	zassert_equal(get(), 101U);
	zassert_equal(get(), 2U);
	zassert_equal(get(), 3U);
	zassert_equal(get(), 100U);
	zassert_equal(get(), 4U);
	run_ready();
	zassert_str_equal(recorded(), "st");
	zassert_equal(eddy_task_result(&movers[0].task), 0);
	zassert_equal(eddy_task_result(&movers[1].task), 0);
}

/* Closing ends waits; what is inside still comes out in order. */
ZTEST(async_prio_chan, test_close)
{
	struct job job;

	for (uint32_t i = 0U; i < CAPACITY; i++) {
		put(-(int32_t)i, i);
	}
	spawn_sender(0, 0, 9U);
	eddy_prio_chan_close(&jobs);
	run_ready();
	zassert_equal(eddy_task_result(&movers[0].task), -EPIPE);
	zassert_equal(try_put(0, 9U), -EPIPE);
	for (uint32_t i = CAPACITY; i-- > 0U;) {
		zassert_equal(get(), i);
	}
	zassert_equal(eddy_prio_chan_try_recv(&jobs, &job), -EPIPE);
	spawn_receiver(1, K_FOREVER);
	zassert_equal(eddy_task_result(&movers[1].task), -EPIPE);
}

/* Closing ends the waits of receivers too. */
ZTEST(async_prio_chan, test_close_ends_receivers)
{
	spawn_receiver(0, K_FOREVER);
	spawn_receiver(1, K_MSEC(100));
	eddy_prio_chan_close(&jobs);
	eddy_prio_chan_close(&jobs);
	run_ready();
	zassert_equal(eddy_task_result(&movers[0].task), -EPIPE);
	zassert_equal(eddy_task_result(&movers[1].task), -EPIPE);
}

/* Canceled while it waits: nothing taken, nothing sent. Served before: it has the job. */
ZTEST(async_prio_chan, test_cancellation)
{
	struct eddy_task *task = spawn_receiver(0, K_FOREVER);

	zassert_equal(eddy_cancel(task), 0);
	put(0, 1U);
	run_ready();
	zassert_equal(eddy_task_result(task), -ECANCELED);
	zassert_equal(get(), 1U);

	task = spawn_receiver(0, K_FOREVER);
	put(0, 2U);
	zassert_equal(eddy_cancel(task), 0);
	run_ready();
	zassert_equal(eddy_task_result(task), 0);
	zassert_equal(movers[0].frame.job.number, 2U);

	for (uint32_t i = 0U; i < CAPACITY; i++) {
		put(0, i);
	}
	task = spawn_sender(1, 0, 77U);
	zassert_equal(eddy_cancel(task), 0);
	for (uint32_t i = 0U; i < CAPACITY; i++) {
		zassert_equal(get(), i);
	}
	run_ready();
	zassert_equal(eddy_task_result(task), -ECANCELED);
	zassert_equal(eddy_prio_chan_count(&jobs), 0U);
}

/* A wait has a limit. */
ZTEST(async_prio_chan, test_time_out)
{
	run_until_done(spawn_receiver(0, K_MSEC(10)));
	zassert_equal(eddy_task_result(&movers[0].task), -EAGAIN);
}

static void receive_in_thread(void *letter, void *p2, void *p3)
{
	struct job job;

	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	zassert_equal(eddy_prio_chan_recv_blocking(&jobs, &job, K_FOREVER), 0);
	record(*(const char *)letter);
	record((char)('0' + job.number));
}

/* Receivers are served by their priority, tasks and threads alike. */
ZTEST(async_prio_chan, test_receivers_by_priority)
{
	static char low = 'l';
	static char high = 'h';

	worker_start(PRIO_LOW, receive_in_thread, &low);
	k_sleep(K_MSEC(1));
	spawn_receiver(0, K_FOREVER);
	worker_start(PRIO_HIGH, receive_in_thread, &high);
	put(5, 1U);
	put(5, 2U);
	put(1, 3U);
	run_ready();
	k_sleep(K_MSEC(1));
	zassert_str_equal(recorded(), "h1al3");
	zassert_equal(movers[0].frame.job.number, 2U);
}

static void put_in_isr(const void *job)
{
	(void)eddy_prio_chan_try_send(&jobs, job);
}

static uint32_t isr_number;

static void get_in_isr(const void *unused)
{
	struct job job;

	ARG_UNUSED(unused);
	isr_number = eddy_prio_chan_try_recv(&jobs, &job) == 0 ? job.number : 999U;
}

/* Interrupts send and receive. */
ZTEST(async_prio_chan, test_in_interrupts)
{
	static const struct job urgent = {8U, -1};

	put(0, 1U);
	irq_offload(put_in_isr, &urgent);
	irq_offload(get_in_isr, NULL);
	zassert_equal(isr_number, 8U);
	zassert_equal(get(), 1U);
	irq_offload(get_in_isr, NULL);
	zassert_equal(isr_number, 999U);
	spawn_receiver(0, K_FOREVER);
	irq_offload(put_in_isr, &urgent);
	run_ready();
	zassert_equal(movers[0].frame.job.number, 8U);
}

/* Sends one job, receives others. */
struct chooser {
	struct eddy_frame frame;
	EDDY_SELECT(2) select;
	struct job in;
	struct job out;
	int result;
};

EDDY_PRIO_CHAN_DEFINE(other, struct job, prio, 1);

async_fn(chooser)
{
	async_begin;
	eddy_select_init(&my->select);
	eddy_prio_chan_recv_arm(&my->select.arm[0], &jobs, &my->in);
	eddy_prio_chan_send_arm(&my->select.arm[1], &other, &my->out);
	for (;;) {
		await_into(my->result, eddy_select_next(self, &my->select, K_FOREVER));
		if (my->result != 0) {
			break;
		}
		record((char)('0' + eddy_select_which(&my->select)));
		my->out.number++;
	}
	eddy_select_end(&my->select);
	async_end;
}

/* Arms of a select receive and send. */
ZTEST(async_prio_chan, test_select)
{
	static EDDY_TASK_STORAGE(chooser) task;
	struct job job;

	EDDY_TASK_INIT(&task, chooser, .out = {50U, 0});
	spawn(&task.task);
	run_ready(); /* there is room in the other one */
	zassert_str_equal(recorded(), "1");
	put(0, 6U);
	run_ready();
	zassert_equal(task.frame.in.number, 6U);
	zassert_equal(eddy_prio_chan_try_recv(&other, &job), 0);
	zassert_equal(job.number, 50U);
	run_ready();
	zassert_str_equal(recorded(), "101");
	zassert_equal(eddy_cancel(&task.task), 0);
	run_ready();
	zassert_equal(task.frame.result, -ECANCELED);
	put(0, 7U);
	zassert_equal(get(), 7U);
}

/* A channel needs room, and a priority inside its items. */
ZTEST(async_prio_chan, test_init_refuses_nothing)
{
	struct eddy_prio_chan chan;

	zassert_equal(eddy_prio_chan_init(&chan, NULL, heap, 8U, 0U, 1U), -EINVAL);
	zassert_equal(eddy_prio_chan_init(&chan, buffer, NULL, 8U, 0U, 1U), -EINVAL);
	zassert_equal(eddy_prio_chan_init(&chan, buffer, heap, 8U, 0U, 0U), -EINVAL);
	zassert_equal(eddy_prio_chan_init(&chan, buffer, heap, 3U, 0U, 1U), -EINVAL);
	zassert_equal(eddy_prio_chan_init(&chan, buffer, heap, 8U, 5U, 1U), -EINVAL);
	zassert_equal(eddy_prio_chan_init(&chan, buffer, heap, 8U, 4U, 1U), 0);
}

#define MANY  61
#define STEPS 6000U

EDDY_PRIO_CHAN_DEFINE(many, struct job, prio, MANY);

/* What is inside, in the order in which it went in. */
static struct job model[MANY];
static unsigned int model_count;

static void check_take(void)
{
	unsigned int best = 0U;
	struct job job;

	for (unsigned int i = 1U; i < model_count; i++) {
		if (model[i].prio < model[best].prio) {
			best = i;
		}
	}
	zassert_equal(eddy_prio_chan_try_recv(&many, &job), 0);
	zassert_equal(job.number, model[best].number);
	zassert_equal(job.prio, model[best].prio);
	model_count--;
	memmove(&model[best], &model[best + 1U], (model_count - best) * sizeof(model[0]));
}

/* Against a plain list, for thousands of operations. */
ZTEST(async_prio_chan, test_any_sequence)
{
	uint32_t random = 1U;

	for (uint32_t step = 0U; step < STEPS; step++) {
		bool fills = (step / 300U) % 2U == 0U;

		random = random * 1664525U + 1013904223U;
		if (model_count < MANY &&
		    (model_count == 0U || (random >> 24) < (fills ? 160U : 96U))) {
			model[model_count] = (struct job){step, (int32_t)(random >> 12) % 8 - 4};
			zassert_equal(eddy_prio_chan_try_send(&many, &model[model_count]), 0);
			model_count++;
		} else {
			check_take();
		}
		zassert_equal(eddy_prio_chan_count(&many), model_count);
	}
	while (model_count > 0U) {
		check_take();
	}
}
