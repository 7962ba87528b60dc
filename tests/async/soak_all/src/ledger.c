/* SPDX-License-Identifier: Apache-2.0 */

/* Values on their way from a sender to a receiver. */

#include "soak.h"

#define INDEX_BITS 12
#define VALUES     BIT(INDEX_BITS)

enum {
	OUT = BIT(0),  /* In use. */
	SENT = BIT(1), /* Its sender knows that it was sent. */
	RECEIVED = BIT(2),
};

static struct {
	struct family *family;
	uint32_t name; /* Index, and how often that was used before. */
	uint8_t state;
} values[VALUES];

/* A ring: names come again as late as can be. */
static uint16_t vacant[VALUES];
static uint32_t vacant_first;
static uint32_t vacant_count;
static bool is_set_up;

static void set_up(void)
{
	for (uint32_t i = 0U; i < VALUES; i++) {
		values[i].name = i;
		vacant[i] = (uint16_t)i;
	}
	vacant_count = VALUES;
	is_set_up = true;
}

uint32_t value_new(struct family *family)
{
	uint32_t index;

	if (!is_set_up) {
		set_up();
	}
	CHECK(family, vacant_count > 0U);
	index = vacant[vacant_first++ % VALUES];
	vacant_count--;
	values[index].family = family;
	values[index].state = OUT;
	values[index].name += VALUES;
	return values[index].name;
}

static void settle(uint32_t index)
{
	values[index].state = 0U;
	vacant[(vacant_first + vacant_count) % VALUES] = (uint16_t)index;
	vacant_count++;
}

static uint32_t index_of(struct family *family, uint32_t value)
{
	uint32_t index = value % VALUES;

	CHECK(family, values[index].name == value);    /* else it has come before, or is torn */
	CHECK(family, values[index].family == family); /* else it comes from elsewhere */
	CHECK(family, (values[index].state & OUT) != 0U);
	return index;
}

void value_sent(struct family *family, uint32_t value, bool sent)
{
	uint32_t index = index_of(family, value);

	CHECK(family, (values[index].state & SENT) == 0U);
	values[index].state |= SENT;
	if (!sent) {
		CHECK(family, (values[index].state & RECEIVED) == 0U); /* it was not sent */
	}
	if (!sent || (values[index].state & RECEIVED) != 0U) {
		settle(index);
	}
}

void value_received(struct family *family, uint32_t value)
{
	uint32_t index = index_of(family, value);

	CHECK(family, (values[index].state & RECEIVED) == 0U); /* it comes again */
	values[index].state |= RECEIVED;
	if ((values[index].state & SENT) != 0U) {
		settle(index);
	}
}

void ledger_check(void)
{
	for (uint32_t i = 0U; i < VALUES; i++) {
		CHECK(values[i].family, values[i].state == 0U); /* sent, and never received */
	}
}
