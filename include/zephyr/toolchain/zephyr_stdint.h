/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Makes the 32-bit integer types plain int on every target, as they are on Linux and in Zephyr.
 *
 * The Arm compiler would have them be long, and then "%u" would not fit uint32_t there. Included
 * ahead of every file, before the C library derives its types from these.
 */

#undef __INT32_TYPE__
#undef __UINT32_TYPE__
#undef __INT_LEAST32_TYPE__
#undef __UINT_LEAST32_TYPE__
#undef __INT_FAST32_TYPE__
#undef __UINT_FAST32_TYPE__

#define __INT32_TYPE__        int
#define __UINT32_TYPE__       unsigned int
#define __INT_LEAST32_TYPE__  __INT32_TYPE__
#define __UINT_LEAST32_TYPE__ __UINT32_TYPE__
#define __INT_FAST32_TYPE__   __INT32_TYPE__
#define __UINT_FAST32_TYPE__  __UINT32_TYPE__
