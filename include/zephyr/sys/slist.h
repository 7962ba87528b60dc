/* SPDX-License-Identifier: Apache-2.0 */

/**
 * @file
 * Singly linked list.
 *
 * Its nodes lie inside the caller's structs, so nothing is allocated. It has no lock: who shares a
 * list guards it. All functions work in any context; those that do not say otherwise are O(1).
 */

#ifndef ZEPHYR_INCLUDE_SYS_SLIST_H_
#define ZEPHYR_INCLUDE_SYS_SLIST_H_

#include <stdbool.h>
#include <stddef.h>

#include <zephyr/sys/util.h>

/** To be embedded in what is to be listed. */
struct _snode {
	struct _snode *next; /**< NULL: the last. */
};

typedef struct _snode sys_snode_t;

/** Both NULL if the list is empty. */
struct _slist {
	sys_snode_t *head;
	sys_snode_t *tail;
};

typedef struct _slist sys_slist_t;

#define SYS_SLIST_STATIC_INIT(list)                                                                \
	{                                                                                          \
		NULL, NULL                                                                         \
	}

/** The struct around @p node, of the type of *@p item, or NULL if there is no node. */
#define SYS_SLIST_CONTAINER(node, item, field)                                                     \
	((node) != NULL ? CONTAINER_OF(node, __typeof__(*(item)), field) : NULL)

#define SYS_SLIST_PEEK_HEAD_CONTAINER(list, item, field)                                           \
	SYS_SLIST_CONTAINER(sys_slist_peek_head(list), item, field)

#define SYS_SLIST_PEEK_TAIL_CONTAINER(list, item, field)                                           \
	SYS_SLIST_CONTAINER(sys_slist_peek_tail(list), item, field)

/** The one after @p item, which may be NULL. */
#define SYS_SLIST_PEEK_NEXT_CONTAINER(item, field)                                                 \
	((item) != NULL ? SYS_SLIST_CONTAINER(sys_slist_peek_next(&(item)->field), item, field)    \
			: NULL)

/** Walk the nodes. The body must not remove @p node. */
#define SYS_SLIST_FOR_EACH_NODE(list, node)                                                        \
	for ((node) = sys_slist_peek_head(list); (node) != NULL; (node) = sys_slist_peek_next(node))

/** Go on behind @p node; NULL: from the first. */
#define SYS_SLIST_ITERATE_FROM_NODE(list, node)                                                    \
	for ((node) = (node) != NULL ? (node)->next : sys_slist_peek_head(list); (node) != NULL;   \
	     (node) = sys_slist_peek_next(node))

/** Walk the nodes; the body may remove @p node. @p after is for the macro. */
#define SYS_SLIST_FOR_EACH_NODE_SAFE(list, node, after)                                            \
	for ((node) = sys_slist_peek_head(list), (after) = sys_slist_peek_next(node);              \
	     (node) != NULL; (node) = (after), (after) = sys_slist_peek_next(node))

/** Walk the structs around the nodes. The body must not remove @p item. */
#define SYS_SLIST_FOR_EACH_CONTAINER(list, item, field)                                            \
	for ((item) = SYS_SLIST_PEEK_HEAD_CONTAINER(list, item, field); (item) != NULL;            \
	     (item) = SYS_SLIST_PEEK_NEXT_CONTAINER(item, field))

/** Walk the structs around the nodes; the body may remove @p item. @p after is for the macro. */
#define SYS_SLIST_FOR_EACH_CONTAINER_SAFE(list, item, after, field)                                \
	for ((item) = SYS_SLIST_PEEK_HEAD_CONTAINER(list, item, field),                            \
	    (after) = SYS_SLIST_PEEK_NEXT_CONTAINER(item, field);                                  \
	     (item) != NULL;                                                                       \
	     (item) = (after), (after) = SYS_SLIST_PEEK_NEXT_CONTAINER(item, field))

static inline void sys_slist_init(sys_slist_t *list)
{
	list->head = NULL;
	list->tail = NULL;
}

static inline bool sys_slist_is_empty(sys_slist_t *list)
{
	return list->head == NULL;
}

static inline sys_snode_t *sys_slist_peek_head(sys_slist_t *list)
{
	return list->head;
}

static inline sys_snode_t *sys_slist_peek_tail(sys_slist_t *list)
{
	return list->tail;
}

/** The node after @p node, which is not NULL. */
static inline sys_snode_t *sys_slist_peek_next_no_check(sys_snode_t *node)
{
	return node->next;
}

static inline sys_snode_t *sys_slist_peek_next(sys_snode_t *node)
{
	return node != NULL ? node->next : NULL;
}

static inline void sys_slist_prepend(sys_slist_t *list, sys_snode_t *node)
{
	node->next = list->head;
	list->head = node;
	if (list->tail == NULL) {
		list->tail = node;
	}
}

/**
 * Append nodes that are linked already, the last one to NULL. With @p head or @p tail NULL it has
 * no effect.
 */
static inline void sys_slist_append_list(sys_slist_t *list, void *head, void *tail)
{
	if (head == NULL || tail == NULL) {
		return;
	}
	if (list->tail == NULL) {
		list->head = (sys_snode_t *)head;
	} else {
		list->tail->next = (sys_snode_t *)head;
	}
	list->tail = (sys_snode_t *)tail;
}

static inline void sys_slist_append(sys_slist_t *list, sys_snode_t *node)
{
	node->next = NULL;
	sys_slist_append_list(list, node, node);
}

/** Append all of @p list_to_append, which is empty then. */
static inline void sys_slist_merge_slist(sys_slist_t *list, sys_slist_t *list_to_append)
{
	sys_slist_append_list(list, list_to_append->head, list_to_append->tail);
	sys_slist_init(list_to_append);
}

/** Insert behind @p prev, a node of the list; NULL: as the first. */
static inline void sys_slist_insert(sys_slist_t *list, sys_snode_t *prev, sys_snode_t *node)
{
	if (prev == NULL) {
		sys_slist_prepend(list, node);
	} else if (prev->next == NULL) {
		sys_slist_append(list, node);
	} else {
		node->next = prev->next;
		prev->next = node;
	}
}

/** Take the first node of a list that is not empty. */
static inline sys_snode_t *sys_slist_get_not_empty(sys_slist_t *list)
{
	sys_snode_t *node = list->head;

	list->head = node->next;
	if (list->head == NULL) {
		list->tail = NULL;
	}
	return node;
}

/** Take the first node, or NULL. */
static inline sys_snode_t *sys_slist_get(sys_slist_t *list)
{
	return sys_slist_is_empty(list) ? NULL : sys_slist_get_not_empty(list);
}

/** Remove @p node, which comes behind @p prev_node; NULL: which is the first. */
static inline void sys_slist_remove(sys_slist_t *list, sys_snode_t *prev_node, sys_snode_t *node)
{
	if (prev_node == NULL) {
		list->head = node->next;
	} else {
		prev_node->next = node->next;
	}
	if (list->tail == node) {
		list->tail = prev_node;
	}
	node->next = NULL;
}

/** Remove @p node if it is there. O(n). @return Whether it was. */
static inline bool sys_slist_find_and_remove(sys_slist_t *list, sys_snode_t *node)
{
	sys_snode_t *prev = NULL;
	sys_snode_t *test;

	SYS_SLIST_FOR_EACH_NODE(list, test) {
		if (test == node) {
			sys_slist_remove(list, prev, node);
			return true;
		}
		prev = test;
	}
	return false;
}

#endif /* ZEPHYR_INCLUDE_SYS_SLIST_H_ */
