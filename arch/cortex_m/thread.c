/* SPDX-License-Identifier: Apache-2.0 */

/*
 * The first context of a thread: what PendSV would have left on its stack had it been switched out
 * right at its entry, r4-r11 below the hardware's exception frame.
 */

#include <ksched.h>
#include <zephyr/sys/util.h>

#define XPSR_THUMB (1UL << 24)

struct initial_frame {
	uint32_t r4_to_r11[8];
	struct arch_esf hardware;
};

/* switch.S relies on these. */
BUILD_ASSERT(offsetof(struct kernel, current) == 0);
BUILD_ASSERT(offsetof(struct kernel, next) == 4);
BUILD_ASSERT(offsetof(struct k_thread, arch) == 0 && offsetof(struct arch_thread, sp) == 0);
BUILD_ASSERT(offsetof(struct initial_frame, hardware) == 32 && sizeof(struct arch_esf) == 32);

void arch_thread_init(struct k_thread *thread, char *stack, size_t size, k_thread_entry_t entry,
		      void *p1, void *p2, void *p3)
{
	struct initial_frame *frame = (struct initial_frame *)(void *)(stack + size) - 1;

	/* The other registers may start with any value. */
	frame->hardware.r0 = (uint32_t)entry;
	frame->hardware.r1 = (uint32_t)p1;
	frame->hardware.r2 = (uint32_t)p2;
	frame->hardware.r3 = (uint32_t)p3;
	frame->hardware.pc = (uint32_t)thread_entry;
	frame->hardware.xpsr = XPSR_THUMB;
	thread->arch.sp = (uint32_t)frame;
}

void arch_thread_exit(struct k_thread *thread)
{
	ARG_UNUSED(thread); /* nothing is held for it */
}
