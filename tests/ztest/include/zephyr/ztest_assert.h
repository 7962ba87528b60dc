/* SPDX-License-Identifier: Apache-2.0 */

/**
 * @file
 * Assertions of tests, in three families with the same members:
 *
 *   zassert_*  fails the test and ends it
 *   zassume_*  skips the test: what it needs is not there
 *   zexpect_*  fails the test, which goes on
 *
 * Each takes an optional message with arguments as printk() does. A failed one prints file, line,
 * function and expressions, and the values if integers or pointers were compared. Arguments are
 * evaluated once. Any context; from an interrupt zassert_* and zassume_* return to their caller.
 */

#ifndef ZEPHYR_ZTEST_ASSERT_H_
#define ZEPHYR_ZTEST_ASSERT_H_

#include <stdarg.h>
#include <string.h>

#include <zephyr/kernel.h>

enum z_ztest_kind {
	Z_ZTEST_ASSERT,
	Z_ZTEST_ASSUME,
	Z_ZTEST_EXPECT,
};

struct z_ztest_place {
	enum z_ztest_kind kind;
	const char *file;
	int line;
	const char *function;
	const char *what; /**< What is wrong, in terms of the source. */
};

/* Two values that were compared, and what the source calls them. */
struct z_ztest_values {
	const char *a_text;
	long long a;
	const char *b_text;
	long long b;
};

/* A failed check: print it, then fail, skip or go on. @values and @msg may be NULL. */
void z_ztest_failed(const struct z_ztest_place *place, const struct z_ztest_values *values,
		    const char *msg, ...);

