/* SPDX-License-Identifier: Apache-2.0 */

/**
 * @file
 * What the kernel's API does not tell about a thread: where it waits.
 *
 * A thread wraps its blocking calls in blocks(): `(void)blocks(k_sleep(timeout))`.
 */

#ifndef THREAD_NOTES_H_
#define THREAD_NOTES_H_

#include <zephyr/kernel.h>

/** Make a blocking call, noting the place. Thread. */
#define blocks(call) (thread_note_here(), (call))

/** Note that the calling thread waits where this is called. */
void thread_note_here(void);

/** Address of the code where a thread waits, or did last; NULL: not known. Any context. */
const void *thread_note_find(k_tid_t thread);

#endif /* THREAD_NOTES_H_ */
