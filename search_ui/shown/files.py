"""The files of an opened record, part by part: who brought which in what step, and who may add."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from urllib.parse import urlencode

from languages.outcomes import OUTCOMES
from records.revision import Event, FileVersion, Revision
from records.rights.editing import is_own
from records.text import ExtractedText, ExtractionStatus
from search_ui.formats import count
from search_ui.shown.words import download_href, file_icon, record_href
from search_ui.texts import Texts
from search_ui.views.shell import Badge
from search_ui.views.upload import FilePart, FileRow
from services.finding.browse import OpenRecord
from services.people.caller import Caller
from services.scanning.scan_state import ScanStage, ScanState

_SUREST = 99
"""Per cent: a machine that reads is never sure."""


@dataclass(frozen=True)
class FileShowing:
    """Makes the rows of files of one record for one reader."""

    opened: OpenRecord
    history: Sequence[Revision]
    caller: Caller
    texts: Texts
    words: str
    extracted: dict[str, ExtractedText]
    scans: dict[str, ScanState]

    def parts(self, current: str) -> tuple[FilePart, ...]:
        """Every part that the kind declares; `current` is the file in the preview pane."""
        revision = self.opened.revision
        return tuple(
            FilePart(
                name,
                part.label,
                tuple(self._row(held, current) for held in revision.files if held.part == name),
                add_href=self._add_href(name),
            )
            for name, part in self.opened.kind.parts.items()
        )

    def _add_href(self, part: str) -> str | None:
        """Who may edit has the form of the record; who may only add has a dialog."""
        if self.opened.may_edit or part not in self.opened.may_add:
            return None
        return f"{record_href(self.opened.revision.record)}/files"

    def _row(self, held: FileVersion, current: str) -> FileRow:
        revision, organisation = self.opened.revision, self.caller.organisation
        past = revision.number if revision.number != self.opened.newest else None
        event = self._brought(held)
        own = held.part in self.opened.may_add and is_own(held, revision, self.caller.person.login)
        href = record_href(revision.record)
        named = urlencode({"file": held.name})
        return FileRow(
            name=held.name,
            href=record_href(revision.record, q=self.words, revision=past, file=held.name),
            download_href=download_href(revision.record, held.name, past),
            size_bytes=held.size_bytes,
            icon=file_icon(held.name),
            added_at=event.at,
            added_by=organisation.name_of(held.by or event.actor) if self.opened.took_part else "",
            version=version_of(self.opened, self.history, held.name),
            status=self._text_badge(held.name),
            current=held.name == current,
            new_version_href=f"{href}/new-version?{named}" if own or self.opened.may_edit else None,
            step=(held.step or "") if self.opened.took_part else "",
            bring_back_href=self._bring_back_href(held) if past else None,
            newest=self.opened.newest,
            shown_revision=revision.number,
            remove_href=f"{href}/files/remove" if own and not self.opened.may_edit else None,
            recognise_href=f"{href}/files/recognise" if self._may_recognise(held) else None,
        )

    def _bring_back_href(self, held: FileVersion) -> str | None:
        """For who may edit the record as it stands, where that has other bytes."""
        latest = self.opened.latest
        standing = latest.file(held.name)
        same = standing is not None and standing.sha256 == held.sha256
        if same or not self.caller.may_edit(self.opened.kind, latest):
            return None
        return f"{record_href(latest.record)}/files/bring-back"

    def _brought(self, held: FileVersion) -> Event:
        """What brought the bytes, as far as the reader may see that revision."""
        past = (each.event for each in self.history if each.number == held.since)
        return next(past, self.opened.revision.event)

    def _may_recognise(self, held: FileVersion) -> bool:
        """Where some pages failed, for who may change the record as it stands."""
        state = self.scans.get(held.name)
        newest = self.opened.revision.number == self.opened.newest
        reads = state is not None and state.stage not in {ScanStage.OFF, ScanStage.MISSING}
        return bool(state and state.reason and reads and newest and self.opened.may_edit)

    def _text_badge(self, name: str) -> Badge | None:
        """What became of the text, when that is worth telling."""
        text, scan = self.extracted.get(name), self.scans.get(name)
        if scan is not None:
            return scan_badge(scan, self.texts)
        if text is None:
            return Badge(self.texts("file.status.waiting"), "info")
        if text.status is ExtractionStatus.OK:
            return None
        quiet = text.status in {ExtractionStatus.EMPTY, ExtractionStatus.UNSUPPORTED}
        reason = text.reason or text.status.value
        words = self.texts(
            f"file.status.{text.status}",
            characters=count(text.characters),
            reason=OUTCOMES.get(reason, reason),
        )
        return Badge(words, "neutral" if quiet else "warning")


def scan_badge(scan: ScanState, t: Texts) -> Badge | None:
    """How far the recognition of a file is, in words; None for pictures that hold no text."""
    reason = OUTCOMES.get(scan.reason, scan.reason)
    match scan.stage:
        case ScanStage.READING:
            of = "reading_pictures" if scan.pictures else "reading"
            told = t(f"file.scan.{of}", page=count(scan.done + 1), total=count(scan.total))
            return Badge(told, "info")
        case ScanStage.FAILED:
            if scan.beside_text:
                told = t("file.scan.failed_pictures", reason=reason)
            else:
                told = t("file.scan.failed", reason=reason)
            return Badge(told, "neutral" if scan.beside_text else "warning")
        case ScanStage.DONE | ScanStage.PARTIAL if scan.pictures:
            return _pictures_badge(scan, t, reason)
        case ScanStage.DONE | ScanStage.PARTIAL if scan.confidence is None:
            so_far = t("file.scan.nothing_so_far", n=count(scan.total))
            is_partial = scan.stage is ScanStage.PARTIAL
            told = so_far if is_partial else t("file.scan.nothing")
            return Badge(told, "warning" if is_partial else "neutral")
        case ScanStage.DONE | ScanStage.PARTIAL:
            told = t("file.scan.done", n=min(scan.confidence or 0, _SUREST))
            if scan.failed:
                told += t("file.scan.some_failed", n=count(scan.failed), reason=reason)
            if scan.beyond:
                pages = count(scan.total + scan.beyond)
                told += t("file.scan.beyond", n=count(scan.total), pages=pages)
            return Badge(told, "warning" if scan.failed or scan.beyond else "neutral")
        case _:
            return Badge(t(f"file.scan.{scan.stage}"), "info")


def _pictures_badge(scan: ScanState, t: Texts, reason: str) -> Badge | None:
    """Of a file that is read and has pictures: nothing where none of them holds text."""
    read = scan.confidence is not None
    n = min(scan.confidence or 0, _SUREST)
    told = t("file.scan.done_pictures", total=count(scan.total), n=n) if read else ""
    if scan.failed:
        told += t("file.scan.some_failed_pictures", n=count(scan.failed), reason=reason)
    if scan.beyond:
        pages = count(scan.total + scan.beyond)
        told += t("file.scan.beyond_pictures", n=count(scan.total), pages=pages)
    uncertain = bool(scan.failed or scan.beyond)
    return Badge(told.removeprefix("；"), "warning" if uncertain else "neutral") if told else None


def version_of(opened: OpenRecord, history: Sequence[Revision], name: str) -> int:
    """Which version a file is in the revision that is shown: 1 for the first.

    One that took the place of a file of another name, with a new version of another type, is the
    next version of that.
    """
    held = opened.revision.file(name)
    if held is None:
        return 0
    past = [each for each in history if each.number <= opened.revision.number]
    digests, called = {held.sha256}, name
    for later, earlier in pairwise(sorted(past, key=lambda each: each.number, reverse=True)):
        called = _called_before(later, earlier, called, held.part)
        before = earlier.file(called)
        if before is None:
            break
        digests.add(before.sha256)
    return len(digests)


def _called_before(later: Revision, earlier: Revision, name: str, part: str) -> str:
    """What the file was called in the revision before: another name where one replaced one."""
    after = {file.name for file in later.files if file.part == part}
    before = {file.name for file in earlier.files if file.part == part}
    gone, come = before - after, after - before
    return gone.pop() if come == {name} and len(gone) == 1 else name
