/* SPDX-License-Identifier: Apache-2.0 */

/* The list of all that can be awaited. */

#include "subjects.h"

const struct subject *const subjects[] = {
	&broadcast_publish_subject,
	&chan_recv_subject,
	&chan_send_subject,
	&event_look_subject,
	&event_take_subject,
	&mutex_subject,
	&once_subject,
	&pipe_read_subject,
	&pipe_write_subject,
	&prio_chan_recv_subject,
	&prio_chan_send_subject,
	&rwlock_read_subject,
	&rwlock_write_subject,
	&sem_subject,
	&signal_subject,
	&slots_borrow_subject,
	&slots_reserve_subject,
	&watch_subject,
#ifdef CONFIG_EDDY_KERNEL_AWAITS
	&k_sem_subject,
#endif
	NULL,
};
