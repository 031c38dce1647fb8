"""What the server makes of a worker's report, honest or not."""

import json
import time

import pytest

from indexers.extraction.received import Received
from records.text import ExtractionStatus
from sandbox.worker_process import Ending

DIGEST = "0" * 64


def received(*messages: object) -> Received:
    report = Received()
    for message in messages:
        report.take(json.dumps(message).encode())
    return report


def told(report: Received, ending: Ending = Ending.DONE) -> tuple[ExtractionStatus, str | None]:
    text = report.extracted(ending, "x-1", size_bytes=1, began=time.monotonic())
    return text.status, text.reason


def test_pieces_of_one_page_are_joined_and_white_pages_left_out() -> None:
    report = received(
        ["part", "", "text/plain", 9, DIGEST],
        ["text", 0, 1, False, "防"],
        ["text", 0, 1, False, "汛\n\n\n\n完"],
        ["text", 0, 2, False, " \n"],
        ["done", 0, "ok", None, False],
    )
    text = report.extracted(Ending.DONE, "x-1", size_bytes=9, began=time.monotonic())
    assert [(page.page, page.text) for page in text.parts[0].pages] == [(1, "防汛\n\n完")]


@pytest.mark.parametrize(
    ("ending", "reason"),
    [
        (Ending.CRASH, "crash"),
        (Ending.MEMORY, "memory"),
        (Ending.TIMEOUT, "timeout"),
        (Ending.FLOOD, "too_long"),
    ],
)
def test_a_report_that_breaks_off_keeps_its_text_and_tells_why(ending: Ending, reason: str) -> None:
    report = received(
        ["part", "", "application/zip", 9, DIGEST],
        ["part", "a.txt", "text/plain", 3, DIGEST],
        ["text", 1, None, False, "kept"],
        ["done", 1, "ok", None, False],
    )
    text = report.extracted(ending, "x-1", size_bytes=9, began=time.monotonic())
    assert (text.status, text.reason) == (ExtractionStatus.TRUNCATED, reason)
    assert text.parts[1].pages[0].text == "kept"


def test_no_report_at_all_is_a_failure_with_its_reason() -> None:
    assert told(Received(), Ending.TIMEOUT) == (ExtractionStatus.FAILED, "timeout")


def test_a_container_whose_parts_say_nothing_is_empty() -> None:
    report = received(
        ["part", "", "application/zip", 9, DIGEST],
        ["part", "a.png", "image/png", 3, DIGEST],
        ["done", 1, "empty", "no_text", False],
        ["done", 0, "ok", None, False],
    )
    assert told(report) == (ExtractionStatus.EMPTY, "no_text")


@pytest.mark.parametrize(
    "message",
    [b"no json", b"[]", b'["what"]', b'["text",7,1,false,"x"]', b'["done",0]', b"3", b"\xff"],
)
def test_what_is_no_message_is_refused(message: bytes) -> None:
    with pytest.raises((ValueError, LookupError, TypeError)):
        Received().take(message)
