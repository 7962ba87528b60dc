/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Heap: segregated fit in constant time.
 *
 * Free blocks lie in bins by size, four bins to each power of two, and a bitmap tells which bins
 * hold any: to find a block is to count leading zeros. In the bin of the wanted size some blocks
 * may be too small: a few are looked at. Those of all higher bins fit. That is a good fit, not the
 * best (M. Masmano et al., "TLSF: a new dynamic memory allocator for real-time systems", 2004,
 * whose two levels are one row of bins here).
 *
 * What was never allocated, or was given back up to there, is no block: it is the space from `top`
 * to the end. It is cut into only if no bin serves, which keeps it whole; and since most heaps are
 * far from full, most blocks come from and return to it in a few instructions.
 *
 * Layout. Blocks adjoin. A 32-bit header precedes each, so that what follows is aligned:
 *
 *	used   [header][ the owner's                                  ]
 *	free   [header][next][link]      ...                    [size ]
 *
 * header: size of the block in bytes, header included, a multiple of 8, and two flags. Of free
 * blocks the size stands at the end too, so that the next block can find the beginning; it looks
 * there only if its own header says that the one before is free.
 *
 * Blocks are named by the address behind the header, the one that the owner knows.
 *
 * Invariant: no two free blocks adjoin, and none adjoins top. A bin's bit is set if and only if its
 *            list is not empty. *node->link == node for each free block.
 */

#include <string.h>

#include <zephyr/sys/__assert.h>
#include <zephyr/sys/sys_heap.h>
#include <zephyr/sys/util.h>

#define ALIGN       8U
#define HEADER_SIZE 4U
#define MIN_BLOCK   ((uint32_t)SYS_HEAP_MIN_BLOCK)

#define FREE      1U
#define PREV_FREE 2U
#define FLAGS     (ALIGN - 1U)

/* The last bin also holds everything larger: blocks of a megabyte or more. */
#define BINS 64U
#define NONE BINS
/* More blocks to look at in the bin of the size that is wanted, where they may be too small. */
#define SCAN_MAX 8

/*
 * A free block. Owners use the same memory by types of their own: this file is compiled without the
 * assumption that different types never share memory.
 */
struct node {
	struct node *next;
	struct node **link; /* What points to this one. */
};

struct z_heap {
	char *top;   /* What would be the next block. */
	char *end;   /* Last value that top may have. */
	char *first; /* The lowest block. */
	uint32_t used[BINS / 32U];
	struct node *bins[]; /* As many as the region's size needs. */
};

BUILD_ASSERT(sizeof(struct node) + 2U * HEADER_SIZE == SYS_HEAP_MIN_BLOCK);

static ALWAYS_INLINE uint32_t *header_of(void *block)
{
	return (uint32_t *)block - 1;
}

static ALWAYS_INLINE uint32_t size_of(void *block)
{
	return *header_of(block) & ~FLAGS;
}

/* The last word of a free block that ends where @block begins. */
static ALWAYS_INLINE uint32_t *size_before(void *block)
{
	return (uint32_t *)block - 2;
}

/* Size of the block for @bytes, which is not 0. */
static ALWAYS_INLINE uint32_t size_for(size_t bytes)
{
	return MAX(((uint32_t)bytes + HEADER_SIZE + ALIGN - 1U) & ~(ALIGN - 1U), MIN_BLOCK);
}

/* 0 too. */
static ALWAYS_INLINE bool is_impossible(size_t bytes)
{
	return bytes - 1U >= (size_t)INT32_MAX - KB(1);
}

/* The bin that a block of this size belongs to, by its three most significant bits. */
static ALWAYS_INLINE unsigned int bin_of(uint32_t size)
{
	unsigned int shift = 29U - (unsigned int)__builtin_clz(size);
	unsigned int bin = (size >> shift) + 4U * shift - 12U;

	return MIN(bin, BINS - 1U);
}

static ALWAYS_INLINE uint32_t bin_bit(unsigned int bin)
{
	return 0x80000000U >> (bin % 32U);
}

/* The first bin in use, of @bin and those of larger blocks; NONE. */
static ALWAYS_INLINE unsigned int bin_find(const struct z_heap *h, unsigned int bin)
{
	uint32_t found;

	if (bin < 32U) {
		found = h->used[0] & (UINT32_MAX >> bin);
		if (found != 0U) {
			return (unsigned int)__builtin_clz(found);
		}
		bin = 32U;
	}
	found = h->used[1] & (UINT32_MAX >> (bin - 32U));
	return found != 0U ? 32U + (unsigned int)__builtin_clz(found) : NONE;
}

/* @size is that of the block, all of it free. The flag of the next one is the caller's. */
static ALWAYS_INLINE void bin_add(struct z_heap *h, void *block, uint32_t size)
{
	unsigned int bin = bin_of(size);
	struct node *node = block;
	struct node *next = h->bins[bin];

	*header_of(block) = size | FREE;
	*size_before((char *)block + size) = size;
	node->next = next;
	node->link = &h->bins[bin];
	h->bins[bin] = node;
	if (next != NULL) {
		next->link = &node->next;
	}
	h->used[bin / 32U] |= bin_bit(bin);
}

static ALWAYS_INLINE void bin_remove(struct z_heap *h, void *block)
{
	struct node *node = block;
	struct node *next = node->next;
	struct node **link = node->link;

	__ASSERT(*link == node && size_of(node) == *size_before((char *)node + size_of(node)),
		 "heap %p: free block %p is damaged", (void *)h, block);
	*link = next;
	if (next != NULL) {
		next->link = link;
	} else {
		/* The last of a list; if it also was the first, link lies in bins. */
		uintptr_t bin = ((uintptr_t)link - (uintptr_t)h->bins) / sizeof(h->bins[0]);

		if (bin < BINS) { /* a bit without a bin is clear anyway */
			h->used[bin / 32U] &= ~bin_bit((unsigned int)bin);
		}
	}
}

/* Take a free block; what is left over becomes a block of its own if it can. */
static ALWAYS_INLINE void take(struct z_heap *h, void *block, uint32_t need)
{
	uint32_t size = size_of(block);
	uint32_t rest = size - need;

	bin_remove(h, block);
	if (rest >= MIN_BLOCK) {
		*header_of(block) = need;
		bin_add(h, (char *)block + need, rest);
	} else {
		*header_of(block) = size;
		*header_of((char *)block + size) &= ~PREV_FREE;
	}
}

/* The first block of @bin is too small: one of the next, or one of a larger bin; NULL. */
static __noinline char *look_further(const struct z_heap *h, unsigned int bin, uint32_t need)
{
	struct node *node = h->bins[bin]->next;

	for (int i = 0; i < SCAN_MAX && node != NULL; i++) {
		if (size_of(node) >= need) {
			return (char *)node;
		}
		node = node->next;
	}
	bin = bin == BINS - 1U ? NONE : bin_find(h, bin + 1U);
	return bin == NONE ? NULL : (char *)h->bins[bin];
}

static ALWAYS_INLINE void *allocate(struct z_heap *h, uint32_t need)
{
	unsigned int bin = bin_find(h, bin_of(need));
	char *block;

	if (bin != NONE) {
		block = (char *)h->bins[bin];
		if (unlikely(size_of(block) < need)) {
			block = look_further(h, bin, need);
		}
		if (likely(block != NULL)) {
			take(h, block, need);
			return block;
		}
	}
	block = h->top;
	if ((size_t)(h->end - block) < need) {
		return NULL;
	}
	h->top = block + need;
	*header_of(block) = need;
	return block;
}

/* Free @block, which has @size and is used by its header, and join it with its neighbors. */
static ALWAYS_INLINE void release(struct z_heap *h, char *block, uint32_t size)
{
	char *next = block + size;

	if ((*header_of(block) & PREV_FREE) != 0U) {
		uint32_t before = *size_before(block);

		if (IS_ENABLED(CONFIG_ASSERT)) {
			*header_of(block) |= FREE; /* to know it when it is freed again */
		}
		block -= before;
		size += before;
		bin_remove(h, block);
	}
	if (next == h->top) {
		h->top = block;
		return;
	}
	if ((*header_of(next) & FREE) != 0U) {
		size += size_of(next);
		bin_remove(h, next);
	} else {
		*header_of(next) |= PREV_FREE;
	}
	bin_add(h, block, size);
}

/* The same for those who are not in a hurry. */
static __noinline void give_back(struct z_heap *h, char *block, uint32_t size)
{
	*header_of(block) = size | (*header_of(block) & PREV_FREE);
	release(h, block, size);
}

/* Give back what a used block has beyond @need. */
static void trim(struct z_heap *h, char *block, uint32_t need)
{
	uint32_t rest = size_of(block) - need;

	if (rest >= MIN_BLOCK) {
		*header_of(block) = need | (*header_of(block) & PREV_FREE);
		*header_of(block + need) = 0U;
		give_back(h, block + need, rest);
	}
}

/* Whether @block may be a used block. */
static __maybe_unused bool is_used_block(const struct z_heap *h, char *block)
{
	uint32_t size;

	if ((uintptr_t)block % ALIGN != 0U || block < h->first || block >= h->top) {
		return false;
	}
	size = size_of(block);
	return (*header_of(block) & FREE) == 0U && size >= MIN_BLOCK &&
	       size <= (size_t)(h->top - block) &&
	       (block + size == h->top || (*header_of(block + size) & PREV_FREE) == 0U);
}

void sys_heap_init(struct sys_heap *heap, void *mem, size_t bytes)
{
	struct z_heap *h = (struct z_heap *)ROUND_UP((uintptr_t)mem, ALIGN);
	uintptr_t end = ROUND_DOWN((uintptr_t)mem + bytes, ALIGN);
	unsigned int bins;

	__ASSERT(bytes <= (size_t)INT32_MAX && end >= (uintptr_t)h->bins + Z_HEAP_MIN_SIZE / 2,
		 "heap %p: a region of %lu bytes", (void *)heap, (unsigned long)bytes);
	bins = bin_of((uint32_t)(end - (uintptr_t)h->bins)) + 1U;
	h->first = (char *)ROUND_UP((uintptr_t)&h->bins[bins] + HEADER_SIZE, ALIGN);
	h->top = h->first;
	h->end = (char *)end;
	__ASSERT(h->end - h->first >= (ptrdiff_t)MIN_BLOCK, "heap %p: a region of %lu bytes",
		 (void *)heap, (unsigned long)bytes);
	memset(h->used, 0, sizeof(h->used));
	memset(h->bins, 0, (size_t)(h->first - (char *)h->bins));
	heap->heap = h;
}

void *sys_heap_alloc(struct sys_heap *heap, size_t bytes)
{
	if (unlikely(is_impossible(bytes))) {
		return NULL;
	}
	return allocate(heap->heap, size_for(bytes));
}

void *sys_heap_aligned_alloc(struct sys_heap *heap, size_t align, size_t bytes)
{
	struct z_heap *h = heap->heap;
	uint32_t need;
	uint32_t gap;
	char *block;

	__ASSERT((align & (align - 1U)) == 0U, "heap %p: alignment %lu", (void *)heap,
		 (unsigned long)align);
	if (align <= ALIGN) {
		return sys_heap_alloc(heap, bytes);
	}
	if (is_impossible(bytes) || is_impossible(align)) {
		return NULL;
	}

	/* Room to move: what comes before must be nothing, or a block. */
	need = size_for(bytes);
	block = sys_heap_alloc(heap, (size_t)need + align + MIN_BLOCK - ALIGN - HEADER_SIZE);
	if (block == NULL) {
		return NULL;
	}
	gap = -(uint32_t)(uintptr_t)block & ((uint32_t)align - 1U);
	if (gap != 0U) {
		if (gap < MIN_BLOCK) {
			gap += (uint32_t)align;
		}
		*header_of(block + gap) = size_of(block) - gap;
		give_back(h, block, gap);
	}
	trim(h, block + gap, need);
	return block + gap;
}

void sys_heap_free(struct sys_heap *heap, void *mem)
{
	if (mem == NULL) {
		return;
	}
	__ASSERT(is_used_block(heap->heap, mem),
		 "heap %p: %p is freed twice, is none of its blocks, or is damaged", (void *)heap,
		 mem);
	release(heap->heap, mem, size_of(mem));
}

/* Change the size of a block where it is. Returns whether there was room. */
static bool resize(struct z_heap *h, char *block, uint32_t need)
{
	uint32_t size = size_of(block);
	char *next = block + size;

	if (need <= size) {
		trim(h, block, need);
		return true;
	}
	if (next == h->top) {
		if ((size_t)(h->end - block) < need) {
			return false;
		}
		h->top = block + need;
		*header_of(block) += need - size;
		return true;
	}
	if ((*header_of(next) & FREE) == 0U || size + size_of(next) < need) {
		return false;
	}
	take(h, next, MAX(need - size, MIN_BLOCK));
	*header_of(block) += size_of(next);
	return true;
}

void *sys_heap_aligned_realloc(struct sys_heap *heap, void *ptr, size_t align, size_t bytes)
{
	void *moved;

	if (ptr == NULL) {
		return sys_heap_aligned_alloc(heap, align, bytes);
	}
	if (bytes == 0U) {
		sys_heap_free(heap, ptr);
		return NULL;
	}
	if (is_impossible(bytes)) {
		return NULL;
	}
	__ASSERT(is_used_block(heap->heap, ptr), "heap %p: %p is none of its blocks, or is damaged",
		 (void *)heap, ptr);
	if ((align == 0U || (uintptr_t)ptr % align == 0U) &&
	    resize(heap->heap, ptr, size_for(bytes))) {
		return ptr;
	}
	moved = sys_heap_aligned_alloc(heap, align, bytes);
	if (moved != NULL) {
		memcpy(moved, ptr, MIN(bytes, sys_heap_usable_size(heap, ptr)));
		sys_heap_free(heap, ptr);
	}
	return moved;
}

size_t sys_heap_usable_size(struct sys_heap *heap, void *mem)
{
	ARG_UNUSED(heap);
	return size_of(mem) - HEADER_SIZE;
}

/* Whether @block, all of which lies below top, is a free block that its bin knows. */
static bool free_block_is_valid(const struct z_heap *h, char *block)
{
	struct node *node = (struct node *)(void *)block;
	uint32_t size = size_of(block);

	return *size_before(block + size) == size && (char *)node->link >= (char *)h->bins &&
	       (char *)node->link < h->top && *node->link == node;
}

/* Returns how many free blocks there are, or -1: the row of blocks is damaged. */
static int count_free_blocks(const struct z_heap *h)
{
	uint32_t before = 0U; /* PREV_FREE as it should be */
	int count = 0;
	char *block = h->first;

	while (block != h->top) {
		uint32_t header = *header_of(block);
		uint32_t size = header & ~FLAGS;

		if (size < MIN_BLOCK || size > (size_t)(h->top - block) ||
		    (header & PREV_FREE) != before) {
			return -1;
		}
		before = 0U;
		if ((header & FREE) != 0U) {
			if ((header & PREV_FREE) != 0U || !free_block_is_valid(h, block)) {
				return -1;
			}
			before = PREV_FREE;
			count++;
		}
		block += size;
	}
	return before == 0U ? count : -1;
}

/* Returns how many blocks a bin holds, or -1: it is damaged. More than @limit are a ring. */
static int count_bin(const struct z_heap *h, unsigned int bin, int limit)
{
	struct node *const *link = &h->bins[bin];
	bool used = (h->used[bin / 32U] & bin_bit(bin)) != 0U;
	int count = 0;

	if (used != (*link != NULL)) {
		return -1;
	}
	for (struct node *node = *link; node != NULL; node = *link) {
		if ((char *)node < h->first || (char *)node >= h->top || node->link != link ||
		    (*header_of(node) & FREE) == 0U || bin_of(size_of(node)) != bin ||
		    ++count > limit) {
			return -1;
		}
		link = &node->next;
	}
	return count;
}

bool sys_heap_validate(struct sys_heap *heap)
{
	const struct z_heap *h = heap->heap;
	unsigned int bins = (unsigned int)(h->first - HEADER_SIZE - (char *)h->bins) /
			    (unsigned int)sizeof(h->bins[0]);
	int left;

	if (h->top < h->first || h->top > h->end) {
		return false;
	}
	left = count_free_blocks(h);
	for (unsigned int bin = 0; bin < MIN(bins, BINS) && left >= 0; bin++) {
		int count = count_bin(h, bin, left);

		left = count < 0 ? -1 : left - count;
	}
	return left == 0;
}
