/* SPDX-License-Identifier: Apache-2.0 */

/* Work items for tests, and a queue to run them. */

#include "items.h"
#include "workers.h"

#define QUEUE_STACK_SIZE 1024

struct k_work_q queue;
struct item a, b, c;

static K_THREAD_STACK_DEFINE(queue_stack, QUEUE_STACK_SIZE);
static K_SEM_DEFINE(gate, 0, 10);

static void run_item(struct k_work *work)
{
	struct item *item = CONTAINER_OF(work, struct item, work);

	record(item->letter);
	if (item->resubmissions > 0) {
		item->resubmissions--;
		item->result = k_work_submit_to_queue(item->where, work);
	}
	if (item->gated) {
		k_sem_take(&gate, K_FOREVER);
		record('.');
	}
}

static void item_init(struct item *item, char letter)
{
	*item = (struct item){.letter = letter, .result = NOT_YET};
	k_work_init(&item->work, run_item);
}

static void queue_start(int prio, const struct k_work_queue_config *config)
{
	k_work_queue_init(&queue);
	k_work_queue_start(&queue, queue_stack, QUEUE_STACK_SIZE, prio, config);
}

void queue_restart(int prio, const struct k_work_queue_config *config)
{
	k_thread_abort(k_work_queue_thread_get(&queue));
	queue_start(prio, config);
}

void items_before(void *fixture)
{
	workers_before(fixture);
	k_sem_reset(&gate);
	item_init(&a, 'a');
	item_init(&b, 'b');
	item_init(&c, 'c');
	queue_start(PRIO_HIGH, NULL);
}

void items_after(void *fixture)
{
	workers_after(fixture);
	k_thread_abort(k_work_queue_thread_get(&queue));
}

int submit(struct item *item)
{
	return k_work_submit_to_queue(&queue, &item->work);
}

void submit_gated(struct item *item)
{
	item->gated = true;
	(void)submit(item); /* the tests see what came of it */
}

void gate_open(void)
{
	k_sem_give(&gate);
}

void flush_item(void *p1, void *p2, void *p3)
{
	struct waiter *waiter = p1;
	struct k_work_sync sync;

	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	waiter->result = NOT_YET;
	waiter->result = k_work_flush(&waiter->item->work, &sync);
	record(waiter->letter);
}

void cancel_item_sync(void *p1, void *p2, void *p3)
{
	struct waiter *waiter = p1;
	struct k_work_sync sync;

	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	waiter->result = NOT_YET;
	waiter->result = k_work_cancel_sync(&waiter->item->work, &sync);
	record(waiter->letter);
}
