"""What is typed wrongly is told in Chinese, with what to do next; so is an interruption."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from select import select

import pytest

from languages.outcomes import outcome_told
from tests.engines import WENSHU
from tests.faults.writer import LOGIN, prepare, settings_for, take_in
from tests.servers.program import HOST, free_ports, is_free
from tests.waiting import until
from wenshu.building.house import installation
from wenshu.command_line import INTERRUPTED, run


@pytest.mark.parametrize(
    ("arguments", "what", "advice"),
    [
        (["imprt"], "没有“imprt”这个命令。", "是否要用 import？运行 wenshu --help 查看用法。"),
        (["月"], "没有“月”这个命令。", "运行 wenshu --help 查看用法。"),
        (
            ["people", "laod"],
            "没有“laod”这个命令。",
            "是否要用 load？运行 wenshu people --help 查看用法。",
        ),
        (["--nope"], "没有“--nope”这个选项。", "运行 wenshu --help 查看用法。"),
        (["people", "load"], "缺少“file”。", "运行 wenshu people load --help 查看用法。"),
        (["search", "x"], "缺少“--as”。", "运行 wenshu search --help 查看用法。"),
        (["search", "x", "--as"], "选项“--as”的写法不正确。", "运行 wenshu --help 查看用法。"),
        (
            ["search", "x", "--ass", "y"],
            "没有“--ass”这个选项。",
            "是否要用 --as？运行 wenshu search --help 查看用法。",
        ),
        (
            ["search", "x", "--as", "y", "--size", "0"],
            "“--size”的值不正确。",
            "运行 wenshu search --help 查看用法。",
        ),
        (
            ["search", "x", "y", "--as", "z"],
            "命令不完整，或多写了内容。",
            "运行 wenshu search --help 查看用法。",
        ),
    ],
)
def test_a_command_typed_wrongly_is_told_in_chinese(
    capsys: pytest.CaptureFixture[str], arguments: list[str], what: str, advice: str
) -> None:
    assert run(arguments) == 2
    printed = capsys.readouterr()
    assert (printed.out, printed.err.splitlines()) == ("", [what, advice])


def wenshu(*arguments: str, **environment: str) -> "subprocess.CompletedProcess[bytes]":
    command, known = [str(WENSHU), *arguments], {**os.environ, **environment}
    return subprocess.run(command, env=known, capture_output=True, check=False, timeout=60)


def test_logs_that_are_set_wrongly_are_told_in_chinese() -> None:
    done = wenshu("search", "x", "--as", "y", WENSHU_LOG_LEVEL="loud")
    assert done.returncode == 1
    assert done.stderr.decode().startswith("设置 WENSHU_LOG_LEVEL 的值“loud”不正确。\n")


def test_what_a_terminal_cannot_write_becomes_a_question_mark(tmp_path: Path) -> None:
    prepare(tmp_path)
    with installation(settings_for(tmp_path)) as built:
        take_in(built, "😀月")
        built.drain.round()
    arguments = ("search", "月", "--as", LOGIN, "--data", str(tmp_path))
    done = wenshu(*arguments, PYTHONIOENCODING="gbk")
    assert (done.returncode, done.stderr) == (0, b"")
    assert "?月" in done.stdout.decode("gbk")


def test_a_long_address_is_told_in_one_piece(capsys: pytest.CaptureFixture[str]) -> None:
    name = "/dev/null/" + "a" * 100
    assert run(["search", "x", "--as", "y", "--data", name]) == 1
    assert f"“{name}”" in capsys.readouterr().err


def test_help_is_printed_when_nothing_is_typed(capsys: pytest.CaptureFixture[str]) -> None:
    run([])
    printed = capsys.readouterr()
    assert "reconcile" in printed.out
    assert printed.err == ""


def test_a_person_whom_nobody_knows_is_told_as_such(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    prepare(tmp_path)
    assert run(["search", "x", "--as", "nobody", "--data", str(tmp_path)]) == 1
    assert capsys.readouterr().err.startswith("没有“nobody”这位人员")


def test_names_with_brackets_and_long_ones_stand_in_the_ledger_whole(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    prepare(tmp_path / "data")
    folder = tmp_path / "[red]" / ("长" * 70)
    folder.mkdir(parents=True)
    (folder / "a.txt").write_text("内容", encoding="utf-8")
    (folder / "b.txt").touch()
    command = ["import", str(tmp_path / "[red]"), "--as", LOGIN, "--data", str(tmp_path / "data")]
    assert run(command) == 0
    printed = capsys.readouterr().out
    place = "".join(line.split("│")[1].strip() for line in printed.splitlines() if "│" in line)
    assert str(folder) in place
    assert f"跳过 · {outcome_told('empty_file')}：1" in printed


@pytest.fixture
def heeded() -> Iterator[None]:
    """Ctrl+C is heeded by what is started meanwhile, also when the tests run in the background."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


