/* SPDX-License-Identifier: Apache-2.0 */

/**
 * @file
 * What the kernel's API does not tell about a thread: the size of its stack and where it waits.
 *
 * A thread calls thread_note() when it starts, and wraps its blocking calls in blocks().
 */

#ifndef THREAD_NOTES_H_
#define THREAD_NOTES_H_

#include <zephyr/kernel.h>

struct thread_note {
	k_tid_t thread;
	size_t stack_size;
	const void *waits_at;           /**< Address of code; NULL: not known. */
};

/** Make a note for the calling thread. */
void thread_note(size_t stack_size);

/** The note of a thread, or NULL. */
const struct thread_note *thread_note_find(k_tid_t thread);

/** Note for the calling thread that it waits where this is called. */
void thread_note_here(void);

/** Make a blocking call, noting the place. */
#define blocks(call) (thread_note_here(), (call))

#endif /* THREAD_NOTES_H_ */
