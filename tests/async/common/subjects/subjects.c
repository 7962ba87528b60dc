/* SPDX-License-Identifier: Apache-2.0 */

/* The list of all that can be awaited. */

#include "subjects.h"

const struct subject *const subjects[] = {
	&broadcast_publish_subject,
	&chan_recv_subject,
	&chan_send_subject,
	&mutex_subject,
	&prio_chan_recv_subject,
	&prio_chan_send_subject,
	&sem_subject,
	&signal_subject,
	&slots_borrow_subject,
	&slots_reserve_subject,
	NULL,
};
