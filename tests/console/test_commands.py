#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0

"""What each command of the console answers, to right and to wrong use."""

import re
import subprocess
import unittest

from session import BOARD, IMAGE, ROOT, ConsoleTest, run

# How many sleeping tasks the console promises on each board.
PROMISED = {"qemu_cortex_m3": 600, "mps2_an385": 10000, "linux": 100000}[BOARD]

ADDRESS = r"0x[0-9a-f]{8,16}"
SHARE = r" *(<?\d+\.\d)%"


class Help(ConsoleTest):
    def test_names_every_command(self):
        answer, = self.answers("help")
        names = [line.split()[0] for line in answer]
        self.assertEqual(names, ["help", "top", "spawn", "kill", "blink", "ping", "send", "sleep",
                                 "uptime", "fault", "exit"])

    def test_first_line_leads_there(self):
        result = self.run_lines()
        self.assertEqual(result.banner, f"eddy console on {BOARD}; help lists the commands\n")


class Line(ConsoleTest):
    def test_unknown_command(self):
        self.check("bogus", "bogus: no such command; help lists them",
                   "Help", "Help: no such command; help lists them",
                   "helpme 1", "helpme: no such command; help lists them")

    def test_spaces_do_not_matter(self):
        self.check("", "", "    ", "", "  kill   1  ", "kill: there are only 0, none killed")

    def test_missing_operand(self):
        self.check("spawn", "spawn: N is missing", "kill", "kill: N is missing",
                   "ping", "ping: N is missing", "sleep", "sleep: MS is missing",
                   "blink", "blink: MS is missing", "send", "send: TEXT is missing",
                   "send    ", "send: TEXT is missing")

    def test_unwanted_operand(self):
        for name in ("help", "uptime", "fault", "exit"):
            self.check(f"{name} now", f"{name}: takes nothing, not \"now\"")
        self.check("top now", "top: all or nothing, not \"now\"")

    def test_not_a_number(self):
        for text in ("x", "-1", "+1", "1x", "0x10", "1.5", "1 2", "1e3"):
            self.check(f"spawn {text}", f"spawn: \"{text}\" is not a whole number")
        self.check("blink on", "blink: \"on\" is neither a whole number nor off")

    def test_out_of_range(self):
        huge = "99999999999999999999999"
        self.check("spawn 0", "spawn: at least 1",
                   "kill 0", "kill: at least 1",
                   "kill " + huge, "kill: there are only 0, none killed",
                   "ping 0", "ping: out of range, 1 to 100000",
                   "ping 100001", "ping: out of range, 1 to 100000",
                   "ping " + huge, "ping: out of range, 1 to 100000",
                   "sleep 3600001", "sleep: out of range, 0 to 3600000",
                   "blink 60001", "blink: out of range, 1 to 60000")


class Sleepers(ConsoleTest):
    def room(self):
        answer, = self.answers("spawn 1")
        return 1 + int(re.fullmatch(r"1 sleeper, room for (\d+) more", answer[0])[1])

    def test_spawn_and_kill(self):
        room = self.room()
        self.check("spawn 3", f"3 sleepers, room for {room - 3} more",
                   "spawn 2", f"5 sleepers, room for {room - 5} more",
                   "kill 6", "kill: there are only 5, none killed",
                   "kill 4", f"4 killed, 1 sleeper, room for {room - 1} more",
                   "kill 2", "kill: there is only 1, none killed",
                   "kill 1", f"1 killed, 0 sleepers, room for {room} more")

    def test_as_many_as_promised(self):
        self.assertGreaterEqual(self.room(), PROMISED)

    def test_all_of_them_then_none(self):
        room = self.room()
        answers = self.answers(f"spawn {room + 1}", f"spawn {room}", "spawn 1", "top",
                               f"kill {room}", "spawn 1")
        refusal = r"spawn: only {} more fit \(\d+ bytes each\), none started"
        self.assert_matches(answers[0], refusal.format(room))
        self.assertEqual(answers[1], [f"{room} sleepers, room for 0 more"])
        self.assert_matches(answers[2], refusal.format(0))
        self.assertIn(f"sleeper x{room} ", "\n".join(answers[3]))
        self.assertEqual(answers[4], [f"{room} killed, 0 sleepers, room for {room} more"])
        self.assertEqual(answers[5], [f"1 sleeper, room for {room - 1} more"])


