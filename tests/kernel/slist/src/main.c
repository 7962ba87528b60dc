/* SPDX-License-Identifier: Apache-2.0 */

/* Singly linked list: what sys_slist_*() promise. */

#include <zephyr/sys/slist.h>
#include <zephyr/ztest.h>

#define ITEM_COUNT 5

struct item {
	char letter;
	sys_snode_t node;
};

static sys_slist_t list;
static struct item items[ITEM_COUNT];

static sys_snode_t *node(char letter)
{
	return &items[letter - 'a'].node;
}

static void append(const char *letters)
{
	for (; *letters != '\0'; letters++) {
		sys_slist_append(&list, node(*letters));
	}
}

static void before(void *fixture)
{
	ARG_UNUSED(fixture);
	sys_slist_init(&list);
	for (int i = 0; i < ITEM_COUNT; i++) {
		items[i].letter = (char)('a' + i);
		items[i].node.next = &items[i].node; /* whatever it was before */
	}
}

ZTEST_SUITE(slist, NULL, NULL, before, NULL, NULL);

/* The list is well formed and holds these items in this order. */
static void assert_holds(sys_slist_t *l, const char *letters)
{
	size_t length = strlen(letters);
	struct item *item;
	size_t i = 0U;

	SYS_SLIST_FOR_EACH_CONTAINER(l, item, node) {
		zassert_true(i < length, "more than \"%s\"", letters);
		zassert_equal(item->letter, letters[i], "%c for %c", item->letter, letters[i]);
		i++;
	}
	zassert_equal(i, length, "less than \"%s\"", letters);
	zassert_equal(sys_slist_is_empty(l), length == 0U);
	zassert_equal_ptr(sys_slist_peek_head(l), length == 0U ? NULL : node(letters[0]));
	zassert_equal_ptr(sys_slist_peek_tail(l), length == 0U ? NULL : node(letters[length - 1U]));
}

/* A new list is empty. */
ZTEST(slist, test_init)
{
	sys_slist_t other = SYS_SLIST_STATIC_INIT(&other);

	assert_holds(&list, "");
	assert_holds(&other, "");
	zassert_is_null(sys_slist_get(&list));
}

/* Nodes can be added at both ends. */
ZTEST(slist, test_append_and_prepend)
{
	sys_slist_append(&list, node('b'));
	assert_holds(&list, "b");
	sys_slist_prepend(&list, node('a'));
	sys_slist_append(&list, node('c'));
	assert_holds(&list, "abc");

	before(NULL);
	sys_slist_prepend(&list, node('b'));
	sys_slist_prepend(&list, node('a'));
	assert_holds(&list, "ab");
}

/* A node goes behind any other, or first. */
ZTEST(slist, test_insert)
{
	sys_slist_insert(&list, NULL, node('b'));
	sys_slist_insert(&list, NULL, node('a'));
	sys_slist_insert(&list, node('b'), node('d'));
	sys_slist_insert(&list, node('b'), node('c'));
	assert_holds(&list, "abcd");
}

/* Nodes are taken from the front, until there is none. */
ZTEST(slist, test_get)
{
	append("abc");
	zassert_equal_ptr(sys_slist_get(&list), node('a'));
	zassert_equal_ptr(sys_slist_get_not_empty(&list), node('b'));
	assert_holds(&list, "c");
	zassert_equal_ptr(sys_slist_get(&list), node('c'));
	assert_holds(&list, "");
	append("d");
	assert_holds(&list, "d");
}

/* A node is removed from the beginning, the middle or the end. */
ZTEST(slist, test_remove)
{
	append("abcde");
	sys_slist_remove(&list, NULL, node('a'));
	assert_holds(&list, "bcde");
	sys_slist_remove(&list, node('c'), node('d'));
	assert_holds(&list, "bce");
	sys_slist_remove(&list, node('c'), node('e'));
	assert_holds(&list, "bc");
	append("a");
	assert_holds(&list, "bca");
}

