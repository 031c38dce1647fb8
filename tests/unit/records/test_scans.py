"""What was recognised: laid over the text of its file, and over the page that is shown."""

import pytest

from records.identity import Sha256
from records.scans import (
    Scan,
    ScannedLine,
    ScannedPage,
    ScanPlan,
    lines_on,
    looks_like_paper,
    may_be_scan,
    with_scan,
)
from records.text import ContainedPart, ExtractedText, ExtractionStatus, TextPage


def extracted(
    *pages: TextPage,
    media_type: str = "application/pdf",
    status: ExtractionStatus = ExtractionStatus.EMPTY,
    reason: str | None = None,
) -> ExtractedText:
    part = ContainedPart(
        path="",
        media_type=media_type,
        size_bytes=9,
        sha256=Sha256("a" * 64),
        status=status,
        pages=pages,
    )
    return ExtractedText(
        extractor="x",
        media_type=media_type,
        status=status,
        reason=reason,
        parts=(part,),
        elapsed_ms=1,
    )


def line(text: str, *corners: int, confidence: int = 90) -> ScannedLine:
    width = len(text)
    return ScannedLine(
        text=text,
        corners=corners or (0, 0, 5000, 0, 5000, 1000, 0, 1000),
        centres=tuple(round((place + 0.5) / width * 1000) for place in range(width)),
        confidence=confidence,
    )


def scan(*pages: ScannedPage, wanted: tuple[int, ...] = (1, 2, 3)) -> Scan:
    return Scan(engine="e", plan=ScanPlan(pages=9, wanted=wanted), pages=pages)


@pytest.mark.feature("SS-03")
def test_recognised_pages_stand_between_those_that_have_text() -> None:
    text = extracted(TextPage(page=1, text="一"), TextPage(page=4, text="四"))
    whole = with_scan(text, scan(ScannedPage(page=2, lines=(line("二"), line("贰")))))
    assert [(page.page, page.text) for page in whole.parts[0].pages] == [
        (1, "一"),
        (2, "二\n贰"),
        (4, "四"),
    ]
    assert (whole.status, whole.parts[0].status) == (ExtractionStatus.OK, ExtractionStatus.OK)


def test_of_a_page_with_both_the_recognised_text_comes_last() -> None:
    text = extracted(TextPage(page=1, text="第 1 页"))
    whole = with_scan(text, scan(ScannedPage(page=1, lines=(line("正文"),))))
    assert [page.text for page in whole.parts[0].pages] == ["第 1 页\n正文"]


def test_where_nothing_was_recognised_the_text_is_what_it_was() -> None:
    text = extracted()
    empty = scan(ScannedPage(page=1), ScannedPage(page=2, reason="memory"))
    assert with_scan(text, empty) is text
    assert empty.confidence is None


def test_pages_that_are_left_are_those_up_to_the_limit() -> None:
    begun = scan(ScannedPage(page=1), wanted=(1, 4, 7))
    assert (begun.left(9), begun.left(2), begun.left(1)) == ((4, 7), (4,), ())
    whole = begun.with_pages([ScannedPage(page=7), ScannedPage(page=4)])
    assert [page.page for page in whole.pages] == [1, 4, 7]


def test_confidence_counts_by_characters() -> None:
    lines = (line("一二三", confidence=90), line("四", confidence=50))
    assert scan(ScannedPage(page=1, lines=lines)).confidence == 80


@pytest.mark.feature("SS-03")
@pytest.mark.parametrize(
    ("text", "may_be"),
    [
        (extracted(), True),
        (extracted(status=ExtractionStatus.OK), True),
        (extracted(media_type="image/tiff"), True),
        (extracted(media_type="application/ofd"), True),
        (extracted(media_type="image/heic"), False),
        (extracted(media_type="text/plain"), False),
        (extracted(status=ExtractionStatus.ENCRYPTED), False),
        (extracted(status=ExtractionStatus.FAILED), False),
        (extracted(reason="empty"), False),
    ],
)
def test_what_may_be_a_scan_is_told_by_its_type_and_by_what_became_of_it(
    text: ExtractedText, *, may_be: bool
) -> None:
    assert may_be_scan(text) is may_be


