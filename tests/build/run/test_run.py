#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0

"""What scripts/run promises, tried with the shell as the program."""

import pathlib
import subprocess
import time
import unittest

RUN = pathlib.Path(__file__).parents[3] / "scripts" / "run"


def run(script, *options, given=b""):
    return subprocess.run([RUN, *options, "linux", "/bin/sh", "--", "-c", script], input=given,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False, timeout=30)


class RunTest(unittest.TestCase):
    def test_status_is_the_programs(self):
        self.assertEqual(run("exit 0").returncode, 0)
        self.assertEqual(run("exit 7").returncode, 7)

    def test_signal_is_a_failure_and_named(self):
        result = run("kill -SEGV $$")
        self.assertEqual(result.returncode, 128 + 11)
        self.assertIn(b"SIGSEGV", result.stderr)

    def test_end_of_input_is_a_byte(self):
        self.assertEqual(run("cat", given=b"ab\n").stdout, b"ab\n\x04")

    def test_hang_is_killed(self):
        start = time.monotonic()
        result = run("echo before; exec sleep 20", "--timeout", "0.5")
        self.assertEqual(result.returncode, 124)
        self.assertEqual(result.stdout, b"before\n")
        self.assertLess(time.monotonic() - start, 10)

    def test_expected_output_ends_the_run(self):
        start = time.monotonic()
        result = run("echo one; echo two; exec sleep 20", "--until", "on.", "--until", "tw")
        self.assertEqual(result.returncode, 0)
        self.assertLess(time.monotonic() - start, 10)

    def test_expected_output_comes_in_order(self):
        result = run("echo two; echo one", "--until", "one", "--until", "two")
        self.assertEqual(result.returncode, 1)
        self.assertIn(b'"two" was not printed', result.stderr)

    def test_program_that_ends_before_its_input(self):
        self.assertEqual(run("exit 3", given=b"x" * 1000000).returncode, 3)

    def test_unknown_board_is_answered_with_the_known(self):
        result = subprocess.run([RUN, "lnux", "/bin/true"], stderr=subprocess.PIPE, check=False)
        self.assertEqual(result.returncode, 125)
        self.assertIn(b"qemu_cortex_m3", result.stderr)


if __name__ == "__main__":
    unittest.main()
