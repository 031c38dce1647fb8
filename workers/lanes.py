"""Which lane each job takes, how long it may run, and what runs by the clock."""

from collections.abc import Mapping

from records.ports.job_queue import Job, JobName, Lane

ROUTES: Mapping[JobName, Lane] = {
    JobName.DELIVER: Lane.INTERACTIVE,
    JobName.EFFECT: Lane.EFFECTS,
    JobName.READ: Lane.EXTRACT,
    JobName.INDEX: Lane.INDEX,
    JobName.DRAIN: Lane.BULK,
    JobName.SWEEP: Lane.MAINTENANCE,
    JobName.TIMERS: Lane.MAINTENANCE,
    JobName.SEND: Lane.EFFECTS,
    JobName.UPKEEP: Lane.MAINTENANCE,
    JobName.RECONCILE: Lane.MAINTENANCE,
    JobName.EXPORT: Lane.BULK,
    JobName.SCAN: Lane.SCAN,
    JobName.PURGE: Lane.MAINTENANCE,
}

ALONE = frozenset(set(JobName) - {JobName.DELIVER, JobName.INDEX})
"""Jobs that may take long, so that doing one twice at once would be a waste. The others must not
wait for each other: a second one may be about a newer revision."""


def leased_as(job: Job) -> Job:
    """The job under whose lease it is done: whatever asked for it, a record is worked off once."""
    return job if job.name in ALONE else Job(JobName.INDEX, job.record)


TIME_LIMITS_S: Mapping[Lane, int] = {
    Lane.INTERACTIVE: 120,
    Lane.EFFECTS: 120,
    Lane.EXTRACT: 1_200,
    Lane.INDEX: 120,
    Lane.BULK: 7_200,
    Lane.MAINTENANCE: 14_400,
    Lane.SCAN: 600,
}
"""After so long the process of a job is killed: above the limits that its parts have themselves
(reading one file, indexing one batch); a rebuild or a comparison of millions takes hours."""

SCHEDULE_S: Mapping[JobName, float] = {
    JobName.SWEEP: 5.0,
    JobName.TIMERS: 10.0,
    JobName.SEND: 10.0,
    JobName.UPKEEP: 10.0,
    JobName.EXPORT: 2.0,
    JobName.SCAN: 2.0,
    JobName.PURGE: 3_600.0,
    JobName.RECONCILE: 86_400.0,
}
"""Seconds between two runs; each may run twice or late."""
