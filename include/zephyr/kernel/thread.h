/* SPDX-License-Identifier: Apache-2.0 */

/**
 * @file
 * Threads: creation, control, priorities.
 */

#ifndef ZEPHYR_INCLUDE_KERNEL_THREAD_H_
#define ZEPHYR_INCLUDE_KERNEL_THREAD_H_

#include <arch/cpu.h>
#include <zephyr/kernel/thread_stack.h>
#include <zephyr/kernel/time.h>
#include <zephyr/kernel/timeout_entry.h>
#include <zephyr/sys/iterable_sections.h>
#include <zephyr/sys/util.h>
#include <zephyr/toolchain.h>
#include <zephyr/types.h>

/** Entry point of a thread. */
typedef void (*k_thread_entry_t)(void *p1, void *p2, void *p3);

struct k_poller;
struct k_thread;

/** Threads that wait for one object, by priority, then by arrival. */
struct k_waitq {
	struct k_thread *first; /**< NULL: nobody. first->prev is the last. */
};

/** Where a thread's stack lies. */
struct _thread_stack_info {
	uintptr_t start; /**< Lowest usable byte. */
	size_t size;     /**< Usable bytes. */
};

/** Control block of a thread. Guarded by the scheduler's lock, except where noted. */
struct k_thread {
	struct arch_thread arch; /**< Saved context; the port's own. */
	struct k_thread *next;   /**< Circular list: ready queue or wait queue. */
	struct k_thread *prev;
	struct k_waitq *waits_on; /**< Wait queue that it is in, or NULL. */
	int8_t prio;
	uint8_t state;                  /**< THREAD_* bits; 0: ready, in the ready queue. */
	uint8_t options;                /**< K_* options. */
	uint8_t sched_locks;            /**< Depth of k_sched_lock(). */
	int wait_result;                /**< What the blocking call will return. */
	void *wait_data;                /**< What the waker needs, e.g. where to copy to. */
	struct k_waitq joiners;         /**< Threads in k_thread_join() on this one. */
	struct k_timeout_entry timeout; /**< Sleep, or limit of a wait. */
#ifdef CONFIG_POLL
	struct k_poller *poller; /**< Its own, while it is in k_poll(). */
#endif
#ifdef CONFIG_THREAD_STACK_INFO
	struct _thread_stack_info stack_info;
#endif
#ifdef CONFIG_THREAD_CUSTOM_DATA
	void *custom_data;
#endif
#ifdef CONFIG_THREAD_MONITOR
	struct k_thread *next_thread; /**< List of all threads. */
	k_thread_entry_t entry;
#endif
#ifdef CONFIG_SCHED_THREAD_USAGE
	uint64_t usage_cycles; /**< Cycles spent running, up to the last switch out. */
#endif
#ifdef CONFIG_THREAD_NAME
	char name[CONFIG_THREAD_MAX_NAME_LEN];
#endif
};

typedef struct k_thread *k_tid_t;

/* Bits of k_thread.state. */
#define THREAD_PRESTART  BIT(0) /**< Not started yet. */
#define THREAD_PENDING   BIT(1) /**< In a wait queue. */
#define THREAD_SLEEPING  BIT(2) /**< In k_sleep(). */
#define THREAD_SUSPENDED BIT(3) /**< k_thread_suspend() was called. */
#define THREAD_DEAD      BIT(4) /**< Ended or aborted. */

/** Option: the system cannot go on without this thread; its end is a fatal error. */
#define K_ESSENTIAL BIT(0)
/** Option: the thread uses the floating-point unit. */
#define K_FP_REGS BIT(1)
/** Option: user mode. Accepted; this kernel has no user mode yet. */
#define K_USER          BIT(2)
#define K_INHERIT_PERMS BIT(3)

/** Lowest number: most urgent. Cooperative priorities are negative. */
#define K_PRIO_COOP(x)                    (-(CONFIG_NUM_COOP_PRIORITIES - (x)))
#define K_PRIO_PREEMPT(x)                 (x)
#define K_HIGHEST_THREAD_PRIO             (-CONFIG_NUM_COOP_PRIORITIES)
#define K_LOWEST_THREAD_PRIO              CONFIG_NUM_PREEMPT_PRIORITIES
#define K_IDLE_PRIO                       K_LOWEST_THREAD_PRIO
#define K_HIGHEST_APPLICATION_THREAD_PRIO (K_HIGHEST_THREAD_PRIO)
#define K_LOWEST_APPLICATION_THREAD_PRIO  (K_LOWEST_THREAD_PRIO - 1)

