#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0

"""A person at a terminal, played by a pseudo-terminal."""

import os
import pty
import re
import select
import signal
import time
import unittest

from session import BOARD, IMAGE, PROMPT, ROOT

RUN = str(ROOT / "scripts" / "run")

LIMIT_S = 20


class Terminal(unittest.TestCase):
    def setUp(self):
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            try:
                os.execv(RUN, [RUN, BOARD, IMAGE])
            finally:
                os._exit(127)  # not started: this process is not the test
        self.expect(PROMPT)

        self.left = False

    def tearDown(self):
        if not self.left:  # the test has failed: the program was not told to end
            os.kill(self.pid, signal.SIGKILL)
        self.drain()
        status = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
        os.close(self.fd)
        if self.left:
            self.assertEqual(status, 0)

    def drain(self):
        try:
            while os.read(self.fd, 4096):
                pass
        except OSError:
            pass  # the other end is closed: the program has ended

    def type(self, text):
        os.write(self.fd, text.encode())

    def read(self, until):
        """What is printed up to and with a text."""
        seen = ""
        limit = time.monotonic() + LIMIT_S
        while until not in seen:
            left = limit - time.monotonic()
            self.assertTrue(left > 0 and select.select([self.fd], [], [], left)[0],
                            f"no \"{until}\" in \"{seen}\"")
            seen += os.read(self.fd, 4096).decode().replace("\r\n", "\n")
        return seen

    def expect(self, text):
        self.assertTrue(self.read(text).endswith(text))

    def leave(self):
        self.type("exit\r")
        self.read("exit")
        self.left = True

    def assert_slept(self, text, least_ms):
        """It says so; a busy host may make it longer."""
        slept = re.search(r"slept (\d+)", text)
        self.assertIsNotNone(slept, text)
        self.assertGreaterEqual(int(slept[1]), least_ms)

    def test_each_key_is_echoed_once(self):
        for key in "send hi":
            self.type(key)
            self.expect(key)
        self.type("\r")
        self.assertEqual(self.read(PROMPT), "\nhi\n" + PROMPT)
        self.leave()

    def test_backspace_and_control_u(self):
        self.type("upx\x7fQ\b\x15send 1\r")
        self.assertIn("\n1\n", self.read(PROMPT))
        self.leave()

    def test_control_c_drops_the_line_only(self):
        self.type("fault\x03")
        self.assertEqual(self.read(PROMPT), "fault^C\n" + PROMPT)
        self.leave()

    def test_control_d_leaves(self):
        self.type("\x04")
        self.left = True

    def test_time_is_the_hosts(self):
        start = time.monotonic()
        self.type("sleep 500\r")
        self.assert_slept(self.read(PROMPT), 500)
        self.assertGreaterEqual(time.monotonic() - start, 0.5)
        self.leave()

    def test_typing_ahead(self):
        self.type("sleep 200\rsend 1\rsend 2\r")
        text = self.read("send 2\n2\n")
        self.assert_slept(text, 200)
        self.assertIn("send 1\n1\n", text)
        self.leave()


if __name__ == "__main__":
    unittest.main()
