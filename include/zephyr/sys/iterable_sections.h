/* SPDX-License-Identifier: Apache-2.0 */

/**
 * @file
 * Arrays that the linker gathers: each file adds elements, anyone walks them all.
 *
 * Elements of one struct type go to a section with a C identifier for a name, so that the linker
 * itself provides its bounds (__start_NAME, __stop_NAME) on every target, without a linker script.
 */

#ifndef ZEPHYR_INCLUDE_SYS_ITERABLE_SECTIONS_H_
#define ZEPHYR_INCLUDE_SYS_ITERABLE_SECTIONS_H_

#include <stddef.h>

#define ITERABLE_SECTION_ATTRIBUTES(struct_type)                                                   \
	__attribute__((__used__, __section__("iterable_" #struct_type),                            \
		       __aligned__(__alignof__(struct struct_type))))

/** Define a global of type `struct struct_type` that belongs to the array of that type. */
#define STRUCT_SECTION_ITERABLE(struct_type, name)                                                 \
	struct struct_type name ITERABLE_SECTION_ATTRIBUTES(struct_type)

/*
 * Weak: an array that nobody adds to is empty. As pointers-to-array, so that no compiler sees two
 * distinct objects compared.
 */
#define STRUCT_SECTION_START(struct_type)                                                          \
	({                                                                                         \
		extern struct struct_type __start_iterable_##struct_type[]                         \
			__attribute__((__weak__));                                                 \
		__start_iterable_##struct_type;                                                    \
	})

#define STRUCT_SECTION_END(struct_type)                                                            \
	({                                                                                         \
		extern struct struct_type __stop_iterable_##struct_type[]                          \
			__attribute__((__weak__));                                                 \
		__stop_iterable_##struct_type;                                                     \
	})

/** Walk the array of `struct struct_type`. */
#define STRUCT_SECTION_FOREACH(struct_type, iterator)                                              \
	for (struct struct_type *iterator = STRUCT_SECTION_START(struct_type);                     \
	     iterator < STRUCT_SECTION_END(struct_type); iterator++)

#define STRUCT_SECTION_COUNT(struct_type, dst)                                                     \
	((*(dst)) = (size_t)(STRUCT_SECTION_END(struct_type) - STRUCT_SECTION_START(struct_type)))

#endif /* ZEPHYR_INCLUDE_SYS_ITERABLE_SECTIONS_H_ */
