/* SPDX-License-Identifier: Apache-2.0 */

/* Tasks, executors, groups, pools, time. */

#include "contexts.h"

#include <zephyr/irq.h>

#include "irq_lines.h"

/* Waits for ever, or until it is canceled. */
struct patient {
	struct eddy_frame frame;
	int result; /* in */
};

async_fn(patient)
{
	async_begin;
	await(eddy_sleep(self, K_FOREVER));
	async_return(my->result);
	async_end;
}

static EDDY_TASK_STORAGE(patient) patient;

static void init_patient(void)
{
	EDDY_TASK_INIT(&patient, patient, .result = 7);
}

static void start_patient(void)
{
	init_patient();
	spawn(&patient.task);
	run_ready();
}

static void end_patient(void)
{
	start_patient();
	(void)eddy_cancel(&patient.task);
	run_ready();
}

static bool patient_ends(void)
{
	run_ready();
	(void)eddy_cancel(&patient.task);
	run_ready();
	return eddy_task_try_join(&patient.task) == 0 && eddy_task_result(&patient.task) == 7;
}

ANYWHERE(EDDY_TASK_INIT)
{
	EDDY_TASK_INIT(&patient, patient, .result = 9);
	return patient.frame.result == 9 && !eddy_task_is_active(&patient.task);
}

ANYWHERE(eddy_task_root)
{
	return eddy_task_root(&patient.task) == &patient.frame.frame;
}

ANYWHERE_AFTER(eddy_task_name_set, init_patient)
{
	eddy_task_name_set(&patient.task, "Job");
	return strcmp(eddy_task_name_get(&patient.task), "Job") == 0;
}

ANYWHERE_AFTER(eddy_task_name_get, init_patient)
{
	return strcmp(eddy_task_name_get(&patient.task), "patient") == 0;
}

ANYWHERE_AFTER(eddy_spawn, init_patient)
{
	check_later(patient_ends);
	return eddy_spawn(&executor, &patient.task) == 0 &&
	       eddy_spawn(&executor, &patient.task) == -EBUSY;
}

static bool owner_knows;

static void note_end(struct eddy_owner *owner, struct eddy_task *task, k_spinlock_key_t key)
{
	ARG_UNUSED(owner);
	ARG_UNUSED(task);
	k_spin_unlock(&eddy_lock, key);
	owner_knows = true;
}

static bool owner_gets_to_know(void)
{
	run_ready();
	(void)eddy_cancel(&patient.task);
	run_ready();
	return owner_knows;
}

ANYWHERE_AFTER(eddy_spawn_owned, init_patient)
{
	static struct eddy_owner owner = {.ended = note_end};

	owner_knows = false;
	check_later(owner_gets_to_know);
	return eddy_spawn_owned(&executor, &patient.task, &owner) == 0;
}

ANYWHERE_AFTER(eddy_cancel, start_patient)
{
	check_later(patient_ends);
	return eddy_cancel(&patient.task) == 0;
}

ANYWHERE_AFTER(eddy_task_try_join, start_patient)
{
	check_later(patient_ends);
	return eddy_task_try_join(&patient.task) == -EAGAIN;
}

ANYWHERE_AFTER(eddy_task_result, end_patient)
{
	return eddy_task_result(&patient.task) == 7;
}

ANYWHERE_AFTER(eddy_task_is_active, start_patient)
{
	check_later(patient_ends);
	return eddy_task_is_active(&patient.task);
}

ANYWHERE_AFTER(eddy_task_is_canceled, start_patient)
{
	bool before = eddy_task_is_canceled(&patient.task);

	check_later(patient_ends);
	return eddy_cancel(&patient.task) == 0 && !before && eddy_task_is_canceled(&patient.task);
}

ANYWHERE_AFTER(eddy_task_where, start_patient)
{
	check_later(patient_ends);
	return eddy_task_where(&patient.task) == patient.frame.frame.pc;
}

ANYWHERE_AFTER(eddy_task_iterate, start_patient)
{
	struct eddy_task *task = NULL;

	check_later(patient_ends);
	do {
		task = eddy_task_iterate(task);
	} while (task != NULL && task != &patient.task);
	return task == &patient.task;
}

static struct eddy_executor stopped;

static bool runs_no_more(void)
{
	eddy_executor_run(&stopped);
	return true;
}

