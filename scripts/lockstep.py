# SPDX-License-Identifier: Apache-2.0

"""Give input to a program under QEMU at points of its own time, so that runs repeat exactly.

The program gets a byte each time that it is idle, or has been busy for some clock interrupts;
scripts/lockstep.c tells how. Input that comes late, as from a person or a program at the other end
of a pipe, is passed on when it comes: it cannot repeat exactly anyway. So is all input to a program
that neither becomes idle nor takes clock interrupts.
"""

import fcntl
import json
import os
import pathlib
import select
import socket
import struct
import subprocess
import tempfile
import termios
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
SOURCE = ROOT / "scripts" / "lockstep.c"
PLUGIN_HEADERS = ROOT / "bench" / "plugin"
PLUGIN = ROOT / "build" / "tools" / "lockstep.so"

IDLE_FUNCTION = "arch_cpu_idle"
CLOCK_FUNCTION = "sys_clock_announce"
GO = b"g"
DONE = b"d"

# Seconds of the host's time.
BUSY_LIMIT = 5.0  # for the program to ask while there is input for it
FIRST_WAIT = 0.02  # for a writer that starts together with us


# Rounds of QEMU's main loop: one sees that there is room, one reads the byte, one hands it over.
ROUNDS = 3


def uart_full(path):
    """(address, mask) of the register and the bits in it that tell that the UART has no room."""
    try:
        address, mask = path.read_text(encoding="utf-8").split()
    except OSError:
        return None
    return int(address, 0), int(mask, 0)


class Ended(Exception):
    """QEMU has gone, and the program with it."""


def plugin():
    """The built plugin, None if there is no compiler for it."""
    if not PLUGIN.exists() or PLUGIN.stat().st_mtime < SOURCE.stat().st_mtime:
        PLUGIN.parent.mkdir(parents=True, exist_ok=True)
        # Several runs may build it at once: each its own file, the last name wins.
        with tempfile.TemporaryDirectory(dir=PLUGIN.parent) as folder:
            built = pathlib.Path(folder) / PLUGIN.name
            try:
                subprocess.run(["gcc", "-shared", "-fPIC", "-O2", "-fvisibility=hidden",
                                "-I", PLUGIN_HEADERS, "-o", built, SOURCE], check=True)
            except (OSError, subprocess.CalledProcessError):
                return None
            built.rename(PLUGIN)
    return PLUGIN


def symbol_addresses(image, names):
    """Addresses of functions in a 32-bit ELF image, 0 for a name that it does not have."""
    elf = pathlib.Path(image).read_bytes()
    addresses = dict.fromkeys(names, 0)
    if elf[:5] != b"\x7fELF\x01":
        return addresses
    section_table, = struct.unpack_from("<I", elf, 32)
    entry_size, count = struct.unpack_from("<HH", elf, 46)
    sections = [struct.unpack_from("<10I", elf, section_table + index * entry_size)
                for index in range(count)]
    for _, kind, _, _, offset, size, link, *_ in sections:
        if kind != 2:  # SHT_SYMTAB
            continue
        for symbol in range(offset, offset + size, 16):
            name_offset, value = struct.unpack_from("<II", elf, symbol)
            start = sections[link][4] + name_offset
            name = elf[start:elf.index(b"\0", start)].decode()
            if name in addresses:
                addresses[name] = value & ~1  # without the Thumb bit
    return addresses


class Machine:
    """QEMU's end of things: the CPU that asks, and the main loop that feeds the UART."""

    def __init__(self, full=None):
        self.cpu, self.cpu_peer = socket.socketpair()
        self.monitor, self.monitor_peer = socket.socketpair()
        self.sink = None
        self.full = full

    def arguments(self, built_plugin, idle, clock):
        return ["-plugin",
                f"{built_plugin},idle={idle:#x},clock={clock:#x},fd={self.cpu_peer.fileno()}",
                "-chardev", f"socket,id=lockstep,fd={self.monitor_peer.fileno()}",
                "-mon", "chardev=lockstep,mode=control"]

    def peers(self):
        return [self.cpu_peer.fileno(), self.monitor_peer.fileno()]

    def started(self, sink):
        self.cpu_peer.close()
        self.monitor_peer.close()
        self.sink = sink
        self.monitor_lines = self.monitor.makefile("rb")
        self.answer()  # the greeting
        self.ask("qmp_capabilities")

    def answer(self):
        line = self.monitor_lines.readline()
        if not line:
            raise Ended
        return json.loads(line)

    def ask(self, command, **arguments):
        request = {"execute": command, "arguments": arguments}
        self.monitor.sendall(json.dumps(request).encode() + b"\n")
        while "return" not in (answer := self.answer()):
            pass  # an event
        return answer["return"]

    def asks(self, timeout):
        """Whether the CPU stands still and waits for our word."""
        if not select.select([self.cpu], [], [], timeout)[0]:
            return False
        if not self.cpu.recv(1):
            raise Ended
        return True

    def tell(self, word):
        self.cpu.sendall(word)

    def put(self, byte):
        """Pass on a byte. A UART that is off takes it later; see has_room()."""
        self.sink.write(byte)
        self.settle()

    def has_room(self):
        """Whether the UART has taken the last byte, and can take another.

        A byte that waits in the pipe would go in as soon as the program makes room, which the main
        loop sees at a point of the host's time. So none goes there while the UART is full.
        """
        if self.untaken() > 0:
            self.settle()
        return self.untaken() == 0 and not self.is_full()

    def is_full(self):
        if self.full is None:
            return False
        address, mask = self.full
        dump = self.ask("human-monitor-command", **{"command-line": f"xp /1xw {address:#x}"})
        return int(dump.split(":")[1], 16) & mask != 0

    def settle(self):
        """Let QEMU's main loop go round, so that a UART with room has the byte afterwards."""
        for _ in range(ROUNDS):
            self.ask("query-status")

    def untaken(self):
        return struct.unpack("i", fcntl.ioctl(self.sink, termios.FIONREAD, b"\0" * 4))[0]


class Input:
    """A file byte by byte, with a last byte of our own."""

    def __init__(self, source, last):
        self.source = source
        self.last = last
        self.pending = b""
        self.ended = False
        self.ready(FIRST_WAIT)

    def finished(self):
        return self.ended and not self.pending

    def ready(self, timeout):
        if not self.pending and not self.ended:
            if select.select([self.source], [], [], timeout)[0]:
                self.pending = os.read(self.source, 65536)
                self.ended = not self.pending
                if self.ended:
                    self.pending = self.last
        return bool(self.pending)

    def take(self):
        byte, self.pending = self.pending[:1], self.pending[1:]
        return byte


def wait(machine, source):
    """Wait until the CPU asks (True), or until input has to go in all the same (False)."""
    if source.finished():
        return machine.asks(None)
    if source.ready(0):
        return machine.asks(BUSY_LIMIT)
    ready = select.select([machine.cpu, source.source], [], [])[0]
    return machine.cpu in ready and machine.asks(0)


def give(machine, source):
    """Serve the program until its input is used up, and the UART has the last byte."""
    while not (source.finished() and machine.has_room()):
        asked = wait(machine, source)
        if machine.has_room() and source.ready(0):
            machine.put(source.take())
        if asked:
            machine.tell(GO)
    if machine.asks(None):
        machine.tell(DONE)
