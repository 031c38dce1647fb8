"""The ledger as a table."""

from rich.console import Console
from rich.table import Table

from languages.outcomes import outcome_told
from services.intake.ledger import Ledger, Outcome, Tally
from wenshu.commands.table_cells import cells

_HEADS = {
    Outcome.INDEXED: "已收录",
    Outcome.DUPLICATE: "重复",
    Outcome.QUARANTINED: "隔离",
    Outcome.SKIPPED: "跳过",
}
_SHOWN = 40
"""Folders and containers shown one by one; the report has them all."""


def show(ledger: Ledger, console: Console) -> None:
    """Print the tallies per place, the reasons, and whether all balances."""
    table = Table("位置", "应有", *_HEADS.values(), "平衡", title="导入台账")
    places = sorted(ledger.places.items())
    for place, tally in places[:_SHOWN]:
        table.add_row(*cells(place, *_counts(tally)))
    if len(places) > _SHOWN:
        table.add_row(*cells(f"……另有 {len(places) - _SHOWN} 处，见逐件报告"))
    table.add_section()
    table.add_row(*cells("合计（文件）", *_counts(ledger.total)))
    console.print(table)
    for (outcome, reason), count in sorted(ledger.reasons.items()):
        console.print(f"  {_HEADS[outcome]} · {outcome_told(reason)}：{count}")
    if not ledger.balances:
        console.print("[bold red]台账不平衡：有文件没有结果，请保留报告并重新运行。[/]")


def _counts(tally: Tally) -> list[str]:
    counts = [str(tally.outcomes[outcome]) for outcome in _HEADS]
    return [str(tally.expected), *counts, "是" if tally.balances else "否"]
