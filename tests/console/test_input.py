#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0

"""Every kind of input gets an answer: line ends, keys, long lines, all bytes, floods."""

import random
import unittest

from session import BOARD, PROMPT, ConsoleTest, run

LINE_LENGTH = 80
ERASE = "\b \b"

# Bytes with a meaning of their own; 0x04 ends the program.
KEYS = {0x03, 0x04, 0x08, 0x09, 0x0A, 0x0D, 0x15, 0x1B, 0x7F}


class LineEnds(ConsoleTest):
    def turns(self, given):
        result = run(given)
        self.assertEqual(result.status, 0, result.errors)
        return result.turns

    def test_cr_lf_and_crlf_end_a_line_once(self):
        for end in ("\r", "\n", "\r\n"):
            turns = self.turns(f"send 1{end}send 2{end}{end}send 3{end}exit{end}")
            self.assertEqual(turns, ["send 1\n1\n", "send 2\n2\n", "\n", "send 3\n3\n", "exit\n"])

    def test_end_of_input_ends_the_program(self):
        self.assertEqual(self.turns("send 1\n"), ["send 1\n1\n", "\n"])
        self.assertEqual(self.turns(""), ["\n"])

    def test_last_line_needs_no_end(self):
        self.assertEqual(self.turns("send 1"), ["send 1\n1\n"])


class Keys(ConsoleTest):
    def turn(self, given):
        result = run(given + "\nexit\n")
        self.assertEqual(result.status, 0, result.errors)
        return result.turns[0]

    def test_backspace(self):
        self.assertEqual(self.turn("send 12\b3"), f"send 12{ERASE}3\n13\n")
        self.assertEqual(self.turn("send 12\x7f3"), f"send 12{ERASE}3\n13\n")

    def test_backspace_on_empty_line(self):
        self.assertEqual(self.turn("\b\x7fx\b\b\bsend 1"), f"x{ERASE}send 1\n1\n")

    def test_control_u_clears_the_line(self):
        self.assertEqual(self.turn("bogus\x15send 1"), f"bogus{ERASE * 5}send 1\n1\n")

    def test_control_c_drops_the_line(self):
        result = run("fault\x03send 1\nexit\n")
        self.assertEqual(result.turns, ["fault^C\n", "send 1\n1\n", "exit\n"])

    def test_tab_is_a_space(self):
        self.assertEqual(self.turn("send\t1"), "send 1\n1\n")

    def test_other_keys_ring_the_bell(self):
        for key in ("\x1b[A", "\x1b[3~", "\x1bOP", "\x1b[1;5C"):
            self.assertEqual(self.turn(f"send {key}1"), "send \a1\n1\n")


class LongLines(ConsoleTest):
    def test_longest(self):
        self.check("send " + "x" * (LINE_LENGTH - 5), "x" * (LINE_LENGTH - 5))

    def test_too_long(self):
        for length in (LINE_LENGTH + 1, LINE_LENGTH + 2, 300, 5000):
            result = run("x" * length + "\nexit\n")
            self.assertEqual(result.lines(0), [
                "x" * LINE_LENGTH + "\a",
                f"line of {length} characters ignored: the limit is {LINE_LENGTH}"])
            self.assertEqual(result.turns[1], "exit\n")

    def test_excess_can_be_taken_back(self):
        result = run("x" * LINE_LENGTH + "yy" + "\b\b" + "\b" * LINE_LENGTH + "send 1\nexit\n")
        self.assertEqual(result.answer(0), ["1"])

    def test_excess_can_be_cleared(self):
        self.assertEqual(run("x" * 200 + "\x15send 1\nexit\n").answer(0), ["1"])


class Bytes(ConsoleTest):
    def test_each_unprintable_byte_is_counted(self):
        bad = [byte for byte in range(256) if not 0x20 <= byte <= 0x7E and byte not in KEYS]
        given = b"".join(b"uptime" + bytes([byte]) + b"\n" for byte in bad)
        result = run(given + b"exit\n")
        self.assertEqual(result.status, 0)
        self.assertEqual(len(result.turns), len(bad) + 1)
        for turn in range(len(bad)):
            self.assertEqual(result.answer(turn), ["line ignored: 1 unprintable byte in it"],
                             hex(bad[turn]))

    def test_each_printable_byte_is_taken(self):
        text = "".join(map(chr, range(0x21, 0x7F)))
        for part in (text[:50], text[50:]):
            self.check("send " + part, part)

    def test_all_bytes_at_once(self):
        given = bytes(byte for byte in range(256) if byte != 0x04)
        result = run(given + b"\nuptime\nexit\n")
        self.assertEqual(result.status, 0, result.errors)
        self.assertIn("unprintable bytes in it", result.text)
        self.assertRegex(result.text, r"uptime\nup \d+")

    def test_escape_that_leads_nowhere(self):
        self.assertEqual(run(b"\x1b\nsend 1\nexit\n").answer(1), ["1"])
        self.assertEqual(run(b"\x1b[\x80\nsend 1\nexit\n").answer(0),
                         ["line ignored: 2 unprintable bytes in it"])


class Floods(ConsoleTest):
    """100 KB as fast as the port takes them.

    Each begins with an empty line: of what comes before the port is set up, a byte may be lost.
    """

    fast = {"environment": {"LOCKSTEP": "0"}}

    def test_one_line(self):
        result = run("\n" + "x" * 100000 + "\nsend alive\nexit\n", **self.fast)
        self.assertEqual(result.status, 0, result.errors)
        self.assertIn(f"line of 100000 characters ignored: the limit is {LINE_LENGTH}", result.text)
        self.assertIn("send alive\nalive\n", result.text)
        self.assertNotIn("lost", result.text)

    def test_many_lines(self):
        count = 6000
        given = "".join(f"send number {i}\n" for i in range(count))
        self.assertGreater(len(given), 100000)
        result = run("\n" + given + "exit\n", **self.fast)
        self.assertEqual(result.status, 0, result.errors)
        answers = [line for line in result.text.split("\n") if line.startswith("number ")]
        self.assertEqual(answers, [f"number {i}" for i in range(count)])

    def test_noise(self):
        seed = 1
        noise = random.Random(seed).randbytes(100000).replace(b"\x04", b"")
        result = run(b"\n" + noise + b"\x15\nsend alive\nexit\n", **self.fast)
        self.assertEqual(result.status, 0, f"{BOARD}, seed {seed}: {result.errors}")
        self.assertTrue(result.text.endswith(f"send alive\nalive\n{PROMPT}exit\n"),
                        result.text[-300:])


if __name__ == "__main__":
    unittest.main()
