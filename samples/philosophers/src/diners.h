/* SPDX-License-Identifier: Apache-2.0 */

/** @file Philosophers that are threads, one each. */

#ifndef DINERS_H_
#define DINERS_H_

/** Take a fork, or lay it down; to take it may block. Called in the philosopher's thread. */
typedef void (*diners_fork_t)(unsigned int who, unsigned int fork);

/** Have all dine with forks that work like this; returns when they have left. Thread. */
void diners_run(diners_fork_t take, diners_fork_t put);

#endif /* DINERS_H_ */
