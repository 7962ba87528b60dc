/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Notes about threads. Each is made and changed by its own thread only: there is nothing to lock.
 */

#include "thread_notes.h"

#include <zephyr/sys/atomic.h>

#define NOTES_MAX 4

static struct note {
	k_tid_t thread;
	const void *waits_at;
} notes[NOTES_MAX];

static atomic_t count;

static struct note *find(k_tid_t thread)
{
	for (size_t i = 0; i < ARRAY_SIZE(notes); i++) {
		if (notes[i].thread == thread) {
			return &notes[i];
		}
	}
	return NULL;
}

static struct note *add(k_tid_t thread)
{
	atomic_val_t index = atomic_inc(&count);

	__ASSERT(index < NOTES_MAX, "more threads than notes");
	notes[index].thread = thread;
	return &notes[index];
}

__attribute__((noinline)) void thread_note_here(void)
{
	k_tid_t self = k_current_get();
	struct note *note = find(self);

	if (note == NULL) {
		note = add(self);
	}
	/* Into the call instruction, whatever its length: behind it, another line may begin. */
	note->waits_at = (const char *)__builtin_return_address(0) - 2;
}

const void *thread_note_find(k_tid_t thread)
{
	const struct note *note = find(thread);

	return note != NULL ? note->waits_at : NULL;
}
