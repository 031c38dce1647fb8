"""Number formats of cells (ECMA-376 part 1, 18.8.30 and 18.8.31), as far as they are read.

Colours, widths and fill characters are left out. Where Excel shows less than the cell holds
(``1.23E+15``, ``1/3``), the number itself is given, since that is what somebody looks for.
"""

import operator
import re
from collections.abc import Callable, Mapping
from decimal import ROUND_HALF_UP, Context, Decimal, InvalidOperation

from notation.date_formats import COUNTINGS, DateFormat, is_date_format
from notation.number_formats import counted

GENERAL = "General"
_PIECE = re.compile(r'(?i:General)|"[^"]*"|\\.|_.|\*.|\[[^\]]*\]|[Ee][+-]|[^"\\_*\[]', re.DOTALL)
_CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)(-?\d{1,30}(?:\.\d{1,30})?)\]")
_COMPARISONS: Mapping[str, Callable[[Decimal, Decimal], bool]] = {
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
    "=": operator.eq, "<>": operator.ne,
}  # fmt: skip
_DIGITS = frozenset("0#?")
_INEXACT = frozenset({"/", "E+", "E-", "e+", "e-"})
"""Fractions and exponents."""
_MOST_DECIMALS = 30
_MOST_DIGITS = 40
_EXACT = Context(prec=2 * (_MOST_DECIMALS + _MOST_DIGITS))

_BUILT_IN: Mapping[str, str] = {
    "1": "0", "2": "0.00", "3": "#,##0", "4": "#,##0.00", "9": "0%", "10": "0.00%",
    "14": "yyyy/m/d", "15": "d-mmm-yy", "16": "d-mmm", "17": "mmm-yy", "18": "h:mm AM/PM",
    "19": "h:mm:ss AM/PM", "20": "h:mm", "21": "h:mm:ss", "22": "yyyy/m/d h:mm",
    "27": 'yyyy"年"m"月"', "28": 'm"月"d"日"', "29": 'm"月"d"日"', "30": "m-d-yy",
    "31": 'yyyy"年"m"月"d"日"', "32": 'h"时"mm"分"', "33": 'h"时"mm"分"ss"秒"',
    "34": '上午/下午h"时"mm"分"', "35": '上午/下午h"时"mm"分"ss"秒"', "36": 'yyyy"年"m"月"',
    "37": "#,##0", "38": "#,##0", "39": "#,##0.00", "40": "#,##0.00",
    "45": "mm:ss", "46": "[h]:mm:ss", "47": "mm:ss.0",
    "50": 'yyyy"年"m"月"', "51": 'm"月"d"日"', "52": 'yyyy"年"m"月"', "53": 'm"月"d"日"',
    "54": 'm"月"d"日"', "55": '上午/下午h"时"mm"分"', "56": '上午/下午h"时"mm"分"ss"秒"',
    "57": 'yyyy"年"m"月"', "58": 'm"月"d"日"',
}  # fmt: skip
"""Formats without a code in the file; 14, 22 and from 27 on as in Chinese (18.8.30, zh-cn)."""


def built_in(key: str) -> str:
    """The code of a format that every workbook has."""
    return _BUILT_IN.get(key, GENERAL)


class CellFormat:
    """One format, taken apart once."""

    def __init__(self, code: str) -> None:
        sections = _sections(code)
        self._general = sections[0] == [GENERAL] or not any(sections)
        self._sections = sections
        self._conditions = [_condition(each) for each in sections]
        self._dates = [DateFormat(each) if is_date_format(each) else None for each in sections]

    def shown(self, value: str, *, from_1904: bool) -> str:
        """A number as this format shows it; what is no number as it is."""
        try:
            number = Decimal(value.strip())
        except InvalidOperation:
            return value
        if not number.is_finite() or abs(number.adjusted()) > _MOST_DIGITS:
            return value
        if self._general:
            return _plain(number)
        at = self._section(number)
        if date := self._dates[at]:
            return date.shown(number, from_1904=from_1904) or _plain(number)
        return _shown_number(number, self._sections[at], signed=at == 0 or any(self._conditions))

    def _section(self, number: Decimal) -> int:
        """The first whose condition holds; without conditions positive, negative, zero."""
        many = len(self._sections)
        if any(self._conditions):
            for at, condition in enumerate(self._conditions):
                if condition is None or condition(number):
                    return at
            return many - 1
        if number < 0 and many > 1:
            return 1
        return 2 if number == 0 and many > 2 else 0


