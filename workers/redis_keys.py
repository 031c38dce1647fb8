"""The keys of an installation in Redis, besides those of the broker itself."""

from records.ports.job_queue import Job


def key_prefix(name: str) -> str:
    """What the keys of an installation begin with."""
    return f"{name}:"


def lease_key(prefix: str, job: Job) -> str:
    """Stands while somebody does a job that is done by one at a time."""
    return f"{prefix}lease:{_named(job)}"


def in_hand_key(prefix: str, job: Job) -> str:
    """Counts how often a lease was taken since a holder let it go: who dies does not."""
    return f"{prefix}in-hand:{_named(job)}"


def asked_key(prefix: str, job: Job) -> str:
    """Stands while a long job about a record was asked for and did not come to an end."""
    return f"{prefix}asked:{_named(job)}"


def waiters_key(prefix: str, job: Job) -> str:
    """The set of tokens of those who wait for the job."""
    return f"{prefix}waiters:{_named(job)}"


def answer_key(prefix: str, token: str) -> str:
    """The list that whoever asked with that token listens to."""
    return f"{prefix}answer:{token}"


def _named(job: Job) -> str:
    return f"{job.name}:{job.record or '-'}"
