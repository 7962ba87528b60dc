/* SPDX-License-Identifier: Apache-2.0 */

/**
 * @file
 * Small macros that Zephyr code takes for granted.
 */

#ifndef ZEPHYR_INCLUDE_SYS_UTIL_H_
#define ZEPHYR_INCLUDE_SYS_UTIL_H_

#include <stddef.h>
#include <stdint.h>

#include <zephyr/toolchain.h>

#define BIT(n)                   (1UL << (n))
#define BIT64(n)                 (1ULL << (n))
#define BIT_MASK(n)              (BIT(n) - 1UL)
#define BIT64_MASK(n)            (BIT64(n) - 1ULL)
#define IS_BIT_SET(value, bit)   ((((value) >> (bit)) & 1) != 0)
#define WRITE_BIT(var, bit, set) ((var) = (set) ? ((var) | BIT(bit)) : ((var) & ~BIT(bit)))

#define KB(x) ((x) << 10)
#define MB(x) (KB(x) << 10)

#ifndef MIN
#define MIN(a, b) (((a) < (b)) ? (a) : (b))
#endif
#ifndef MAX
#define MAX(a, b) (((a) > (b)) ? (a) : (b))
#endif
#ifndef CLAMP
#define CLAMP(val, low, high) (((val) <= (low)) ? (low) : MIN(val, high))
#endif

#define IN_RANGE(val, min, max) ((val) >= (min) && (val) <= (max))

#define DIV_ROUND_UP(n, d)     (((n) + (d)-1) / (d))
#define ceiling_fraction(n, d) DIV_ROUND_UP(n, d)
#define ROUND_UP(x, align)                                                                         \
	((((unsigned long)(x) + ((unsigned long)(align)-1)) / (unsigned long)(align)) *            \
	 (unsigned long)(align))
#define ROUND_DOWN(x, align)                                                                       \
	(((unsigned long)(x) / (unsigned long)(align)) * (unsigned long)(align))

#define ARRAY_SIZE(array)          (sizeof(array) / sizeof((array)[0]))
#define ARRAY_FOR_EACH(array, idx) for (size_t idx = 0; (idx) < ARRAY_SIZE(array); ++(idx))

#define CONTAINER_OF(ptr, type, field) ((type *)(((char *)(ptr)) - offsetof(type, field)))
#define SIZEOF_FIELD(type, member)     sizeof(((type *)0)->member)

#define POINTER_TO_UINT(x) ((uintptr_t)(x))
#define UINT_TO_POINTER(x) ((void *)(uintptr_t)(x))
#define POINTER_TO_INT(x)  ((intptr_t)(x))
#define INT_TO_POINTER(x)  ((void *)(intptr_t)(x))

#define _STRINGIFY(x)    #x
#define STRINGIFY(s)     _STRINGIFY(s)
#define _DO_CONCAT(x, y) x##y
#define _CONCAT(x, y)    _DO_CONCAT(x, y)
#define CONCAT(x, y)     _CONCAT(x, y)

/*
 * IS_ENABLED(CONFIG_X) is 1 if CONFIG_X is defined as 1, else 0, and can stand in an expression:
 * both branches are compiled. A defined symbol pastes into a macro that adds an argument.
 */
#define IS_ENABLED(config)                 Z_IS_ENABLED1(config)
#define Z_IS_ENABLED1(config)              Z_IS_ENABLED2(Z_ENABLED_##config)
#define Z_IS_ENABLED2(argument)            Z_IS_ENABLED3(argument 1, 0)
#define Z_IS_ENABLED3(ignored, value, ...) value
#define Z_ENABLED_1                        shift,

/** The first bracketed list if the symbol is 1, else the second. */
#define COND_CODE_1(flag, if_1, else_code)  Z_COND_CODE1(flag, if_1, else_code)
#define Z_COND_CODE1(flag, if_1, else_code) Z_COND_CODE2(Z_ENABLED_##flag, if_1, else_code)
#define Z_COND_CODE2(one, if_1, else_code)  Z_COND_CODE3(one if_1, else_code)
#define Z_COND_CODE3(ignored, code, ...)    Z_COND_STRIP code
#define Z_COND_STRIP(...)                   __VA_ARGS__
#define IF_ENABLED(flag, code)              COND_CODE_1(flag, code, ())

#endif /* ZEPHYR_INCLUDE_SYS_UTIL_H_ */
