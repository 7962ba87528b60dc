/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Thread-local storage for the C library, whose errno lives there. One block serves all threads:
 * the kernel itself reports errors by return value and never uses errno.
 */

#include <stdint.h>

extern char __tls_block[]; /* linker script: the image's .tdata and .tbss */

void *__aeabi_read_tp(void);

/* The ABI lets this call clobber r0 and lr only. Offsets count from 8 bytes below the block. */
__attribute__((__naked__)) void *__aeabi_read_tp(void)
{
	__asm__ volatile("ldr r0, =__tls_block - 8\n\t"
			 "bx lr\n\t"
			 ".ltorg");
}