@pytest.mark.feature("SS-03")
def test_characters_have_boxes_between_their_middles_in_the_size_of_the_view() -> None:
    page = ScannedPage(
        page=1, lines=(line("防汛", 1000, 2000, 3000, 2000, 3000, 3000, 1000, 3000),)
    )
    (found,) = lines_on(page, 200, 100)
    assert (found.x, found.y, found.width, found.height, found.rotation) == (20, 30, 40, 10, 0)
    assert [(box.x, box.y, box.width, box.height) for box in found.boxes] == [
        (20, 20, 20, 10),
        (40, 20, 20, 10),
    ]


def test_a_line_that_stands_on_its_head_is_turned_about_its_begin() -> None:
    page = ScannedPage(
        page=1, lines=(line("防汛", 3000, 3000, 1000, 3000, 1000, 2000, 3000, 2000),)
    )
    (found,) = lines_on(page, 100, 100)
    assert (found.x, found.y, abs(found.rotation)) == (30, 20, 180)


def test_places_that_make_no_sense_are_spread_over_the_line() -> None:
    odd = line("防汛").model_copy(update={"centres": (1, 2, 3, 4)})
    (found,) = lines_on(ScannedPage(page=1, lines=(odd,)), 100, 100)
    assert [box.width for box in found.boxes] == [25, 25]
    wild = line("防汛").model_copy(update={"centres": (-900, 70_000)})
    (found,) = lines_on(ScannedPage(page=1, lines=(wild,)), 100, 100)
    assert all(0 <= box.x <= box.x + box.width <= 50 for box in found.boxes)


@pytest.mark.parametrize(
    ("name", "media_type", "may"),
    [
        ("扫描件.PDF", "application/octet-stream", True),
        ("照片.jpeg", "", True),
        ("扫描件.dat", "application/ofd", True),
        ("扫描件", "application/octet-stream", True),
        ("名单.xlsx", "application/octet-stream", False),
        ("说明.txt", "text/plain", False),
    ],
)
def test_what_is_called_like_no_paper_is_asked_for_no_text(
    name: str, media_type: str, *, may: bool
) -> None:
    assert looks_like_paper(name, media_type) is may


_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_SLIDES = "application/vnd.openxmlformats-officedocument.presentationml.presentation"


@pytest.mark.feature("SS-03")
def test_pictures_of_a_document_stand_behind_its_text_and_on_no_page() -> None:
    text = extracted(TextPage(text="正文"), media_type=_WORD, status=ExtractionStatus.OK)
    plan = ScanPlan(pages=3, wanted=(2, 3), pictures=True)
    read = Scan(
        engine="e",
        plan=plan,
        pages=tuple(ScannedPage(page=n, lines=(line(t),)) for n, t in ((2, "甲"), (3, "乙"))),
    )
    assert may_be_scan(text)
    found = [(page.page, page.text) for page in with_scan(text, read).parts[0].pages]
    assert found == [(None, "正文"), (None, "甲\n乙")]


@pytest.mark.feature("SS-03")
def test_pictures_of_slides_belong_to_the_slide_on_which_they_stand() -> None:
    slides = (TextPage(page=n, text=f"第{n}张") for n in (1, 2, 3))
    text = extracted(*slides, media_type=_SLIDES, status=ExtractionStatus.OK)
    plan = ScanPlan(pages=4, wanted=(1, 2, 4), pictures=True, slides=(2, 2, 3))
    pages = (ScannedPage(page=n, lines=(line(t),)) for n, t in ((1, "甲"), (2, "乙"), (4, "丙")))
    whole = with_scan(text, Scan(engine="e", plan=plan, pages=tuple(pages)))
    found = [page.text for page in whole.parts[0].pages]
    assert found == ["第1张", "第2张\n甲\n乙", "第3张\n丙"]