ANYWHERE(eddy_executor_init)
{
	check_later(patient_ends);
	eddy_executor_init(&stopped, "stopped");
	init_patient();
	return eddy_spawn(&executor, &patient.task) == 0;
}

ANYWHERE(eddy_executor_stop)
{
	check_later(runs_no_more); /* or the test never ends */
	eddy_executor_init(&stopped, "stopped");
	eddy_executor_stop(&stopped);
	return true;
}

static struct eddy_irq_executor irq_executor;

static volatile unsigned int interrupts;
static unsigned int interrupts_before;

static void handle_interrupt(const void *unused)
{
	ARG_UNUSED(unused);
	interrupts++;
	eddy_irq_executor_isr(&irq_executor);
}

static void connect_line(void)
{
	IRQ_CONNECT(IRQ_LINE, 3, handle_interrupt, NULL, 0);
	irq_enable(IRQ_LINE);
}

static bool patient_is_done(void)
{
	return eddy_cancel_wait_blocking(&patient.task, SOON) == 0;
}

ANYWHERE_AFTER(eddy_irq_executor_init, connect_line)
{
	check_later(patient_is_done);
	eddy_irq_executor_init(&irq_executor, "irq", IRQ_LINE);
	init_patient();
	return eddy_spawn(&irq_executor.executor, &patient.task) == 0;
}

static void count_interrupts(void)
{
	connect_line();
	eddy_irq_executor_init(&irq_executor, "irq", IRQ_LINE);
	interrupts_before = interrupts;
}

static bool one_more(void)
{
	return interrupts == interrupts_before + 1U;
}

ANYWHERE_AFTER(eddy_irq_pend, count_interrupts)
{
	check_later(one_more);
	eddy_irq_pend(IRQ_LINE);
	return true;
}

/* A group with one child, which has to be canceled. */
struct parent {
	struct eddy_frame frame;
	struct eddy_group group;
	EDDY_CHILD(patient) child;
};

async_fn(parent)
{
	async_begin;
	eddy_group_init(&my->group, EDDY_GROUP_ALL);
	(void)eddy_group_spawn(self, &my->group, &my->child, patient);
	await(eddy_group_wait(self, &my->group, K_FOREVER));
	async_end;
}

static EDDY_TASK_STORAGE(parent) parent;

static void start_parent(void)
{
	EDDY_TASK_INIT(&parent, parent);
	spawn(&parent.task);
	run_ready();
}

static bool parent_has_ended(void)
{
	run_ready();
	return !eddy_task_is_active(&parent.task);
}

static bool parent_ends(void)
{
	(void)eddy_cancel(&parent.task);
	return parent_has_ended();
}

ANYWHERE(eddy_group_init)
{
	static struct eddy_group group;

	eddy_group_init(&group, EDDY_GROUP_ALL);
	return eddy_group_count(&group) == 0U;
}

ANYWHERE_AFTER(eddy_group_cancel, start_parent)
{
	check_later(parent_has_ended);
	eddy_group_cancel(&parent.frame.group);
	return eddy_group_count(&parent.frame.group) == 1U; /* it does not wait */
}

ANYWHERE_AFTER(eddy_group_count, start_parent)
{
	check_later(parent_ends);
	return eddy_group_count(&parent.frame.group) == 1U;
}

static EDDY_TASK_POOL_DEFINE(pool, patient, 1);
static struct eddy_pool_handle handle;

static void start_pooled(void)
{
	zassert_equal(eddy_pool_spawn(&executor, &pool, &handle, patient, .result = 7), 0);
	run_ready();
}

static bool pooled_ends(void)
{
	run_ready();
	(void)eddy_pool_cancel(&handle);
	run_ready();
	return eddy_pool_try_join(&handle) == 0 && handle.result == 7;
}

ANYWHERE(eddy_pool_spawn)
{
	check_later(pooled_ends);
	return eddy_pool_spawn(&executor, &pool, &handle, patient, .result = 7) == 0 &&
	       eddy_pool_spawn(&executor, &pool, NULL, patient) == -ENOMEM;
}

ANYWHERE_AFTER(eddy_pool_cancel, start_pooled)
{
	check_later(pooled_ends);
	return eddy_pool_cancel(&handle) == 0;
}

