/* SPDX-License-Identifier: Apache-2.0 */

/* What can be asked of a thread: its name, its state in words, its stack. */

#include <ksched.h>
#include <zephyr/kernel.h>

#ifdef CONFIG_THREAD_NAME
int k_thread_name_set(k_tid_t thread, const char *name)
{
	if (thread == NULL) {
		thread = kernel.current;
	}
	strncpy(thread->name, name, sizeof(thread->name) - 1U);
	thread->name[sizeof(thread->name) - 1U] = '\0';
	return 0;
}

const char *k_thread_name_get(k_tid_t thread)
{
	return thread->name;
}

int k_thread_name_copy(k_tid_t thread, char *buf, size_t size)
{
	if (strlen(thread->name) >= size) {
		return -ENOSPC;
	}
	strcpy(buf, thread->name);
	return 0;
}
#else
int k_thread_name_set(k_tid_t thread, const char *name)
{
	ARG_UNUSED(thread);
	ARG_UNUSED(name);
	return -ENOSYS;
}

const char *k_thread_name_get(k_tid_t thread)
{
	ARG_UNUSED(thread);
	return NULL;
}

int k_thread_name_copy(k_tid_t thread, char *buf, size_t size)
{
	ARG_UNUSED(thread);
	ARG_UNUSED(buf);
	ARG_UNUSED(size);
	return -ENOSYS;
}
#endif

const char *k_thread_state_str(k_tid_t thread, char *buf, size_t size)
{
	static const char *const words[] = {"prestart", "pending", "sleeping", "suspended", "dead"};
	size_t length = 0;

	if (buf == NULL || size == 0U) {
		return "";
	}
	buf[0] = '\0';
	if (thread->state == 0U) {
		snprintk(buf, size, "%s", thread == kernel.current ? "running" : "queued");
	}
	for (size_t bit = 0; bit < ARRAY_SIZE(words) && length < size; bit++) {
		if ((thread->state & BIT(bit)) != 0U) {
			length += (size_t)snprintk(buf + length, size - length, "%s%s",
						   length == 0U ? "" : "+", words[bit]);
		}
	}
	return buf;
}

#ifdef CONFIG_INIT_STACKS
int k_thread_stack_space_get(const struct k_thread *thread, size_t *unused)
{
	const uint8_t *lowest = (const uint8_t *)thread->stack_info.start;
	size_t count = 0;

	/* Stacks grow downwards: what was never used lies at the lowest addresses. */
	while (count < thread->stack_info.size && lowest[count] == 0xAAU) {
		count++;
	}
	*unused = count;
	return 0;
}
#else
int k_thread_stack_space_get(const struct k_thread *thread, size_t *unused)
{
	ARG_UNUSED(thread);
	ARG_UNUSED(unused);
	return -ENOTSUP;
}
#endif

#ifdef CONFIG_THREAD_CUSTOM_DATA
void k_thread_custom_data_set(void *value)
{
	kernel.current->custom_data = value;
}

void *k_thread_custom_data_get(void)
{
	return kernel.current->custom_data;
}
#endif
