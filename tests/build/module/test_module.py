#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0

"""The Zephyr module as far as it goes without Zephyr: module.yml, CMakeLists.txt, Kconfig."""

import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

try:
    import kconfiglib
    import yaml
except ImportError:
    # Debian installs them for the system's own Python.
    if sys.executable == "/usr/bin/python3":
        raise
    os.execv("/usr/bin/python3", ["/usr/bin/python3", *sys.argv])

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[2]

# Configurations that together have every source file in them.
THREADS = {"EDDY": "y", "MULTITHREADING": "y", "EDDY_WORK_EXECUTOR": "y"}
EVERYTHING = {**THREADS, "EDDY_IRQ_EXECUTOR": "y", "EDDY_KERNEL_AWAITS": "y", "POLL": "y",
              "EDDY_KERNEL_HELPERS": "1", "EDDY_DETECT": "y", "EDDY_TASK_RANK": "y",
              "EDDY_TASK_MONITOR": "y", "EDDY_TRACING": "y", "EDDY_SHELL": "y", "LOG": "y"}
CONFIGURATIONS = {
    "nothing": {},
    "without threads": {"EDDY": "y"},
    "threads": THREADS,
    "Cortex-M3": {**EVERYTHING, "CPU_CORTEX_M": "y"},
    "Cortex-M0": {**EVERYTHING, "CPU_CORTEX_M": "y", "ARMV6_M_ARMV8_M_BASELINE": "y"},
    "RISC-V": {**EVERYTHING, "RISCV": "y", "TRACING_CTF": "y"},
    "Linux": {**EVERYTHING, "ARCH_POSIX": "y", "TRACING_TEST": "y", "SYMTAB": "y"},
    "pocket kernel on Linux": {**EVERYTHING, "ARCH_LINUX": "y"},
    "Zephyr 4": {**EVERYTHING, "KERNEL_VERSION_MAJOR": "4"},
}

# What Zephyr's own Kconfig has of what the module's asks for.
ZEPHYR_KCONFIG = """
mainmenu "Stand-in for Zephyr"
config MULTITHREADING
	def_bool y
config ASSERT
	bool "Assertions"
config POLL
	bool "Poll"
config SHELL
	bool "Shell"
config TRACING
	bool "Tracing"
config CPU_CORTEX_M
	bool "Cortex-M"
config ZTEST
	bool "ztest"
source "{module}"
"""


def prefixed(name):
    return name if name.startswith("KERNEL_VERSION") else "CONFIG_" + name


def sources(options):
    """What CMake adds for a configuration, relative to the repository."""
    with tempfile.TemporaryDirectory() as build:
        arguments = [f"-D{prefixed(name)}={value}" for name, value in options.items()]
        completed = subprocess.run(["cmake", "-S", HERE, "-B", build, *arguments], text=True,
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
    if completed.returncode != 0:
        raise AssertionError(completed.stderr)
    found = re.findall(r"^-- source: (.*)$", completed.stdout, re.MULTILINE)
    return [os.path.relpath(path, ROOT) for path in found]


class CMakeTest(unittest.TestCase):
    def test_every_source_is_in_some_configuration(self):
        added = set()
        for name, options in CONFIGURATIONS.items():
            with self.subTest(name):
                listed = sources(options)
                self.assertEqual(len(listed), len(set(listed)), "listed twice")
                self.assertEqual(bool(listed), "EDDY" in options)
                for path in listed:
                    self.assertTrue((ROOT / path).is_file(), path)
                added.update(listed)
        there = {str(path.relative_to(ROOT)) for folder in ("async", "zephyr")
                 for path in (ROOT / folder).rglob("*.c")}
        self.assertEqual(added, there)


class KconfigTest(unittest.TestCase):
    def load(self, *assignments):
        with tempfile.TemporaryDirectory() as tree:
            tree = pathlib.Path(tree)
            template = tree / "subsys/logging/Kconfig.template.log_config"
            template.parent.mkdir(parents=True)
            template.write_text("")
            (tree / "Kconfig").write_text(ZEPHYR_KCONFIG.format(module=ROOT / "zephyr/Kconfig"))
            os.environ["srctree"] = str(tree)
            kconfig = kconfiglib.Kconfig("Kconfig", warn_to_stderr=False)
        for name in assignments:
            self.assertTrue(kconfig.syms[name].set_value(2), name)
        # Zephyr has more than the stand-in: that a name is not defined is no mistake.
        self.assertEqual([text for text in kconfig.warnings if "undefined" not in text], [])
        return kconfig.syms

    def test_off_unless_asked_for(self):
        self.assertEqual(self.load()["EDDY"].str_value, "n")

    def test_threads_and_cpu_bring_their_executors(self):
        options = self.load("CPU_CORTEX_M", "EDDY")
        self.assertEqual(options["EDDY_WORK_EXECUTOR"].str_value, "y")
        self.assertEqual(options["EDDY_IRQ_EXECUTOR"].str_value, "y")
        self.assertEqual(options["EDDY_DETECT"].str_value, "n")

    def test_assertions_bring_detectors(self):
        self.assertEqual(self.load("ASSERT", "EDDY")["EDDY_DETECT"].str_value, "y")

    def test_shell_brings_commands(self):
        self.assertEqual(self.load("SHELL", "EDDY")["EDDY_TASK_MONITOR"].str_value, "y")


class ModuleTest(unittest.TestCase):
    def test_names_what_is_there(self):
        module = yaml.safe_load((ROOT / "zephyr/module.yml").read_text(encoding="utf-8"))
        self.assertEqual(module["name"], "eddy")
        self.assertTrue((ROOT / module["build"]["cmake"] / "CMakeLists.txt").is_file())
        self.assertTrue((ROOT / module["build"]["kconfig"]).is_file())


if __name__ == "__main__":
    unittest.main()
