/* SPDX-License-Identifier: Apache-2.0 */

/*
 * The process's entry: reads the options, then boots the kernel.
 *
 * There are two main(): this one, which the C library calls, and the application's, which the
 * kernel calls in its main thread. The linker option --wrap=main sends both calls to
 * __wrap_main(), and knows the application's as __real_main(). So the first call boots, and the
 * second runs the application, which is compiled as it stands.
 */

#include <arch/linux_host.h>
#include <arch/linux_test.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zephyr/sys/util.h>

#define STATUS_USAGE 64 /* as sysexits.h has it */

struct options {
	bool real_time;
	uint32_t seed;
};

int __wrap_main(int argc, char **argv);
int __real_main(void);

static struct options options = {.seed = 1U};

uint32_t linux_seed(void)
{
	return options.seed;
}

static FUNC_NORETURN void print_usage(FILE *where, const char *program, int status)
{
	fprintf(where,
		"usage: %s [--real-time | --virtual-time] [--seed N]\n"
		"  --virtual-time  Time passes as the program runs, and at once when all\n"
		"                  threads wait. Runs repeat. The default unless standard\n"
		"                  input is a terminal.\n"
		"  --real-time     Time is the host's.\n"
		"  --seed N        What randomized tests start from, a 32-bit number.\n"
		"                  Default: 1.\n",
		program);
	exit(status);
}

static uint32_t parse_seed(const char *program, const char *text)
{
	unsigned long seed;
	char *end;

	errno = 0;
	seed = text == NULL ? 0U : strtoul(text, &end, 0);
	if (text == NULL || end == text || *end != '\0' || errno != 0 || seed > UINT32_MAX) {
		fprintf(stderr, "%s: --seed wants a number up to 4294967295\n", program);
		print_usage(stderr, program, STATUS_USAGE);
	}
	return (uint32_t)seed;
}

static void parse_options(char **argv)
{
	const char *program = argv[0];

	options.real_time = isatty(STDIN_FILENO) != 0;
	for (char **arg = &argv[1]; *arg != NULL; arg++) {
		if (strcmp(*arg, "--real-time") == 0) {
			options.real_time = true;
		} else if (strcmp(*arg, "--virtual-time") == 0) {
			options.real_time = false;
		} else if (strcmp(*arg, "--seed") == 0) {
			options.seed = parse_seed(program, *++arg);
		} else if (strcmp(*arg, "--help") == 0) {
			print_usage(stdout, program, EXIT_SUCCESS);
		} else {
			fprintf(stderr, "%s: unknown option %s\n", program, *arg);
			print_usage(stderr, program, STATUS_USAGE);
		}
	}
}

int __wrap_main(int argc, char **argv)
{
	static bool booted;

	if (booted) {
		int status = __real_main();

		linux_main_returned();
		return status;
	}
	booted = true;
	ARG_UNUSED(argc);
	parse_options(argv);
	/* By the line: what was printed last matters most when things go wrong. */
	(void)setvbuf(stdout, NULL, _IOLBF, BUFSIZ);
	linux_boot(options.real_time);
}
