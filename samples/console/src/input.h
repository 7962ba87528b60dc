/* SPDX-License-Identifier: Apache-2.0 */

/** @file Bytes from the serial port, for a task. */

#ifndef INPUT_H_
#define INPUT_H_

#include <eddy/eddy.h>

/** Start to receive. @retval -ENODEV The port is not ready. Thread. */
int input_init(void);

/**
 * @brief Take the next byte, waiting for it.
 *
 * @param byte  Where to put it; in the task's frame.
 *
 * @return As eddy_chan_recv() with K_FOREVER.
 *
 * @par Context
 * Task; one only.
 */
int input_read(struct eddy_task *self, uint8_t *byte);

/** Leave further bytes in the hardware, so that no interrupt of theirs disturbs. Task. */
void input_pause(void);

/** Undo input_pause(). Task. */
void input_resume(void);

/** How often bytes were lost or damaged since the last call. Task. */
unsigned int input_take_errors(void);

#endif /* INPUT_H_ */