#define Z_ZTEST_FAILED(kind_, what_, values, ...)                                                  \
	z_ztest_failed(&(const struct z_ztest_place){kind_, __FILE__, __LINE__, __func__, what_},  \
		       values, ##__VA_ARGS__, (const char *)NULL)

/* The last NULL stands for the message if there is none, else it is an argument too many. */
#define Z_ZTEST_CHECK(kind, cond, what, ...)                                                       \
	do {                                                                                       \
		if (!(cond)) {                                                                     \
			Z_ZTEST_FAILED(kind, what, NULL, ##__VA_ARGS__);                           \
		}                                                                                  \
	} while (false)

/* Integers and pointers as numbers; NULL instead of floating-point values. */
#define Z_ZTEST_VALUES(a_text, a, b_text, b)                                                       \
	(__builtin_classify_type(a) == __builtin_classify_type(1.0)                                \
		 ? NULL                                                                            \
		 : &(const struct z_ztest_values){a_text, (long long)(a), b_text, (long long)(b)})

/* The formatter would take _Pragma() for part of an expression. */
/* clang-format off */

/*
 * Compare two values held in variables, as the source would have compared the expressions: a
 * variable instead of a constant must not bring a warning about signs, nor must the conversion of a
 * pointer that is never executed for an integer.
 */
#define Z_ZTEST_COMPARE(kind, a, a_text, op, b, b_text, what, ...)                                 \
	do {                                                                                       \
		_Pragma("GCC diagnostic push")                                                     \
		_Pragma("GCC diagnostic ignored \"-Wsign-compare\"")                               \
		_Pragma("GCC diagnostic ignored \"-Wpointer-to-int-cast\"")                        \
		__auto_type z_a = ((void)0, (a));                                                  \
		__auto_type z_b = ((void)0, (b));                                                  \
		if (!(z_a op z_b)) {                                                               \
			Z_ZTEST_FAILED(kind, what,                                                 \
				       Z_ZTEST_VALUES(a_text, z_a, b_text, z_b),                   \
				       ##__VA_ARGS__);                                             \
		}                                                                                  \
		_Pragma("GCC diagnostic pop")                                                      \
	} while (false)

#define Z_ZTEST_BETWEEN(kind, a, a_text, low, high, what, ...)                                     \
	do {                                                                                       \
		_Pragma("GCC diagnostic push")                                                     \
		_Pragma("GCC diagnostic ignored \"-Wsign-compare\"")                               \
		__auto_type z_a = ((void)0, (a));                                                  \
		__auto_type z_low = ((void)0, (low));                                              \
		__auto_type z_high = ((void)0, (high));                                            \
		if (!(z_a >= z_low && z_a <= z_high)) {                                            \
			Z_ZTEST_FAILED(kind, what,                                                 \
				       Z_ZTEST_VALUES(a_text, z_a, "the bound",                    \
						      z_a < z_low ? z_low : z_high),               \
				       ##__VA_ARGS__);                                             \
		}                                                                                  \
		_Pragma("GCC diagnostic pop")                                                      \
	} while (false)

/* clang-format on */

#define Z_ZTEST_WITHIN(kind, a, a_text, b, d, what, ...)                                           \
	do {                                                                                       \
		__auto_type z_mid = ((void)0, (b));                                                \
		__auto_type z_delta = ((void)0, (d));                                              \
		Z_ZTEST_BETWEEN(kind, a, a_text, z_mid - z_delta, z_mid + z_delta, what,           \
				##__VA_ARGS__);                                                    \
	} while (false)

/* What is asserted ends the test if it does not hold. mem_equal: its arguments may be one macro. */
#define zassert(cond, what, ...) Z_ZTEST_CHECK(Z_ZTEST_ASSERT, cond, what, ##__VA_ARGS__)
#define zassert_unreachable(...)                                                                   \
	Z_ZTEST_CHECK(Z_ZTEST_ASSERT, false, "Reached unreachable code", ##__VA_ARGS__)
#define zassert_true(cond, ...)                                                                    \
	Z_ZTEST_CHECK(Z_ZTEST_ASSERT, cond, #cond " is false", ##__VA_ARGS__)
#define zassert_false(cond, ...)                                                                   \
	Z_ZTEST_CHECK(Z_ZTEST_ASSERT, !(cond), #cond " is true", ##__VA_ARGS__)
#define zassert_ok(cond, ...)                                                                      \
	Z_ZTEST_COMPARE(Z_ZTEST_ASSERT, cond, #cond, ==, 0, "success", #cond " is non-zero",       \
			##__VA_ARGS__)
#define zassert_not_ok(cond, ...)                                                                  \
	Z_ZTEST_COMPARE(Z_ZTEST_ASSERT, cond, #cond, !=, 0, "success", #cond " is zero",           \
			##__VA_ARGS__)
#define zassert_is_null(ptr, ...)                                                                  \
	Z_ZTEST_CHECK(Z_ZTEST_ASSERT, (ptr) == NULL, #ptr " is not NULL", ##__VA_ARGS__)
#define zassert_not_null(ptr, ...)                                                                 \
	Z_ZTEST_CHECK(Z_ZTEST_ASSERT, (ptr) != NULL, #ptr " is NULL", ##__VA_ARGS__)
#define zassert_equal(a, b, ...)                                                                   \
	Z_ZTEST_COMPARE(Z_ZTEST_ASSERT, a, #a, ==, b, #b, #a " not equal to " #b, ##__VA_ARGS__)
#define zassert_not_equal(a, b, ...)                                                               \
	Z_ZTEST_COMPARE(Z_ZTEST_ASSERT, a, #a, !=, b, #b, #a " equal to " #b, ##__VA_ARGS__)
#define zassert_equal_ptr(a, b, ...)                                                               \
	Z_ZTEST_COMPARE(Z_ZTEST_ASSERT, (const void *)(a), #a, ==, (const void *)(b), #b,          \
			#a " not equal to " #b, ##__VA_ARGS__)
#define zassert_within(a, b, d, ...)                                                               \
	Z_ZTEST_WITHIN(Z_ZTEST_ASSERT, a, #a, b, d, #a " not within " #b " +/- " #d, ##__VA_ARGS__)
#define zassert_between_inclusive(a, l, u, ...)                                                    \
	Z_ZTEST_BETWEEN(Z_ZTEST_ASSERT, a, #a, l, u,                                               \
			#a " not between " #l " and " #u " inclusive", ##__VA_ARGS__)
#define zassert_mem_equal(...) zassert_mem_equal__(__VA_ARGS__)
#define zassert_mem_equal__(buf, exp, size, ...)                                                   \
	Z_ZTEST_CHECK(Z_ZTEST_ASSERT, memcmp(buf, exp, size) == 0, #buf " not equal to " #exp,     \
		      ##__VA_ARGS__)
#define zassert_str_equal(s1, s2, ...)                                                             \
	Z_ZTEST_CHECK(Z_ZTEST_ASSERT, strcmp(s1, s2) == 0, #s1 " not equal to " #s2, ##__VA_ARGS__)

/* What is assumed skips the test if it does not hold. */
#define zassume(cond, what, ...) Z_ZTEST_CHECK(Z_ZTEST_ASSUME, cond, what, ##__VA_ARGS__)
#define zassume_unreachable(...)                                                                   \
	Z_ZTEST_CHECK(Z_ZTEST_ASSUME, false, "Reached unreachable code", ##__VA_ARGS__)
#define zassume_true(cond, ...)                                                                    \
	Z_ZTEST_CHECK(Z_ZTEST_ASSUME, cond, #cond " is false", ##__VA_ARGS__)
#define zassume_false(cond, ...)                                                                   \
	Z_ZTEST_CHECK(Z_ZTEST_ASSUME, !(cond), #cond " is true", ##__VA_ARGS__)
#define zassume_ok(cond, ...)                                                                      \
	Z_ZTEST_COMPARE(Z_ZTEST_ASSUME, cond, #cond, ==, 0, "success", #cond " is non-zero",       \
			##__VA_ARGS__)
#define zassume_not_ok(cond, ...)                                                                  \
	Z_ZTEST_COMPARE(Z_ZTEST_ASSUME, cond, #cond, !=, 0, "success", #cond " is zero",           \
			##__VA_ARGS__)
#define zassume_is_null(ptr, ...)                                                                  \
	Z_ZTEST_CHECK(Z_ZTEST_ASSUME, (ptr) == NULL, #ptr " is not NULL", ##__VA_ARGS__)
#define zassume_not_null(ptr, ...)                                                                 \
	Z_ZTEST_CHECK(Z_ZTEST_ASSUME, (ptr) != NULL, #ptr " is NULL", ##__VA_ARGS__)
#define zassume_equal(a, b, ...)                                                                   \
	Z_ZTEST_COMPARE(Z_ZTEST_ASSUME, a, #a, ==, b, #b, #a " not equal to " #b, ##__VA_ARGS__)
#define zassume_not_equal(a, b, ...)                                                               \
	Z_ZTEST_COMPARE(Z_ZTEST_ASSUME, a, #a, !=, b, #b, #a " equal to " #b, ##__VA_ARGS__)
#define zassume_equal_ptr(a, b, ...)                                                               \
	Z_ZTEST_COMPARE(Z_ZTEST_ASSUME, (const void *)(a), #a, ==, (const void *)(b), #b,          \
			#a " not equal to " #b, ##__VA_ARGS__)
#define zassume_within(a, b, d, ...)                                                               \
	Z_ZTEST_WITHIN(Z_ZTEST_ASSUME, a, #a, b, d, #a " not within " #b " +/- " #d, ##__VA_ARGS__)
#define zassume_between_inclusive(a, l, u, ...)                                                    \
	Z_ZTEST_BETWEEN(Z_ZTEST_ASSUME, a, #a, l, u,                                               \
			#a " not between " #l " and " #u " inclusive", ##__VA_ARGS__)
#define zassume_mem_equal(...) zassume_mem_equal__(__VA_ARGS__)
#define zassume_mem_equal__(buf, exp, size, ...)                                                   \
	Z_ZTEST_CHECK(Z_ZTEST_ASSUME, memcmp(buf, exp, size) == 0, #buf " not equal to " #exp,     \
		      ##__VA_ARGS__)
#define zassume_str_equal(s1, s2, ...)                                                             \
	Z_ZTEST_CHECK(Z_ZTEST_ASSUME, strcmp(s1, s2) == 0, #s1 " not equal to " #s2, ##__VA_ARGS__)

/* What is expected fails the test if it does not hold, and the test goes on. */
#define zexpect(cond, what, ...) Z_ZTEST_CHECK(Z_ZTEST_EXPECT, cond, what, ##__VA_ARGS__)
#define zexpect_unreachable(...)                                                                   \
	Z_ZTEST_CHECK(Z_ZTEST_EXPECT, false, "Reached unreachable code", ##__VA_ARGS__)
#define zexpect_true(cond, ...)                                                                    \
	Z_ZTEST_CHECK(Z_ZTEST_EXPECT, cond, #cond " is false", ##__VA_ARGS__)
#define zexpect_false(cond, ...)                                                                   \
	Z_ZTEST_CHECK(Z_ZTEST_EXPECT, !(cond), #cond " is true", ##__VA_ARGS__)
#define zexpect_ok(cond, ...)                                                                      \
	Z_ZTEST_COMPARE(Z_ZTEST_EXPECT, cond, #cond, ==, 0, "success", #cond " is non-zero",       \
			##__VA_ARGS__)
#define zexpect_not_ok(cond, ...)                                                                  \
	Z_ZTEST_COMPARE(Z_ZTEST_EXPECT, cond, #cond, !=, 0, "success", #cond " is zero",           \
			##__VA_ARGS__)
#define zexpect_is_null(ptr, ...)                                                                  \
	Z_ZTEST_CHECK(Z_ZTEST_EXPECT, (ptr) == NULL, #ptr " is not NULL", ##__VA_ARGS__)
#define zexpect_not_null(ptr, ...)                                                                 \
	Z_ZTEST_CHECK(Z_ZTEST_EXPECT, (ptr) != NULL, #ptr " is NULL", ##__VA_ARGS__)
#define zexpect_equal(a, b, ...)                                                                   \
	Z_ZTEST_COMPARE(Z_ZTEST_EXPECT, a, #a, ==, b, #b, #a " not equal to " #b, ##__VA_ARGS__)
#define zexpect_not_equal(a, b, ...)                                                               \
	Z_ZTEST_COMPARE(Z_ZTEST_EXPECT, a, #a, !=, b, #b, #a " equal to " #b, ##__VA_ARGS__)
#define zexpect_equal_ptr(a, b, ...)                                                               \
	Z_ZTEST_COMPARE(Z_ZTEST_EXPECT, (const void *)(a), #a, ==, (const void *)(b), #b,          \
			#a " not equal to " #b, ##__VA_ARGS__)
#define zexpect_within(a, b, d, ...)                                                               \
	Z_ZTEST_WITHIN(Z_ZTEST_EXPECT, a, #a, b, d, #a " not within " #b " +/- " #d, ##__VA_ARGS__)
#define zexpect_between_inclusive(a, l, u, ...)                                                    \
	Z_ZTEST_BETWEEN(Z_ZTEST_EXPECT, a, #a, l, u,                                               \
			#a " not between " #l " and " #u " inclusive", ##__VA_ARGS__)
#define zexpect_mem_equal(...) zexpect_mem_equal__(__VA_ARGS__)
#define zexpect_mem_equal__(buf, exp, size, ...)                                                   \
	Z_ZTEST_CHECK(Z_ZTEST_EXPECT, memcmp(buf, exp, size) == 0, #buf " not equal to " #exp,     \
		      ##__VA_ARGS__)
#define zexpect_str_equal(s1, s2, ...)                                                             \
	Z_ZTEST_CHECK(Z_ZTEST_EXPECT, strcmp(s1, s2) == 0, #s1 " not equal to " #s2, ##__VA_ARGS__)

#endif /* ZEPHYR_ZTEST_ASSERT_H_ */
