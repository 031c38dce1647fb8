"""What a text cites: document numbers and titles in 《》, and in which way.

Before a number in running text stands no blank that tells where the organ begins
(``根据渝府发〔2017〕12号``): a citation holds all keys that it may mean, the longest first. The
lines of a page end anywhere, within titles and numbers too: a single line break or some blanks are
no part of them, an empty line ends them.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from records.identity import RecordId
from records.queries.numbering import number_key
from records.queries.relations import (
    Relation,
    is_of_a_part,
    opens_repeals,
    said_after,
    said_before,
)

ADDED = "+"
"""Begins the anchor of a citation that the text does not tell."""

MOST = 200
"""Citations of one text; more are left out."""

_AROUND = 60
"""Characters before and after a citation that are looked at."""

_ORGAN = 12
"""Characters of an organ's signs; the longest in use have nine."""

_LINE = 20
"""Characters of a line that may have been broken where it was full; shorter ones are headings."""

_GAP = r"[^\S\n\f]{0,3}(?:\n[^\S\n\f]{0,3})?"
_YEAR_AND_SEQUENCE = (
    rf"[〔\[(（【［]{_GAP}(?:(?:19|20)[0-9]{{2}}|[〇零○一二三四五六七八九]{{4}}){_GAP}(?:年{_GAP})?"
    rf"[〕\])）】］]{_GAP}(?:第{_GAP})?(?:[0-9]{{1,6}}|[一二三四五六七八九十百〇零]{{1,7}}){_GAP}号"
)
_DAY = rf"(?:[0-9]{{4}}年[0-9]{{1,2}}月[0-9]{{1,2}}日{_GAP})?"
_CITED = re.compile(
    r"《(?P<title>(?:[^《》\n\f]|\n(?![^\S\n\f]*[\n\f])){4,200}+)》"
    rf"(?:{_GAP}[（(]{_GAP}{_DAY}(?P<of_title>[^\W\d_](?:{_GAP}[^\W\d_]){{0,19}}{_GAP}{_YEAR_AND_SEQUENCE})"
    rf"(?:{_GAP}[，,；;]?以下(?:简|统)?称[^（()）]{{0,40}})?{_GAP}[）)])?"
    rf"|(?P<number>{_YEAR_AND_SEQUENCE})"
)
_ORGAN_REVERSED = re.compile(
    rf"{_GAP}[^\W\d_]{{1,20}}(?P<above>[^\S\n\f]{{0,3}}\n[^\S\n\f]{{0,3}}[^\W\d_]{{1,20}})?"
)
_LETTERS = re.compile(r"[^\W\d_]+")
_BLANK = re.compile(r"(?<![\x00-\x7f])\s+|\s+(?![\x00-\x7f])")
_FULL_STOP = re.compile(r"\s*\n\s*")
_AND = re.compile(
    r"\s{0,3}(?:[（(][^（()）《》]{0,40}[）)])?(?:及其[^\W\d_]{1,8})?"
    r"\s{0,3}(?:[、和及与]|以及|、和)?\s{0,3}"
)
_AND_NUMBER = re.compile(
    r"\s{0,3}(?:[、和及与]|以及)\s{0,3}(?:(?!印发|发布|废止|根据|依据|按照|修[改订])[^\W\d_]){1,12}\s{0,3}"
)
_FIGURE = "(?:[0-9]{1,3}|[一二三四五六七八九十百]{1,4})"
_ENUMERATOR = rf"(?:[（(]{_FIGURE}[）)]|第?{_FIGURE}[、.．)）]|[①-⑳])"
_WORDS = r"(?:(?!修[改订]|根据|依据|按照|依照|执行|适用|保留|继续|有效|不)[\w、]){0,60}[（(]?"
_ITEM = rf"{_ENUMERATOR}\s{{0,3}}{_WORDS}"
_FIRST_ITEM = re.compile(rf"[：:]\s{{0,3}}(?:{_ITEM})?")
_NEXT_ITEM = re.compile(
    rf"\s{{0,3}}(?:第{_FIGURE}[条款项]){{0,2}}(?:[（(][^（()）《》]{{0,60}}[）)])?[）)]?"
    rf"\s{{0,3}}(?:[；;。、，,]?\s{{0,3}}{_ITEM}|(?:[；;、和及]|以及)?\s{{0,3}})"
)


_LEADING = re.compile(
    "^.*(?:根据|依据|按照|依照|遵照|参照|落实|贯彻|执行|转发|批转|印转|废止|修订|修改|收到|收悉|学习"
    "|文件|通知|规定|精神|要求|以及|同时|[的和与及对将把原即见在由被为至按照据以](?![政府委办发]))(?=.)"
)
"""Words before a number. A sign before one that names no place is the place: 即政发, 南和政办发."""


@dataclass(frozen=True, slots=True)
class Citation:
    """One citation: a title, or the keys of a number, or both; `text` without line breaks.

    It stands from `start` to `end` of the text in which it was read.
    """

    text: str
    title: str
    keys: tuple[str, ...]
    relation: Relation
    start: int = 0
    year_at: int = 0
    """Where the year of a number begins that stands in running text."""
    end: int = 0
    means: RecordId | None = None
    """The record that it means, where somebody said so (records.queries.citation_corrections)."""

    @property
    def anchor(self) -> str:
        """What names it within its text, however blanks and the words before it change.

        One that the text does not tell is named by the record that it means.
        """
        if not self.keys and not self.title:
            return f"{ADDED}{self.means}"
        if not self.keys:
            return f"《{title_key(self.title)}》"
        return self.keys[0] if self.title else _LEADING.sub("", self.keys[0])


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a citation stands; `begin` is where it begins for sure, behind a number's organ."""

    start: int
    begin: int
    end: int
    title: str
    number: str


