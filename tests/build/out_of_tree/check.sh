#!/bin/sh
# SPDX-License-Identifier: Apache-2.0

# usage: check.sh APPLICATION SCRIPTS
#
# Copies the application away, then builds and runs it as its README would say for Zephyr.

set -eu

application=$1
scripts=$2

outside=$(mktemp -d)
trap 'rm -rf "$outside"' EXIT
cp -R "$application" "$outside/app"
ZEPHYR_BASE=$(dirname "$scripts")
BOARD=linux
export ZEPHYR_BASE BOARD

cmake -G Ninja -S "$outside/app" -B "$outside/build"
cmake --build "$outside/build" -j1
"$scripts/run" --timeout 60 --until thread --until main linux "$outside/build/zephyr/zephyr.elf"
