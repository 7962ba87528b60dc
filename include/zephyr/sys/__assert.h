/* SPDX-License-Identifier: Apache-2.0 */

/**
 * @file
 * Assertions. CONFIG_ASSERT turns them on; off, their arguments are not evaluated.
 */

#ifndef ZEPHYR_INCLUDE_SYS___ASSERT_H_
#define ZEPHYR_INCLUDE_SYS___ASSERT_H_

#include <zephyr/sys/printk.h>
#include <zephyr/toolchain.h>

#ifdef CONFIG_SPIN_VALIDATE
/* Regard all spinlocks as free: whoever holds them at this moment does not go on. */
void z_spin_forget(void);
#else
#define z_spin_forget() ((void)0)
#endif

#ifdef CONFIG_ASSERT
#define __ASSERT_ON 1

/** What a failed assertion calls after its message: by default a kernel panic. May be replaced. */
FUNC_NORETURN void assert_post_action(const char *file, unsigned int line);

#define __ASSERT_NO_MSG(test)                                                                      \
	do {                                                                                       \
		if (unlikely(!(test))) {                                                           \
			printk("ASSERTION FAIL [%s] @ %s:%d\n", #test, __FILE__, __LINE__);        \
			z_spin_forget();                                                           \
			assert_post_action(__FILE__, __LINE__);                                    \
		}                                                                                  \
	} while (false)

#define __ASSERT(test, fmt, ...)                                                                   \
	do {                                                                                       \
		if (unlikely(!(test))) {                                                           \
			printk("ASSERTION FAIL [%s] @ %s:%d\n\t" fmt "\n", #test, __FILE__,        \
			       __LINE__, ##__VA_ARGS__);                                           \
			z_spin_forget();                                                           \
			assert_post_action(__FILE__, __LINE__);                                    \
		}                                                                                  \
	} while (false)

#define __ASSERT_EVAL(expr1, expr2, test, fmt, ...)                                                \
	do {                                                                                       \
		expr2;                                                                             \
		__ASSERT(test, fmt, ##__VA_ARGS__);                                                \
	} while (false)
#else
#define __ASSERT_ON                                 0
/* sizeof: checked by the compiler, evaluated by nobody. */
#define __ASSERT_NO_MSG(test)                       ((void)sizeof((test) ? 1 : 0))
#define __ASSERT(test, fmt, ...)                    ((void)sizeof((test) ? 1 : 0))
#define __ASSERT_EVAL(expr1, expr2, test, fmt, ...) expr1
#endif

#endif /* ZEPHYR_INCLUDE_SYS___ASSERT_H_ */
