"""What tells whether the house stands, over its engines."""

from records.ports.clock import Clock
from records.ports.job_queue import JobQueue
from services.after_commit.backlog import Backlog
from services.keeping.health import Health
from wenshu.building.engines import Engines


def health_of(opened: Engines, backlog: Backlog, queue: JobQueue, clock: Clock) -> Health:
    """The health of these engines and of what works on them."""
    return Health(
        store=opened.store,
        index=opened.index,
        backlog=backlog,
        queue=queue,
        others=opened.probes,
        clock=clock,
    )
