"""Prints the tables of figures: ``python -m bench [DOCUMENTS]`` (100,000 when not said).

How well the right record is ranked is asked of `SAMPLED` queries a set, where the texts of
CMRC 2018 lie beside the repository.
"""

import sys
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bench.product import measure
from bench.relevance.__main__ import SAMPLED, relevance

CMRC = Path(__file__).parents[2] / "shared" / "data" / "cmrc2018_dev.json"


def main() -> None:
    """Measure everything and print it."""
    documents = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    table = Table("what", "measured", "at least", "aim", title="文枢 bench")
    for figure in measure(documents):
        table.add_row(figure.what, figure.measured, figure.at_least, figure.aim)
    console = Console(width=110)
    console.print(table)
    if CMRC.exists():
        console.print(relevance(CMRC, most=SAMPLED))
    else:
        console.print(f"relevance: no texts at {CMRC}, see bench/README.md")


if __name__ == "__main__":
    main()
