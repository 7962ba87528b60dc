/* SPDX-License-Identifier: Apache-2.0 */

/* All calls in random order: nothing overlaps, and the heap stays well formed. */

#include <zephyr/ztest.h>

#define PIECES     64U
#define OPERATIONS (IS_ENABLED(CONFIG_ARCH_POSIX) || IS_ENABLED(CONFIG_ARCH_LINUX) ? 20000U : 2000U)
#define SIZE_MOST  9000U

static char memory[SIZE_MOST] __aligned(8);
static struct sys_heap heap;
static uint32_t state;

static struct piece {
	uint8_t *mem; /* NULL: none. */
	size_t bytes;
	uint8_t fill;
} pieces[PIECES];

static uint32_t random_below(uint32_t limit)
{
	state = state * 1664525U + 1013904223U;
	return (uint32_t)(((uint64_t)state * limit) >> 32);
}

/* Mostly small, sometimes large. */
static size_t random_size(void)
{
	return 1U + random_below(1U << (3U + random_below(9U)));
}

static void check_piece(const struct piece *piece)
{
	for (size_t i = 0; i < piece->bytes; i++) {
		zassert_equal(piece->mem[i], piece->fill);
	}
}

static void fill_piece(struct piece *piece, uint8_t *mem, size_t bytes)
{
	static uint8_t next_fill;

	zassert_true((char *)mem > memory && (char *)mem + bytes <= memory + SIZE_MOST);
	*piece = (struct piece){.mem = mem, .bytes = bytes, .fill = next_fill++};
	memset(mem, piece->fill, bytes);
}

static void allocate(struct piece *piece)
{
	size_t align = random_below(4) == 0U ? 8U << random_below(5) : 8U;
	size_t bytes = random_size();
	uint8_t *mem = sys_heap_aligned_alloc(&heap, align, bytes);

	if (mem != NULL) {
		zassert_equal((uintptr_t)mem % align, 0U);
		fill_piece(piece, mem, bytes);
	}
}

static void resize(struct piece *piece)
{
	size_t bytes = random_size();
	uint8_t *mem = sys_heap_realloc(&heap, piece->mem, bytes);

	if (mem != NULL) {
		piece->mem = mem;
		piece->bytes = MIN(bytes, piece->bytes);
		check_piece(piece);
		fill_piece(piece, mem, bytes);
	}
}

static void release(struct piece *piece)
{
	check_piece(piece);
	sys_heap_free(&heap, piece->mem);
	piece->mem = NULL;
}

static void operate(void)
{
	struct piece *piece = &pieces[random_below(PIECES)];

	if (piece->mem == NULL) {
		allocate(piece);
	} else if (random_below(3) == 0U) {
		resize(piece);
	} else {
		release(piece);
	}
}

static void soak(size_t heap_size)
{
	void *whole;

	sys_heap_init(&heap, memory, heap_size);
	for (unsigned int i = 0; i < OPERATIONS; i++) {
		operate();
		if (i % 16U == 0U) {
			zassert_true(sys_heap_validate(&heap), "after %u operations", i);
		}
	}
	for (unsigned int i = 0; i < PIECES; i++) {
		if (pieces[i].mem != NULL) {
			release(&pieces[i]);
		}
	}
	zassert_true(sys_heap_validate(&heap));
	whole = sys_heap_alloc(&heap, heap_size / 2U);
	zassert_not_null(whole);
	sys_heap_free(&heap, whole);
}

ZTEST_SUITE(heap_soak, NULL, NULL, NULL, NULL, NULL);

/* A heap of hundreds of bytes. */
ZTEST(heap_soak, test_small)
{
	state = 1U;
	soak(700);
}

/* One that is full much of the time. */
ZTEST(heap_soak, test_crowded)
{
	state = 2U;
	soak(3000);
}

/* One that has room for most. */
ZTEST(heap_soak, test_roomy)
{
	state = 3U;
	soak(SIZE_MOST);
}
