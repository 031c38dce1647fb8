"""Numbers of lists as text: the formats of ST_NumberFormat (ECMA-376 part 1, 17.18.59).

Formats that spell numbers as words of a language, or count in scripts that are not written here,
fall back to decimal, as the standard says for values that a format has no sign for.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

_MOST_REPEATED = 50
"""A letter format repeats its letter (AA, BBB); beyond so many a number is decimal."""
_IDEOGRAPHS = "〇一二三四五六七八九"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_LATIN = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_RUSSIAN = "АБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЫЭЮЯ"
_AIUEO = (
    "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン"
)
_IROHA = (
    "イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオク"
    "ヤマケフコエテアサキユメミシヱヒモセスン"
)
_GANADA = "가나다라마바사아자차카타파하"
_CHOSUNG = "ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅋㅌㅍㅎ"
_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"),
    (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Counting:
    """Words of a system that counts in groups of ten thousand."""

    digits: str
    units: tuple[str, str, str]
    """Ten, hundred, thousand."""
    groups: tuple[str, str]
    """Ten thousand, a hundred million."""
    plain_one: bool
    """One hundred is 一百 and not 百."""
    plain_ten: bool
    """Ten is 壹拾 and not 十."""
    zero_in_gaps: bool
    """A hundred and one is 一百零一 and not 百一."""


CHINESE = Counting(
    "零一二三四五六七八九", ("十", "百", "千"), ("万", "亿"),
    plain_one=True, plain_ten=False, zero_in_gaps=True,
)  # fmt: skip
CHINESE_LEGAL = Counting(
    "零壹贰叁肆伍陆柒捌玖", ("拾", "佰", "仟"), ("万", "亿"),
    plain_one=True, plain_ten=True, zero_in_gaps=True,
)  # fmt: skip
_TAIWANESE = Counting(
    "零一二三四五六七八九", ("十", "百", "千"), ("萬", "億"),
    plain_one=True, plain_ten=False, zero_in_gaps=True,
)  # fmt: skip
_TAIWANESE_LEGAL = Counting(
    "零壹貳參肆伍陸柒捌玖", ("拾", "佰", "仟"), ("萬", "億"),
    plain_one=True, plain_ten=True, zero_in_gaps=True,
)  # fmt: skip
_JAPANESE = Counting(
    "〇一二三四五六七八九", ("十", "百", "千"), ("万", "億"),
    plain_one=False, plain_ten=False, zero_in_gaps=False,
)  # fmt: skip
_JAPANESE_LEGAL = Counting(
    "零壱弐参四伍六七八九", ("拾", "百", "阡"), ("萬", "億"),
    plain_one=True, plain_ten=True, zero_in_gaps=False,
)  # fmt: skip
_KOREAN = Counting(
    "영일이삼사오육칠팔구", ("십", "백", "천"), ("만", "억"),
    plain_one=False, plain_ten=False, zero_in_gaps=False,
)  # fmt: skip


def number_text(number: int, form: str) -> str:
    """A number in a format, empty for ``none`` and ``bullet``.

    A picture such as ``001`` (the first of a custom format's examples) pads with zeros.
    """
    if form in ("none", "bullet"):
        return ""
    if form.isdecimal():
        return f"{number:0{min(len(form), _MOST_REPEATED)}}"
    write = _FORMATS.get(form)
    return write(number) if write and number >= 0 else str(number)


def counted(number: int, words: Counting) -> str:
    """A number from 0 as words: 一百零一."""
    if number == 0:
        return words.digits[0]
    if number >= 10**12:
        return str(number)
    text, gap = "", False
    for size, name in ((10**8, words.groups[1]), (10**4, words.groups[0]), (1, "")):
        group = number // size % 10**4
        if group:
            if text and words.zero_in_gaps and (gap or group < 1000):
                text += words.digits[0]
            text += _group(group, words) + name
            gap = False
        else:
            gap = True
    if not words.plain_ten and text.startswith(f"{words.digits[1]}{words.units[0]}"):
        return text[1:]  # 十二, and not 一十二
    return text


def in_digits(number: int, digits: str) -> str:
    """Digit by digit: 二〇一七."""
    return "".join(digits[int(each)] if each.isdigit() else each for each in str(number))


def _group(group: int, words: Counting) -> str:
    text, gap = "", False
    for place, unit in (
        (1000, words.units[2]),
        (100, words.units[1]),
        (10, words.units[0]),
        (1, ""),
    ):
        digit = group // place % 10
        if not digit:
            gap = bool(text)
            continue
        if gap and words.zero_in_gaps:
            text += words.digits[0]
        gap = False
        text += unit if digit == 1 and unit and not words.plain_one else words.digits[digit] + unit
    return text


def _up_to_99(number: int, digits: str) -> str:
    """十二, and 一〇〇 from a hundred on."""
    if number >= 100:
        return in_digits(number, digits)
    ten, one = divmod(number, 10)
    if number == 0:
        return digits[0]
    tens = "" if not ten else "十" if ten == 1 else f"{digits[ten]}十"
    return tens + (digits[one] if one else "")


def _roman(number: int) -> str:
    if not 0 < number < 1000 * _MOST_REPEATED:
        return str(number)
    text = ""
    for value, letters in _ROMAN:
        text += letters * (number // value)
        number %= value
    return text


def _repeated(number: int, letters: str) -> str:
    times, at = divmod(number - 1, len(letters))
    return letters[at] * (times + 1) if 0 <= times < _MOST_REPEATED else str(number)


def _listed(number: int, signs: str) -> str:
    return signs[number - 1] if 0 < number <= len(signs) else str(number)


def _signs(first: str, many: int) -> str:
    return "".join(chr(ord(first) + at) for at in range(many))


def _ordinal(number: int) -> str:
    if number % 100 in (11, 12, 13):
        return f"{number}th"
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th') }"


def _lower(write: Callable[[int], str]) -> Callable[[int], str]:
    return lambda number: write(number).lower()


_letters = partial(_repeated, letters=_LATIN)
_russian = partial(_repeated, letters=_RUSSIAN)
_sexagenary = "".join(_STEMS[at % 10] + _BRANCHES[at % 12] for at in range(60))
_full_width = partial(in_digits, digits="０１２３４５６７８９")

_FORMATS: Mapping[str, Callable[[int], str]] = {
    "aiueo": partial(_repeated, letters=_AIUEO),
    "aiueoFullWidth": partial(_repeated, letters=_AIUEO),
    "chineseCounting": partial(_up_to_99, digits=_IDEOGRAPHS),
    "chineseCountingThousand": partial(counted, words=CHINESE),
    "chineseLegalSimplified": partial(counted, words=CHINESE_LEGAL),
    "chosung": partial(_repeated, letters=_CHOSUNG),
    "decimalEnclosedCircle": partial(_listed, signs=_signs("①", 20)),
    "decimalEnclosedCircleChinese": partial(_listed, signs=_signs("①", 20)),
    "decimalEnclosedFullstop": partial(_listed, signs=_signs("⒈", 20)),
    "decimalEnclosedParen": partial(_listed, signs=_signs("⑴", 20)),
    "decimalFullWidth": _full_width,
    "decimalFullWidth2": _full_width,
    "decimalZero": "{:02}".format,
    "ganada": partial(_repeated, letters=_GANADA),
    "hex": "{:X}".format,
    "ideographDigital": partial(in_digits, digits=_IDEOGRAPHS),
    "ideographEnclosedCircle": partial(_listed, signs=_signs("㊀", 10)),
    "ideographLegalTraditional": partial(counted, words=_TAIWANESE_LEGAL),
    "ideographTraditional": partial(_listed, signs=_STEMS),
    "ideographZodiac": partial(_listed, signs=_BRANCHES),
    "ideographZodiacTraditional": lambda number: (
        _sexagenary[2 * number - 2 : 2 * number] if 0 < number <= 60 else str(number)
    ),
    "iroha": partial(_repeated, letters=_IROHA),
    "irohaFullWidth": partial(_repeated, letters=_IROHA),
    "japaneseCounting": partial(counted, words=_JAPANESE),
    "japaneseDigitalTenThousand": partial(in_digits, digits=_IDEOGRAPHS),
    "japaneseLegal": partial(counted, words=_JAPANESE_LEGAL),
    "koreanCounting": partial(counted, words=_KOREAN),
    "koreanDigital": partial(in_digits, digits=_KOREAN.digits),
    "koreanDigital2": partial(in_digits, digits=CHINESE.digits),
    "lowerLetter": _lower(_letters),
    "lowerRoman": _lower(_roman),
    "numberInDash": "- {} -".format,
    "ordinal": _ordinal,
    "russianLower": _lower(_russian),
    "russianUpper": _russian,
    "taiwaneseCounting": partial(_up_to_99, digits="○一二三四五六七八九"),
    "taiwaneseCountingThousand": partial(counted, words=_TAIWANESE),
    "taiwaneseDigital": partial(in_digits, digits="○一二三四五六七八九"),
    "upperLetter": _letters,
    "upperRoman": _roman,
}
