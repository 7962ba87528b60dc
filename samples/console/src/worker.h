/* SPDX-License-Identifier: Apache-2.0 */

/** @file A thread that does jobs for tasks, one at a time. */

#ifndef WORKER_H_
#define WORKER_H_

#include <eddy/eddy.h>

/** Something to do on the worker thread, where it may block. */
struct job {
	void (*run)(void *argument);
	void *argument;
};

extern struct eddy_chan worker_jobs; /**< Of struct job. */

#endif /* WORKER_H_ */
