#!/bin/sh
# SPDX-License-Identifier: Apache-2.0

# A local variable that is to survive an await does not compile; the same program with the value in
# the frame does. An await that was forgotten draws a warning. No warning options are given:
# <eddy/async.h> alone turns all this on.
#
# usage: check.sh SOURCE COMPILER [option...]

set -eu

source=$1
shift
output=$(mktemp)
trap 'rm -f "$output"' EXIT
failures=0

fail() {
	echo "FAIL: $*"
	cat "$output"
	failures=$((failures + 1))
}

compile() {
	LC_ALL=C "$@" -c "$source" -o /dev/null >"$output" 2>&1
}

accept() {
	if compile "$@" && ! [ -s "$output" ]; then
		echo "accepted at $level: the value in the frame"
	else
		fail "at $level the value in the frame is not accepted in silence"
	fi
}

# The complaint has to be an error and to name the variable.
reject() {
	variant=$1
	shift
	if compile "$@" -D"$variant"; then
		fail "at $level $variant compiles"
	elif grep -q 'error:.*\(jumps over variable initialization\|uninitialized\)' "$output" &&
		grep -q "[\`'\"]kept['\"]" "$output"; then
		echo "rejected at $level: $variant"
	else
		fail "at $level $variant is rejected for another reason"
	fi
}

warn_of_forgotten_await() {
	if compile "$@" -DFORGOTTEN_AWAIT && grep -q 'warning:.*ignoring return value' "$output"; then
		echo "warned at $level: FORGOTTEN_AWAIT"
	else
		fail "at $level a forgotten await goes unnoticed"
	fi
}

is_clang=$("$1" --version | grep -c clang || true)

for level in -O0 -Os -O2; do
	accept "$@" "$level"
	warn_of_forgotten_await "$@" "$level"
	reject KEPT_IN_A_LOCAL "$@" "$level"
	reject KEPT_IN_A_LOOP_VARIABLE "$@" "$level"
	reject KEPT_IN_A_LOCAL_OF_A_CASE "$@" "$level"

	# gcc is strict about initializers, needed later or not; clang asks for a use.
	if [ "$is_clang" = 0 ]; then
		reject KEPT_IN_A_LOCAL_BUT_NOT_USED "$@" "$level"
	fi

	# Without an initializer the flow of data decides, which gcc does not look at with -O0.
	if [ "$is_clang" != 0 ] || [ "$level" != -O0 ]; then
		reject ASSIGNED_TO_A_LOCAL "$@" "$level"
		reject ASSIGNED_TO_A_LOCAL_IN_A_LOOP "$@" "$level"
	fi
done

exit $((failures > 0))
