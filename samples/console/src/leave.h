/* SPDX-License-Identifier: Apache-2.0 */

/** @file The end of the program. */

#ifndef LEAVE_H_
#define LEAVE_H_

/** End the emulator or the program with status 0. Returns on a system that has nowhere to go. */
void leave(void);

#endif /* LEAVE_H_ */