def _sections(code: str) -> list[list[str]]:
    sections: list[list[str]] = [[]]
    for piece in _PIECE.findall(code):
        if piece == ";":
            sections.append([])
        else:  # a number where a text was expected is shown as it is
            plain = piece == "@" or piece.lower() == "general"
            sections[-1].append(GENERAL if plain else piece)
    return sections


def _condition(section: list[str]) -> Callable[[Decimal], bool] | None:
    for piece in section:
        if told := _CONDITION.fullmatch(piece):
            compare, bound = _COMPARISONS[told[1]], Decimal(told[2])
            return lambda number: compare(number, bound)
    return None


def _plain(number: Decimal) -> str:
    """At most 15 digits, as Excel counts; no exponent."""
    rounded = f"{+float(number):.15g}"
    if "e" not in rounded:
        return rounded
    return f"{Decimal(rounded):f}"


def _shown_number(number: Decimal, section: list[str], *, signed: bool) -> str:
    if _INEXACT.intersection(section):
        return _plain(number if signed else abs(number))
    counting = next((COUNTINGS[piece] for piece in section if piece in COUNTINGS), None)
    if counting and number == int(number):
        return _with_words(counted(abs(int(number)), counting), section)
    if GENERAL in section:
        return _with_words(_plain(number if signed else abs(number)), section)
    body = "".join(piece for piece in section if piece in _DIGITS or piece in ".,%")
    if not any(sign in body for sign in "0#?"):
        return _with_words("", section)
    whole, _, decimals = body.partition(".")
    scale = len(whole) - len(whole.rstrip(","))
    if "%" in body:
        number *= 100
    text = _rounded(abs(number) / 1000**scale, whole.rstrip(","), decimals)
    if "0" not in body and not any(each in "123456789" for each in text):
        text = ""  # a nought that need not be shown
    minus = number < 0 and signed and any(each in "123456789" for each in text)
    return ("-" if minus else "") + _with_words(text, section)


def _rounded(number: Decimal, whole: str, decimals: str) -> str:
    places = decimals.replace(",", "").replace("%", "")[:_MOST_DECIMALS]
    rounded = number.quantize(
        Decimal(1).scaleb(-len(places)), rounding=ROUND_HALF_UP, context=_EXACT
    )
    text = f"{rounded:,f}" if "," in whole else f"{rounded:f}"
    if places:  # decimals that need not be shown
        must = len(places.rstrip("#?"))
        head, _, tail = text.partition(".")
        tail = tail[:must] + tail[must:].rstrip("0")
        text = f"{head}.{tail}" if tail else head
    least = sum(whole.count(sign) for sign in "0")
    head, dot, tail = text.partition(".")
    return head.rjust(min(least, _MOST_DIGITS), "0") + dot + tail


def _with_words(text: str, section: list[str]) -> str:
    """The number among its words; those within it (``000-0000``) keep their place from behind."""
    places = [at for at, piece in enumerate(section) if piece in _DIGITS or piece == GENERAL]
    if not places:
        return (text + "".join(map(_word, section))).strip()
    first, last = places[0], places[-1]
    inner = [_word(piece) or piece for piece in section[first : last + 1] if piece not in ".,"]
    if "." not in text and any(piece not in _DIGITS for piece in inner) and GENERAL not in inner:
        text = _filled(text, inner)
    before = "".join(map(_word, section[:first]))
    return f"{before}{text}{''.join(map(_word, section[last + 1 :]))}".strip()


def _filled(text: str, inner: list[str]) -> str:
    digits = text.replace(",", "")
    written = ""
    for piece in reversed(inner):
        if piece not in _DIGITS:
            written = piece + written
        elif digits:
            written, digits = digits[-1] + written, digits[:-1]
    return digits + written


def _word(piece: str) -> str:
    if piece[0] == '"':
        return piece[1:-1]
    if piece[0] == "\\":
        return piece[1:]
    if piece[0] == "[":  # [$¥-804] shows ¥; colours, conditions and scripts show nothing
        return piece[2:-1].partition("-")[0] if piece.startswith("[$") else ""
    return "" if piece[0] in "_*.,@Ee/" else piece
