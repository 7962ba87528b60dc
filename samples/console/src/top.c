/* SPDX-License-Identifier: Apache-2.0 */

/*
 * top: all threads and tasks, and who used the CPU during one second.
 *
 * The second begins between two beats of everything that is periodic here, so each of them falls
 * into it as often as it should, whenever the command was given.
 *
 * The console runs on the same thread as all tasks. So while top prints, no task runs or ends.
 */

#include "commands.h"
#include "console.h"
#include "thread_notes.h"

#include <string.h>

#define THREADS_MAX  8
#define WINDOW_TICKS ((k_ticks_t)CONFIG_SYS_CLOCK_TICKS_PER_SEC)
#define OFFSET_TICKS (WINDOW_TICKS * 9 / 10) /* of its begin, from the last whole second */

/* The CPU time of a thread at the begin of the window. */
static struct usage {
	k_tid_t thread;
	uint64_t cycles;
} usages[THREADS_MAX];

static size_t usage_count;
static uint64_t window_start; /* All of the CPU's time, in cycles. */
static uint64_t window_cycles;

/* Equal tasks in a row: they are shown as one. */
struct group {
	const struct eddy_task *first;
	const void *waits_at;
	uint32_t count;
	uint32_t cycles;
};

static const struct task_kind *const kinds[] = {&console_kind, &echo_kind, &printer_kind,
						&sleeper_kind, &blink_kind};

static uint64_t all_cycles(void)
{
	k_thread_runtime_stats_t stats = {0};

	(void)k_thread_runtime_stats_all_get(&stats); /* fails on NULL only */
	return stats.execution_cycles;
}

static uint64_t thread_cycles(k_tid_t thread)
{
	k_thread_runtime_stats_t stats = {0};

	(void)k_thread_runtime_stats_get(thread, &stats);
	return stats.execution_cycles;
}

static void note_usage(const struct k_thread *thread, void *user_data)
{
	k_tid_t tid = (k_tid_t)(uintptr_t)thread;

	ARG_UNUSED(user_data);
	if (usage_count < THREADS_MAX) {
		usages[usage_count++] = (struct usage){.thread = tid, .cycles = thread_cycles(tid)};
	}
}

static void window_open(void)
{
	struct eddy_task *task = NULL;

	window_start = all_cycles();
	usage_count = 0U;
	k_thread_foreach_unlocked(note_usage, NULL);
	while ((task = eddy_task_iterate(task)) != NULL) {
		task->cycles = 0U; /* nobody else reads them, and they would wrap */
	}
}

static void window_close(void)
{
	window_cycles = all_cycles() - window_start;
	for (size_t i = 0; i < usage_count; i++) {
		usages[i].cycles = thread_cycles(usages[i].thread) - usages[i].cycles;
	}
}

static void print_share(uint64_t cycles)
{
	char text[8];
	unsigned int tenths = (unsigned int)((cycles * 1000U + window_cycles / 2U) / window_cycles);

	if (tenths == 0U && cycles != 0U) {
		printk("  <0.1%%");
	} else {
		snprintk(text, sizeof(text), "%u.%u", tenths / 10U, tenths % 10U);
		printk("%6s%%", text);
	}
}

static void print_place(const void *place)
{
	if (place == NULL) {
		printk("  -\n");
	} else {
		printk("  0x%08lx\n", (unsigned long)(uintptr_t)place);
	}
}

static void print_stack(k_tid_t thread)
{
	char text[16];
	size_t size = thread->stack_info.size;
	size_t unused = 0U;

	(void)k_thread_stack_space_get(thread, &unused); /* configured */
	snprintk(text, sizeof(text), "%u/%u", (unsigned int)(size - unused), (unsigned int)size);
	printk("%13s", text);
}

static void print_thread(const struct usage *usage)
{
	char state[32];
	k_tid_t thread = usage->thread;

	printk("%-14s%4d  %-9s", k_thread_name_get(thread), k_thread_priority_get(thread),
	       k_thread_state_str(thread, state, sizeof(state)));
	print_stack(thread);
	print_share(usage->cycles);
	print_place(thread_note_find(thread));
}

static size_t task_size(const struct eddy_task *task)
{
	eddy_code_t code = eddy_task_root((struct eddy_task *)(uintptr_t)task)->code;

	for (size_t i = 0; i < ARRAY_SIZE(kinds); i++) {
		if (kinds[i]->code == code) {
			return kinds[i]->size;
		}
	}
	return 0U;
}

static void print_group(const struct group *group)
{
	char name[24];
	const struct eddy_task *task = group->first;
	bool waits = (task->waiter.state & EDDY_TASK_WAITING) != 0U;

	snprintk(name, sizeof(name), group->count == 1U ? "%s" : "%s x%u", task->name,
		 group->count);
	printk("%-14s%4d  %-9s%13u", name, task->waiter.executor->prio,
	       waits ? "waiting" : "running", (unsigned int)task_size(task));
	print_share(group->cycles);
	print_place(group->waits_at);
}

static bool belongs_to(const struct eddy_task *task, const struct group *group)
{
	return task->name == group->first->name && eddy_task_where(task) == group->waits_at &&
	       ((task->waiter.state ^ group->first->waiter.state) & EDDY_TASK_WAITING) == 0U;
}

static uint32_t print_tasks(bool each)
{
	struct eddy_task *task = eddy_task_iterate(NULL);
	uint32_t total = 0U;

	while (task != NULL) {
		struct group group = {.first = task, .waits_at = eddy_task_where(task)};

		do {
			group.count++;
			group.cycles += task->cycles;
			task = eddy_task_iterate(task);
		} while (task != NULL && !each && belongs_to(task, &group));
		print_group(&group);
		total += group.count;
	}
	return total;
}

static void print_all(bool each)
{
	uint32_t tasks;

	printk("thread        prio  state       stack used    CPU  waits at\n");
	for (size_t i = 0; i < usage_count; i++) {
		print_thread(&usages[i]);
	}
	printk("task                           memory used\n");
	tasks = print_tasks(each);
	printk("%u threads, %u tasks; CPU shares of one second\n", (unsigned int)usage_count,
	       tasks);
}

static k_ticks_t next_window(void)
{
	k_ticks_t now = k_uptime_ticks();
	k_ticks_t start = now / WINDOW_TICKS * WINDOW_TICKS + OFFSET_TICKS;

	return start > now ? start : start + WINDOW_TICKS;
}

async_fn(top)
{
	async_begin;
	my->start = next_window();
	await(eddy_sleep_until(self, my->start));
	window_open();
	await(eddy_sleep_until(self, my->start + WINDOW_TICKS));
	window_close();
	print_all(my->each);
	async_end;
}

int command_top(struct eddy_task *self, union command_frame *frame, const struct operand *operand)
{
	bool each = strcmp(operand->text, "all") == 0;

	if (!each && operand->text[0] != '\0') {
		printk("top: all or nothing, not \"%s\"\n", operand->text);
		return 0;
	}
	return eddy_call(self, top, &frame->top, .each = each);
}
