/* SPDX-License-Identifier: Apache-2.0 */

/* Notes about threads. Written at start-up, then each by its own thread only. */

#include "thread_notes.h"

#define NOTES_MAX 4

static struct thread_note notes[NOTES_MAX];
static atomic_t count;

void thread_note(size_t stack_size)
{
	atomic_val_t index = atomic_inc(&count);

	__ASSERT(index < NOTES_MAX, "more threads than notes");
	notes[index].stack_size = stack_size;
	notes[index].thread = k_current_get();
}

static struct thread_note *find(k_tid_t thread)
{
	for (size_t i = 0; i < ARRAY_SIZE(notes); i++) {
		if (notes[i].thread == thread) {
			return &notes[i];
		}
	}
	return NULL;
}

const struct thread_note *thread_note_find(k_tid_t thread)
{
	return find(thread);
}

__noinline void thread_note_here(void)
{
	find(k_current_get())->waits_at = __builtin_return_address(0);
}
