/* SPDX-License-Identifier: Apache-2.0 */

/* Await inside the loops, switches and conditions of ordinary C. */

#include "async_test.h"

/* A suite of its own, so that main.c stays readable. */
ZTEST_SUITE(async_control_flow, NULL, NULL, async_before, async_after, NULL);

/* What an operation returns at once, or by way of a wait. */
static int evaluations;

static int immediately(int result)
{
	evaluations++;
	return result;
}

enum color {
	RED,
	GREEN,
	BLUE,
};

/* Run a function to its end, and yield its result. */
#define RUN(fn, ...)                                                                               \
	({                                                                                         \
		static EDDY_TASK_STORAGE(fn) storage_;                                             \
		EDDY_TASK_INIT(&storage_, fn, ##__VA_ARGS__);                                      \
		spawn(&storage_.task);                                                             \
		run_ready();                                                                       \
		zassert_equal(eddy_task_try_join(&storage_.task), 0);                              \
		eddy_task_result(&storage_.task);                                                  \
	})

/* Define an async function, all with the same frame. */
#define FLOW(name)                                                                                 \
	struct name {                                                                              \
		struct eddy_frame frame;                                                           \
		enum color color;                                                                  \
		unsigned int number;                                                               \
		unsigned int i;                                                                    \
		unsigned int j;                                                                    \
		int result;                                                                        \
	};                                                                                         \
	async_fn(name)

FLOW(over_enum)
{
	async_begin;
	switch (my->color) {
	case RED:
		record('r');
		await(eddy_yield(self));
		record('R');
		break;
	case GREEN:
		record('g');
		await(eddy_yield(self));
		record('G');
		await(eddy_yield(self));
		__fallthrough;
	case BLUE:
		record('b');
		await(eddy_yield(self));
		record('B');
		break;
	}
	record('.');
	async_end;
}

/* Inside a switch over an enum, without a default, await goes on where it was. */
ZTEST(async_control_flow, test_await_in_a_switch_over_an_enum)
{
	(void)RUN(over_enum, .color = RED);
	(void)RUN(over_enum, .color = GREEN);
	(void)RUN(over_enum, .color = BLUE);
	zassert_str_equal(recorded(), "rR.gGbB.bB.");
}

FLOW(over_number)
{
	async_begin;
	switch (my->number) {
	case 0U:
		record('0');
		break;
	case 1U:
		for (my->i = 0U; my->i < 2U; my->i++) {
			switch (my->i) {
			case 0U:
				await(eddy_yield(self));
				record('a');
				continue;
			default:
				await(eddy_yield(self));
				record('b');
				break;
			}
			record('-');
		}
		break;
	default:
		await(eddy_yield(self));
		record('d');
	}
	record('.');
	async_end;
}

/* Switches may be nested, in loops, with break and continue meaning what they always do. */
ZTEST(async_control_flow, test_await_in_nested_switches)
{
	for (unsigned int number = 0U; number < 3U; number++) {
		(void)RUN(over_number, .number = number);
	}
	zassert_str_equal(recorded(), "0.ab-.d.");
}

enum tiny {
	TINY_NO,
	TINY_YES,
} __packed;

FLOW(small_switch)
{
	async_begin;
	switch ((uint8_t)my->number) {
	case 1:
		await(eddy_yield(self));
		record('1');
		break;
	default:
		break;
	}
	switch ((enum tiny)my->number) {
	case TINY_NO:
		break;
	case TINY_YES:
		await(eddy_yield(self));
		record('y');
		break;
	}
	async_end;
}

/* A switch over a type too small for what await adds to it compiles and works. */
ZTEST(async_control_flow, test_await_in_a_switch_over_a_small_type)
{
	(void)RUN(small_switch, .number = 1U);
	zassert_str_equal(recorded(), "1y");
}

FLOW(loops)
{
	async_begin;
	for (my->i = 0U; my->i < 2U; my->i++) {
		my->j = 0U;
		while (my->j < 2U) {
			await(eddy_yield(self));
			record((char)('a' + 2U * my->i + my->j));
			my->j++;
		}
	}
	do {
		await(eddy_yield(self));
		record('z');
	} while (--my->i > 0U);
	async_end;
}

/* Loops of all kinds, nested, go on with the round that they were in. */
ZTEST(async_control_flow, test_await_in_loops)
{
	(void)RUN(loops);
	zassert_str_equal(recorded(), "abcdzz");
}

FLOW(conditions)
{
	async_begin;
	if (my->number == 0U) {
		await(eddy_yield(self));
		record('0');
	} else if (my->number == 1U) {
		await(eddy_yield(self));
		record('1');
	} else {
		record('-');
	}
	if (my->number == 0U)
		await(eddy_yield(self));
	else
		await_into(my->result, eddy_yield(self));
	record('.');
	async_end;
}

/* An await is one statement: it stands in an if without braces. */
ZTEST(async_control_flow, test_await_in_conditions)
{
	(void)RUN(conditions, .number = 0U);
	(void)RUN(conditions, .number = 1U);
	(void)RUN(conditions, .number = 2U);
	zassert_str_equal(recorded(), "0.1.-.");
}

FLOW(one_line)
{
	async_begin;
	/* clang-format off */
	await(eddy_yield(self)); record('a'); await(eddy_yield(self)); record('b');
	/* clang-format on */
	async_end;
}

/* Several awaits may stand on one line. */
ZTEST(async_control_flow, test_two_awaits_on_one_line)
{
	(void)RUN(one_line);
	zassert_str_equal(recorded(), "ab");
}

FLOW(early)
{
	async_begin;
	for (;;) {
		switch (my->i++) {
		case 2U:
			async_return(-7);
		default:
			await(eddy_yield(self));
			break;
		}
	}
	async_end;
}

/* async_return leaves from inside loops and switches. */
ZTEST(async_control_flow, test_async_return_early)
{
	zassert_equal(RUN(early), -7);
	zassert_equal(RUN(early, .i = 2U), -7);
}

FLOW(falls_off)
{
	async_begin;
	await(eddy_yield(self));
	my->result = 5;
	async_end;
}

/* A function that reaches its end has the result 0. */
ZTEST(async_control_flow, test_the_end_returns_zero)
{
	zassert_equal(RUN(falls_off), 0);
}

FLOW(empty)
{
	async_begin;
	async_end;
}

/* A function may do without any await. */
ZTEST(async_control_flow, test_no_await_at_all)
{
	zassert_equal(RUN(empty), 0);
}

FLOW(into_local)
{
	int result;

	async_begin;
	await_into(result, immediately(3));
	my->result += result;
	await_into(result, eddy_yield(self));
	my->result += result + 10;
	await_into(result, immediately(-1));
	my->result += result;
	async_return(my->result);
	async_end;
}

/* await_into() sets an ordinary local, waiting or not, and evaluates the operation once. */
ZTEST(async_control_flow, test_await_into_a_local)
{
	evaluations = 0;
	zassert_equal(RUN(into_local), 3 + 10 - 1);
	zassert_equal(evaluations, 2);
}

FLOW(locals)
{
	async_begin;
	{
		int before = 4;

		my->result += before;
	}
	await(eddy_yield(self));
	{
		int after = my->result * 10;

		my->result += after;
	}
	for (my->i = 0U; my->i < 2U; my->i++) {
		await(eddy_yield(self));
		{
			unsigned int square = my->i * my->i;

			my->result += (int)square;
		}
	}
	async_return(my->result);
	async_end;
}

/* Locals that live between two awaits may be initialized. */
ZTEST(async_control_flow, test_locals_between_awaits)
{
	zassert_equal(RUN(locals), 45);
}
