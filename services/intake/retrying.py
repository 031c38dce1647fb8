"""Reads files again whose text could not be read (提取重试)."""

from collections.abc import Iterable, Iterator

from records.errors import NotFound
from records.ports.file_shelf import FileShelf
from records.ports.outbox import Outbox
from records.ports.record_log import RecordLog
from records.ports.text_extractor import TextExtractor
from services.after_commit.texts import Texts
from services.intake.ledger import LedgerLine, Outcome, lines_of


class ReadingRetrier:
    """Repeats the failures of a ledger, and only those."""

    def __init__(
        self,
        *,
        log: RecordLog,
        shelf: FileShelf,
        outbox: Outbox,
        extractor: TextExtractor,
        texts: Texts,
    ) -> None:
        self._log = log
        self._shelf = shelf
        self._outbox = outbox
        self._extractor = extractor
        self._texts = texts

    def run(self, lines: Iterable[LedgerLine]) -> Iterator[list[LedgerLine]]:
        """New lines for every file that was quarantined or not read whole, durable when they come.

        Records that are gone meanwhile give no line.
        """
        for line in lines:
            if line.container is None and _is_lacking(line):
                again = self._again(line)
                if again:
                    yield again

    def _again(self, line: LedgerLine) -> list[LedgerLine]:
        if line.record is None or line.sha256 is None:
            return []
        try:
            revision = self._log.latest(line.record)
            with self._shelf.local(line.record, line.sha256) as path:
                text = self._extractor.extract(path, name=line.path)
        except NotFound:
            return []
        self._texts.forget(line.record, line.sha256)
        self._shelf.keep_text(line.record, line.sha256, text)
        self._texts.prime(line.record, line.sha256, text)
        self._outbox.add(line.record, revision.number)
        return list(lines_of(line.path, line.record, text))


def _is_lacking(line: LedgerLine) -> bool:
    return line.outcome is Outcome.QUARANTINED or line.characters is not None
