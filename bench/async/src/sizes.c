/* SPDX-License-Identifier: Apache-2.0 */

/* Bytes of a task. The blinking one is what a first program of everybody has. */

#include <eddy/eddy.h>

#include "families.h"

struct led;

/* Half a period is a constant of the code, as in the peer's. */
struct blinky {
	struct eddy_frame frame;
	const struct led *led;
};

/* With its storage. */
struct chan16_u32 {
	struct eddy_chan chan;
	uint32_t buffer[16];
};

void sizes_report(void)
{
	bench_size("async.task.bytes", sizeof(struct eddy_task));
	bench_size("async.frame.bytes", sizeof(struct eddy_frame));
	bench_size("async.blinky.bytes", sizeof(EDDY_TASK_STORAGE(blinky)));
	bench_size("async.signal_u32.bytes", sizeof(struct eddy_signal));
	bench_size("async.chan16_u32.bytes", sizeof(struct chan16_u32));
	bench_size("async.mutex.bytes", sizeof(struct eddy_mutex));
}
