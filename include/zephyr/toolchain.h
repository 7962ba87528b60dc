/* SPDX-License-Identifier: Apache-2.0 */

/**
 * @file
 * Compiler attributes under the names that Zephyr code uses (gcc and clang).
 */

#ifndef ZEPHYR_INCLUDE_TOOLCHAIN_H_
#define ZEPHYR_INCLUDE_TOOLCHAIN_H_

#define __used              __attribute__((__used__))
#define __unused            __attribute__((__unused__))
#define __maybe_unused      __attribute__((__unused__))
#define __packed            __attribute__((__packed__))
#define __aligned(x)        __attribute__((__aligned__(x)))
#define __noinit            __attribute__((__section__(".noinit")))
#define __deprecated        __attribute__((__deprecated__))
#define __fallthrough       __attribute__((__fallthrough__))
#define __printf_like(f, a) __attribute__((__format__(__printf__, f, a)))
#define __syscall           /* user mode would put a trap here */

#ifndef __weak
#define __weak __attribute__((__weak__))
#endif
#ifndef __noinline
#define __noinline __attribute__((__noinline__))
#endif
#ifndef ALWAYS_INLINE
#define ALWAYS_INLINE inline __attribute__((__always_inline__))
#endif

#define FUNC_NORETURN    __attribute__((__noreturn__))
#define CODE_UNREACHABLE __builtin_unreachable()
#define ARG_UNUSED(x)    (void)(x)

#define likely(x)   __builtin_expect((bool)!!(x), true)
#define unlikely(x) __builtin_expect((bool)!!(x), false)

#define BUILD_ASSERT(expr, ...) _Static_assert(expr, "" __VA_ARGS__)

/** Keep the compiler from moving memory accesses across this point. */
#define compiler_barrier() __asm__ volatile("" ::: "memory")

#endif /* ZEPHYR_INCLUDE_TOOLCHAIN_H_ */
