/* SPDX-License-Identifier: Apache-2.0 */

/* The alarm of executors that do not sleep in the kernel: alarm.c. */

#ifndef ASYNC_ALARM_H_
#define ASYNC_ALARM_H_

#include "core.h"
#include <eddy/alarm.h>

/* Set up an alarm, not armed. */
void eddy_alarm_init(struct eddy_alarm *alarm, struct eddy_executor *executor);

/* For the next: the executor has a deadline, and the alarm is not due. */
void eddy_alarm_rearm(struct eddy_alarm *alarm);

/*
 * Have the alarm expire at the executor's earliest deadline, if it has any and the alarm is not due
 * already. The executor calls it, with the lock held or interrupts masked.
 */
static ALWAYS_INLINE void eddy_alarm_arm(struct eddy_alarm *alarm)
{
	if (alarm->executor->deadlines != NULL && !alarm->is_due) {
		eddy_alarm_rearm(alarm);
	}
}

/*
 * The alarm is due: wake the tasks whose deadlines it was armed for. The executor calls it, in a
 * thread.
 */
void eddy_alarm_expire(struct eddy_alarm *alarm);

/* The executor could not be notified: it sleeps, and will be at the next tick. Any context. */
void eddy_alarm_retry(struct eddy_alarm *alarm);

/* Disarm. The executor calls it. */
void eddy_alarm_stop(struct eddy_alarm *alarm);

/*
 * One turn of an executor that something else runs, a work queue or an interrupt. Returns whether
 * more is to be done; if not, the executor sleeps, and whoever makes a task ready notifies it.
 */
bool eddy_alarm_turn(struct eddy_alarm *alarm);

#endif /* ASYNC_ALARM_H_ */
