/* SPDX-License-Identifier: Apache-2.0 */

/* Async functions called by threads. */

#include "soak.h"

static void block_on_errand(void)
{
	int result = eddy_block_on(errand, .rounds = 1U + chance(5), .limited = true);

	CHECK(&block_on_family, result == 0);
	count(&block_on_family, result);
}

static struct deed deeds[] = {
	{.name = "block_on", .thread = block_on_errand, .weight = 2},
};

struct family block_on_family = FAMILY("block_on", deeds, NULL, NULL);
