"""What an issued paper says of itself: number, issuer, title, date, addressees (GB/T 9704-2012).

Read line by line from its text as an extractor gives it: 版头 (份号, 密级, 紧急程度, 发文机关标志,
发文字号, 签发人), 主体 (标题, 主送, 署名, 成文日期) and 版记 (抄送, 印发). What is not where the
standard puts it is not guessed.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from records.queries.dates import read_day
from records.queries.numbering import number_key

HEAD_LINES = 30
"""Lines within which 版头, title and addressees of a paper end, blank ones not counted."""

_TITLE_LINES = 6
_ADDRESSEE_LINES = 12
_MOST_ORGANS = 12
_BLANKS = re.compile(r"[\s\u3000]+")
_COPY_NUMBER = re.compile(r"^(?:№|No\.?)?\d{6}$")
_LEVEL = re.compile(r"^(绝密|机密|秘密)(?:[★☆*].{0,8})?$")
_URGENCY = re.compile(r"^(?:特\s*急|加\s*急|紧急|急件|平急|特提)$")
_SIGNER = re.compile(r"签发人[：:](?P<names>[^：:]{2,40})$")
_NUMBER_LINE = re.compile(r"^(?P<number>\S{1,20}[〔\[(（【［]\S{4,5}[〕\])）】］]第?\S{1,7}号)$")
_MARKED = re.compile(r"^(?P<organ>\w{2,40}?)文件$")
_ORGAN = re.compile(
    r"^\w{1,38}(?:局|委员会|委|办公厅|办公室|厅|部|政府|院|署|会|所|中心|总队|支队|大队|公司|集团|"
    r"处|科|校|学院|大学|银行|社|站|馆|台|党组|法院|检察院|联社|指挥部|领导小组|街道|乡|镇)$"
)
_TYPES = (
    "决议|决定|命令|令|公报|公告|通告|意见|通知|通报|报告|请示|批复|议案|函|纪要|办法|规定|条例|细则|方案|规划|计划|"
    "复函|回函|说明|规则|制度|预案|总结|要点|清单|答复"
)
_ENDS_TITLE = re.compile(rf"(?:{_TYPES})(?:[（(][^（）()]{{1,30}}[）)])?$")
_BEGINS_TITLE = re.compile("关于|印发|转发|批转")
_COPIES = re.compile(r"^抄\s*送[：:](?P<names>.+)$")
_DAY = re.compile(r"^[0-9０-９〇零○一二三四五六七八九]{4}年\S{1,3}月\S{1,3}日$")
_SENTENCE = re.compile(
    "[。；;！!？?]$|^[一二三四五六七八九十]+、|^（[一二三四五六七八九十]+）|^附件"
)


class Particular(StrEnum):
    """What can be read."""

    NUMBER = "number"
    ISSUER = "issuer"
    TITLE = "title"
    DATED_ON = "dated_on"
    LEVEL = "level"
    URGENCY = "urgency"
    ADDRESSEES = "addressees"
    COPIES = "copies"
    SIGNER = "signer"


@dataclass(frozen=True, slots=True)
class Sighting:
    """One particular and where it stands: `line` as it is written, `page` counted from 1 or None.

    Values: days as ``2019-08-20``, several organs joined by ``、``, all else as written.
    """

    what: Particular
    value: str
    page: int | None
    line: str


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    """Without blanks: they only space characters in a head."""
    written: str
    page: int | None


def read_imprint(pages: Iterable[tuple[int | None, str]]) -> tuple[Sighting, ...]:
    """The particulars of a paper, each at most once, in order of `Particular`."""
    lines = [
        _Line(_BLANKS.sub("", line), line.strip(), page)
        for page, text in pages
        for line in text.splitlines()
        if line.strip()
    ]
    head = lines[:HEAD_LINES]
    at = next((n for n, line in enumerate(head) if _number_in(line)), None)
    found: dict[Particular, Sighting] = {}

    def see(sightings: Iterator[Sighting]) -> None:
        for sighting in sightings:
            found.setdefault(sighting.what, sighting)

    see(_beside_the_head(head[: at + 3] if at is not None else head[:6]))
    if at is not None:
        number = _number_in(head[at]) or ""
        see(iter([Sighting(Particular.NUMBER, number, head[at].page, head[at].written)]))
    titled = _title(head, at)
    if titled is not None:
        first, last = titled
        see(iter([_joined(Particular.TITLE, head[first : last + 1])]))
        see(_addressees(lines, last + 1 if at is None or at < first else max(last, at) + 1))
    see(_end(lines[titled[1] + 1 if titled else 0 :]))
    see(_marked(head[: at if at is not None else titled[0] if titled else 0]))
    if Particular.TITLE in found and Particular.NUMBER not in found and len(found) == 1:
        return ()  # a line that could be a title makes no issued paper
    return tuple(found[what] for what in Particular if what in found)


def _number_in(line: _Line) -> str | None:
    """The number that the line is, a 签发人 beside it left aside."""
    text = line.text.partition("签发人")[0]
    match = _NUMBER_LINE.match(text)
    return match["number"] if match and number_key(text) else None


def _beside_the_head(lines: Sequence[_Line]) -> Iterator[Sighting]:
    for line in lines:
        words = [line.text, *_BLANKS.split(line.written)]
        for word in words:
            if level := _LEVEL.match(word):
                yield Sighting(Particular.LEVEL, level[1], line.page, line.written)
            if _URGENCY.match(word):
                yield Sighting(Particular.URGENCY, word, line.page, line.written)
        if signer := _SIGNER.search(line.text):
            names = _BLANKS.split(re.split("签发人[：:]", line.written)[-1].strip())
            value = "、".join(names) if all(len(n) > 1 for n in names) else signer["names"]
            yield Sighting(Particular.SIGNER, value, line.page, line.written)


def _title(head: Sequence[_Line], number_at: int | None) -> tuple[int, int] | None:
    """First and last line of the title: after the number, or, in a web page's text, before it."""
    after = _titled_from(head, 0 if number_at is None else number_at + 1)
    if after is not None or number_at is None:
        return after
    return _titled_from(head[:number_at], 0)


