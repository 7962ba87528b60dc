/* SPDX-License-Identifier: Apache-2.0 */

/** @file Results of tests and the words for them, under the names that Zephyr's tests use. */

#ifndef ZEPHYR_TC_UTIL_H_
#define ZEPHYR_TC_UTIL_H_

#include <zephyr/sys/printk.h>

#define TC_PASS 0
#define TC_FAIL 1
#define TC_SKIP 2

#define PRINT(...)      printk(__VA_ARGS__)
#define PRINT_DATA(...) printk(__VA_ARGS__)
#define TC_PRINT(...)   printk(__VA_ARGS__)

/** Print where, then the message. Does not fail the test. */
#define TC_ERROR(...)                                                                              \
	do {                                                                                       \
		printk("FAIL - %s@%d. ", __func__, __LINE__);                                      \
		printk(__VA_ARGS__);                                                               \
	} while (false)

#endif /* ZEPHYR_TC_UTIL_H_ */