LOADING = """
import sys, time
import wenshu.program

class Slow:
    def find_spec(self, name, *_):
        if name == "pydantic":
            print("loading", flush=True)
            time.sleep(600)

sys.meta_path.insert(0, Slow())
wenshu.program.main()
"""
"""A start that is at loading a library when it says so."""


@pytest.mark.usefixtures("heeded")
def test_ctrl_c_while_a_command_is_loaded_ends_it_without_a_word(tmp_path: Path) -> None:
    command = [sys.executable, "-c", LOADING, "search", "x", "--as", "y", "--data", str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as loading:
        assert loading.stdout is not None
        assert loading.stdout.readline() == b"loading\n"
        loading.send_signal(signal.SIGINT)
        printed = loading.communicate(timeout=60)
    assert (loading.returncode, printed) == (-signal.SIGINT, (b"", b""))


@pytest.mark.usefixtures("heeded")
def test_ctrl_c_typed_twice_cuts_off_the_request_in_hand_and_nothing_else(tmp_path: Path) -> None:
    port = free_ports(1)[0]
    command = [str(WENSHU), "serve", "--port", str(port), "--data", str(tmp_path)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as serving:
        assert serving.stdout is not None
        assert "文枢已启动" in serving.stdout.readline()
        with socket.create_connection((HOST, port)) as asking:
            # The server says to go on when it waits for the body: a request is in hand.
            asking.sendall(
                b"POST /api/v1/session HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n"
                b"Content-Type: application/json\r\nExpect: 100-continue\r\n\r\n"
            )
            assert b"100" in asking.recv(100)
            serving.send_signal(signal.SIGINT)
            until(lambda: is_free(port), "it takes no more requests")
            serving.send_signal(signal.SIGINT)
            _, errors = serving.communicate(timeout=60)
    assert serving.returncode == INTERRUPTED
    assert "lifespan" not in errors
    assert errors.endswith("已中断；已经确认的内容都已保存，重新运行同一命令即可继续。\n")


@pytest.mark.usefixtures("heeded")
def test_ctrl_c_during_an_import_says_how_to_go_on(tmp_path: Path) -> None:
    prepare(tmp_path / "data")
    folder, report = tmp_path / "in", tmp_path / "report"
    folder.mkdir()
    for number in range(2000):
        (folder / f"{number}.txt").write_text(f"第 {number} 份", encoding="utf-8")
    # Nobody reads on in this pipe until the signal is sent: the import cannot be done before.
    os.mkfifo(report)
    command = [str(WENSHU), "import", str(folder), "--as", LOGIN, "--report", str(report)]
    environment = {**os.environ, "WENSHU_DATA": str(tmp_path / "data")}
    with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True) as importing:
        # Opened so, an import that ended at once is no reason to wait for ever.
        reader = os.open(report, os.O_RDONLY | os.O_NONBLOCK)
        until(lambda: bool(select([reader], [], [], 0)[0]) or importing.poll() is not None, "idle")
        os.set_blocking(reader, True)
        with os.fdopen(reader, encoding="utf-8") as lines:
            assert '"indexed"' in lines.readline()
            importing.send_signal(signal.SIGINT)
            assert len(lines.readlines()) < 1999
        _, errors = importing.communicate(timeout=60)
    assert importing.returncode == INTERRUPTED
    assert "已中断；已经确认的内容都已保存，重新运行同一命令即可继续。" in errors
