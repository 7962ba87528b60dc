#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0

"""List the test applications as CMake calls, for the top-level CMakeLists.txt.

The files are Zephyr's: testcase.yaml beside a test, sample.yaml beside a sample. Of their keys we
read those that decide what is built and how the outcome is judged.

Zephyr's twister reads them too, and knows none of our boards. So what is to be said about those
stands among the tags, which are free: on_BOARD restricts a scenario to the boards so named,
not_on_BOARD leaves one out. What holds for Zephyr only is in keys that we ignore.
"""

import os
import sys

try:
    import yaml
except ImportError:
    # The caller tries the next Python; see cmake/python.cmake.
    sys.exit(77)

# Keys without an effect here. Any other unknown key is an error: a typing mistake must not switch
# off a test.
IGNORED = {"min_ram", "min_flash", "integration_platforms", "platform_key", "depends_on", "filter",
           "arch_allow", "arch_exclude", "ignore_faults", "platform_allow", "platform_exclude"}
KNOWN = {"tags", "build_only", "timeout", "extra_args", "extra_configs", "harness",
         "harness_config"}

BOARDS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "boards")

DEFAULT_TIMEOUT_S = 120


def words(value):
    """A list, whichever way it was written: YAML list or words in a string."""
    if value is None:
        return []
    return value.split() if isinstance(value, str) else list(value)


def merge(common, own):
    """A scenario's keys over the common ones; lists add up, as with Zephyr."""
    merged = dict(common)
    for key, value in (own or {}).items():
        if key in merged and key in ("extra_args", "extra_configs", "tags"):
            value = words(merged[key]) + words(value)
        merged[key] = value
    return merged


def scenarios(path):
    """Yield (name, keys) for each scenario in a file."""
    with open(path, encoding="utf-8") as file:
        content = yaml.safe_load(file)
    common = content.get("common") or {}
    for name, own in content["tests"].items():
        keys = merge(common, own)
        unknown = set(keys) - IGNORED - KNOWN
        if unknown:
            sys.exit(f"{path}: {name}: unknown keys: {', '.join(sorted(unknown))}")
        yield name, keys


def boards_after(prefix, keys):
    """The boards that tags name behind a prefix."""
    tags = words(keys.get("tags"))
    boards = {tag[len(prefix):] for tag in tags if tag.startswith(prefix)}
    for board in boards:
        if not os.path.isdir(os.path.join(BOARDS, board)):
            sys.exit(f"tag {prefix}{board}: no such board")
    return boards


def runs_on(keys, board):
    allowed = boards_after("on_", keys)
    return (not allowed or board in allowed) and board not in boards_after("not_on_", keys)


def quoted(text):
    return f"[==[{text}]==]"


def cmake_call(name, keys, path, board):
    arguments = ["-D" + argument for argument in words(keys.get("extra_args"))]
    arguments += ["-D" + config for config in words(keys.get("extra_configs"))]
    call = [f"add_application_test({quoted(name)} {board} {quoted(os.path.dirname(path))}",
            f"  TIMEOUT {int(keys.get('timeout', DEFAULT_TIMEOUT_S))}"]
    if keys.get("build_only"):
        call.append("  BUILD_ONLY")
    if keys.get("harness") == "console":
        call.append("  UNTIL " + " ".join(quoted(r) for r in keys["harness_config"]["regex"]))
    if arguments:
        call.append("  ARGUMENTS " + " ".join(quoted(a) for a in arguments))
    return "\n".join(call) + ")"


def main():
    boards, paths = sys.argv[1].split(","), sys.argv[2:]
    for path in paths:
        for name, keys in scenarios(path):
            for board in boards:
                if runs_on(keys, board):
                    print(cmake_call(name, keys, path, board))


if __name__ == "__main__":
    main()
