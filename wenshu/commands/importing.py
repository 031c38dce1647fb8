"""``wenshu import``: folders in, the ledger out."""

import os
import sys
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from records.errors import Invalid, Unavailable
from records.people.organisation import parse_token
from records.revision import Grant
from services.intake.import_journal import ImportJournal
from services.intake.import_walk import Candidate, path_text, walk
from services.intake.importing import ImportOptions
from services.intake.ledger import Ledger, LedgerLine
from wenshu.building.engines import require_store
from wenshu.building.house import installation
from wenshu.building.installation import Installation
from wenshu.commands import DataOption
from wenshu.commands.acting import acting_as
from wenshu.commands.import_report import read_report, report_at
from wenshu.commands.index_at_hand import have_index
from wenshu.commands.ledger_table import show
from wenshu.settings import read_settings

_DRAIN_EVERY = 8
"""Batches between two rounds of the outbox: an index commit costs the same for 64 as for 512."""


_REVISION_CACHE_BYTES = 8 << 20


def add_to(app: typer.Typer) -> None:
    """Hang the command on the command line."""
    app.command("import")(import_folders)


def import_folders(
    paths: Annotated[list[Path], typer.Argument(help="文件或文件夹")],
    login: Annotated[
        str | None, typer.Option("--as", help="以谁的身份导入（登录名），除 --retry 外必填")
    ] = None,
    grant: Annotated[
        list[str] | None,
        typer.Option(help="授权：everyone、unit:代码、role:名称、person:登录名，可重复"),
    ] = None,
    kind: Annotated[str, typer.Option(help="类型")] = "library_file",
    report: Annotated[Path | None, typer.Option(help="逐件报告（JSONL）")] = None,
    retry: Annotated[Path | None, typer.Option(help="只重试这份报告中未读取或未读全的文件")] = None,
    data: DataOption = None,
) -> None:
    """导入文件夹，逐件记账；可随时中断，重新运行即接着导入。"""
    # Nobody waits for an answer meanwhile: every core may read files; no record is read twice.
    if login is None and retry is None:
        raise Invalid("no_importer", field="--as")
    settings = replace(
        read_settings(data), workers=os.cpu_count() or 1, revision_cache_bytes=_REVISION_CACHE_BYTES
    )
    require_store(settings)
    with installation(settings) as built:
        have_index(built)
        if retry is not None:
            balanced = _retry(built, retry, report)
        else:
            options = _options(built, login or "", grant or [], kind)
            _errors().print(f"以{options.caller.person.name}（{login}）的身份导入。")
            balanced = _import(built, paths, options, report)
    if not balanced:
        sys.exit(1)


def _options(built: Installation, login: str, grants: list[str], kind: str) -> ImportOptions:
    organisation = built.house.book.current()
    built.house.kinds.get(kind)
    tokens = dict.fromkeys(parse_token(text, organisation) for text in grants)
    caller = acting_as(built, login)
    return ImportOptions(caller, kind, tuple(Grant(to=token) for token in tokens))


def _import(
    built: Installation, paths: list[Path], options: ImportOptions, report: Path | None
) -> bool:
    missing = [path for path in paths if not path.exists() and not path.is_symlink()]
    if missing:
        raise Invalid("no_such_path", name=path_text(missing[0]))
    candidates = list(walk(paths, max_bytes=built.settings.max_file_bytes))
    ledger = Ledger()
    ledger.expect(candidate.text for candidate in candidates)
    journal = _journal(built, paths, options)
    earlier = journal.lines()
    options = replace(options, begun_at=journal.begun_at(options.caller.now))
    present = {candidate.text for candidate in candidates}
    kept = [line for line in earlier if _outermost(line, present)]
    done = {line.path for line in kept if line.container is None}
    rest = [candidate for candidate in candidates if candidate.text not in done]
    with _progress() as progress, report_at(report) as write:
        bar = progress.add_task("导入", total=len(candidates), completed=len(done))
        for batch in _batches(built, journal, kept, rest, options):
            for line in batch:
                ledger.add(line)
                write(line)
            whole = sum(1 for line in batch if line.container is None)
            progress.advance(bar, whole if batch is not kept else 0)
        _drain(built, progress)
    show(ledger, Console())
    if ledger.balances:
        journal.finish()
    return ledger.balances


def _batches(
    built: Installation,
    journal: ImportJournal,
    kept: list[LedgerLine],
    rest: list[Candidate],
    options: ImportOptions,
) -> Iterator[list[LedgerLine]]:
    if kept:
        yield kept
    with ThreadPoolExecutor(1, thread_name_prefix="drain") as behind:
        draining: Future[None] | None = None
        for number, batch in enumerate(built.importing.run(rest, options), start=1):
            journal.add(batch)
            if number % _DRAIN_EVERY == 0:
                if draining is not None:
                    draining.result()
                draining = behind.submit(_drain_round, built)
            yield batch
        if draining is not None:
            draining.result()


def _outermost(line: LedgerLine, present: set[str]) -> bool:
    """Whether the file that a journal line belongs to is still part of the import."""
    return line.path in present or any(str(parent) in present for parent in Path(line.path).parents)


def _journal(built: Installation, paths: list[Path], options: ImportOptions) -> ImportJournal:
    identity = [
        *sorted(path_text(path.absolute()) for path in paths),
        options.caller.person.login,
        options.kind,
        *sorted(grant.to for grant in options.grants),
    ]
    return ImportJournal(built.settings.imports, identity=identity)


def _drain_round(built: Installation) -> None:
    """Put what was imported into the index, unless a server beside us does."""
    try:
        built.drain.round()
    except Unavailable as error:
        if error.reason != "writer_elsewhere":
            raise


def _drain(built: Installation, progress: Progress) -> None:
    bar = progress.add_task("编入索引", total=None)
    try:
        while not built.drain.empty():
            if not built.drain.round().indexed:
                return
    except Unavailable as error:
        if error.reason != "writer_elsewhere":
            raise
    finally:
        progress.update(bar, total=1, completed=1)


def _retry(built: Installation, retry: Path, report: Path | None) -> bool:
    failed = read_report(retry)
    ledger = Ledger()
    with _progress() as progress, report_at(report) as write:
        bar = progress.add_task("重试", total=None)
        for batch in built.retrying.run(failed):
            ledger.expect(line.path for line in batch if line.container is None)
            for line in batch:
                ledger.add(line)
                write(line)
            progress.advance(bar)
        _drain(built, progress)
    show(ledger, Console())
    return ledger.balances


def _progress() -> Progress:
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=_errors(),
    )


def _errors() -> Console:
    return Console(stderr=True)
