/* SPDX-License-Identifier: Apache-2.0 */

/* Formatted output, by way of a buffer. */

#include <zephyr/sys/printk.h>
#include <zephyr/ztest.h>

static char buffer[80];

/* Unchecked: some formats here are wrong on purpose or too odd for the compiler's liking. */
static int format(size_t size, const char *fmt, ...)
{
	va_list args;
	int length;

	memset(buffer, '#', sizeof(buffer));
	va_start(args, fmt);
	length = vsnprintk(buffer, size, fmt, args);
	va_end(args);
	return length;
}

#define expect(expected, ...)                                                                      \
	do {                                                                                       \
		int length = format(sizeof(buffer), __VA_ARGS__);                                  \
                                                                                                   \
		zassert_equal(strcmp(buffer, expected), 0, "got \"%s\"", buffer);                  \
		zassert_equal(length, (int)strlen(expected));                                      \
	} while (false)

ZTEST_SUITE(printk, NULL, NULL, NULL, NULL, NULL);

/* Text without conversions comes out as it is; a percent sign is written twice. */
ZTEST(printk, test_text)
{
	expect("", "%s", "");
	expect("plain", "plain");
	expect("100%", "100%%");
}

/* Integers in decimal, extremes included. */
ZTEST(printk, test_decimal)
{
	expect("0", "%d", 0);
	expect("-1", "%i", -1);
	expect("2147483647", "%d", INT_MAX);
	expect("-2147483648", "%d", INT_MIN);
	expect("4294967295", "%u", 0xFFFFFFFFU);
}

/* Integers in hexadecimal, in either case. */
ZTEST(printk, test_hexadecimal)
{
	expect("deadbeef", "%x", 0xDEADBEEFU);
	expect("DEADBEEF", "%X", 0xDEADBEEFU);
	expect("0x1f", "%#x", 0x1FU);
	expect("755", "%o", 0755U);
}

/* Length modifiers take wider and narrower arguments. */
ZTEST(printk, test_lengths)
{
	expect("-9223372036854775808", "%lld", LLONG_MIN);
	expect("18446744073709551615", "%llu", ULLONG_MAX);
	expect("123456789abcdef0", "%llx", 0x123456789ABCDEF0ULL);
	expect("-5", "%ld", -5L);
	expect("7", "%zu", (size_t)7);
	expect("-3", "%hd", -3);
	expect("200", "%hhu", 200);
	expect("1 2 3", "%d %lld %d", 1, 2LL, 3);
}

/* A field is as wide as asked for, filled with blanks or zeros on the side asked for. */
ZTEST(printk, test_width)
{
	expect("   42", "%5d", 42);
	expect("42   |", "%-5d|", 42);
	expect("00042", "%05d", 42);
	expect("-0042", "%05d", -42);
	expect("123456", "%3d", 123456);
	expect("    a", "%5s", "a");
	expect("a    |", "%-5s|", "a");
	expect("   42", "%*d", 5, 42);
	expect("0000abcd", "%08x", 0xABCDU);
}

/* A precision is the least number of digits, or the largest number of characters. */
ZTEST(printk, test_precision)
{
	expect("007", "%.3d", 7);
	expect("abc", "%.3s", "abcdef");
	expect("ab", "%.*s", 2, "abcdef");
	expect("  abc", "%5.3s", "abcdef");
}

/* Positive numbers carry a sign if asked for. */
ZTEST(printk, test_sign)
{
	expect("+5", "%+d", 5);
	expect("-5", "%+d", -5);
	expect(" 5", "% d", 5);
}

/* Characters and strings. */
ZTEST(printk, test_characters)
{
	expect("x", "%c", 'x');
	expect("a-b", "%s-%s", "a", "b");
}

/* A pointer is a hexadecimal number with its prefix. */
ZTEST(printk, test_pointer)
{
	expect("0x1234", "%p", (void *)0x1234);
}

/* A buffer that is too small is filled and terminated; the length is that of the whole. */
ZTEST(printk, test_truncation)
{
	zassert_equal(format(5, "%s", "abcdefgh"), 8);
	zassert_equal(strcmp(buffer, "abcd"), 0);
	zassert_equal(buffer[5], '#', "written beyond the end");

	zassert_equal(format(1, "%d", 12345), 5);
	zassert_equal(buffer[0], '\0');
	zassert_equal(buffer[1], '#');
}

/* snprintk() does the same with its arguments spelled out. */
ZTEST(printk, test_snprintk)
{
	zassert_equal(snprintk(buffer, sizeof(buffer), "%d-%s", 5, "x"), 3);
	zassert_equal(strcmp(buffer, "5-x"), 0);
}