#define K_END_OF_STACK 0

/**
 * @brief Create a thread.
 *
 * @param thread     Its control block; not in use.
 * @param stack      Defined by K_THREAD_STACK_DEFINE().
 * @param stack_size K_THREAD_STACK_SIZEOF(stack), or the size given to the definition.
 * @param entry      Function that the thread runs. The thread ends when it returns.
 * @param p1,p2,p3   Passed to @p entry.
 * @param prio       K_PRIO_COOP(n) or K_PRIO_PREEMPT(n).
 * @param options    0 or K_ESSENTIAL.
 * @param delay      Start after this time. K_NO_WAIT: now. K_FOREVER: by k_thread_start().
 *
 * @return The thread, which is @p thread.
 *
 * @par Context
 * Thread. May switch threads. Cost: O(1), and the stack is filled if CONFIG_INIT_STACKS.
 */
k_tid_t k_thread_create(struct k_thread *thread, k_thread_stack_t *stack, size_t stack_size,
			k_thread_entry_t entry, void *p1, void *p2, void *p3, int prio,
			uint32_t options, k_timeout_t delay);

/**
 * Start a thread that was created with K_FOREVER or whose delay still runs; else no effect. Any
 * context.
 */
void k_thread_start(k_tid_t thread);

/**
 * @brief Sleep.
 *
 * @param timeout  K_FOREVER: until k_wakeup(). K_NO_WAIT: like k_yield().
 * @return 0 when the time has passed, else the milliseconds left when k_wakeup() ended it.
 *
 * @par Context
 * Thread. Cost: O(log n) in the number of pending time-outs.
 */
int32_t k_sleep(k_timeout_t timeout);

/** k_sleep(K_MSEC(ms)). */
static inline int32_t k_msleep(int32_t ms)
{
	return k_sleep(Z_TIMEOUT_MS(ms));
}

/**
 * Sleep for microseconds, rounded up to ticks. @return Microseconds left if woken early. Thread.
 */
int32_t k_usleep(int32_t us);

/** Spin for @p usec microseconds, without giving up the CPU. Thread, interrupt. */
void k_busy_wait(uint32_t usec);

/** End another thread's k_sleep() at once. No effect if it does not sleep. Any context. */
void k_wakeup(k_tid_t thread);

/** Let ready threads of the same or a higher priority run first. Thread. Cost: O(1). */
void k_yield(void);

/** The running thread; in an interrupt, the interrupted one. */
k_tid_t k_current_get(void);

/**
 * @brief End a thread now. It leaves every wait queue; its joiners return 0.
 *
 * Aborting a dead thread has no effect. Aborting an essential one is a fatal error.
 *
 * @par Context
 * Any. Does not return if @p thread is the caller.
 */
void k_thread_abort(k_tid_t thread);

/**
 * @brief Wait until a thread has ended.
 *
 * @retval 0        It has ended (or had already, or was never started and then aborted).
 * @retval -EBUSY   It runs on and @p timeout is K_NO_WAIT.
 * @retval -EAGAIN  The wait timed out.
 * @retval -EDEADLK It is the caller, or it waits in a join for the caller.
 *
 * @par Context
 * Thread; an interrupt only with K_NO_WAIT.
 */
int k_thread_join(struct k_thread *thread, k_timeout_t timeout);

/** Keep a thread from running until k_thread_resume(). Does not nest. Any context. */
void k_thread_suspend(k_tid_t thread);

/** Undo k_thread_suspend(). No effect on a thread that is not suspended. Any context. */
void k_thread_resume(k_tid_t thread);

int k_thread_priority_get(k_tid_t thread);

/** Change a priority; the thread goes behind those that have it already. Any context. */
void k_thread_priority_set(k_tid_t thread, int prio);

/** Time left until the thread's sleep or wait times out, in ticks; 0: no time-out. */
k_ticks_t k_thread_timeout_remaining_ticks(const struct k_thread *thread);

/** Uptime tick at which the thread's sleep or wait times out. */
k_ticks_t k_thread_timeout_expires_ticks(const struct k_thread *thread);

/** Keep the running thread from being preempted by threads (not interrupts). Nests. */
void k_sched_lock(void);
void k_sched_unlock(void);

/**
 * @brief Share the CPU among preemptible threads of equal priority.
 *
 * @param slice_ms  Longest run in milliseconds before an equal thread gets its turn; 0: off.
 * @param prio      Applies to this and all less urgent priorities.
 */
void k_sched_time_slice_set(int32_t slice_ms, int prio);

