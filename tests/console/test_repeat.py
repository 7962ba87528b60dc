#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0

"""The scripted run of the README: sensible answers, status 0, and under QEMU the same each time."""

import subprocess
import sys
import unittest

from session import BOARD, ConsoleTest, run

SCRIPT = "help\nspawn 500\ntop\nsend hello\nping 1000\nkill 500\nbogus\nexit\n"


class Script(ConsoleTest):
    def test_answers(self):
        result = run(SCRIPT)
        self.assertEqual(result.status, 0, result.errors)
        self.assertEqual([turn.split("\n")[0] for turn in result.turns], SCRIPT.split("\n")[:-1])
        self.assertIn("500 sleepers", result.turns[1])
        self.assertIn("sleeper x500", result.turns[2])
        self.assertEqual(result.answer(3), ["hello"])
        self.assertIn("500 killed", result.turns[5])
        self.assertIn("no such command", result.turns[6])

    @unittest.skipIf(BOARD == "linux", "ping shows the host's time there")
    def test_repeats(self):
        first = run(SCRIPT)
        for _ in range(2):
            self.assertEqual(run(SCRIPT).text, first.text)

    @unittest.skipIf(BOARD == "linux", "ping shows the host's time there")
    def test_repeats_on_a_busy_host(self):
        first = run(SCRIPT)
        burner = subprocess.Popen([sys.executable, "-c", "while True: pass"])
        try:
            self.assertEqual(run(SCRIPT).text, first.text)
        finally:
            burner.kill()
            burner.wait()

    def test_repeats_whatever_the_pace_of_input(self):
        """What top shows does not depend on when its turn comes."""
        script = "\nspawn 500\n" + "uptime\n" * 3 + "top\nexit\n"

        def top(environment):
            turns = run(script, environment=environment).turns
            return next(turn for turn in turns if turn.startswith("top\n"))

        shown = top({})
        self.assertIn("sleeper x500", shown)
        self.assertEqual(top({}), shown)
        self.assertEqual(top({"LOCKSTEP": "0"}), shown)


if __name__ == "__main__":
    unittest.main()
