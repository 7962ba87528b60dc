/* SPDX-License-Identifier: Apache-2.0 */

/* Slots: items that are written and read in place. */

#include "async_test.h"

#define CAPACITY 3

struct picture {
	uint32_t number;
	uint8_t pixels[20];
};

EDDY_SLOTS_DEFINE(slots, struct picture, CAPACITY);

static struct picture blocks[CAPACITY];
static uint16_t links[CAPACITY];

static void before(void *fixture)
{
	async_before(fixture);
	zassert_equal(eddy_slots_init(&slots, blocks, links, sizeof(blocks[0]), CAPACITY), 0);
}

ZTEST_SUITE(async_slots, NULL, NULL, before, async_after, NULL);

static struct picture *reserve(void)
{
	void *slot = NULL;

	zassert_equal(eddy_slots_try_reserve(&slots, &slot), 0);
	return slot;
}

static struct picture *borrow(void)
{
	void *slot = NULL;

	zassert_equal(eddy_slots_try_borrow(&slots, &slot), 0);
	return slot;
}

static void send(uint32_t number)
{
	struct picture *picture = reserve();

	picture->number = number;
	zassert_equal(eddy_slots_commit(&slots, picture), 0);
}

static uint32_t receive(void)
{
	struct picture *picture = borrow();
	uint32_t number = picture->number;

	eddy_slots_release(&slots, picture);
	return number;
}

/* Reserves or borrows one slot, and keeps it. */
struct getter {
	struct eddy_frame frame;
	bool borrows;
	char letter;
	k_timeout_t timeout;
	void *slot;
};

static int get(struct eddy_task *self, struct getter *my)
{
	return my->borrows ? eddy_slots_borrow(self, &slots, &my->slot, my->timeout)
			   : eddy_slots_reserve(self, &slots, &my->slot, my->timeout);
}

async_fn(getter)
{
	int result;

	async_begin;
	await_into(result, get(self, my));
	record(my->letter);
	async_return(result);
	async_end;
}

static EDDY_TASK_STORAGE(getter) getters[4];

static struct eddy_task *spawn_getter(int index, bool borrows, k_timeout_t timeout)
{
	EDDY_TASK_INIT(&getters[index], getter, .borrows = borrows, .letter = (char)('a' + index),
		       .timeout = timeout);
	spawn(&getters[index].task);
	run_ready();
	return &getters[index].task;
}

#define RESERVES false
#define BORROWS  true

/* What was written is read in the same place. */
ZTEST(async_slots, test_in_place)
{
	struct picture *written = reserve();
	struct picture *read;

	zassert_true(written >= blocks && written < &blocks[CAPACITY]);
	written->number = 7U;
	memset(written->pixels, 0xa5, sizeof(written->pixels));
	zassert_equal(eddy_slots_commit(&slots, written), 0);
	read = borrow();
	zassert_equal_ptr(read, written);
	zassert_equal(read->number, 7U);
	eddy_slots_release(&slots, read);
}

/* Slots are borrowed in the order of the commits, whatever that of the reservations was. */
ZTEST(async_slots, test_order_of_commits)
{
	struct picture *first = reserve();
	struct picture *second = reserve();
	struct picture *third = reserve();

	zassert_true(first != second && second != third && third != first);
	zassert_equal(eddy_slots_commit(&slots, second), 0);
	zassert_equal(eddy_slots_commit(&slots, third), 0);
	zassert_equal(eddy_slots_commit(&slots, first), 0);
	zassert_equal(eddy_slots_count(&slots), 3U);
	zassert_equal_ptr(borrow(), second);
	zassert_equal_ptr(borrow(), third);
	zassert_equal_ptr(borrow(), first);
}

/* Slots may come back in any order, again and again. */
ZTEST(async_slots, test_any_order_of_release)
{
	struct picture *out[CAPACITY];

	for (uint32_t round = 0U; round < 20U; round++) {
		for (uint32_t i = 0U; i < CAPACITY; i++) {
			send(round + i);
		}
		for (uint32_t i = 0U; i < CAPACITY; i++) {
			out[i] = borrow();
			zassert_equal(out[i]->number, round + i);
		}
		for (uint32_t i = 0U; i < CAPACITY; i++) {
			eddy_slots_release(&slots, out[(i + round) % CAPACITY]);
		}
	}
}

/* With all slots out there is none to reserve, and none to borrow. */
ZTEST(async_slots, test_all_out)
{
	void *slot = NULL;

	zassert_equal(eddy_slots_try_borrow(&slots, &slot), -EAGAIN);
	for (int i = 0; i < CAPACITY; i++) {
		(void)reserve();
	}
	zassert_equal(eddy_slots_try_reserve(&slots, &slot), -EAGAIN);
	zassert_equal(eddy_slots_try_borrow(&slots, &slot), -EAGAIN);
	zassert_equal(eddy_slots_reserve_blocking(&slots, &slot, K_MSEC(5)), -EAGAIN);
	zassert_equal(eddy_slots_borrow_blocking(&slots, &slot, K_MSEC(5)), -EAGAIN);
	zassert_is_null(slot);
}

