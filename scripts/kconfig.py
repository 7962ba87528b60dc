#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0

"""Turn an application's .conf files into one configuration.

Kconfig would quietly drop an assignment to a symbol that does not exist or whose dependencies are
not met. The program would then run with another configuration than the one its author wrote down,
so here both are errors.

Writes .config, autoconf.h (for C), config.cmake (for CMake) and, in config.cmake, the list of files
that a new run depends on.
"""

import argparse
import os
import re
import sys

try:
    import kconfiglib
except ImportError:
    # The caller tries the next Python; see cmake/kconfig.cmake.
    sys.exit(77)

ASSIGNMENT = re.compile(r"CONFIG_(\w+)=(.*)|# CONFIG_(\w+) is not set")


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--root", required=True, help="topmost Kconfig file")
    parser.add_argument("--out", required=True, help="folder for what is generated")
    parser.add_argument("conf", nargs="+", help=".conf files; a later one overrules")
    return parser.parse_args()


def last_assignments(conf_files):
    """Which value each symbol was given last, and where: {name: (value, "file:line")}."""
    found = {}
    for path in conf_files:
        with open(path, encoding="utf-8") as conf:
            for number, line in enumerate(conf, 1):
                match = ASSIGNMENT.match(line.strip())
                if match is None:
                    continue
                name = match[1] or match[3]
                value = match[2].strip() if match[1] else "n"
                found[name] = (value, f"{path}:{number}")
    return found


def missing_dependencies(symbol):
    """The parts of a symbol's dependencies, and of its prompts' conditions, that are not met."""
    conditions = [symbol.direct_dep] + [node.prompt[1] for node in symbol.nodes if node.prompt]
    parts = [part for cond in conditions for part in kconfiglib.split_expr(cond, kconfiglib.AND)]
    unmet = [kconfiglib.expr_str(part) for part in parts if kconfiglib.expr_value(part) == 0]
    return list(dict.fromkeys(unmet))


def explain(symbol, wanted, where):
    """Why a symbol did not take the value it was given, in one line."""
    got = symbol.str_value
    text = f"{where}: CONFIG_{symbol.name}={wanted} has no effect, the value is {got or 'empty'}."
    missing = missing_dependencies(symbol)
    if missing:
        return text + f" It needs: {', '.join(missing)}."
    if not any(node.prompt for node in symbol.nodes):
        return text + " It cannot be set, other options decide it."
    selecting = [
        kconfiglib.expr_str(part)
        for part in kconfiglib.split_expr(symbol.rev_dep, kconfiglib.OR)
        if kconfiglib.expr_value(part) > 0
    ]
    if selecting:
        return text + f" It is selected by: {', '.join(selecting)}."
    if symbol.choice is not None:
        return text + f" The choice fell on {symbol.choice.selection.name}."
    ranges = [f"{low.str_value} to {high.str_value}" for low, high, _ in symbol.ranges]
    return text + (f" Its range is {' or '.join(ranges)}." if ranges else "")


def unsatisfied(kconf, conf_files):
    """One line for each assignment that did not come true."""
    errors = []
    for name, (wanted, where) in last_assignments(conf_files).items():
        symbol = kconf.syms.get(name)
        if symbol is None or not symbol.nodes:
            errors.append(f"{where}: there is no option CONFIG_{name}.")
        elif not same_value(symbol, wanted):
            errors.append(explain(symbol, wanted, where))
    return errors


def same_value(symbol, wanted):
    got = symbol.str_value
    if symbol.orig_type in (kconfiglib.INT, kconfiglib.HEX) and got and wanted:
        try:
            return int(got, 0) == int(wanted, 0)
        except ValueError:
            return False
    if symbol.orig_type == kconfiglib.STRING:
        return got == kconfiglib.unescape(wanted[1:-1])  # quoted, or it would not have loaded
    return got == wanted


def write_cmake(kconf, conf_files, path):
    lines = []
    for symbol in kconf.unique_defined_syms:
        value = symbol.str_value
        if symbol.orig_type in (kconfiglib.BOOL, kconfiglib.TRISTATE) and value == "n":
            continue
        if symbol.config_string == "":
            continue
        lines.append(f"set(CONFIG_{symbol.name} [==[{value}]==])\n")
    read = [os.path.join(kconf.srctree, name) for name in kconf.kconfig_filenames]
    read += [os.path.abspath(name) for name in conf_files]
    lines.append("set(KCONFIG_FILES\n" + "".join(f"  [==[{name}]==]\n" for name in read) + ")\n")
    with open(path, "w", encoding="utf-8") as out:
        out.writelines(lines)


def main():
    arguments = parse_arguments()
    kconf = kconfiglib.Kconfig(arguments.root, warn_to_stderr=False)
    kconf.warn_assign_undef = False  # we say so ourselves
    kconf.warn_assign_override = False
    kconf.warn_assign_redun = False

    for path in arguments.conf:
        kconf.load_config(path, replace=False)
    errors = list(kconf.warnings) + unsatisfied(kconf, arguments.conf)
    if errors:
        for error in errors:
            print(error, file=sys.stderr)
        return 1

    generated = os.path.join(arguments.out, "include", "generated")
    os.makedirs(generated, exist_ok=True)
    kconf.write_config(os.path.join(arguments.out, ".config"), save_old=False)
    kconf.write_autoconf(os.path.join(generated, "autoconf.h"))
    write_cmake(kconf, arguments.conf, os.path.join(arguments.out, "config.cmake"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
