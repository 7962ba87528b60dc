/* SPDX-License-Identifier: Apache-2.0 */

/* Reports of checks. */

#include "check.h"

#include <zephyr/sys/printk.h>

static unsigned int failures;

void check(bool holds, const char *text, const char *file, int line)
{
	if (!holds) {
		failures++;
		printk("%s:%d: %s does not hold\n", file, line, text);
	}
}

void check_run(void (*test)(void), const char *name)
{
	unsigned int before = failures;

	test();
	printk("%s - %s\n", failures == before ? "PASS" : "FAIL", name);
}

unsigned int check_report(void)
{
	printk("PROJECT EXECUTION %s\n", failures == 0U ? "SUCCESSFUL" : "FAILED");
	return failures;
}