/* A slot for a waiting borrower goes straight to it, in the order of arrival. */
ZTEST(async_slots, test_waiting_borrowers)
{
	void *slot;

	spawn_getter(0, BORROWS, K_FOREVER);
	spawn_getter(1, BORROWS, K_FOREVER);
	send(1U);
	zassert_equal(eddy_slots_count(&slots), 0U);
	zassert_equal(eddy_slots_try_borrow(&slots, &slot), -EAGAIN, "it belongs to the task");
	send(2U);
	run_ready();
	zassert_str_equal(recorded(), "ab");
	for (uint32_t i = 0U; i < 2U; i++) {
		zassert_equal(eddy_task_result(&getters[i].task), 0);
		zassert_equal(((struct picture *)getters[i].frame.slot)->number, i + 1U);
	}
}

/* A waiting reserver gets the slot that is released, and the one that is abandoned. */
ZTEST(async_slots, test_waiting_reservers)
{
	struct picture *mine = reserve();
	struct picture *borrowed;
	void *slot;

	send(1U);
	send(2U);
	borrowed = borrow();
	spawn_getter(0, RESERVES, K_FOREVER);
	spawn_getter(1, RESERVES, K_FOREVER);
	eddy_slots_release(&slots, borrowed);
	zassert_equal(eddy_slots_try_reserve(&slots, &slot), -EAGAIN, "it belongs to the task");
	eddy_slots_abandon(&slots, mine);
	run_ready();
	zassert_str_equal(recorded(), "ab");
	zassert_equal_ptr(getters[0].frame.slot, borrowed);
	zassert_equal_ptr(getters[1].frame.slot, mine);
	zassert_equal(receive(), 2U);
}

/* An abandoned slot is not borrowed, and is vacant again. */
ZTEST(async_slots, test_abandon)
{
	void *slot;

	for (int i = 0; i < 10; i++) {
		eddy_slots_abandon(&slots, reserve());
	}
	zassert_equal(eddy_slots_try_borrow(&slots, &slot), -EAGAIN);
	for (uint32_t i = 0U; i < CAPACITY; i++) {
		send(i);
	}
}

/* Closing ends all waits, of both kinds at once. */
ZTEST(async_slots, test_close_ends_waits)
{
	void *slot;

	for (int i = 0; i < CAPACITY; i++) {
		(void)reserve();
	}
	spawn_getter(0, RESERVES, K_FOREVER);
	spawn_getter(1, BORROWS, K_FOREVER);
	spawn_getter(2, BORROWS, K_MSEC(100));
	eddy_slots_close(&slots);
	run_ready();
	for (int i = 0; i < 3; i++) {
		zassert_equal(eddy_task_try_join(&getters[i].task), 0);
		zassert_equal(eddy_task_result(&getters[i].task), -EPIPE);
	}
	eddy_slots_close(&slots);
	zassert_equal(eddy_slots_try_reserve(&slots, &slot), -EPIPE);
	zassert_equal(eddy_slots_try_borrow(&slots, &slot), -EPIPE);
}

/* What is committed before the close can be borrowed; what is reserved can only come back. */
ZTEST(async_slots, test_close_with_slots_inside_and_out)
{
	struct picture *reserved = reserve();
	struct picture *other = reserve();
	void *slot;

	send(5U);
	eddy_slots_close(&slots);
	zassert_equal(eddy_slots_commit(&slots, reserved), -EPIPE);
	eddy_slots_abandon(&slots, other);
	zassert_equal(receive(), 5U);
	zassert_equal(eddy_slots_try_borrow(&slots, &slot), -EPIPE);
}

/* One that is canceled while it waits takes nothing. */
ZTEST(async_slots, test_canceled_while_waiting)
{
	zassert_equal(eddy_cancel(spawn_getter(0, BORROWS, K_FOREVER)), 0);
	send(1U);
	run_ready();
	zassert_equal(eddy_task_result(&getters[0].task), -ECANCELED);
	zassert_is_null(getters[0].frame.slot);
	zassert_equal(receive(), 1U);
}

/* One that is canceled in the instant in which it is served has the slot, and gives it back. */
ZTEST(async_slots, test_served_and_canceled)
{
	struct eddy_task *task = spawn_getter(0, BORROWS, K_FOREVER);

	send(1U);
	zassert_equal(eddy_cancel(task), 0);
	run_ready();
	zassert_equal(eddy_task_result(task), 0);
	zassert_equal(((struct picture *)getters[0].frame.slot)->number, 1U);
	eddy_slots_release(&slots, getters[0].frame.slot);

	for (int i = 0; i < CAPACITY; i++) {
		(void)reserve();
	}
	task = spawn_getter(1, RESERVES, K_FOREVER);
	eddy_slots_abandon(&slots, &blocks[0]);
	zassert_equal(eddy_cancel(task), 0);
	run_ready();
	zassert_equal(eddy_task_result(task), 0);
	zassert_equal_ptr(getters[1].frame.slot, &blocks[0]);
	eddy_slots_abandon(&slots, getters[1].frame.slot);
	(void)reserve();
}

