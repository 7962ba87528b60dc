# SPDX-License-Identifier: Apache-2.0

"""Drive the built console through scripts/run, as a script on a pipe does.

The tests get what to run from the environment: CONSOLE_BOARD and CONSOLE_IMAGE.
"""

import os
import pathlib
import re
import subprocess
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
BOARD = os.environ.get("CONSOLE_BOARD", "linux")
IMAGE = os.environ.get("CONSOLE_IMAGE",
                       f"{ROOT}/build/run/{BOARD}/samples/console/zephyr/zephyr.elf")

PROMPT = "eddy> "
TIMEOUT_S = 100


class Result:
    """What a run printed, cut at the prompts."""

    def __init__(self, completed):
        self.status = completed.returncode
        self.errors = completed.stderr.decode(errors="replace")
        self.text = completed.stdout.decode(errors="replace").replace("\r\n", "\n")
        self.banner, *self.turns = self.text.split(PROMPT)

    def lines(self, turn):
        """The lines of a turn: the echo of what was typed, then the answer."""
        return self.turns[turn].rstrip("\n").split("\n")

    def answer(self, turn):
        return self.lines(turn)[1:]


def run(given, timeout=TIMEOUT_S, environment=None):
    if isinstance(given, str):
        given = given.encode()
    completed = subprocess.run(
        [ROOT / "scripts" / "run", "--timeout", str(timeout), BOARD, IMAGE], input=given,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False, timeout=timeout + 10,
        env={**os.environ, **(environment or {})})
    return Result(completed)


class ConsoleTest(unittest.TestCase):
    """Runs lines, one per turn, and compares the answers."""

    def run_lines(self, *lines, **options):
        result = run("".join(line + "\n" for line in lines) + "exit\n", **options)
        self.assertEqual(result.status, 0, result.text + result.errors)
        self.assertEqual(len(result.turns), len(lines) + 1, result.text)
        for turn, line in enumerate(lines):
            self.assertEqual(result.lines(turn)[0], line)
        return result

    def answers(self, *lines, **options):
        result = self.run_lines(*lines, **options)
        return [result.answer(turn) for turn in range(len(lines))]

    def check(self, *lines_and_answers):
        """Pairs of a line and its answer: a text, or None for no matter which."""
        lines = lines_and_answers[::2]
        for line, expected, answer in zip(lines, lines_and_answers[1::2], self.answers(*lines)):
            if expected is not None:
                self.assertEqual("\n".join(answer), expected, f"answer to \"{line}\"")

    def assert_matches(self, answer, *patterns):
        """Each line of an answer matches its pattern as a whole."""
        self.assertEqual(len(answer), len(patterns), answer)
        for line, pattern in zip(answer, patterns):
            self.assertTrue(re.fullmatch(pattern, line), f"\"{line}\" is not like \"{pattern}\"")
