"""What an issued paper says of itself: number, issuer, title, date, addressees (GB/T 9704-2012).

Read line by line from its text as an extractor gives it: 版头 (份号, 密级, 紧急程度, 发文机关标志,
发文字号, 签发人), 主体 (标题, 主送, 署名, 成文日期) and 版记 (抄送, 印发). What is not where the
standard puts it is not guessed.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from records.queries.colophon import DAY, ORGAN, read_end
from records.queries.numbering import number_key
from records.queries.particulars import BLANKS, Line, Particular, Sighting, seen_in

HEAD_LINES = 30
"""Lines within which 版头, title and addressees of a paper end, blank ones not counted."""

_TITLE_LINES = 6
_ADDRESSEE_LINES = 12
_PAGE_NUMBER = re.compile(r"^\s*[—–\-－─]\s*\d{1,4}\s*[—–\-－─]\s*$")
_COPY_NUMBER = re.compile(r"^(?:№|No\.?)?\d{6}$")
_LEVEL = re.compile(r"^(?:密级[：:])?(绝密|机密|秘密)(?:[★☆*].{0,8})?$")
_URGENCY = re.compile(r"^(?:紧急程度[：:])?(特急|加急|紧急|急件|平急|特提)$")
_SIGNERS = re.compile("签发人[：:]")
_OTHER_SIGNERS = re.compile("会签人?[：:]")
_NAME = re.compile(r"^[^\W\d_]{2,4}(?:·[^\W\d_]{1,8})?$")
_MOST_SIGNER_LINES = 6
_NUMBER_LINE = re.compile(r"^(?P<number>\S{1,20}[〔\[(（【［]\S{4,5}[〕\])）】］]第?\S{1,7}号)$")
_MARKED = re.compile(r"^(?P<organ>\w{2,40}?)文件$")
_TYPES = (
    "决议|决定|命令|令|公报|公告|通告|意见|通知|通报|报告|请示|批复|议案|函|纪要|办法|规定|条例|细则|方案|规划|计划|"
    "复函|回函|说明|规则|制度|预案|总结|要点|清单|答复"
)
_ENDS_TITLE = re.compile(rf"(?:{_TYPES})(?:[（(][^（）()]{{1,30}}[）)])?$")
_BEGINS_TITLE = re.compile("关于|印发|转发|批转")
_SENTENCE = re.compile(
    "[。；;！!？?]$|^[一二三四五六七八九十]+、|^（[一二三四五六七八九十]+）|^附件"
)


def read_imprint(pages: Iterable[tuple[int | None, str]]) -> tuple[Sighting, ...]:
    """The particulars of a paper, each at most once, in order of `Particular`."""
    lines = [
        Line(BLANKS.sub("", line), line.strip(), page)
        for page, text in pages
        for line in text.splitlines()
        if line.strip() and not _PAGE_NUMBER.match(line)
    ]
    head = lines[:HEAD_LINES]
    at = next((n for n, line in enumerate(head) if _number_in(line)), None)
    found: dict[Particular, Sighting] = {}

    def see(sightings: Iterator[Sighting]) -> None:
        for sighting in sightings:
            found.setdefault(sighting.what, sighting)

    see(_beside_the_head(head[: at + 3] if at is not None else head[:6]))
    if at is not None:
        see(iter([seen_in(Particular.NUMBER, _number_in(head[at]) or "", [head[at]])]))
    titled = _title(head, at)
    if titled is not None:
        first, last = titled
        whole = head[first : last + 1]
        see(iter([seen_in(Particular.TITLE, "".join(line.text for line in whole), whole)]))
        see(_addressees(lines, last + 1 if at is None or at < first else max(last, at) + 1))
    see(read_end(lines[titled[1] + 1 if titled else 0 :]))
    see(_marked(head[: at if at is not None else titled[0] if titled else 0]))
    if Particular.TITLE in found and Particular.NUMBER not in found and len(found) == 1:
        return ()  # a line that could be a title makes no issued paper
    return tuple(found[what] for what in Particular if what in found)


def _number_in(line: Line) -> str | None:
    """The number that the line is, signers beside it left aside."""
    text = line.text.partition("签发人")[0]
    for given in (text, line.columns[0]):
        match = _NUMBER_LINE.match(given)
        if match and number_key(given):
            return match["number"]
    return None


def _beside_the_head(lines: Sequence[Line]) -> Iterator[Sighting]:
    for at, line in enumerate(lines):
        for word in (line.text, *line.columns, *BLANKS.split(line.written)):
            if level := _LEVEL.match(word):
                yield seen_in(Particular.LEVEL, level[1], [line])
            if urgency := _URGENCY.match(word):
                yield seen_in(Particular.URGENCY, urgency[1], [line])
        if _SIGNERS.search(line.text):
            yield from _signers(lines[at : at + _MOST_SIGNER_LINES])


def _signers(lines: Sequence[Line]) -> Iterator[Sighting]:
    """签发人 from the line that says so on: several stand in lines, the last beside the number."""
    names = _names(_OTHER_SIGNERS.split(_SIGNERS.split(lines[0].written)[-1])[0])
    taken = [lines[0]]
    if _number_in(lines[0]) is None:
        for line in lines[1:]:
            number = _number_in(line)
            more = _names(line.written if number is None else " ".join(line.columns[1:]))
            if not more:
                break
            names, taken = names + more, [*taken, line]
            if number is not None:
                break
    if names:
        yield seen_in(Particular.SIGNER, "、".join(dict.fromkeys(names)), taken)


def _names(written: str) -> list[str]:
    """Names of people, one of two characters perhaps spread with a blank; none for other words."""
    names: list[str] = []
    spread = False
    for word in BLANKS.sub(" ", written).replace("、", " ").split():
        if spread and len(word) == 1:
            names[-1] += word
            spread = False
        else:
            names.append(word)
            spread = len(word) == 1
    return names if all(map(_NAME.match, names)) else []


def _title(head: Sequence[Line], number_at: int | None) -> tuple[int, int] | None:
    """First and last line of the title: after the number, or, in a web page's text, before it."""
    after = _titled_from(head, 0 if number_at is None else number_at + 1)
    if after is not None or number_at is None:
        return after
    return _titled_from(head[:number_at], 0)


def _titled_from(head: Sequence[Line], start: int) -> tuple[int, int] | None:
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
        or DAY.match(text)
        or _SENTENCE.search(text)
        or "签发人" in text
    )


def _addressees(lines: Sequence[Line], start: int) -> Iterator[Sighting]:
    """主送: the lines up to the first colon; a sentence before it means that there is none."""
    taken: list[Line] = []
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


def _marked(head: Sequence[Line]) -> Iterator[Sighting]:
    """发文机关标志: the organ before 文件, or the organ alone (信函格式)."""
    organs = []
    for line in head:
        marked = _MARKED.match(line.text)
        if marked or ORGAN.match(line.text):
            organs.append((marked["organ"] if marked else line.text, line))
    if organs:
        value = "、".join(dict.fromkeys(name for name, _ in organs))
        yield Sighting(Particular.ISSUER, value, organs[0][1].page, organs[0][1].written)
