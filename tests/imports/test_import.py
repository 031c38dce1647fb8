"""Folders in, the ledger out: everything is accounted for, whatever happens on the way."""

import os
import signal
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.hostile import files, samples
from tests.imports.command import lines, prepare, search, start_import, wenshu

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    prepare(folder)
    return folder


def whole(report: Path) -> dict[str, str]:
    """Path → outcome of the files themselves."""
    return {line["path"]: line["outcome"] for line in lines(report) if line["container"] is None}


def folder_of(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    (folder / "sub").mkdir(parents=True)
    (folder / "a.txt").write_text("甲文件的内容", encoding="utf-8")
    (folder / "b.txt").write_text("甲文件的内容", encoding="utf-8")
    (folder / "empty.txt").write_bytes(b"")
    (folder / "link.txt").symlink_to(folder / "a.txt")
    (folder / "sub" / "~$lock.docx").write_bytes(b"x")
    samples.docx_plain(folder / "sub" / "报告.docx")
    files.docx_encrypted(folder / "sub" / "locked.docx")
    with ZipFile(folder / "sub" / "pack.zip", "w") as pack:
        pack.writestr("一.txt", "压缩包里的第一件")
        pack.writestr("dir/二.txt", "压缩包里的第二件")
    return folder


@pytest.mark.feature("WJ-02", "SS-03")
def test_every_file_and_every_contained_part_has_one_outcome(tmp_path: Path, data: Path) -> None:
    folder, report = folder_of(tmp_path), tmp_path / "report.jsonl"
    done = wenshu(data, "import", folder, "--as", "clerk", "--report", report)
    assert done.returncode == 0, done.stdout + done.stderr
    told = {Path(path).name: outcome for path, outcome in whole(report).items()}
    assert told == {
        "a.txt": "indexed",
        "b.txt": "duplicate",
        "empty.txt": "skipped",
        "link.txt": "skipped",
        "~$lock.docx": "skipped",
        "报告.docx": "indexed",
        "locked.docx": "quarantined",
        "pack.zip": "indexed",
    }
    inner = {line["path"].split("pack.zip/")[1] for line in lines(report) if line["container"]}
    assert inner == {"一.txt", "dir/二.txt"}
    by_name = {Path(line["path"]).name: line for line in lines(report)}
    assert by_name["b.txt"]["record"] == by_name["a.txt"]["record"]
    assert by_name["locked.docx"]["reason"] == "encrypted"
    assert by_name["locked.docx"]["record"]
    found = search(data, "压缩包里的第二件")
    assert [hit["matches"][0]["part"] for hit in found["hits"]] == ["pack.zip/dir/二.txt"]
    assert search(data, "locked")["total"] == 1
    assert search(data, "甲文件", login="other")["total"] == 0


def test_a_file_of_four_gigabytes_is_skipped_with_its_reason(tmp_path: Path, data: Path) -> None:
    folder, report = tmp_path / "in", tmp_path / "report.jsonl"
    folder.mkdir()
    (folder / "a.txt").write_text("小文件", encoding="utf-8")
    with (folder / "大.bin").open("wb") as large:
        large.truncate(4 << 30)
    done = wenshu(data, "import", folder, "--as", "clerk", "--report", report)
    assert done.returncode == 0, done.stdout + done.stderr
    (line,) = [line for line in lines(report) if line["outcome"] == "skipped"]
    assert (Path(line["path"]).name, line["reason"], line["size"]) == (
        "大.bin",
        "too_large",
        4 << 30,
    )


def test_a_second_run_takes_nothing_twice(tmp_path: Path, data: Path) -> None:
    folder, report = folder_of(tmp_path), tmp_path / "report.jsonl"
    assert wenshu(data, "import", folder, "--as", "clerk").returncode == 0
    again = wenshu(data, "import", folder, "--as", "clerk", "--report", report)
    assert again.returncode == 0
    assert set(whole(report).values()) == {"duplicate", "skipped"}
    assert search(data, "甲文件")["total"] == 1


def test_an_import_killed_in_the_middle_goes_on_and_balances(tmp_path: Path, data: Path) -> None:
    folder, report = tmp_path / "many", tmp_path / "report.jsonl"
    folder.mkdir()
    for number in range(600):
        (folder / f"{number:04d}.txt").write_text(f"第{number}件 独词{number}号", encoding="utf-8")
    journal = data / "imports"
    for _ in range(3):
        running = start_import(data, folder, report)
        before = sum(path.stat().st_size for path in journal.glob("*")) if journal.exists() else 0
        while running.poll() is None:
            now = sum(path.stat().st_size for path in journal.glob("*")) if journal.exists() else 0
            if now > before:
                os.kill(running.pid, signal.SIGKILL)
                running.wait()
    done = wenshu(data, "import", folder, "--as", "clerk", "--report", report)
    assert done.returncode == 0, done.stdout + done.stderr
    assert len(whole(report)) == 600
    assert set(whole(report).values()) == {"indexed"}
    assert search(data, "独词599号")["total"] == 1
    assert search(data, "件")["total"] == 600
    assert list(journal.glob("*")) == []
    assert wenshu(data, "reconcile").returncode == 0


def test_what_an_earlier_run_took_is_a_duplicate_of_one_that_was_broken_off(
    tmp_path: Path, data: Path
) -> None:
    folder, report = tmp_path / "many", tmp_path / "report.jsonl"
    folder.mkdir()
    for number in range(300):
        (folder / f"{number:04d}.txt").write_text(f"第{number}件", encoding="utf-8")
    assert wenshu(data, "import", folder, "--as", "clerk").returncode == 0
    journal = data / "imports"
    running = start_import(data, folder, report)
    while running.poll() is None:
        if any(path.suffix == ".jsonl" and path.stat().st_size for path in journal.glob("*")):
            os.kill(running.pid, signal.SIGKILL)
            running.wait()
    done = wenshu(data, "import", folder, "--as", "clerk", "--report", report)
    assert done.returncode == 0, done.stdout + done.stderr
    assert set(whole(report).values()) == {"duplicate"}
    assert list(journal.glob("*")) == []


def test_what_was_added_is_all_that_a_second_run_counts_stopped_by_ctrl_c_and_gone_on_with(
    tmp_path: Path, data: Path
) -> None:
    folder, report, pipe = tmp_path / "many", tmp_path / "report.jsonl", tmp_path / "pipe"
    folder.mkdir()
    names = [f"{number:04d}.txt" for number in range(600)]
    old, new = names[::2], names[1::2]
    for name in old:
        (folder / name).write_text(f"独词{name}", encoding="utf-8")
    assert wenshu(data, "import", folder, "--as", "clerk").returncode == 0
    for name in new:
        (folder / name).write_text(f"独词{name}", encoding="utf-8")
    os.mkfifo(pipe)
    running = start_import(data, folder, pipe)
    with pipe.open(encoding="utf-8") as told_so_far:
        # Nobody reads on in this pipe until the signal is sent: the import cannot be done before.
        told_so_far.readline()
        os.killpg(running.pid, signal.SIGINT)  # to all processes of it, as a terminal does
        assert len(told_so_far.readlines()) < 599
    assert running.wait(60) == 130
    done = wenshu(data, "import", folder, "--as", "clerk", "--report", report)
    assert done.returncode == 0, done.stdout + done.stderr
    told = {Path(path).name: outcome for path, outcome in whole(report).items()}
    assert {name for name in names if told[name] == "duplicate"} == set(old)
    assert {name for name in names if told[name] == "indexed"} == set(new)
    assert search(data, "独词")["total"] == 600


def test_a_retry_reads_the_failures_again_and_only_those(tmp_path: Path, data: Path) -> None:
    folder, report, second = folder_of(tmp_path), tmp_path / "1.jsonl", tmp_path / "2.jsonl"
    wenshu(data, "import", folder, "--as", "clerk", "--report", report)
    done = wenshu(data, "import", folder, "--as", "clerk", "--retry", report, "--report", second)
    assert done.returncode == 0, done.stderr
    assert [Path(path).name for path in whole(second)] == ["locked.docx"]


def test_names_that_are_no_utf8_are_taken_as_they_were_meant(tmp_path: Path, data: Path) -> None:
    folder, report = tmp_path / "in", tmp_path / "report.jsonl"
    for name in ("年报.txt".encode("gbk"), b"\xff.txt", b"\xfe.txt"):
        path = folder / os.fsdecode("档案".encode("gbk")) / os.fsdecode(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"content " + name.hex().encode())
    command = ("import", folder / os.fsdecode("档案".encode("gbk")), "--as", "clerk")
    done = wenshu(data, *command, "--report", report)
    assert done.returncode == 0, done.stderr
    outcomes = whole(report)
    assert list(outcomes.values()) == ["indexed"] * 3
    place = folder / r"\xb5\xb5\xb0\xb8"
    assert {str(place / r"\xff.txt"), str(place / r"\xfe.txt")} < set(outcomes)
    assert [hit["title"] for hit in search(data, "年报")["hits"]] == ["年报"]


def test_every_hostile_file_is_accounted_for(tmp_path: Path, data: Path) -> None:
    folder, report = tmp_path / "hostile", tmp_path / "report.jsonl"
    folder.mkdir()
    made = [path for _, path in files.make_all(folder)]
    done = wenshu(data, "import", folder, "--as", "clerk", "--report", report, timeout_s=580)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    assert {Path(path).name for path in whole(report)} == {path.name for path in made}
    assert wenshu(data, "verify").returncode == 0


@pytest.mark.skipif(not SHARED.exists(), reason="the sample data are not beside the repository")
def test_the_sample_data_balance_and_are_found(tmp_path: Path, data: Path) -> None:
    report = tmp_path / "report.jsonl"
    done = wenshu(data, "import", SHARED, "--as", "clerk", "--report", report)
    assert done.returncode == 0, done.stdout + done.stderr
    assert len(whole(report)) == sum(1 for path in SHARED.rglob("*") if path.is_file())
    hit = search(data, "纳税信用 信用修复")["hits"][0]
    assert hit["title"] == "397"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["import", "nowhere", "--as", "clerk"], "没有“nowhere”"),
        (["import", "."], "没有写明以谁的身份导入"),
        (["import", ".", "--as", "ghost"], "停用"),
        (["import", ".", "--as", "clerk", "--grant", "unit:moon"], "unit:moon"),
        (["import", ".", "--as", "clerk", "--kind", "novel"], "novel"),
        (["search", "x", "--as", "ghost"], "停用"),
        (["people", "load", "nowhere.yaml"], "nowhere.yaml"),
        (["import", "LICENSE", "--as", "clerk", "--report", "/"], "报告文件“/”不能读写。"),
        (["import", "LICENSE", "--as", "clerk", "--retry", "nowhere"], "报告文件“nowhere”"),
        (["import", "LICENSE", "--as", "clerk", "--retry", "LICENSE"], "“LICENSE”的第 1 行"),
    ],
)
def test_a_wrong_command_is_told_in_words(data: Path, arguments: list[str], told: str) -> None:
    done = wenshu(data, *arguments)
    assert done.returncode == 1
    assert told in done.stderr
    assert "Traceback" not in done.stderr
