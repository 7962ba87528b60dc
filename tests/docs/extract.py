#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0

"""Turn the C code of a guide into programs, which are then built and run.

usage: extract.py GUIDE DIRECTORY

In the guide, comments that nobody sees when it is rendered say what each code block is part of:

    <!-- program: NAME -->      the blocks that follow make up a program
    <!-- option: CONFIG_X=y --> an option of its configuration
    <!-- hidden: TEXT -->       lines of code that the guide does not show
    <!-- main -->               the next block stands in main(), or this comment's text does:
    <!-- main: TEXT -->
    <!-- expect: PATTERN -->    a line that it has to print

Every block marked as C has to be part of a program. Writes DIRECTORY/NAME/ for each and prints one
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
        self.options = ["CONFIG_EDDY=y", "CONFIG_ASSERT=y"]
        self.body = []
        self.main = []
        self.expect = []


def parse(text, guide):
    programs = []
    in_main = False
    for match in TOKEN.finditer(text):
        key, value, code = match.groups()
        line = text.count("\n", 0, match.start()) + 1
        if key == "program":
            programs.append(Program(value))
        elif not programs and (code is not None or key in ("main", "hidden", "expect", "option")):
            sys.exit(f"{guide}:{line}: is part of no program")
        elif key == "option":
            programs[-1].options.append(value)
        elif key == "hidden":
            programs[-1].body.append(value)
        elif key == "expect":
            programs[-1].expect.append(value)
        elif key == "main" and value is None:
            in_main = True
        elif key == "main":
            programs[-1].main.append(value)
        elif key is not None:
            sys.exit(f"{guide}:{line}: unknown comment '{key}'")
        else:
            place = programs[-1].main if in_main else programs[-1].body
            place.append(f'#line {line + 1} "{guide}"\n{code}')
            in_main = False
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
