/* SPDX-License-Identifier: Apache-2.0 */

/* From reset to main(): the order in which things come to life. */

#include <kinit.h>
#include <ksched.h>
#include <zephyr/kernel.h>

struct k_thread main_thread;

static K_KERNEL_STACK_DEFINE(main_stack, CONFIG_MAIN_STACK_SIZE);
static K_KERNEL_STACK_DEFINE(idle_stack, CONFIG_IDLE_STACK_SIZE);

int main(void);

static void start_defined_threads(void)
{
	STRUCT_SECTION_FOREACH(k_thread_definition, def) {
		k_tid_t thread;
		k_timeout_t delay = def->delay_ms < 0 ? K_FOREVER : K_MSEC(def->delay_ms);

		/* As one step: a thread that starts at once must find its siblings created. */
		thread = k_thread_create(def->thread, def->stack, def->stack_size, def->entry,
					 def->p1, def->p2, def->p3, def->prio, def->options, delay);
		(void)k_thread_name_set(thread, def->name); /* names may be off */
	}
}

static void main_entry(void *p1, void *p2, void *p3)
{
	ARG_UNUSED(p1);
	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	init_level(INIT_LEVEL_POST_KERNEL);
	init_level(INIT_LEVEL_APPLICATION);
	if (IS_ENABLED(CONFIG_TIMESLICING) && CONFIG_TIMESLICE_SIZE > 0) {
		k_sched_time_slice_set(CONFIG_TIMESLICE_SIZE, CONFIG_TIMESLICE_PRIORITY);
	}

	k_sched_lock();
	start_defined_threads();
	k_sched_unlock();

	(void)main();
	/* The system goes on without it. */
	main_thread.options &= (uint8_t)~K_ESSENTIAL;
}

FUNC_NORETURN void kernel_start(void)
{
	(void)arch_irq_lock();
	arch_init();
	init_level(INIT_LEVEL_EARLY);
	init_level(INIT_LEVEL_PRE_KERNEL_1);
	sys_clock_init();
	init_level(INIT_LEVEL_PRE_KERNEL_2);

	/* The first two enter the ready queue by hand: there is nobody yet to compare with. */
	thread_setup(&idle_thread, idle_stack, CONFIG_IDLE_STACK_SIZE, idle_entry, NULL, NULL, NULL,
		     K_IDLE_PRIO, K_ESSENTIAL);
	thread_setup(&main_thread, main_stack, CONFIG_MAIN_STACK_SIZE, main_entry, NULL, NULL, NULL,
		     CONFIG_MAIN_THREAD_PRIORITY, K_ESSENTIAL);
	(void)k_thread_name_set(&idle_thread, "idle"); /* names may be off */
	(void)k_thread_name_set(&main_thread, "main");
	idle_thread.state = 0U;
	readyq_add(&kernel.ready, &idle_thread);
	main_thread.state = 0U;
	readyq_add(&kernel.ready, &main_thread);
	kernel.next = &main_thread;
	arch_start();
}
