/* SPDX-License-Identifier: Apache-2.0 */

/**
 * @file
 * The tests that threads and tasks perform alike.
 *
 * Six workers, a "low" one that is less urgent than they are, and a "high" one that is more urgent.
 * A command tells all eight what to do, how many times; each answers when it is done.
 */

#ifndef SEED_H_
#define SEED_H_

#define SEED_WORKERS 6U

/** One operation is what each worker repeats. */
enum seed_test {
	SEED_EMPTY,             /**< Nothing: what commands and answers cost. */
	SEED_SIMPLE_SEM,        /**< Give and take a semaphore of one's own. */
	SEED_SIMPLE_SEM_YIELD,  /**< The same, then let the others run. */
	SEED_SEM_WAIT,          /**< Take what "low" gives: has to wait each time. */
	SEED_SEM_WAIT_SAME,     /**< The same, with "low" as urgent as the workers. */
	SEED_SEM_HIGH,          /**< Take what "high" has given before: never waits. */
	SEED_SEM_PING_PONG,     /**< "low" gives to each worker in turn and waits for its answer. */
	SEED_SEM_ONE_PING_PONG, /**< The same, all through one pair of semaphores. */
	SEED_TESTS,
};

#endif /* SEED_H_ */
