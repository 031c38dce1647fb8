"""Writes the fold table, ``indexers/analysis/fold_table.json``; run by hand, never by the product.

``python -m tools.make_fold_table`` needs opencc-python-reimplemented
(requirements/test.in). The table is committed so that every machine and every version of Python
folds alike. Its parts:

    from, to    characters that become one other character, in chunks of equal length
    expanded    characters that become several
    removed     ranges of characters that are not there: zero-width signs, variation selectors
    cjk         ranges of characters that are each a token of its own
    letters     ranges of characters that make runs: letters, digits and combining marks
    marks       the combining marks among them
    spaces      ranges of white space and control characters
"""

import json
import sys
import unicodedata
from collections.abc import Callable, Iterable
from pathlib import Path

import opencc

TABLE = Path(__file__).parents[1] / "indexers" / "analysis" / "fold_table.json"

CJK = (
    (0x2E80, 0x2FDF),  # radicals: PDF fonts give them in place of characters
    (0x3005, 0x3005),  # 々
    (0x3007, 0x3007),  # 〇
    (0x3021, 0x3029),  # Suzhou numerals
    (0x3038, 0x303B),
    (0x3041, 0x3096),  # hiragana
    (0x309D, 0x309F),
    (0x30A1, 0x30FA),  # katakana; the middle dot 30FB is punctuation
    (0x30FC, 0x30FF),
    (0x31F0, 0x31FF),
    (0x3400, 0x4DBF),  # extension A
    (0x4E00, 0x9FFF),
    (0xE000, 0xF8FF),  # private use: rare characters and signs of Chinese official fonts
    (0xF900, 0xFAFF),
    (0x1AFF0, 0x1B16F),  # more kana
    (0x20000, 0x3FFFD),  # planes 2 and 3, extensions B and later
    (0xF0000, 0xFFFFD),  # private use planes
    (0x100000, 0x10FFFD),
)

# Radicals that stand for a simplified character and have no NFKC mapping
# (Unicode Character Database, EquivalentUnifiedIdeograph.txt).
RADICALS = dict(
    zip(
        "⺁⺠⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻬⻮⻰",
        "厂民西见角贝车长门青韦页风飞食马骨鬼鱼鸟卤麦黄齐齿龙",
        strict=True,
    )
)

VISIBLE_FORMATS = {*range(0x600, 0x606), 0x6DD, 0x70F, 0x890, 0x891, 0x8E2, 0x110BD, 0x110CD}
SELECTORS = {0x34F, *range(0x180B, 0x1810), *range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)}
SURROGATES = range(0xD800, 0xE000)
CHUNK = 12


def removed(code: int) -> bool:
    """Whether a character shows nothing: it stands inside words without being part of them."""
    return code in SELECTORS or (
        unicodedata.category(chr(code)) == "Cf" and code not in VISIBLE_FORMATS
    )


def folded(char: str, simplified: Callable[[str], str]) -> str:
    """What one character becomes: NFKC, lower case and traditional to simplified, to the end."""
    if unicodedata.category(char)[0] in "SP" and any(
        unicodedata.combining(part) for part in unicodedata.normalize("NFKC", char)
    ):
        return char  # a spacing accent stays a symbol, it is not a blank and a mark
    before, now = "", char
    while before != now:
        before = now
        now = unicodedata.normalize("NFKC", now)
        now = "".join(simplified(RADICALS.get(part, part)) for part in now.lower())
    return "".join(part for part in now if not removed(ord(part)))


def ranges(codes: Iterable[int]) -> str:
    """Rising codes as text: ``41-5a 61-7a``."""
    found: list[list[int]] = []
    for code in codes:
        if found and found[-1][1] == code - 1:
            found[-1][1] = code
        else:
            found.append([code, code])
    return " ".join(f"{first:x}-{last:x}" for first, last in found)


def table() -> dict[str, object]:
    """The whole table, made from the Unicode data of this Python and OpenCC's characters."""
    simplified: Callable[[str], str] = opencc.OpenCC("t2s").convert
    cjk = {code for first, last in CJK for code in range(first, last + 1)}
    codes = [code for code in range(sys.maxunicode + 1) if code not in SURROGATES]
    single: dict[str, str] = {}
    expanded: dict[str, str] = {}
    for code in codes:
        char = chr(code)
        if removed(code) or unicodedata.category(char) in {"Cn", "Co", "Cc"}:
            continue
        target = folded(char, simplified)
        if len(target) == 1 and target != char:
            single[char] = target
        elif len(target) != 1:
            expanded[char] = target
    kinds = {code: unicodedata.category(chr(code)) for code in codes}
    return {
        "unicode": unicodedata.unidata_version,
        "from": chunks("".join(single)),
        "to": chunks("".join(single.values())),
        "expanded": expanded,
        "removed": ranges(code for code in codes if removed(code)),
        "cjk": ranges(sorted(cjk)),
        "letters": ranges(c for c in codes if kinds[c][0] in "LNM" and c not in cjk),
        "marks": ranges(c for c in codes if kinds[c][0] == "M" and c not in cjk),
        "spaces": ranges(c for c in codes if kinds[c][0] == "Z" or kinds[c] == "Cc"),
    }


def chunks(text: str) -> list[str]:
    """A long text in pieces that make readable lines."""
    return [text[start : start + CHUNK] for start in range(0, len(text), CHUNK)]


if __name__ == "__main__":
    TABLE.write_text(json.dumps(table(), indent=0) + "\n", encoding="ascii")
