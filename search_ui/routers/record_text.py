"""The text that a record of a flow carries itself, laid out as a document is."""

import re

from records.queries.search import Span
from search_ui.desk import Visitor
from search_ui.shown.marking import of_spans
from search_ui.shown.words import record_href
from search_ui.views.record import Paragraph
from services.finding.browse import OpenRecord
from services.relations.citation_links import CitationLinks

_DIGIT = "[0-9〇一二三四五六七八九十]"
_DAY = re.compile(rf"\s*{_DIGIT}{{4}}年{_DIGIT}{{1,3}}月{_DIGIT}{{1,3}}日\s*")
_SIGNED = 30
"""Characters of the name of an organ that signs; more are a sentence."""


def body_of(
    visitor: Visitor, opened: OpenRecord, words: str, links: CitationLinks
) -> tuple[Paragraph, ...]:
    """Its paragraphs with marks: 主送机关 flush left, 署名, 日期 at the right (GB/T 9704, 7.3).

    What it cites leads where `links` say.
    """
    name = opened.kind.meaning.body
    if name is None or not opened.kind.has_flow:
        return ()
    text = str(opened.revision.fields.get(name) or "").strip("\n")
    lines = text.split("\n") if text.strip() else []
    looks = looks_of(lines)
    marked = visitor.desk.previewing.words.cells(lines, words)
    return tuple(
        Paragraph(of_spans(line, spans, _hrefs(line, links)), look)
        for line, spans, look in zip(lines, marked, looks, strict=True)
    )


def _hrefs(line: str, links: CitationLinks) -> list[tuple[Span, str]]:
    return [(each.span, record_href(each.to.record)) for each in links.of(line)]


def looks_of(lines: list[str]) -> list[str]:
    """What each line is: ``to``, ``sign``, ``gap`` for an empty one, or a paragraph."""
    looks = ["" if line.strip() else "gap" for line in lines]
    written = [n for n, look in enumerate(looks) if not look]
    if not written:
        return looks
    first, last = written[0], written[-1]
    if len(written) > 1 and lines[first].rstrip().endswith(("：", ":")):
        looks[first] = "to"
    if len(written) > 1 and _DAY.fullmatch(lines[last]):
        looks[last] = "sign"
        before = lines[written[-2]].strip()
        if looks[written[-2]] == "" and len(before) <= _SIGNED and before[-1] not in "。；：！？.":
            looks[written[-2]] = "sign"
    return looks
