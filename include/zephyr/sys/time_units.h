/* SPDX-License-Identifier: Apache-2.0 */

/**
 * @file
 * Conversions between units of time, such as k_ms_to_ticks_ceil64(value).
 *
 * Rounding: floor, near, ceil. Width of the result: 32 or 64 bits. Macros rather than functions, so
 * that constants stay constants. Each ratio of frequencies is known at compile time; where one is a
 * multiple of the other no 64-bit division remains. Arguments are evaluated once.
 */

#ifndef ZEPHYR_INCLUDE_SYS_TIME_UNITS_H_
#define ZEPHYR_INCLUDE_SYS_TIME_UNITS_H_

#include <stdint.h>

/* What to add before dividing by the ratio, per rounding. */
#define Z_ROUND_floor(divisor) 0U
#define Z_ROUND_near(divisor)  ((divisor) / 2U)
#define Z_ROUND_ceil(divisor)  ((divisor)-1U)

/*
 * value * to / from. Only one of the branches survives compilation; each names the value once. The
 * guards keep the unused ones from dividing by zero.
 */
#define Z_CONVERT(value, from, to, rounding)                                                       \
	((to) % (from) == 0U   ? (uint64_t)(value) * ((to) / (from))                               \
	 : (from) % (to) == 0U ? ((uint64_t)(value) + Z_ROUND_##rounding((from) / (to))) /         \
					 ((from) / (to) != 0U ? (from) / (to) : 1U)                \
			       : ((uint64_t)(value) * (to) + Z_ROUND_##rounding(from)) / (from))

#define Z_HZ_sec   1U
#define Z_HZ_ms    1000U
#define Z_HZ_us    1000000U
#define Z_HZ_ns    1000000000U
#define Z_HZ_cyc   ((uint32_t)CONFIG_SYS_CLOCK_HW_CYCLES_PER_SEC)
#define Z_HZ_ticks ((uint32_t)CONFIG_SYS_CLOCK_TICKS_PER_SEC)

#define Z_CONVERT64(t, from, to, rounding) Z_CONVERT(t, Z_HZ_##from, Z_HZ_##to, rounding)
#define Z_CONVERT32(t, from, to, rounding) ((uint32_t)Z_CONVERT64(t, from, to, rounding))

#define k_sec_to_cyc_floor32(t) Z_CONVERT32(t, sec, cyc, floor)
#define k_sec_to_cyc_floor64(t) Z_CONVERT64(t, sec, cyc, floor)
#define k_sec_to_cyc_near32(t)  Z_CONVERT32(t, sec, cyc, near)
#define k_sec_to_cyc_near64(t)  Z_CONVERT64(t, sec, cyc, near)
#define k_sec_to_cyc_ceil32(t)  Z_CONVERT32(t, sec, cyc, ceil)
#define k_sec_to_cyc_ceil64(t)  Z_CONVERT64(t, sec, cyc, ceil)

#define k_sec_to_ticks_floor32(t) Z_CONVERT32(t, sec, ticks, floor)
#define k_sec_to_ticks_floor64(t) Z_CONVERT64(t, sec, ticks, floor)
#define k_sec_to_ticks_near32(t)  Z_CONVERT32(t, sec, ticks, near)
#define k_sec_to_ticks_near64(t)  Z_CONVERT64(t, sec, ticks, near)
#define k_sec_to_ticks_ceil32(t)  Z_CONVERT32(t, sec, ticks, ceil)
#define k_sec_to_ticks_ceil64(t)  Z_CONVERT64(t, sec, ticks, ceil)

#define k_ms_to_cyc_floor32(t) Z_CONVERT32(t, ms, cyc, floor)
#define k_ms_to_cyc_floor64(t) Z_CONVERT64(t, ms, cyc, floor)
#define k_ms_to_cyc_near32(t)  Z_CONVERT32(t, ms, cyc, near)
#define k_ms_to_cyc_near64(t)  Z_CONVERT64(t, ms, cyc, near)
#define k_ms_to_cyc_ceil32(t)  Z_CONVERT32(t, ms, cyc, ceil)
#define k_ms_to_cyc_ceil64(t)  Z_CONVERT64(t, ms, cyc, ceil)

#define k_ms_to_ticks_floor32(t) Z_CONVERT32(t, ms, ticks, floor)
#define k_ms_to_ticks_floor64(t) Z_CONVERT64(t, ms, ticks, floor)
#define k_ms_to_ticks_near32(t)  Z_CONVERT32(t, ms, ticks, near)
#define k_ms_to_ticks_near64(t)  Z_CONVERT64(t, ms, ticks, near)
#define k_ms_to_ticks_ceil32(t)  Z_CONVERT32(t, ms, ticks, ceil)
#define k_ms_to_ticks_ceil64(t)  Z_CONVERT64(t, ms, ticks, ceil)

#define k_us_to_cyc_floor32(t) Z_CONVERT32(t, us, cyc, floor)
#define k_us_to_cyc_floor64(t) Z_CONVERT64(t, us, cyc, floor)
#define k_us_to_cyc_near32(t)  Z_CONVERT32(t, us, cyc, near)
#define k_us_to_cyc_near64(t)  Z_CONVERT64(t, us, cyc, near)
#define k_us_to_cyc_ceil32(t)  Z_CONVERT32(t, us, cyc, ceil)
#define k_us_to_cyc_ceil64(t)  Z_CONVERT64(t, us, cyc, ceil)

#define k_us_to_ticks_floor32(t) Z_CONVERT32(t, us, ticks, floor)
#define k_us_to_ticks_floor64(t) Z_CONVERT64(t, us, ticks, floor)
#define k_us_to_ticks_near32(t)  Z_CONVERT32(t, us, ticks, near)
#define k_us_to_ticks_near64(t)  Z_CONVERT64(t, us, ticks, near)
#define k_us_to_ticks_ceil32(t)  Z_CONVERT32(t, us, ticks, ceil)
#define k_us_to_ticks_ceil64(t)  Z_CONVERT64(t, us, ticks, ceil)

#define k_ns_to_cyc_floor32(t) Z_CONVERT32(t, ns, cyc, floor)
#define k_ns_to_cyc_floor64(t) Z_CONVERT64(t, ns, cyc, floor)
#define k_ns_to_cyc_near32(t)  Z_CONVERT32(t, ns, cyc, near)
#define k_ns_to_cyc_near64(t)  Z_CONVERT64(t, ns, cyc, near)
#define k_ns_to_cyc_ceil32(t)  Z_CONVERT32(t, ns, cyc, ceil)
#define k_ns_to_cyc_ceil64(t)  Z_CONVERT64(t, ns, cyc, ceil)

#define k_ns_to_ticks_floor32(t) Z_CONVERT32(t, ns, ticks, floor)
#define k_ns_to_ticks_floor64(t) Z_CONVERT64(t, ns, ticks, floor)
#define k_ns_to_ticks_near32(t)  Z_CONVERT32(t, ns, ticks, near)
#define k_ns_to_ticks_near64(t)  Z_CONVERT64(t, ns, ticks, near)
#define k_ns_to_ticks_ceil32(t)  Z_CONVERT32(t, ns, ticks, ceil)
#define k_ns_to_ticks_ceil64(t)  Z_CONVERT64(t, ns, ticks, ceil)

#define k_cyc_to_sec_floor32(t) Z_CONVERT32(t, cyc, sec, floor)
#define k_cyc_to_sec_floor64(t) Z_CONVERT64(t, cyc, sec, floor)
#define k_cyc_to_sec_near32(t)  Z_CONVERT32(t, cyc, sec, near)
#define k_cyc_to_sec_near64(t)  Z_CONVERT64(t, cyc, sec, near)
#define k_cyc_to_sec_ceil32(t)  Z_CONVERT32(t, cyc, sec, ceil)
#define k_cyc_to_sec_ceil64(t)  Z_CONVERT64(t, cyc, sec, ceil)

#define k_cyc_to_ms_floor32(t) Z_CONVERT32(t, cyc, ms, floor)
#define k_cyc_to_ms_floor64(t) Z_CONVERT64(t, cyc, ms, floor)
#define k_cyc_to_ms_near32(t)  Z_CONVERT32(t, cyc, ms, near)
#define k_cyc_to_ms_near64(t)  Z_CONVERT64(t, cyc, ms, near)
#define k_cyc_to_ms_ceil32(t)  Z_CONVERT32(t, cyc, ms, ceil)
#define k_cyc_to_ms_ceil64(t)  Z_CONVERT64(t, cyc, ms, ceil)

#define k_cyc_to_us_floor32(t) Z_CONVERT32(t, cyc, us, floor)
#define k_cyc_to_us_floor64(t) Z_CONVERT64(t, cyc, us, floor)
#define k_cyc_to_us_near32(t)  Z_CONVERT32(t, cyc, us, near)
#define k_cyc_to_us_near64(t)  Z_CONVERT64(t, cyc, us, near)
#define k_cyc_to_us_ceil32(t)  Z_CONVERT32(t, cyc, us, ceil)
#define k_cyc_to_us_ceil64(t)  Z_CONVERT64(t, cyc, us, ceil)

#define k_cyc_to_ns_floor32(t) Z_CONVERT32(t, cyc, ns, floor)
#define k_cyc_to_ns_floor64(t) Z_CONVERT64(t, cyc, ns, floor)
#define k_cyc_to_ns_near32(t)  Z_CONVERT32(t, cyc, ns, near)
#define k_cyc_to_ns_near64(t)  Z_CONVERT64(t, cyc, ns, near)
#define k_cyc_to_ns_ceil32(t)  Z_CONVERT32(t, cyc, ns, ceil)
#define k_cyc_to_ns_ceil64(t)  Z_CONVERT64(t, cyc, ns, ceil)

#define k_cyc_to_ticks_floor32(t) Z_CONVERT32(t, cyc, ticks, floor)
#define k_cyc_to_ticks_floor64(t) Z_CONVERT64(t, cyc, ticks, floor)
#define k_cyc_to_ticks_near32(t)  Z_CONVERT32(t, cyc, ticks, near)
#define k_cyc_to_ticks_near64(t)  Z_CONVERT64(t, cyc, ticks, near)
#define k_cyc_to_ticks_ceil32(t)  Z_CONVERT32(t, cyc, ticks, ceil)
#define k_cyc_to_ticks_ceil64(t)  Z_CONVERT64(t, cyc, ticks, ceil)

#define k_ticks_to_sec_floor32(t) Z_CONVERT32(t, ticks, sec, floor)
#define k_ticks_to_sec_floor64(t) Z_CONVERT64(t, ticks, sec, floor)
#define k_ticks_to_sec_near32(t)  Z_CONVERT32(t, ticks, sec, near)
#define k_ticks_to_sec_near64(t)  Z_CONVERT64(t, ticks, sec, near)
#define k_ticks_to_sec_ceil32(t)  Z_CONVERT32(t, ticks, sec, ceil)
#define k_ticks_to_sec_ceil64(t)  Z_CONVERT64(t, ticks, sec, ceil)

#define k_ticks_to_ms_floor32(t) Z_CONVERT32(t, ticks, ms, floor)
#define k_ticks_to_ms_floor64(t) Z_CONVERT64(t, ticks, ms, floor)
#define k_ticks_to_ms_near32(t)  Z_CONVERT32(t, ticks, ms, near)
#define k_ticks_to_ms_near64(t)  Z_CONVERT64(t, ticks, ms, near)
#define k_ticks_to_ms_ceil32(t)  Z_CONVERT32(t, ticks, ms, ceil)
#define k_ticks_to_ms_ceil64(t)  Z_CONVERT64(t, ticks, ms, ceil)

#define k_ticks_to_us_floor32(t) Z_CONVERT32(t, ticks, us, floor)
#define k_ticks_to_us_floor64(t) Z_CONVERT64(t, ticks, us, floor)
#define k_ticks_to_us_near32(t)  Z_CONVERT32(t, ticks, us, near)
#define k_ticks_to_us_near64(t)  Z_CONVERT64(t, ticks, us, near)
#define k_ticks_to_us_ceil32(t)  Z_CONVERT32(t, ticks, us, ceil)
#define k_ticks_to_us_ceil64(t)  Z_CONVERT64(t, ticks, us, ceil)

#define k_ticks_to_ns_floor32(t) Z_CONVERT32(t, ticks, ns, floor)
#define k_ticks_to_ns_floor64(t) Z_CONVERT64(t, ticks, ns, floor)
#define k_ticks_to_ns_near32(t)  Z_CONVERT32(t, ticks, ns, near)
#define k_ticks_to_ns_near64(t)  Z_CONVERT64(t, ticks, ns, near)
#define k_ticks_to_ns_ceil32(t)  Z_CONVERT32(t, ticks, ns, ceil)
#define k_ticks_to_ns_ceil64(t)  Z_CONVERT64(t, ticks, ns, ceil)

#define k_ticks_to_cyc_floor32(t) Z_CONVERT32(t, ticks, cyc, floor)
#define k_ticks_to_cyc_floor64(t) Z_CONVERT64(t, ticks, cyc, floor)
#define k_ticks_to_cyc_near32(t)  Z_CONVERT32(t, ticks, cyc, near)
#define k_ticks_to_cyc_near64(t)  Z_CONVERT64(t, ticks, cyc, near)
#define k_ticks_to_cyc_ceil32(t)  Z_CONVERT32(t, ticks, cyc, ceil)
#define k_ticks_to_cyc_ceil64(t)  Z_CONVERT64(t, ticks, cyc, ceil)

#endif /* ZEPHYR_INCLUDE_SYS_TIME_UNITS_H_ */