def _titled_from(head: Sequence[_Line], start: int) -> tuple[int, int] | None:
    for first in range(start, min(start + 4, len(head))):
        if _is_none_of_a_title(head[first].text):
            continue
        whole = ""
        for last in range(first, min(first + _TITLE_LINES, len(head))):
            text = head[last].text
            if text.endswith(("：", ":")) or (whole and _is_none_of_a_title(text)):
                break
            whole += text
            ends = bool(_ENDS_TITLE.search(whole)) and len(whole) > 3
            follows = last + 1 < len(head) and _goes_on(head[last + 1].text)
            if ends and not follows:
                return first, last
        if start and whole and _BEGINS_TITLE.search(whole):
            return None
    return None


def _goes_on(text: str) -> bool:
    """Whether a title that could end goes on: its next line ends like one, and opens no body."""
    short = len(text) <= 30 and not text.endswith(("：", ":"))
    return short and bool(_ENDS_TITLE.search(text)) and not _is_none_of_a_title(text)


def _is_none_of_a_title(text: str) -> bool:
    return bool(
        _COPY_NUMBER.match(text)
        or _LEVEL.match(text)
        or _URGENCY.match(text)
        or _MARKED.match(text)
        or _NUMBER_LINE.match(text)
        or _DAY.match(text)
        or _SENTENCE.search(text)
        or "签发人" in text
    )


def _addressees(lines: Sequence[_Line], start: int) -> Iterator[Sighting]:
    """主送: the lines up to the first colon; a sentence before it means that there is none."""
    taken: list[_Line] = []
    for line in lines[start : start + _ADDRESSEE_LINES]:
        if not taken and (_NUMBER_LINE.match(line.text) or line.text.startswith(("（", "("))):
            continue
        taken.append(line)
        name, colon, rest = re.sub(":", "：", line.text).partition("：")
        if colon:
            if not rest and not re.search("[。；]|如下$|通知$", name):
                whole = "".join(each.text for each in taken).rstrip("：:")
                yield Sighting(
                    Particular.ADDRESSEES, whole, taken[0].page, " ".join(t.written for t in taken)
                )
            return
        if _SENTENCE.search(line.text):
            return


def _end(lines: Sequence[_Line]) -> Iterator[Sighting]:
    """成文日期 with 署名 above it, and 版记."""
    for line in lines:
        if copies := _COPIES.match(line.text):
            yield Sighting(Particular.COPIES, copies["names"].rstrip("。"), line.page, line.written)
    for at in range(len(lines) - 1, -1, -1):
        line = lines[at]
        day = read_day(line.text) if _DAY.match(line.text) else None
        if day is not None:
            yield Sighting(Particular.DATED_ON, day.isoformat(), line.page, line.written)
            yield from _signed(lines[:at])
            return


def _signed(lines: Sequence[_Line]) -> Iterator[Sighting]:
    organs: list[_Line] = []
    for line in reversed(lines[-_MOST_ORGANS:]):
        names = [_BLANKS.sub("", name) for name in re.split(r"[\s\u3000]{2,}", line.written)]
        if not all(_ORGAN.match(name) for name in names) and not _ORGAN.match(line.text):
            break
        organs.insert(0, line)
    if organs:
        yield Sighting(Particular.ISSUER, _organs(organs), organs[0].page, organs[0].written)


def _organs(lines: Sequence[_Line]) -> str:
    """Organs that stand beside one another or in lines, in their order."""
    named = []
    for line in lines:
        names = [_BLANKS.sub("", name) for name in re.split(r"[\s\u3000]{2,}", line.written)]
        whole = all(_ORGAN.match(name) for name in names)
        named += names if whole else [line.text]
    return "、".join(dict.fromkeys(named))


def _marked(head: Sequence[_Line]) -> Iterator[Sighting]:
    """发文机关标志: the organ before 文件, or the organ alone (信函格式)."""
    organs = []
    for line in head:
        marked = _MARKED.match(line.text)
        if marked or _ORGAN.match(line.text):
            organs.append((marked["organ"] if marked else line.text, line))
    if organs:
        value = "、".join(dict.fromkeys(name for name, _ in organs))
        yield Sighting(Particular.ISSUER, value, organs[0][1].page, organs[0][1].written)


def _joined(what: Particular, lines: Sequence[_Line]) -> Sighting:
    written = " ".join(line.written for line in lines)
    return Sighting(what, "".join(line.text for line in lines), lines[0].page, written)
