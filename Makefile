# SPDX-License-Identifier: Apache-2.0

# The front door. Thin: scripts/setup installs what is missing, CMake builds, CTest tests.

BOARD ?= qemu_cortex_m3
APP ?= samples/console

BUILD := build
# An application may lie anywhere; what is built of it stays in here.
RUN_DIR = $(BUILD)/run/$(BOARD)/$(subst ..,up,$(APP))
JOBS := $(shell nproc)

MAKEFLAGS += --no-print-directory

.PHONY: help run top test bench check format clean

help:
	@echo 'make run     build an application and start it here; BOARD=$(BOARD) APP=$(APP)'
	@echo 'make top     show the threads and tasks of the console sample, each with its source line'
	@echo 'make test    run all tests: on Linux with sanitizers, and under QEMU'
	@echo 'make bench   count instructions and bytes, beside other systems'
	@echo 'make check   format, include rule, warnings of gcc and clang, then all tests'
	@echo 'make format  have clang-format rewrite the C files as make check wants them'
	@echo 'make clean   remove $(BUILD)/'
	@echo
	@echo 'Boards:       $(patsubst boards/%/,%,$(sort $(dir $(wildcard boards/*/*_defconfig))))'
	@echo 'Applications: $(patsubst %/prj.conf,%,$(wildcard samples/*/prj.conf)) and all of yours'

# Standard input and output are the program's: all else stays away from them.
run:
	@scripts/setup </dev/null
	@scripts/build $(BOARD) $(APP) $(RUN_DIR)
	@scripts/run $(BOARD) $(RUN_DIR)/zephyr/zephyr.elf

# What does not build counts as failed; the rest is tested all the same.
top: CONSOLE = $(BUILD)/run/$(BOARD)/samples/console
top:
	@scripts/setup </dev/null
	@scripts/build $(BOARD) samples/console $(CONSOLE)
	@printf 'spawn 100\ntop\nexit\n' | scripts/run $(BOARD) $(CONSOLE)/zephyr/zephyr.elf | \
		samples/console/resolve $(CONSOLE)/zephyr/zephyr.elf

test:
	@scripts/setup test
	@cmake --preset tests --log-level=WARNING
	@status=0; \
	cmake --build --preset tests -j $(JOBS) -- -k 0 || status=1; \
	ctest --preset tests -j $(JOBS) || status=1; \
	exit $$status

bench:
	@scripts/setup
	@bench/run

check:
	@scripts/setup check
	@scripts/check
	@$(MAKE) test

format:
	@scripts/setup check
	@git ls-files --cached --others --exclude-standard '*.c' '*.h' | xargs clang-format -i

clean:
	@rm -rf $(BUILD)