/* Waits have limits. */
ZTEST(async_slots, test_time_out)
{
	int64_t start = k_uptime_ticks();

	run_until_done(spawn_getter(0, BORROWS, K_MSEC(10)));
	zassert_equal(eddy_task_result(&getters[0].task), -EAGAIN);
	zassert_true(k_uptime_ticks() - start >= K_MSEC(10).ticks);
}

static void borrow_in_thread(void *letter, void *p2, void *p3)
{
	void *slot = NULL;

	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	zassert_equal(eddy_slots_borrow_blocking(&slots, &slot, K_FOREVER), 0);
	record(*(const char *)letter);
	eddy_slots_release(&slots, slot);
}

/* Tasks and threads are served by priority. */
ZTEST(async_slots, test_served_by_priority)
{
	static char low = 'l';
	static char high = 'h';
	void *slots_of_test[CAPACITY];

	worker_start(PRIO_LOW, borrow_in_thread, &low);
	k_sleep(K_MSEC(1));
	spawn_getter(0, BORROWS, K_FOREVER);
	worker_start(PRIO_HIGH, borrow_in_thread, &high);
	for (int i = 0; i < CAPACITY; i++) {
		slots_of_test[i] = reserve();
	}
	for (int i = 0; i < CAPACITY; i++) {
		zassert_equal(eddy_slots_commit(&slots, slots_of_test[i]), 0);
	}
	run_ready();
	k_sleep(K_MSEC(1));
	zassert_str_equal(recorded(), "hal");
}

static int isr_result;

static void send_in_isr(const void *unused)
{
	void *slot;

	ARG_UNUSED(unused);
	isr_result = eddy_slots_try_reserve(&slots, &slot);
	if (isr_result == 0) {
		((struct picture *)slot)->number = 42U;
		isr_result = eddy_slots_commit(&slots, slot);
	}
}

static void receive_in_isr(const void *unused)
{
	void *slot;

	ARG_UNUSED(unused);
	isr_result = eddy_slots_try_borrow(&slots, &slot);
	if (isr_result == 0) {
		isr_result = (int)((struct picture *)slot)->number;
		eddy_slots_release(&slots, slot);
	}
}

/* Interrupts fill slots and empty them. */
ZTEST(async_slots, test_in_interrupts)
{
	spawn_getter(0, BORROWS, K_FOREVER);
	irq_offload(send_in_isr, NULL);
	zassert_equal(isr_result, 0);
	run_ready();
	zassert_equal(((struct picture *)getters[0].frame.slot)->number, 42U);

	send(1U);
	send(2U);
	irq_offload(send_in_isr, NULL);
	zassert_equal(isr_result, -EAGAIN);
	spawn_getter(1, RESERVES, K_FOREVER);
	irq_offload(receive_in_isr, NULL);
	zassert_equal(isr_result, 1);
	run_ready();
	zassert_equal(eddy_task_result(&getters[1].task), 0);
}

/* Waits for a slot of either kind. */
struct chooser {
	struct eddy_frame frame;
	EDDY_SELECT(2) select;
	void *slot[2];
	int result;
};

async_fn(chooser)
{
	async_begin;
	eddy_select_init(&my->select);
	eddy_slots_reserve_arm(&my->select.arm[0], &slots, &my->slot[0]);
	eddy_slots_borrow_arm(&my->select.arm[1], &slots, &my->slot[1]);
	for (;;) {
		await_into(my->result, eddy_select_next(self, &my->select, K_FOREVER));
		if (my->result != 0) {
			break;
		}
		record((char)('0' + eddy_select_which(&my->select)));
	}
	eddy_select_end(&my->select);
	async_end;
}

/* Arms of a select reserve and borrow. */
ZTEST(async_slots, test_select)
{
	static EDDY_TASK_STORAGE(chooser) task;
	struct picture *out[CAPACITY] = {reserve(), reserve(), reserve()};

	EDDY_TASK_INIT(&task, chooser);
	spawn(&task.task);
	run_ready();
	zassert_equal(eddy_slots_commit(&slots, out[1]), 0);
	run_ready();
	zassert_equal_ptr(task.frame.slot[1], out[1]);
	eddy_slots_abandon(&slots, out[0]);
	run_ready();
	zassert_equal_ptr(task.frame.slot[0], out[0]);
	zassert_str_equal(recorded(), "10");
	eddy_slots_close(&slots);
	run_ready();
	zassert_equal(task.frame.result, -EPIPE);
}

/* Slots need room. */
ZTEST(async_slots, test_init_refuses_nothing)
{
	struct eddy_slots other;

	zassert_equal(eddy_slots_init(&other, NULL, links, 4U, 1U), -EINVAL);
	zassert_equal(eddy_slots_init(&other, blocks, NULL, 4U, 1U), -EINVAL);
	zassert_equal(eddy_slots_init(&other, blocks, links, 0U, 1U), -EINVAL);
	zassert_equal(eddy_slots_init(&other, blocks, links, 4U, 0U), -EINVAL);
	zassert_equal(eddy_slots_init(&other, blocks, links, 4U, 65001U), -EINVAL);
	zassert_equal(eddy_slots_init(&other, blocks, links, 4U, 1U), 0);
}
