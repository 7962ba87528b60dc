/* SPDX-License-Identifier: Apache-2.0 */

/** @file The async library. Each object has a header of its own; this gathers them. */

#ifndef EDDY_EDDY_H_
#define EDDY_EDDY_H_

#include <eddy/async.h>
#include <eddy/chan.h>
#include <eddy/executor.h>
#include <eddy/signal.h>
#include <eddy/task.h>
#include <eddy/time.h>

#endif /* EDDY_EDDY_H_ */
