/* SPDX-License-Identifier: Apache-2.0 */

/* Where reports go: to Zephyr's log as its module "eddy", or else to the console. */

#ifndef ASYNC_REPORT_H_
#define ASYNC_REPORT_H_

#ifdef CONFIG_LOG

#include <zephyr/logging/log.h>

LOG_MODULE_DECLARE(eddy, CONFIG_EDDY_LOG_LEVEL);

#define eddy_report(format, ...) LOG_WRN(format, ##__VA_ARGS__)

#else

#include <zephyr/sys/printk.h>

#define eddy_report(format, ...) printk("eddy: " format "\n", ##__VA_ARGS__)

#endif

#endif /* ASYNC_REPORT_H_ */
