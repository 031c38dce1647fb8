"""What a line of the ledger says of a file."""

import pytest

from records.identity import RecordId
from records.text import ContainedPart, ExtractedText, ExtractionStatus, TextPage
from services.intake.ledger import Outcome, lines_of


def a_text(status: ExtractionStatus, reason: str | None) -> ExtractedText:
    part = ContainedPart(
        path="",
        media_type="application/pdf",
        size_bytes=9,
        sha256=None,
        status=status,
        reason=reason,
        pages=(TextPage(page=1, text="前半"), TextPage(page=2, text="后")),
    )
    return ExtractedText(
        extractor="x-1",
        media_type="application/pdf",
        status=status,
        reason=reason,
        parts=(part,),
        elapsed_ms=1,
    )


@pytest.mark.parametrize(
    ("status", "reason", "characters"),
    [
        (ExtractionStatus.OK, None, None),
        (ExtractionStatus.TRUNCATED, "parse", 3),
        (ExtractionStatus.TRUNCATED, "too_long", 3),
    ],
)
def test_a_line_says_how_much_was_read_of_what_was_not_read_whole(
    status: ExtractionStatus, reason: str | None, characters: int | None
) -> None:
    (line,) = lines_of("a.pdf", RecordId("r" * 20), a_text(status, reason))
    assert (line.outcome, line.reason, line.characters) == (Outcome.INDEXED, reason, characters)
