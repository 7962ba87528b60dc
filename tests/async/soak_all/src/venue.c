/* SPDX-License-Identifier: Apache-2.0 */

/* Objects that are closed and set up anew. */

#include "soak.h"

bool venue_enter(struct venue *venue)
{
	if (venue->reopens || (venue->closed && chance(4) != 0U)) {
		return false;
	}
	venue->users++;
	return true;
}

void venue_leave(struct venue *venue)
{
	venue->users--;
	if (venue->users != 0U || !venue->closed || venue->reopens) {
		return;
	}
	venue->reopens = true;
	venue->drain(venue->object);
	venue->set_up(venue->object);
	venue->closed = false;
	venue->reopens = false;
}

bool venue_may_close(struct venue *venue)
{
	if (venue->closed || chance(50) != 0U) {
		return false;
	}
	venue->closed = true;
	venue->closings++;
	return true;
}
