/* SPDX-License-Identifier: Apache-2.0 */

/**
 * @file
 * Async functions: functions that can wait without a stack of their own.
 *
 * What an async function needs across its awaits lies in a frame, a plain struct that starts with a
 * struct eddy_frame. The function is ordinary C that returns to its executor whenever it has to
 * wait, and continues behind the await when it is resumed:
 *
 *	struct blink {
 *		struct eddy_frame frame;
 *		const struct led *led;          // argument
 *		uint32_t period_ms;             // argument
 *	};
 *
 *	async_fn(blink)
 *	{
 *		async_begin;
 *		for (;;) {
 *			led_toggle(my->led);
 *			await(eddy_sleep(self, K_MSEC(my->period_ms)));
 *		}
 *		async_end;
 *	}
 *
 * Inside, `my` is the frame and `self` the running task. Ordinary locals live until the next await
 * only; one that is initialized and then crosses an await does not compile.
 *
 * How it works: the frame remembers the address of a label behind the await (computed goto), which
 * a debugger turns into a source line. Each await also leaves a `case` label that no jump ever
 * takes, in a `switch` opened by async_begin: it makes the compiler see the jump over a local's
 * initialization.
 */

#ifndef EDDY_ASYNC_H_
#define EDDY_ASYNC_H_

#include <limits.h>
#include <stddef.h>

#include <zephyr/kernel.h>

struct eddy_frame;
struct eddy_task;

/** What a function returns instead of a result while it waits. No result may have this value. */
#define EDDY_PENDING INT_MIN

/** What may return EDDY_PENDING has to be awaited: dropping its result draws a warning. */
#define EDDY_AWAITABLE __attribute__((__warn_unused_result__))

/** Code of an async function. The frame has the function's own type. */
typedef int (*eddy_code_t)(void *frame, struct eddy_task *self);

/** Tasks (and threads) that wait for one object. waitq.h explains it. */
struct eddy_waitq {
	struct eddy_waiter *last;
};

/** First member of every frame, and named `frame` there. */
struct eddy_frame {
	eddy_code_t code;
	union {
		struct eddy_frame *caller; /**< Who goes on when this one is done. */
		struct eddy_waitq joiners; /**< The same, for a task's outermost frame. */
	};
	void *pc; /**< Where to go on; NULL: at the beginning. */
#ifdef CONFIG_EDDY_DETECT
	uintptr_t in_use; /**< EDDY_FRAME_IN_USE_() from call to return. */
#endif
#if __ASSERT_ON
	uint32_t size;   /**< Of the whole frame, once its function has begun. */
	uint32_t guests; /**< In it that others still refer to: it must not return. eddy_lock. */
#endif
};

#if __ASSERT_ON
#define EDDY_NOTE_SIZE_(my) ((my)->frame.size = sizeof(*(my)))
#else
#define EDDY_NOTE_SIZE_(my) ((void)(my))
#endif

/* Labels, cases and pragmas in macros: clang-format does not know what to make of them. */
/* clang-format off */
#if defined(__clang__)
#define EDDY_NOCLONE_
#define EDDY_CASE_QUIET_
/* A computed goto wants a label to go to, even in a function that never awaits. */
#define EDDY_SOME_LABEL_ eddy_some_label_ : __attribute__((__unused__)); (void)&&eddy_some_label_;
#define EDDY_STRICT_                                                                               \
	_Pragma("clang diagnostic error \"-Wuninitialized\"")                                      \
	_Pragma("clang diagnostic error \"-Wsometimes-uninitialized\"")                            \
	_Pragma("clang diagnostic error \"-Wconditional-uninitialized\"")
#else
/* A clone would have labels of its own, which the frames do not know. */
#define EDDY_NOCLONE_ , __noclone__
#define EDDY_SOME_LABEL_
#define EDDY_CASE_QUIET_ _Pragma("GCC diagnostic ignored \"-Wswitch-outside-range\"")
#define EDDY_STRICT_                                                                               \
	_Pragma("GCC diagnostic error \"-Wjump-misses-init\"")                                     \
	_Pragma("GCC diagnostic error \"-Wmaybe-uninitialized\"")
