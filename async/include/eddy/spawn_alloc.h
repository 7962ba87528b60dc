/* SPDX-License-Identifier: Apache-2.0 */

/**
 * @file
 * Tasks in memory of a heap, for programs that cannot know their number when they are built.
 *
 * The library itself allocates nothing; this is the one exception, and it has to be asked for.
 */

#ifndef EDDY_SPAWN_ALLOC_H_
#define EDDY_SPAWN_ALLOC_H_

#include <eddy/task.h>

/** What precedes such a task in memory. The library's alone. */
struct eddy_heap_task {
	struct eddy_owner owner;
	struct k_heap *heap;
};

#define EDDY_HEAP_TASK_(fn)                                                                        \
	struct {                                                                                   \
		struct eddy_heap_task head;                                                        \
		struct eddy_task task;                                                             \
		struct fn frame;                                                                   \
	}

int eddy_heap_task_start(struct eddy_executor *executor, struct eddy_heap_task *head,
			 struct k_heap *heap);

/**
 * @brief Spawn a task in memory of a heap, which is freed when the task ends. Nobody can join it.
 *
 * @param heap_  Heap (struct k_heap).
 * @param fn     Async function.
 * @param ...    Initializers of its frame; all else in it becomes 0.
 *
 * @retval 0        Spawned.
 * @retval -ENOMEM  The heap has no room for it.
 *
 * @par Context
 * Any. Cost: k_heap_alloc() now, k_heap_free() when it ends.
 */
#define eddy_spawn_alloc(executor, heap_, fn, ...)                                                 \
	({                                                                                         \
		EDDY_HEAP_TASK_(fn) *eddy_allocated_ =                                             \
			k_heap_aligned_alloc((heap_), __alignof__(*eddy_allocated_),               \
					     sizeof(*eddy_allocated_), K_NO_WAIT);                 \
		int eddy_spawned_ = -ENOMEM;                                                       \
		if (eddy_allocated_ != NULL) {                                                     \
			EDDY_TASK_INIT(eddy_allocated_, fn, ##__VA_ARGS__);                        \
			eddy_spawned_ =                                                            \
				eddy_heap_task_start((executor), &eddy_allocated_->head, (heap_)); \
		}                                                                                  \
		eddy_spawned_;                                                                     \
	})

#endif /* EDDY_SPAWN_ALLOC_H_ */
