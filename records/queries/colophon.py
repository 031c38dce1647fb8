"""The end of an issued paper: 署名 and 成文日期, and 版记 with 主送 and 抄送 (GB/T 9704-2012).

Annexes stand between the two (7.3.5 to 7.4), so the day of a paper is looked for before the first
of them, and 版记 from the end of all pages.
"""

import re
from collections.abc import Iterator, Sequence

from records.queries.dates import read_day
from records.queries.particulars import BLANKS, Line, Particular, Sighting, seen_in

ORGAN = re.compile(
    r"^\w{1,38}(?:局|委员会|委|办公厅|办公室|厅|部|政府|院|署|会|所|中心|总队|支队|大队|公司|集团|"
    r"处|科|校|学院|大学|银行|社|站|馆|台|党组|法院|检察院|联社|指挥部|领导小组|街道|乡|镇)$"
)
DAY = re.compile(r"^[0-9０-９〇零○一二三四五六七八九]{4}年\S{1,3}月\S{1,3}日$")

_MOST_ORGANS = 12
_RECEIVER_LINES = 10
"""Lines over which the receivers of one 版记 run."""

_FULL_LINE = 20
"""Characters from which on a line may have been broken at the edge: 28 stand in one of the text
(GB/T 9704-2012, 5.2.2), fewer where it is set in on both sides."""

_RECEIVERS = re.compile(r"^(?P<what>主送|抄送|分送)[：:](?P<names>.+)$")
_GOES_ON = re.compile(
    r"^(?!附件|主送|抄送|分送|抄报|共印|（?此件)(?!.*印发$)[\u3400-\u9fff，。、；（）《》“”·]+$"
)
"""What may continue names of organs: none has letters or digits."""

_ANNEX = re.compile(r"^附件[0-9０-９一二三四五六七八九十]{0,3}[：:]?$")
_PRINTED = re.compile(r"印发$")
_WHAT = {
    "主送": Particular.ADDRESSEES,
    "抄送": Particular.COPIES,
    "分送": Particular.COPIES,
}


def read_end(lines: Sequence[Line]) -> Iterator[Sighting]:
    """Who signed when, and 版记; the lines are those below the title."""
    annex = next((n for n, line in enumerate(lines) if _ANNEX.match(line.text)), len(lines))
    signed = _signed(lines[:annex]) or _signed(lines)
    yield from signed
    yield from _receivers(lines)


def _signed(lines: Sequence[Line]) -> list[Sighting]:
    """成文日期 with 署名 above it: the last day under which an organ stands, else the last one."""
    last: list[Sighting] = []
    for at in range(len(lines) - 1, -1, -1):
        day = read_day(lines[at].text) if DAY.match(lines[at].text) else None
        if day is None:
            continue
        dated = seen_in(Particular.DATED_ON, day.isoformat(), [lines[at]])
        organs = _organs_above(lines[:at])
        if organs:
            return [dated, seen_in(Particular.ISSUER, _named(organs), organs[:1])]
        last = last or [dated]
    return last


def _organs_above(lines: Sequence[Line]) -> list[Line]:
    organs: list[Line] = []
    for line in reversed(lines[-_MOST_ORGANS:]):
        if not all(map(ORGAN.match, line.columns)) and not ORGAN.match(line.text):
            break
        organs.insert(0, line)
    return organs


def _named(lines: Sequence[Line]) -> str:
    """Organs that stand beside one another or in lines, in their order."""
    named: list[str] = []
    for line in lines:
        whole = all(map(ORGAN.match, line.columns))
        named += line.columns if whole else [line.text]
    return "、".join(dict.fromkeys(named))


def _receivers(lines: Sequence[Line]) -> Iterator[Sighting]:
    """主送 and 抄送 of 版记, each the last that the paper names, over all lines that they take."""
    seen: dict[Particular, Sighting] = {}
    for at, line in enumerate(lines):
        begun = _RECEIVERS.match(line.text)
        if begun is None:
            continue
        taken = [line]
        for other in lines[at + 1 : at + _RECEIVER_LINES]:
            if _is_last(taken[-1].text) or not _GOES_ON.match(other.text):
                break
            taken.append(other)
        names = "".join(each.text for each in taken).partition(begun["what"])[2][1:]
        what = _WHAT[begun["what"]]
        if begun["what"] == "主送" and not _closes(lines[at + len(taken) :]):
            continue  # a form within the text, no 版记
        seen[what] = seen_in(what, BLANKS.sub("", names).rstrip("。"), taken)
    yield from seen.values()


def _is_last(text: str) -> bool:
    """Whether names end with this line: with a full stop, or well before the edge of the page."""
    return text.endswith("。") or (len(text) < _FULL_LINE and not text.endswith(("，", "、", ",")))


def _closes(after: Sequence[Line]) -> bool:
    """Whether nothing but 版记 follows."""
    return len(after) <= _RECEIVER_LINES and any(
        _PRINTED.search(line.text) or _RECEIVERS.match(line.text) for line in after
    )
