"""Does jobs: each is one call of one use case."""

from collections.abc import Callable, Mapping

from records.errors import Unavailable
from records.ports.job_queue import Job, JobName
from services.after_commit.dead_letters import DeadLetters

Work = Callable[[Job], object]


class JobRunner:
    """Runs jobs; what fails for good becomes a dead letter."""

    def __init__(self, work: Mapping[JobName, Work], letters: DeadLetters) -> None:
        self._work = work
        self._letters = letters

    def run(self, job: Job) -> None:
        """Do it. Raises Unavailable when a part is down: the sweep will ask again."""
        try:
            self._work[job.name](job)
        except Unavailable:
            raise
        except Exception as error:  # noqa: BLE001 - the boundary of a job
            self.give_up(job, error)

    def give_up(self, job: Job, error: Exception) -> None:
        """Write the dead letter of a job that cannot be done. Raises Unavailable."""
        self._letters.report(job, error)
