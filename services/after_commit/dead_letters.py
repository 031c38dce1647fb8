"""Work that failed for good: a record one can see, try again and close (任务监控, AQ-15).

One letter stands for one record that cannot be worked off, for one effect of a revision, or for one
kind of job and day. As long as its claim stands the work is left alone; 重试 gives the claim back,
关闭 leaves it.
"""

import logging
from collections.abc import Callable, Mapping

from records.errors import Conflict, Corrupt, NotFound, WenshuError
from records.identity import RecordId
from records.ports.claims import Claims
from records.ports.clock import Clock
from records.ports.identities import Identities
from records.ports.job_queue import Job, JobName
from records.ports.record_log import RecordLog
from records.revision import Revision
from records.times.office_time import office_day
from services.after_commit.effect_failures import EffectFailures
from services.flow.change import Attempt, RevisionWriter
from services.intake.ingest import Draft, RecordIntake
from services.people.organisation_book import OrganisationBook
from services.people.system_caller import system_caller

_LOG = logging.getLogger(__name__)

KIND = "failed_job"
"""Administrators hold its task: a letter names records and reasons, no content."""

_NAMES: Mapping[JobName, str] = {
    JobName.DELIVER: "编入索引",
    JobName.EFFECT: "后续办理",
    JobName.READ: "文字提取",
    JobName.INDEX: "编入索引",
    JobName.DRAIN: "批量编入索引",
    JobName.SWEEP: "补派",
    JobName.TIMERS: "定时办理",
    JobName.SEND: "邮件与短信发送",
    JobName.UPKEEP: "索引维护",
    JobName.RECONCILE: "存储与索引核对",
    JobName.EXPORT: "导出",
    JobName.SCAN: "文字识别",
    JobName.PURGE: "清理",
}
"""Jobs in the titles of letters: these are content, and so in the language of the house."""

_ADVICE = "请先查明并排除原因，再点“重试”；不需要再办的，点“关闭”并写明理由。"

_STOPPED = "stopped/records/"
_EFFECTS = "stopped/effects/"
_JOBS = "stopped/jobs/"

ALL_EFFECTS = "all"
"""Stands for every effect of a record, where a process died over them."""


class DeadLetters:
    """Writes letters, and knows what is not to be tried again."""

    def __init__(
        self,
        *,
        claims: Claims,
        log: RecordLog,
        ingest: RecordIntake,
        identities: Identities,
        changes: RevisionWriter,
        book: OrganisationBook,
        clock: Clock,
        failures: EffectFailures,
        written: Callable[[Job], None],
    ) -> None:
        """`written` is called after each letter that is written here."""
        self._claims = claims
        self._log = log
        self._ingest = ingest
        self._identities = identities
        self._changes = changes
        self._book = book
        self._clock = clock
        self._failures = failures
        self._written = written
        self._told: set[str] = set()
        # Claims whose letter was seen: letters are never removed.

    def report(self, job: Job, error: Exception, *, part: str = ALL_EFFECTS) -> None:
        """Write the letter of a job that failed, unless there is one. Raises Unavailable.

        `part` names the effect of the record that the job was about.
        """
        name = self._claim_of(job, part)
        attempt = Attempt("report", idempotency_key=None)
        fresh = self._identities.record_id()
        taken = self._claims.take(name, fresh.encode())
        letter = RecordId(taken.decode()) if taken else fresh
        if taken and self._exists(letter):
            return
        _LOG.error("%s of %s was given up: %s", job.name, job.record or "-", error)
        caller = system_caller(self._book, self._clock)
        revision = self._ingest.prepare(caller, _draft(job, error, self._today()), letter, attempt)
        try:
            self._changes.commit(revision, ())
        except Conflict:
            return  # another process was faster with the same letter
        self._written(job)

    def stopped(self) -> frozenset[RecordId]:
        """Records that are left alone until somebody says 重试.

        A claim without its letter, whose writer was killed between the two, stops nothing: the
        work is tried, fails again, and the letter is written then.
        """
        names = list(self._claims.names(_STOPPED))
        self._told &= set(names)
        self._told |= {name for name in names if name not in self._told and self._is_told(name)}
        return frozenset(RecordId(name.removeprefix(_STOPPED)) for name in self._told)

    def stopped_effects(self, record: RecordId) -> frozenset[str]:
        """Parts of the record's effects that are left alone, or `ALL_EFFECTS`; one listing."""
        prefix = f"{_EFFECTS}{record}/"
        names = list(self._claims.names(prefix))
        return frozenset(name.removeprefix(prefix) for name in names if self._is_told(name))

    def ask_again(self, letter: Revision) -> tuple[RecordId, ...]:
        """Give the claim of a letter back; a second time does nothing. The sweep does the rest.

        The records whose effects may be tried again at once, their failures forgotten.
        """
        subject = letter.fields.get("subject")
        again: list[RecordId] = []
        if isinstance(subject, str) and subject:
            self._free(f"{_STOPPED}{subject}", letter.record)
            for name in list(self._claims.names(f"{_EFFECTS}{subject}/")):
                if self._free(name, letter.record):
                    self._failures.forget(RecordId(subject), name.rpartition("/")[2])
                    again.append(RecordId(subject))
        for name in list(self._claims.names(_JOBS)):
            self._free(name, letter.record)
        return tuple(again)

    def _free(self, name: str, letter: RecordId) -> bool:
        is_ours = self._claims.read(name) == letter.encode()
        if is_ours:
            self._claims.free(name)
        return is_ours

    def _claim_of(self, job: Job, part: str) -> str:
        if job.record is not None and job.name is JobName.EFFECT:
            return f"{_EFFECTS}{job.record}/{part}"
        if job.record is not None:
            return f"{_STOPPED}{job.record}"
        return f"{_JOBS}{job.name}/{self._today()}"

    def _today(self) -> str:
        return office_day(self._clock.now()).isoformat()

    def _is_told(self, name: str) -> bool:
        letter = self._claims.read(name)
        return letter is not None and self._exists(RecordId(letter.decode()))

    def _exists(self, letter: RecordId) -> bool:
        """Whether it was written; one that is damaged since was, and must not stop all work."""
        try:
            self._log.revision(letter, 1)
        except NotFound:
            return False
        except Corrupt:
            pass
        return True


def _draft(job: Job, error: Exception, today: str) -> Draft:
    reason = error.reason if isinstance(error, WenshuError) else type(error).__name__
    about = f"（记录 {job.record}）" if job.record else ""
    said = str(error)[:1900].encode(errors="replace").decode()  # it may quote what no field takes
    return Draft(
        kind=KIND,
        fields={
            "title": f"{_NAMES[job.name]}未完成{about}",
            "job": str(job.name),
            **({"subject": job.record} if job.record else {}),
            "reason": reason,
            "detail": f"{said}\n\n{_ADVICE}",
            "failed_on": today,
        },
    )
