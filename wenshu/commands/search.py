"""``wenshu search``: the search of the pages, on the command line."""

import json
from typing import Annotated

import typer
from rich.console import Console
from rich.text import Text

from services.finding.matches import Pieces
from services.finding.searching import Asked, Found
from wenshu.commands import DataOption
from wenshu.commands.acting import acting_as
from wenshu.commands.index_at_hand import have_index
from wenshu.settings import read_settings
from wenshu.wiring import installation


def add_to(app: typer.Typer) -> None:
    """Hang the command on the command line."""
    app.command("search")(search)


def search(
    query: Annotated[str, typer.Argument(help="检索词")],
    login: Annotated[str, typer.Option("--as", help="以谁的身份检索（登录名）")],
    data: DataOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON")] = False,  # noqa: FBT002
    size: Annotated[int, typer.Option(min=1, max=100, help="条数")] = 20,
) -> None:
    """检索，只显示该人员有权查看的文件。"""
    console = Console()
    with installation(read_settings(data)) as built:
        caller = acting_as(built, login)
        have_index(built)
        page = built.house.searching.search(caller, Asked(words=query, size=size))
    if as_json:
        hits = [_plain(found) for found in page.hits]
        answer = {"total": page.total, "relaxed": page.relaxed, "hits": hits}
        typer.echo(json.dumps(answer, ensure_ascii=False))
        return
    console.print(
        f"共 {page.total} 条" + ("（没有完全匹配，以下为相近结果）" if page.relaxed else "")
    )
    for found in page.hits:
        console.print()
        console.print(_marked(found.title_pieces, "bold"), Text(f"  {found.number}", "dim"))
        for match in found.matches:
            place = f"第 {match.page} 页 " if match.page else ""
            console.print(Text(f"  {place}", "dim"), _marked(match.pieces, ""))


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
