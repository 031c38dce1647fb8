"""``wenshu demo``: a small made-up organisation."""

import typer


def add_to(app: typer.Typer) -> None:
    """Hang the command on the command line."""
