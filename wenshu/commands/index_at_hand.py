"""An index that a command can work with: made anew by the command where nobody else does it."""

from rich.console import Console

from records.errors import Unavailable
from wenshu.building.installation import Installation

_DONE_ELSEWHERE = frozenset({"writer_elsewhere", "rebuild_running"})


def have_index(built: Installation) -> None:
    """Rebuild the index when it is beyond use, unless another process is at it.

    A server or worker does so by itself, but a command may be all that runs. Raises Unavailable.
    """
    if built.upkeep.fault() is None:
        return
    Console(stderr=True).print("检索索引不存在或不能使用，正在重建……")
    try:
        built.upkeep.mend()
    except Unavailable as error:
        if error.reason not in _DONE_ELSEWHERE:
            raise
