"""The threads beside the requests of a server."""

from contextlib import ExitStack

from services.finding.unindexed import UnindexedView
from services.keeping.rebuild_desk import RebuildDesk
from wenshu.building.ground import Ground
from workers.tending import Tending

TEND_S = 0.25
"""How often a server looks whether what it knows of the outbox is still fresh."""

SET_S = 1.0
"""How often it looks whether somebody set a parameter or a synonym elsewhere."""

ASKED_S = 2.0
"""How often it looks whether somebody asked for a rebuild."""


def threads_beside(
    ground: Ground,
    unindexed: UnindexedView,
    rebuilds: RebuildDesk,
    stack: ExitStack,
    *,
    writes: bool,
    scans: tuple[Tending, ...],
) -> tuple[Tending, ...]:
    """Not begun yet; ended with the stack. `scans` are the threads of recognition.

    A process that `writes` the index rebuilds it in a thread that holds up none; between processes
    a worker does it, as a job.
    """
    tending = [
        Tending(unindexed.tend, every_s=TEND_S, name="unindexed"),
        Tending(ground.parameters.tend, every_s=SET_S, name="parameters"),
        Tending(ground.words.tend, every_s=SET_S, name="words"),
    ]
    if writes:
        tending.append(Tending(rebuilds.tend, every_s=ASKED_S, name="rebuild"))
    for each in tending:
        stack.callback(each.close)
    stack.callback(rebuilds.give_up)
    return (*tending, *scans)