#endif

/** Declare an async function, for use before its definition or in a header. */
#define async_decl(name)                                                                           \
	__attribute__((__noinline__ EDDY_NOCLONE_)) int name##_async(struct name *my,              \
								     struct eddy_task *self)

/** Define the async function whose frame is `struct name`. Its body follows. */
#define async_fn(name)                                                                             \
	_Pragma("GCC diagnostic push") EDDY_STRICT_                                                \
	async_decl(name);                                                                          \
	int name##_async(struct name *my, struct eddy_task *self)

/** The code of an async function as a frame holds it. The cast changes the frame's type only. */
#define EDDY_CODE(name) ((eddy_code_t)name##_async)

/** First statement of an async function. What stands before it runs at every resume. Task. */
#define async_begin                                                                                \
	BUILD_ASSERT(offsetof(__typeof__(*my), frame) == 0, "the frame comes first");              \
	(void)self;                                                                                \
	EDDY_NOTE_SIZE_(my);                                                                       \
	EDDY_SOME_LABEL_                                                                           \
	if (my->frame.pc != NULL) {                                                                \
		goto *my->frame.pc;                                                                \
	}                                                                                          \
	switch (0) {                                                                               \
	case 0:

/** Last statement of an async function; its result is 0. Task. */
#define async_end                                                                                  \
	}                                                                                          \
	_Pragma("GCC diagnostic pop") return 0

/** Leave an async function with a result: any int but EDDY_PENDING. Task. */
#define async_return(result)                                                                       \
	do {                                                                                       \
		return (result);                                                                   \
	} while (0)

/**
 * Wait for an operation. A statement; the operation's result is dropped, cancellation included: use
 * await_into() wherever it matters. Task.
 *
 * @param op  Call of a function that may return EDDY_PENDING, as eddy_sleep(self, ...) or
 *            eddy_call(self, ...). Evaluated once.
 */
#define await(op) EDDY_AWAIT_(__COUNTER__, (op), (void)0)

/** Wait for an operation and store its result in the int variable @p var. A statement. Task. */
#define await_into(var, op)                                                                        \
	EDDY_AWAIT_(__COUNTER__, ((var) = (op)), (var) = eddy_task_resumed(self))

#define EDDY_AWAIT_(n, op, fetch)                                                                  \
	do {                                                                                       \
		if ((op) == EDDY_PENDING) {                                                        \
			my->frame.pc = EDDY_ADDRESS_(EDDY_LABEL_(n));                              \
			return EDDY_PENDING;                                                       \
			EDDY_CASE_(n)                                                              \
			EDDY_LABEL_(n) : __attribute__((__unused__));                              \
			EDDY_MARK_LINE_                                                            \
			fetch;                                                                     \
		}                                                                                  \
	} while (0)

#define EDDY_LABEL_(n) _CONCAT(eddy_resume_, n)

/*
 * For those who show where a task waits: an instruction at the label that belongs to the await's
 * line.
 */
#ifdef CONFIG_EDDY_TASK_MONITOR
#define EDDY_MARK_LINE_ __asm__ volatile("nop");
#else
#define EDDY_MARK_LINE_
#endif

/* The asm hides the label from a warning about pointers into a function that has returned. */
#define EDDY_ADDRESS_(label)                                                                       \
	({                                                                                         \
		void *eddy_address_ = &&label;                                                     \
		__asm__("" : "+r"(eddy_address_));                                                 \
		eddy_address_;                                                                     \
	})

/* Inside a switch of the user's the case lands there; quiet, whatever that switches over. */
#define EDDY_CASE_(n)                                                                              \
	_Pragma("GCC diagnostic push") _Pragma("GCC diagnostic ignored \"-Wswitch\"")              \
	EDDY_CASE_QUIET_ case 0x65640000 + (n) : _Pragma("GCC diagnostic pop");

/* clang-format on */

#endif /* EDDY_ASYNC_H_ */
