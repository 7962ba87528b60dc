/* SPDX-License-Identifier: Apache-2.0 */

/** @file Philosophers that are tasks. Their forks are eddy_mutex each. */

#ifndef GUESTS_H_
#define GUESTS_H_

#include <eddy/eddy.h>

/** Seat all philosophers on an executor of any kind. Thread. */
void guests_seat(struct eddy_executor *executor);

/** Wait until all have left the table, TABLE_LIMIT_MS at most. Thread, none of the executor's. */
void guests_wait(void);

#endif /* GUESTS_H_ */