def title_key(title: str) -> str:
    """One form of a title, however blanks and line breaks stand in it."""
    return "".join(title.split())


def organ_length(key: str) -> int:
    """Letters of the organ in the key of a number."""
    organ = _LETTERS.match(key)
    return organ.end() if organ else 0


def citations_in(text: str) -> Iterator[Citation]:
    """The citations of a text in order, at most `MOST`."""
    places = list(islice(_places(text), MOST))
    at = 0
    while at < len(places):
        run = _listed(text, places, at)
        if run:
            for place in run:
                part = is_of_a_part(_after(text, place))
                yield _citation(text, place, Relation.AMENDS if part else Relation.REPEALS)
        else:
            run = _joined(text, places, at)
            before = _before(text, run[0])
            earlier = places[at - 1].end if at else 0
            near = at and run[0].begin - earlier < _AROUND
            own = _plain_run(text, earlier, run[0].begin) if near else before
            relation = _relation(before, own, _after(text, run[-1]))
            for place in run:
                yield _citation(text, place, relation)
        at += len(run)


def _places(text: str) -> Iterator[_Place]:
    last = 0
    for found in _CITED.finditer(text):
        if found["number"]:
            organ, start = _organ(text, last, found.start())
            if not organ:
                continue
            number = organ + "".join(found["number"].split())
            yield _Place(start, found.start(), found.end(), "", number)
        else:
            number = "".join((found["of_title"] or "").split())
            title = _shown(found["title"])
            yield _Place(found.start(), found.start(), found.end(), title, number)
        last = found.end()


def _organ(text: str, least: int, end: int) -> tuple[str, int]:
    """The letters before a year, also above the break of a full line, and where they begin."""
    found = _ORGAN_REVERSED.match(text[max(least, end - 50) : end][::-1])
    if found is None:
        return "", end
    length = found.end()
    if found["above"] is not None and not _is_full(text, end - found.start("above") - 1):
        length = found.start("above")
    return "".join(text[end - length : end].split()), end - length


def _citation(text: str, place: _Place, relation: Relation) -> Citation:
    whole = bool(place.title)
    shown = _shown(text[place.start : place.end]) if whole else _organ_cut(place.number)
    keys = tuple(_keys(place.number, whole=whole))
    return Citation(shown, place.title, keys, relation, place.start, place.begin, place.end)


def _keys(number: str, *, whole: bool) -> Iterator[str]:
    """Keys of a number and, in running text, of what may be the number at its end."""
    if not number:
        return
    length = organ_length(number)
    starts = [0] if whole else range(max(0, length - _ORGAN), length)
    for start in starts:
        key = number_key(number[start:])
        if key is not None:
            yield key


def _organ_cut(number: str) -> str:
    """A number of running text as it is shown: where it begins is known by usual words alone."""
    return _LEADING.sub("", number[max(0, organ_length(number) - _ORGAN) :])


def _shown(text: str) -> str:
    """What is written, without the blanks and line breaks of a layout."""
    return " ".join(_BLANK.sub("", text).split()).replace("\xad", "-")


def _joined(text: str, places: Sequence[_Place], at: int) -> Sequence[_Place]:
    """What is cited in one breath: 《…》、《…》和《…》."""
    last = at
    while last + 1 < len(places):
        one, other = places[last], places[last + 1]
        gap = _AND if other.title else _AND_NUMBER
        if not gap.fullmatch(text, one.end, other.begin):
            break
        last += 1
    return places[at : last + 1]


def _listed(text: str, places: Sequence[_Place], at: int) -> Sequence[_Place]:
    """What is listed below a heading that says that it is repealed; nothing where none is."""
    start = places[at].start
    colon = max(text.rfind(sign, max(0, start - _AROUND), start) for sign in "：:")
    if colon < 0 or not _FIRST_ITEM.fullmatch(text, colon, start):
        return ()
    if not opens_repeals(_plain_run(text, max(0, colon - _AROUND), colon)):
        return ()
    last = at
    while last + 1 < len(places):
        one, other = places[last], places[last + 1]
        beside = other.title or other.start > one.end or text[other.start] in "和及与"
        if not (beside and _NEXT_ITEM.fullmatch(text, one.end, other.start)):
            break
        last += 1
    return places[at : last + 1]


def _relation(before: str, own: str, after: str) -> Relation:
    """The way; what stands behind a citation says more than what stands in front of it."""
    behind = said_after(before, after)
    return behind or said_before(before, after, own=own) or Relation.MENTIONS


def _before(text: str, place: _Place) -> str:
    return _plain_run(text, max(0, place.begin - _AROUND), place.begin)


def _after(text: str, place: _Place) -> str:
    return _plain_run(text, place.end, place.end + _AROUND)


def _plain_run(text: str, start: int, end: int) -> str:
    """A stretch without blanks; a line that was not full, or an empty one, ends a sentence."""
    plain, begins = "", start
    for found in _FULL_STOP.finditer(text, start, min(end, len(text))):
        plain += text[begins : found.start()]
        one = found[0].count("\n") == 1 and "\f" not in found[0]
        plain += "" if one and _is_full(text, found.start()) else "\n"
        begins = found.end()
    plain += text[begins:end]
    return re.sub(r"[^\S\n]+", "", plain)


def _is_full(text: str, end: int) -> bool:
    """Whether the line that ends there is so long that its end may be nothing but that."""
    begin = max(0, end - _LINE)
    return end >= _LINE and "\n" not in text[begin:end]
