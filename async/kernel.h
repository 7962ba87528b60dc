/* SPDX-License-Identifier: Apache-2.0 */

/* What the awaits of kernel objects have in common. */

#ifndef ASYNC_KERNEL_H_
#define ASYNC_KERNEL_H_

#include <eddy/kernel.h>

#include "core.h"

#endif /* ASYNC_KERNEL_H_ */
