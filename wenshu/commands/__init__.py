"""The commands, one module per use; each has ``add_to`` that hangs it on the command line."""

from pathlib import Path
from typing import Annotated

import typer

DataOption = Annotated[
    Path | None,
    typer.Option("--data", help="数据目录（也可用环境变量 WENSHU_DATA）", show_default="./data"),
]

__all__ = ["DataOption"]
