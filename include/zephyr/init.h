/* SPDX-License-Identifier: Apache-2.0 */

/**
 * @file
 * Initialization functions, which any file may add: SYS_INIT(function, level, priority).
 *
 * Levels run in order; within one, smaller priorities come first.
 *
 *   EARLY, PRE_KERNEL_1, PRE_KERNEL_2   boot stack, interrupts masked, no threads
 *   POST_KERNEL, APPLICATION            in the main thread, before main()
 */

#ifndef ZEPHYR_INCLUDE_INIT_H_
#define ZEPHYR_INCLUDE_INIT_H_

#include <zephyr/sys/iterable_sections.h>
#include <zephyr/types.h>

struct device;

enum init_level {
	INIT_LEVEL_EARLY,
	INIT_LEVEL_PRE_KERNEL_1,
	INIT_LEVEL_PRE_KERNEL_2,
	INIT_LEVEL_POST_KERNEL,
	INIT_LEVEL_APPLICATION,
};

/** Run what belongs to @p level. The kernel's, during start-up. */
void init_run_level(enum init_level level);

/** One function to call: a plain one, or that of a device. */
struct init_entry {
	/** init_run_level(); found here alone, so that an image with no entries does without it. */
	void (*run_level)(enum init_level level);
	union {
		int (*init)(void);
		int (*init_device)(const struct device *dev); /**< May be NULL: nothing to do. */
	};
	const struct device *dev; /**< NULL for a plain function. */
	uint8_t level;
	uint8_t priority;
};

/**
 * Call @p function_ at start-up. @p level_ without prefix, @p priority_ 0 to 99. Its result is
 * ignored.
 */
#define SYS_INIT(function_, level_, priority_)                                                     \
	SYS_INIT_NAMED(function_, function_, level_, priority_)

/** SYS_INIT() for a function that is called more than once; @p name_ tells the entries apart. */
#define SYS_INIT_NAMED(name_, function_, level_, priority_)                                        \
	static const STRUCT_SECTION_ITERABLE(init_entry, init_entry_##name_) = {                   \
		.run_level = init_run_level,                                                       \
		.init = (function_),                                                               \
		.level = INIT_LEVEL_##level_,                                                      \
		.priority = (priority_),                                                           \
	}

#endif /* ZEPHYR_INCLUDE_INIT_H_ */
