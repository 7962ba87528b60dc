#!/bin/sh
# SPDX-License-Identifier: Apache-2.0

# usage: check.sh APPLICATION FOLDER-OUTSIDE SCRIPTS
#
# Copies the application, then builds and runs it the way its README would say for Zephyr.

set -eu

application=$1
outside=$2
scripts=$3

rm -rf "$outside"
mkdir -p "$outside"
cp -R "$application" "$outside/app"
ZEPHYR_BASE=$(dirname "$scripts")
BOARD=linux
export ZEPHYR_BASE BOARD

cmake -G Ninja -S "$outside/app" -B "$outside/build"
cmake --build "$outside/build" -j1
"$scripts/run" --timeout 20 --until thread --until main linux "$outside/build/zephyr/zephyr.elf"