class Top(ConsoleTest):
    def rows(self, lines):
        """The rows for threads and for tasks, by name; and the summary."""
        second = next(i for i, line in enumerate(lines) if line.startswith("task "))
        row = re.compile(fr"(\S+(?: x\d+)?) +(\d+)  (\S+) +(\S+){SHARE}  (-|{ADDRESS})")
        threads = [row.fullmatch(line) for line in lines[1:second]]
        tasks = [row.fullmatch(line) for line in lines[second + 1:-1]]
        self.assertNotIn(None, threads + tasks, lines)
        return threads, tasks, lines[-1]

    def test_shows_threads(self):
        lines, = self.answers("top")
        threads, _, summary = self.rows(lines)
        found = {row[1]: row for row in threads}
        self.assertEqual({name: int(row[2]) for name, row in found.items()},
                         {"idle": 15, "main": 6, "worker": 5, "pulse": 2, "scrub": 10})
        self.assertEqual({name: row[3] for name, row in found.items()},
                         {"idle": "queued", "main": "running", "worker": "pending",
                          "pulse": "sleeping", "scrub": "sleeping"})
        self.assertEqual(summary, "5 threads, 3 tasks; CPU shares of one second")

    def test_stacks_have_a_margin(self):
        """After everything that takes stack: an eighth of each is still free."""
        lines = self.answers("help", "spawn 500", "ping 100", "send hello", "blink 7", "fault",
                             "sleep 2000", "kill 499", "top")[-1]
        for row in self.rows(lines)[0]:
            used, size = map(int, row[4].split("/"))
            self.assertGreater(used, 0, row[0])
            self.assertLess(used, size - size // 8, row[0])

    def test_shares_add_up(self):
        lines = self.answers("spawn 500", "top")[-1]
        threads, tasks, _ = self.rows(lines)

        def tenths(row):
            return 0 if row[5].startswith("<") else int(row[5].replace(".", ""))

        total = sum(tenths(row) for row in threads)
        self.assertTrue(995 <= total <= 1005, lines)
        main = next(row for row in threads if row[1] == "main")
        self.assertLessEqual(sum(tenths(row) for row in tasks), tenths(main) + len(tasks))

    def test_folds_equal_tasks(self):
        folded, each = self.answers("spawn 20", "top", "top all")[1:]
        names = [row[1] for row in self.rows(folded)[1]]
        self.assertEqual(names, ["echo", "printer", "console", "sleeper x20"])
        names = [row[1] for row in self.rows(each)[1]]
        self.assertEqual(names, ["echo", "printer", "console"] + ["sleeper"] * 20)

    def test_places_resolve_to_the_waiting_line(self):
        result = self.run_lines("spawn 2", "blink 500", "top")
        resolved = subprocess.run([ROOT / "samples" / "console" / "resolve", IMAGE], check=True,
                                  input=result.text.encode(), stdout=subprocess.PIPE).stdout
        places = re.findall(r"^(\S+).*?(\w+\.c):(\d+) \((\w+)\)$", resolved.decode(), re.M)
        source = ROOT / "samples" / "console" / "src"
        waits = {name: (source / file).read_text().split("\n")[int(line) - 1].strip()
                 for name, file, line, _ in places}
        for name, call in {"main": "eddy_executor_run", "worker": "eddy_chan_recv_blocking",
                           "pulse": "k_sleep", "scrub": "k_sleep", "echo": "eddy_chan_recv",
                           "printer": "eddy_chan_recv", "console": "eddy_sleep_until",
                           "sleeper": "eddy_sleep_until", "blink": "eddy_sleep_until"}.items():
            self.assertIn(call, waits.get(name, f"{name} is missing"), resolved.decode())


class Others(ConsoleTest):
    def test_send(self):
        self.check("send hello", "hello", "send  two  words ", "two  words",
                   "send " + "x" * 75, "x" * 75)

    def test_ping(self):
        us = r"\d+\.\d\d us"
        for trips, said in ((1, "1 round trip"), (1000, "1000 round trips")):
            answer, = self.answers(f"ping {trips}")
            self.assert_matches(answer, said + ", the fastest:", f"  thread to task +{us}",
                                f"  task to task +{us}")

    def test_sleep(self):
        self.check("sleep 0", "slept 0 ms", "sleep 1", "slept 1 ms", "sleep 2500", "slept 2500 ms",
                   "sleep 3600000", "slept 3600000 ms")

    def test_uptime_advances_with_sleep(self):
        answers = self.answers("uptime", "sleep 10000", "uptime")
        for answer in answers[::2]:
            self.assert_matches(answer, r"up \d+\.\d{3} s; led off",
                                r"pulse: \d+ beats, at most \d+ us late",
                                r"scrub: \d+ rounds, 0 found damage")
        before, after = (float(answer[0].split()[1]) for answer in answers[::2])
        self.assertGreaterEqual(after - before, 10)

    def test_other_threads_run_meanwhile(self):
        """The one above the tasks and the one below; four times a second, none left out."""
        answer = self.answers("sleep 10000", "uptime")[-1]
        seconds = float(answer[0].split()[1])
        for line in answer[1:]:
            self.assertEqual(int(line.split()[1]), int(seconds * 4))

    def test_blink(self):
        answers = self.answers("blink 100", "sleep 1000", "blink 300", "sleep 1000", "blink off",
                               "sleep 1000", "blink 100", "blink 0", "sleep 1000")
        self.assertEqual(answers[0], ["led toggles every 100 ms; watch it with: sleep 400"])
        led = [line for line in answers[1] if line.startswith("led")]
        self.assertIn(len(led), (9, 10, 11))
        self.assertTrue(all(a != b for a, b in zip(led, led[1:])), led)
        self.assertIn(sum(line.startswith("led") for line in answers[3]), (3, 4))
        self.assertEqual(answers[4], ["led stays off"])
        self.assertEqual(answers[5], ["slept 1000 ms"])
        self.assertEqual(answers[7], ["led stays off"])
        self.assertEqual(answers[8], ["slept 1000 ms"])

    def test_fault_ends_one_thread_only(self):
        for answer in self.answers("fault", "fault", "top", "send still here")[:2]:
            report = "\n".join(answer)
            self.assertRegex(report, r"FATAL: error 0: CPU exception")
            self.assertRegex(report, r"\(faulty\)")
            self.assertRegex(report, r"\bpc +[0-9a-f]{8,16}\b")
            self.assertEqual(answer[-1], "the thread is gone, the console goes on")

    def test_exit(self):
        result = run("exit\nuptime\n")
        self.assertEqual(result.status, 0)
        self.assertEqual(result.turns, ["exit\n"])


if __name__ == "__main__":
    unittest.main()
