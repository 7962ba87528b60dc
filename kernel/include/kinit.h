/* SPDX-License-Identifier: Apache-2.0 */

/* How start-up calls the initialization functions: through the first of them, if there is any. */

#ifndef KERNEL_INCLUDE_KINIT_H_
#define KERNEL_INCLUDE_KINIT_H_

#include <zephyr/init.h>

static inline void init_level(enum init_level level)
{
	const struct init_entry *first = STRUCT_SECTION_START(init_entry);

	if (first != STRUCT_SECTION_END(init_entry)) {
		first->run_level(level);
	}
}

#endif /* KERNEL_INCLUDE_KINIT_H_ */
