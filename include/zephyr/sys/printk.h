/* SPDX-License-Identifier: Apache-2.0 */

/**
 * @file
 * Formatted output to the console, polled and usable in any context.
 */

#ifndef ZEPHYR_INCLUDE_SYS_PRINTK_H_
#define ZEPHYR_INCLUDE_SYS_PRINTK_H_

#include <stdarg.h>
#include <stddef.h>

#include <zephyr/toolchain.h>

/**
 * Conversions: d i u x X o c s p %, with flags '-' '0' '+' ' ' '#', width and precision (also '*'),
 * and lengths hh h l ll z t j. No floating point. An unknown conversion is printed as it stands.
 *
 * Without CONFIG_PRINTK a call costs nothing and prints nothing.
 */
#ifdef CONFIG_PRINTK
__printf_like(1, 2) void printk(const char *fmt, ...);
__printf_like(1, 0) void vprintk(const char *fmt, va_list ap);
#else
static inline __printf_like(1, 2) void printk(const char *fmt, ...)
{
	ARG_UNUSED(fmt);
}

static inline __printf_like(1, 0) void vprintk(const char *fmt, va_list ap)
{
	ARG_UNUSED(fmt);
	ARG_UNUSED(ap);
}
#endif

/** Format into a buffer of @p size bytes, always terminated. @return Length had there been room. */
__printf_like(3, 4) int snprintk(char *str, size_t size, const char *fmt, ...);
__printf_like(3, 0) int vsnprintk(char *str, size_t size, const char *fmt, va_list ap);

/** Where printk() sends characters; the board's polled console unless something else is hooked. */
void __printk_hook_install(int (*put)(int c));

#endif /* ZEPHYR_INCLUDE_SYS_PRINTK_H_ */
