/* SPDX-License-Identifier: Apache-2.0 */

/* The function whose variants are compiled. */

#ifndef TESTS_ASYNC_LOCALS_SAMPLE_H_
#define TESTS_ASYNC_LOCALS_SAMPLE_H_

#include <eddy/eddy.h>

struct sample {
	struct eddy_frame frame;
	int input;
	int kept;
};

async_decl(sample);

#endif /* TESTS_ASYNC_LOCALS_SAMPLE_H_ */
