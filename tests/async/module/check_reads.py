#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0

"""Fail if a build has read a file of this repository that is not part of the Zephyr module.

usage: check_reads.py BUILD_DIRECTORY MAKE_PROGRAM

What was read: by the compiler, from its dependency files or from ninja's log of them, and by CMake
and Kconfig, from the rule by which ninja runs CMake again.
"""

import os
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[3]
MODULE = ("async", "zephyr", "tests/async", "tests/common")
PROOF = "async/include/eddy/eddy.h"  # has certainly been read


def ninja(directory, program, *arguments):
    return subprocess.run([program, "-C", directory, *arguments], check=True, text=True,
                          stdout=subprocess.PIPE).stdout


def names(directory, program):
    """Every word that may be the name of a file which was read."""
    for path in directory.rglob("*.d"):
        yield from re.split(r"[\s\\]+", path.read_text(errors="replace"))
    if (directory / "build.ninja").exists():
        yield from ninja(directory, program, "-t", "deps").split()
        yield from ninja(directory, program, "-t", "query", "build.ninja").split()


def own_files(directory, words):
    """Those in this repository, outside of the build directory; relative to the repository."""
    for word in set(words):
        path = pathlib.Path(os.path.realpath(os.path.join(directory, word)))
        if path.is_file() and ROOT in path.parents and directory not in path.parents:
            yield str(path.relative_to(ROOT))


def is_of_module(path):
    return any(path.startswith(folder + "/") for folder in MODULE)


def main():
    directory = pathlib.Path(os.path.realpath(sys.argv[1]))
    read = sorted(own_files(directory, names(directory, sys.argv[2])))
    if PROOF not in read:
        sys.exit(f"{directory}: no trace of {PROOF}: what was read is not known")
    foreign = [path for path in read if not is_of_module(path)]
    for path in foreign:
        print(f"read, but not part of the module: {path}", file=sys.stderr)
    print(f"{len(read)} files of eddy were read, {len(foreign)} of them not the module's")
    sys.exit(1 if foreign else 0)


if __name__ == "__main__":
    main()
