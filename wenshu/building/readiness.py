"""What tells whether the house stands, over its engines."""

from collections.abc import Sequence

from records.ports.clock import Clock
from records.ports.job_queue import JobQueue
from services.after_commit.backlog import Backlog
from services.keeping.health import Health
from services.keeping.probing import Probe
from wenshu.building.engines import Engines


def health_of(
    opened: Engines, backlog: Backlog, queue: JobQueue, clock: Clock, *, outside: Sequence[Probe]
) -> Health:
    """The health of these engines, of what works on them, and of who is asked `outside`."""
    return Health(
        store=opened.store,
        index=opened.index,
        backlog=backlog,
        queue=queue,
        others=(*opened.probes, *outside),
        clock=clock,
    )
