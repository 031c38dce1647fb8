"""Prints the table of figures: ``python -m bench [DOCUMENTS]`` (100,000 when not said)."""

import sys

from rich.console import Console
from rich.table import Table

from bench.product import measure


def main() -> None:
    """Measure everything and print it."""
    documents = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    table = Table("what", "measured", "at least", "aim", title="文枢 bench")
    for figure in measure(documents):
        table.add_row(figure.what, figure.measured, figure.at_least, figure.aim)
    Console(width=110).print(table)


if __name__ == "__main__":
    main()