/* A node is found and removed wherever it is, and the only one too. */
ZTEST(slist, test_find_and_remove)
{
	append("abc");
	zassert_false(sys_slist_find_and_remove(&list, node('d')));
	zassert_true(sys_slist_find_and_remove(&list, node('b')));
	zassert_true(sys_slist_find_and_remove(&list, node('c')));
	zassert_false(sys_slist_find_and_remove(&list, node('c')));
	assert_holds(&list, "a");
	zassert_true(sys_slist_find_and_remove(&list, node('a')));
	assert_holds(&list, "");
}

/* Linked nodes are appended in one step; half a list is ignored. */
ZTEST(slist, test_append_list)
{
	append("a");
	node('b')->next = node('c');
	node('c')->next = NULL;
	sys_slist_append_list(&list, node('b'), NULL);
	sys_slist_append_list(&list, NULL, node('c'));
	assert_holds(&list, "a");
	sys_slist_append_list(&list, node('b'), node('c'));
	assert_holds(&list, "abc");
}

/* One list moves to the end of another and is empty then; an empty one changes nothing. */
ZTEST(slist, test_merge)
{
	sys_slist_t other;

	sys_slist_init(&other);
	sys_slist_append(&other, node('a'));
	sys_slist_append(&other, node('b'));
	sys_slist_merge_slist(&list, &other);
	assert_holds(&list, "ab");
	assert_holds(&other, "");
	sys_slist_merge_slist(&list, &other);
	assert_holds(&list, "ab");
	sys_slist_append(&other, node('c'));
	sys_slist_merge_slist(&list, &other);
	assert_holds(&list, "abc");
}

/* The neighbors of a node, as nodes and as what they lie in. */
ZTEST(slist, test_peek_next)
{
	struct item *item = &items[0];

	append("ab");
	zassert_equal_ptr(sys_slist_peek_next(node('a')), node('b'));
	zassert_equal_ptr(sys_slist_peek_next_no_check(node('a')), node('b'));
	zassert_is_null(sys_slist_peek_next(node('b')));
	zassert_is_null(sys_slist_peek_next(NULL));
	zassert_equal_ptr(SYS_SLIST_PEEK_HEAD_CONTAINER(&list, item, node), &items[0]);
	zassert_equal_ptr(SYS_SLIST_PEEK_TAIL_CONTAINER(&list, item, node), &items[1]);
	zassert_equal_ptr(SYS_SLIST_PEEK_NEXT_CONTAINER(item, node), &items[1]);
}

/* The safe walks allow to remove each node on the way. */
ZTEST(slist, test_safe_walks)
{
	sys_snode_t *at;
	sys_snode_t *after;
	struct item *item;
	struct item *next;
	int count = 0;

	append("abcd");
	SYS_SLIST_FOR_EACH_NODE_SAFE(&list, at, after) {
		zassert_true(sys_slist_find_and_remove(&list, at));
		count++;
	}
	zassert_equal(count, 4);
	assert_holds(&list, "");

	append("abcd");
	SYS_SLIST_FOR_EACH_CONTAINER_SAFE(&list, item, next, node) {
		if (item->letter != 'b') {
			zassert_true(sys_slist_find_and_remove(&list, &item->node));
		}
	}
	assert_holds(&list, "b");
}

/* A walk goes on behind a node, or begins. */
ZTEST(slist, test_iterate_from_node)
{
	sys_snode_t *at = node('b');
	int count = 0;

	append("abcd");
	SYS_SLIST_ITERATE_FROM_NODE(&list, at)
	{
		zassert_equal_ptr(at, count == 0 ? node('c') : node('d'));
		count++;
	}
	zassert_equal(count, 2);
	SYS_SLIST_ITERATE_FROM_NODE(&list, at)
	{
		count++;
	}
	zassert_equal(count, 6);
}