ANYWHERE_AFTER(eddy_pool_is_active, start_pooled)
{
	check_later(pooled_ends);
	return eddy_pool_is_active(&handle);
}

ANYWHERE_AFTER(eddy_pool_try_join, start_pooled)
{
	check_later(pooled_ends);
	return eddy_pool_try_join(&handle) == -EAGAIN;
}

/* Room for a few tasks. */
static K_HEAP_DEFINE(heap, 1024);

struct guest {
	struct eddy_frame frame;
	bool *has_run; /* in */
};

async_fn(guest)
{
	async_begin;
	*my->has_run = true;
	async_end;
}

static bool has_run;

static bool guest_runs(void)
{
	run_ready();
	return has_run;
}

ANYWHERE(eddy_spawn_alloc)
{
	has_run = false;
	check_later(guest_runs);
	return eddy_spawn_alloc(&executor, &heap, guest, .has_run = &has_run) == 0;
}

ANYWHERE(eddy_ticker_init)
{
	static struct eddy_ticker ticker;

	eddy_ticker_init(&ticker, K_TICKS(5));
	return ticker.period == 5 && ticker.next >= k_uptime_ticks() + 4;
}

ANYWHERE(eddy_deadline_in)
{
	return !eddy_deadline_is_over(eddy_deadline_in(K_SECONDS(10))) &&
	       K_TIMEOUT_EQ(eddy_deadline_in(K_FOREVER), K_FOREVER);
}

ANYWHERE(eddy_deadline_is_over)
{
	return eddy_deadline_is_over(K_TIMEOUT_ABS_TICKS(k_uptime_ticks())) &&
	       !eddy_deadline_is_over(K_FOREVER);
}

ANYWHERE_AFTER(eddy_assert_unawaited, start_patient)
{
	static struct eddy_signal signal;

	check_later(patient_ends);
	eddy_assert_unawaited(&signal);
	return true;
}

#define LIMIT K_TICKS(3)

static volatile unsigned int reports;

/* Takes the place of the library's. */
void eddy_task_report(enum eddy_finding finding, const struct eddy_task *task, const void *where,
		      uint32_t us)
{
	ARG_UNUSED(finding);
	ARG_UNUSED(task);
	ARG_UNUSED(where);
	ARG_UNUSED(us);
	reports++;
}

static struct eddy_task_watch watch;

static void start_watch(void)
{
	reports = 0U;
	start_patient();
	eddy_task_watch(&watch, &patient.task, LIMIT);
}

static bool is_reported(void)
{
	k_sleep(K_TICKS(LIMIT.ticks * 2));
	eddy_task_unwatch(&watch);
	return patient_ends() && (reports > 0U || !IS_ENABLED(CONFIG_EDDY_DETECT));
}

static bool is_not_reported(void)
{
	k_sleep(K_TICKS(LIMIT.ticks * 2));
	return patient_ends() && reports == 0U;
}

ANYWHERE_AFTER(eddy_task_watch, start_patient)
{
	reports = 0U;
	check_later(is_reported);
	eddy_task_watch(&watch, &patient.task, LIMIT);
	return true;
}

ANYWHERE_AFTER(eddy_task_unwatch, start_watch)
{
	check_later(is_not_reported);
	eddy_task_unwatch(&watch);
	return true;
}

/* Works for a millisecond. */
struct busy {
	struct eddy_frame frame;
};

async_fn(busy)
{
	async_begin;
	k_busy_wait(1000);
	await(eddy_yield(self));
	async_end;
}

static EDDY_TASK_STORAGE(busy) busy;

static void init_busy(void)
{
	reports = 0U;
	EDDY_TASK_INIT(&busy, busy);
}

static void run_busy(void)
{
	init_busy();
	spawn(&busy.task);
	run_ready();
}

static bool busy_is_reported(void)
{
	spawn(&busy.task);
	run_ready();
	return reports > 0U || !IS_ENABLED(CONFIG_EDDY_DETECT);
}

ANYWHERE_AFTER(eddy_task_budget_set, init_busy)
{
	check_later(busy_is_reported);
	eddy_task_budget_set(&busy.task, 500U);
	return true;
}

ANYWHERE_AFTER(eddy_task_longest_us, run_busy)
{
	return eddy_task_longest_us(&busy.task) >= 1000U || !IS_ENABLED(CONFIG_EDDY_DETECT);
}
