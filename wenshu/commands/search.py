"""``wenshu search``: the search of the pages, on the command line."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from records.errors import Invalid
from services.searching.matches import Pieces
from services.searching.search_page import Asked, Found
from wenshu.building.house import installation
from wenshu.commands import DataOption
from wenshu.commands.acting import acting_as
from wenshu.commands.batch_search import search_batch
from wenshu.commands.index_at_hand import have_index
from wenshu.settings import read_settings


def add_to(app: typer.Typer) -> None:
    """Hang the command on the command line."""
    app.command("search")(search)


def search(
    login: Annotated[str, typer.Option("--as", help="以谁的身份检索（登录名）")],
    query: Annotated[str | None, typer.Argument(help="检索词")] = None,
    data: DataOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON")] = False,  # noqa: FBT002
    size: Annotated[int, typer.Option(min=1, max=100, help="条数")] = 20,
    batch: Annotated[
        Path | None, typer.Option(help="检索清单：XLSX 的第一列，或每行一条的文本")
    ] = None,
    out: Annotated[Path | None, typer.Option(help="清单的结果写到哪个 XLSX 文件")] = None,
) -> None:
    """检索，只显示该人员有权查看的文件。"""
    console = Console()
    if (batch is None) != (out is None) or bool(query) == bool(batch):
        raise Invalid("search_what")
    with installation(read_settings(data)) as built:
        caller = acting_as(built, login)
        have_index(built)
        if batch is not None and out is not None:
            search_batch(built, caller, batch, out, console)
            return
        page = built.house.searching.search(caller, Asked(words=query or "", size=size))
    if as_json:
        hits = [_plain(found) for found in page.hits]
        near = {"total": page.near_total, "hits": [_plain(found) for found in page.near]}
        answer = {
            "total": page.total,
            "relaxed": page.relaxed,
            "hits": hits,
            "near": near,
            "missing": page.missing,
            "guesses": page.guesses,
        }
        typer.echo(json.dumps(answer, ensure_ascii=False))
        return
    console.print(
        f"共 {page.total} 条" + ("（没有完全匹配，以下为相近结果）" if page.relaxed else "")
    )
    if page.guesses:
        console.print(f"您是不是要找：{'、'.join(page.guesses)}")
    _print(console, page.hits, built.settings.site)
    if page.near:
        console.print(f"\n以下只含部分字词，不计入上面的 {page.total} 条")
        _print(console, page.near, built.settings.site)


def _print(console: Console, hits: Iterable[Found], site: str) -> None:
    for found in hits:
        console.print()
        console.print(_marked(found.title_pieces, "bold"), Text(f"  {found.number}", "dim"))
        console.print(Text(f"  {found.revision.record}  {_address(found, site)}", "dim"))
        for match in found.matches:
            place = match.place.page_words
            shown = Text.assemble((f"{place} " if place else "", "dim"), _marked(match.pieces, ""))
            console.print(Padding(shown, (0, 0, 0, 2)))


def _address(found: Found, site: str) -> str:
    return f"{site}/records/{found.revision.record}"


def _plain(found: Found) -> dict[str, object]:
    return {
        "id": found.revision.record,
        "kind": found.revision.kind,
        "title": found.title,
        "number": found.number,
        "revision": found.revision.number,
        "matches": [
            {"part": m.part, "page": m.page, "text": "".join(piece.text for piece in m.pieces)}
            for m in found.matches
        ],
    }


def _marked(pieces: Pieces, style: str) -> Text:
    text = Text(style=style)
    for piece in pieces:
        text.append(piece.text, style="black on yellow" if piece.marked else "")
    return text
