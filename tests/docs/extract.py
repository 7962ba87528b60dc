#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0

"""Turn the C code of a guide into programs, which are then built and run.

usage: extract.py GUIDE DIRECTORY

In the guide, comments that nobody sees when it is rendered say what each code block is part of:

    <!-- program: NAME -->      the blocks that follow make up a program
    <!-- part: NAME -->         or a part, which programs use
    <!-- use: NAME... -->       parts that the program consists of, in this order
    <!-- option: CONFIG_X=y --> an option of its configuration
    <!-- hidden: TEXT -->       lines of code that the guide does not show
    <!-- main -->               the next block stands in main(), or this comment's text does:
    <!-- main: TEXT -->
    <!-- expect: PATTERN -->    a line that it has to print

Every block marked as C has to be in a program. Writes DIRECTORY/NAME/ for each and prints one
CMake call per program.
"""

import pathlib
import re
import sys

TOKEN = re.compile(r"<!-- (\w+)(?::\s(.*?))?\s*-->|^```c\n(.*?)^```", re.DOTALL | re.MULTILINE)

HEADER = """/* From {guide}. */

#include <eddy/eddy.h>
#include <zephyr/board.h>
"""

CMAKE = """cmake_minimum_required(VERSION 3.20)
find_package(Zephyr REQUIRED HINTS $ENV{{ZEPHYR_BASE}})
project(guide_{name})
target_sources(app PRIVATE src/main.c)
"""


class Program:
    def __init__(self, name):
        self.name = name
        self.used = False  # of a part
        self.options = ["CONFIG_EDDY=y", "CONFIG_ASSERT=y"]
        self.body = []
        self.main = []
        self.expect = []


def used_parts(parts, names, place):
    for name in names.split():
        if name not in parts:
            sys.exit(f"{place}: there is no part '{name}'")
        parts[name].used = True
        yield from parts[name].body


def parse(text, guide):
    programs = []
    parts = {}
    current = None
    in_main = False
    for match in TOKEN.finditer(text):
        key, value, code = match.groups()
        line = text.count("\n", 0, match.start()) + 1
        if key == "program":
            current = Program(value)
            programs.append(current)
        elif key == "part":
            current = parts[value] = Program(value)
        elif current is None and (code is not None or key is not None):
            sys.exit(f"{guide}:{line}: is part of no program")
        elif key == "use":
            current.body += used_parts(parts, value, f"{guide}:{line}")
        elif key == "option":
            current.options.append(value)
        elif key == "hidden":
            current.body.append(value)
        elif key == "expect":
            current.expect.append(value)
        elif key == "main" and value is None:
            in_main = True
        elif key == "main":
            current.main.append(value)
        elif key is not None:
            sys.exit(f"{guide}:{line}: unknown comment '{key}'")
        else:
            place = current.main if in_main else current.body
            place.append(f'#line {line + 1} "{guide}"\n{code}')
            in_main = False
    for name, part in parts.items():
        if not part.used:
            sys.exit(f"{guide}: no program uses the part '{name}'")
    return programs


def write(program, directory, guide):
    folder = directory / program.name
    (folder / "src").mkdir(parents=True, exist_ok=True)
    code = [HEADER.format(guide=guide.name), *program.body]
    if program.main:
        code += ["int main(void)\n{", *program.main, "\tboard_exit(0);\n\treturn 0;\n}"]
    files = {
        "src/main.c": "\n".join(code) + "\n",
        "prj.conf": "\n".join(program.options) + "\n",
        "CMakeLists.txt": CMAKE.format(name=program.name),
    }
    for name, content in files.items():
        path = folder / name
        if not path.exists() or path.read_text() != content:
            path.write_text(content)
    return folder


def main():
    guide, directory = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    for program in parse(guide.read_text(), guide):
        folder = write(program, directory, guide)
        patterns = " ".join(f'"{pattern}"' for pattern in program.expect)
        print(f'add_guide_program({program.name} "{folder}" {patterns})')


if __name__ == "__main__":
    main()