/** True in an interrupt handler. */
bool k_is_in_isr(void);

/** 1 if the caller is a thread that can be preempted. */
int k_is_preempt_thread(void);

/** True before the kernel runs threads. */
bool k_is_pre_kernel(void);

static inline bool k_can_yield(void)
{
	return !(k_is_pre_kernel() || k_is_in_isr());
}

/** Set a thread's name, NULL being the caller. @retval -ENOSYS without CONFIG_THREAD_NAME. */
int k_thread_name_set(k_tid_t thread, const char *name);

/** A thread's name, or NULL without CONFIG_THREAD_NAME. */
const char *k_thread_name_get(k_tid_t thread);

/**
 * Copy the name. @retval -ENOSPC if it does not fit. @retval -ENOSYS without CONFIG_THREAD_NAME.
 */
int k_thread_name_copy(k_tid_t thread, char *buf, size_t size);

/** Write the state in words, such as "pending+suspended", into @p buf. @return @p buf. */
const char *k_thread_state_str(k_tid_t thread, char *buf, size_t size);

/** Bytes of stack never used so far. @retval -ENOTSUP without CONFIG_INIT_STACKS. */
int k_thread_stack_space_get(const struct k_thread *thread, size_t *unused);

void k_thread_custom_data_set(void *value);
void *k_thread_custom_data_get(void);

typedef void (*k_thread_user_cb_t)(const struct k_thread *thread, void *user_data);

/** Call @p cb for every thread with interrupts masked. Needs CONFIG_THREAD_MONITOR. */
void k_thread_foreach(k_thread_user_cb_t cb, void *user_data);

/** As k_thread_foreach() with interrupts unmasked; no thread may end meanwhile. */
void k_thread_foreach_unlocked(k_thread_user_cb_t cb, void *user_data);

/** How long a thread, or the system, has run. In cycles of k_cycle_get_32(). */
typedef struct k_thread_runtime_stats {
	uint64_t execution_cycles; /**< Ran at all (for the system: idle included). */
	uint64_t total_cycles;     /**< Ran, idle not included. */
	uint64_t idle_cycles;      /**< System only. */
} k_thread_runtime_stats_t;

/** @return 0; -EINVAL: NULL given; -ENOTSUP: without CONFIG_SCHED_THREAD_USAGE. */
int k_thread_runtime_stats_get(k_tid_t thread, k_thread_runtime_stats_t *stats);
int k_thread_runtime_stats_all_get(k_thread_runtime_stats_t *stats);

/** What K_THREAD_DEFINE() leaves for the start of the system. */
struct k_thread_definition {
	struct k_thread *thread;
	k_thread_stack_t *stack;
	size_t stack_size;
	k_thread_entry_t entry;
	void *p1;
	void *p2;
	void *p3;
	int prio;
	uint32_t options;
	int32_t delay_ms; /**< SYS_FOREVER_MS: by k_thread_start(). */
	const char *name;
};

#ifdef CONFIG_MULTITHREADING
/** Define a thread that the kernel creates at start-up. @p delay in milliseconds. */
#define K_THREAD_DEFINE(name_, stack_size_, entry_, p1_, p2_, p3_, prio_, options_, delay_)        \
	K_THREAD_STACK_DEFINE(_k_stack_##name_, stack_size_);                                      \
	static struct k_thread _k_thread_##name_;                                                  \
	static const STRUCT_SECTION_ITERABLE(k_thread_definition, _k_definition_##name_) = {       \
		.thread = &_k_thread_##name_,                                                      \
		.stack = _k_stack_##name_,                                                         \
		.stack_size = K_THREAD_STACK_SIZEOF(_k_stack_##name_),                             \
		.entry = (k_thread_entry_t)(entry_),                                               \
		.p1 = (void *)(p1_),                                                               \
		.p2 = (void *)(p2_),                                                               \
		.p3 = (void *)(p3_),                                                               \
		.prio = (prio_),                                                                   \
		.options = (options_),                                                             \
		.delay_ms = (delay_),                                                              \
		.name = IS_ENABLED(CONFIG_THREAD_NAME) ? STRINGIFY(name_) : NULL,                  \
	};                                                                                         \
	const k_tid_t name_ = &_k_thread_##name_
#else
#define K_THREAD_DEFINE(name_, ...) BUILD_ASSERT(false, #name_ ": there are no threads")
#endif

#define K_KERNEL_THREAD_DEFINE K_THREAD_DEFINE

#endif /* ZEPHYR_INCLUDE_KERNEL_THREAD_H_ */
