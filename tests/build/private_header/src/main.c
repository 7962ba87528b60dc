/* SPDX-License-Identifier: Apache-2.0 */

/* Does what an application must not: looks into the kernel. */

#include <ksched.h>

int main(void)
{
	return 0;
}
