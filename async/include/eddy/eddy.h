/* SPDX-License-Identifier: Apache-2.0 */

/**
 * @file
 * The async library. Each object has a header of its own; this gathers them.
 */

#ifndef EDDY_EDDY_H_
#define EDDY_EDDY_H_

#include <eddy/async.h>
#include <eddy/barrier.h>
#include <eddy/block_on.h>
#include <eddy/broadcast.h>
#include <eddy/chan.h>
#include <eddy/condvar.h>
#include <eddy/detect.h>
#include <eddy/event.h>
#include <eddy/executor.h>
#include <eddy/executor_bare.h>
#include <eddy/executor_irq.h>
#include <eddy/executor_work.h>
#include <eddy/group.h>
#include <eddy/monitor.h>
#include <eddy/mutex.h>
#include <eddy/once.h>
#include <eddy/op.h>
#include <eddy/pipe.h>
#include <eddy/pool.h>
#include <eddy/prio_chan.h>
#include <eddy/rwlock.h>
#ifdef CONFIG_EDDY_TASK_RANK
#include <eddy/rank.h>
#endif
#include <eddy/select.h>
#include <eddy/sem.h>
#include <eddy/signal.h>
#include <eddy/slots.h>
#include <eddy/spawn_alloc.h>
#include <eddy/task.h>
#include <eddy/ticker.h>
#include <eddy/time.h>
#include <eddy/trace.h>
#include <eddy/watch.h>
#include <eddy/with_timeout.h>

#endif /* EDDY_EDDY_H_ */
