"""The filter of system calls, decided here as the kernel would decide it."""

import platform
import re
from pathlib import Path

import pytest

from sandbox.seccomp import program
from sandbox.syscalls import NUMBERS

PID = 4711
MACHINES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
ALLOWED, KILLED = 0x7FFF0000, 0x80000000
HEADERS = {
    "x86_64": Path("/usr/include/x86_64-linux-gnu/asm/unistd_64.h"),
    "aarch64": Path("/usr/include/asm-generic/unistd.h"),
}


def decide(machine: str, number: int, first: int = 0, second: int = 0) -> int:
    """What the filter returns; the words of struct seccomp_data by their offsets."""
    data = {0: number, 4: MACHINES[machine], 16: first, 24: second}
    steps, at, loaded = program(machine, own_pid=PID), 0, 0
    while True:
        code, on_true, on_false, constant = steps[at]
        at += 1
        if code == 0x06:
            return constant
        if code == 0x20:
            loaded = data[constant]
        else:
            holds = loaded == constant if code == 0x15 else bool(loaded & constant)
            at += on_true if holds else on_false


def is_allowed(machine: str, name: str, first: int = 0, second: int = 0) -> bool:
    return decide(machine, NUMBERS[machine][name], first, second) == ALLOWED


@pytest.mark.parametrize("machine", MACHINES)
class TestEachMachine:
    def test_reading_memory_and_threads_are_allowed(self, machine: str) -> None:
        assert all(is_allowed(machine, name) for name in ("read", "openat", "mmap", "futex"))
        assert is_allowed(machine, "clone", 0x00010F00)

    def test_a_process_is_refused(self, machine: str) -> None:
        assert not is_allowed(machine, "clone", 17)
        assert not {"fork", "vfork", "clone3", "execve", "execveat"} & NUMBERS[machine].keys()

    def test_signals_go_to_the_process_itself_alone(self, machine: str) -> None:
        for name in ("kill", "tgkill"):
            assert is_allowed(machine, name, PID)
            assert not any(is_allowed(machine, name, pid) for pid in (0, 1, PID + 1, 0xFFFFFFFF))

    def test_limits_of_others_stay(self, machine: str) -> None:
        assert is_allowed(machine, "prlimit64", 0)
        assert is_allowed(machine, "prlimit64", PID)
        assert not is_allowed(machine, "prlimit64", 1)

    def test_names_of_threads_are_all_that_prctl_changes(self, machine: str) -> None:
        assert is_allowed(machine, "prctl", 15)
        assert not is_allowed(machine, "prctl", 1)
        assert not is_allowed(machine, "prctl", 4)

    def test_a_device_is_asked_and_not_told(self, machine: str) -> None:
        assert is_allowed(machine, "ioctl", 1, 0x5401)
        assert not is_allowed(machine, "ioctl", 1, 0x5412)

    def test_an_unknown_call_is_as_if_it_were_not_there(self, machine: str) -> None:
        assert decide(machine, 9999) == 0x00050000 | 38

    def test_the_table_has_the_numbers_of_the_kernel(self, machine: str) -> None:
        if not HEADERS[machine].exists():
            pytest.skip("no headers of the kernel")
        found = re.findall(r"#define __NR(?:3264)?_(\w+)\s+(\d+)", HEADERS[machine].read_text())
        known = {name: int(number) for name, number in found}
        known.setdefault("newfstatat", known.get("fstatat", -1))
        mine = NUMBERS[machine]
        assert {name: known.get(name, number) for name, number in mine.items()} == mine


def test_a_call_of_another_machine_kills() -> None:
    steps = program("x86_64", own_pid=PID)
    assert steps[1][3] == MACHINES["x86_64"]
    assert steps[2] == (0x06, 0, 0, KILLED)


def test_this_machine_has_a_table() -> None:
    assert platform.machine() in NUMBERS
