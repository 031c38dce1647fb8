"""``wenshu kinds``: which kinds there are, whether they are sound, and how they flow."""

import sys
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import Progress
from rich.table import Table

from languages.errors import tell
from records.errors import NotFound
from records.schema.graph import mermaid
from records.schema.kind import Kind, Kinds
from records.schema.loader import LoadedKinds, load_installation, load_kinds, product_kinds
from records.schema.versions import Unplaced, counted, unplaced
from wenshu.building.engines import require_store
from wenshu.building.house import installation
from wenshu.commands import DataOption
from wenshu.commands.table_cells import cells
from wenshu.settings import Settings, read_settings

_WAY = "在现行类型的一个状态上写 was: [{state}]，或把旧版本存为 {kind}@{version}.yaml。"
_GONE = "请把类型文件放回；在此之前这些记录打不开。"


def add_to(app: typer.Typer) -> None:
    """Hang the commands on the command line."""
    kinds = typer.Typer(help="类型：程序自带的和本单位的。")
    kinds.command("list")(list_kinds)
    kinds.command("check")(check)
    kinds.command("graph")(graph)
    kinds.callback()(_kinds)
    app.add_typer(kinds, name="kinds")


def _kinds() -> None:
    """类型：程序自带的和本单位的。"""


def list_kinds(data: DataOption = None) -> None:
    """列出所有类型。"""
    loaded = load_installation(read_settings(data).kinds)
    own = {kind.kind for kind in load_kinds(product_kinds())}
    table = Table("类型", "名称", "版本", "来源", "状态", "动作")
    for kind in loaded.kinds:
        source = "程序自带" if kind.kind in own else "本单位"
        versions = "、".join(str(number) for number in _versions(loaded.kinds, kind))
        flow = (str(len(kind.states)), str(len(kind.actions)))
        table.add_row(*cells(kind.kind, kind.title, versions, source, *flow))
    Console().print(table)
    _tell_faults(Console(stderr=True), loaded)


def check(data: DataOption = None) -> None:
    """检查本单位的类型文件，并核对有没有记录停在已经取消的类型或状态上。"""
    console, settings = Console(), read_settings(data)
    loaded = load_installation(settings.kinds)
    _tell_faults(console, loaded)
    found = _unplaced(settings, loaded.kinds)
    for each in found:
        console.print(f"[red]✗[/] {escape(_told(each))}", soft_wrap=True)
    if loaded.faults or found:
        sys.exit(1)
    console.print(f"[green]✓[/] {len(list(loaded.kinds))} 个类型，没有错误。")


def graph(
    kind: Annotated[str | None, typer.Argument(help="类型，如 notice；不写即全部")] = None,
    data: DataOption = None,
) -> None:
    """以 Mermaid 写出各类型的流程图。"""
    loaded = load_installation(read_settings(data).kinds)
    chosen = loaded.kinds if kind is None else [loaded.kinds.get(kind)]
    typer.echo(graphs(*chosen), nl=False)


def graphs(*kinds: Kind) -> str:
    """The flows of these kinds, each below its heading, as Markdown."""
    return "\n".join(
        f"## {kind.title} `{kind.kind}`\n\n```mermaid\n{mermaid(kind)}```\n"
        for kind in kinds
        if kind.has_flow
    )


def _versions(kinds: Kinds, kind: Kind) -> list[int]:
    return [kind.version, *(each.version for each in kinds.earlier if each.kind == kind.kind)]


def _tell_faults(console: Console, loaded: LoadedKinds) -> None:
    for fault in loaded.faults:
        console.print(f"[red]✗[/] {escape(str(tell(fault)))}", soft_wrap=True)


def _unplaced(settings: Settings, kinds: Kinds) -> list[Unplaced]:
    """None where nothing has been kept yet."""
    try:
        require_store(settings)
    except NotFound:
        return []
    with installation(settings) as built, Progress(console=Console(stderr=True)) as bar:
        task = bar.add_task("核对", total=None)
        standing = counted(bar.track(built.census.newest(), task_id=task))
    return list(unplaced(kinds, standing))


def _told(found: Unplaced) -> str:
    place = found.standing
    if found.kind is None:
        return f"有 {found.records} 条记录属于类型“{place.kind}”，该类型已不存在。{_GONE}"
    way = _WAY.format(state=place.state, kind=place.kind, version=place.kind_version)
    what = f"类型“{found.kind.title}”的状态“{place.state}”"
    return f"有 {found.records} 条记录停在{what}，现行版本没有这个状态。{way}"
