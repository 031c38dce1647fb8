"""Who tells the charset of Chinese text: ours beside the libraries that are installed.

``python -m bench.charsets``: sentences of CMRC 2018 (traditional ones by OpenCC) in six charsets
and six lengths, without a declaration and without a mark. Right is who gives the very characters
back. Rivals are asked where they can be imported: charset-normalizer, chardet, faust-cchardet.
"""

import time
from collections import Counter
from collections.abc import Callable, Iterator
from importlib import import_module
from random import Random

import opencc
from rich.console import Console
from rich.table import Table

from bench.corpus import sentences
from notation.charset import decode

LENGTHS = (4, 8, 20, 60, 300, 2000)
SAMPLES = 50
CHARSETS = ("utf-8", "gb18030", "big5hkscs", "utf-16-le", "utf-16-be", "hz")
TRADITIONAL = "big5hkscs"

Decoder = Callable[[bytes], str]


def rivals() -> Iterator[tuple[str, Decoder]]:
    """What is installed, each as a program would call it."""
    yield "ours", decode
    for name, module in (
        ("charset-normalizer", "charset_normalizer"),
        ("chardet", "chardet"),
        ("faust-cchardet", "cchardet"),
    ):
        try:
            detect = import_module(module).detect
        except ImportError:
            continue
        yield name, _as_detected(detect)


def _as_detected(detect: Callable[[bytes], dict[str, str | None]]) -> Decoder:
    def decoded(data: bytes) -> str:
        found = detect(data)["encoding"] or "utf-8"
        return data.decode(found, "replace")

    return decoded


def samples() -> Iterator[tuple[str, int, str, bytes]]:
    """(charset, length in characters, text, bytes), without what the charset cannot write."""
    chance, pool, convert = Random(1), sentences(), opencc.OpenCC("s2t").convert
    for length in LENGTHS:
        for charset in CHARSETS:
            made = 0
            while made < SAMPLES:
                text = "".join(chance.choices(pool, k=2 + length // 10))
                text = convert(text) if charset == TRADITIONAL else text
                written = text.encode(charset, "ignore").decode(charset)[:length]
                if len(written) == length and not written.isascii():
                    made += 1
                    yield charset, length, written, written.encode(charset)


def main() -> None:
    """Print both tables: by charset and by length."""
    tried = list(samples())
    by_charset, by_length = (Table(title=title) for title in ("by charset", "by characters"))
    for table, columns in ((by_charset, CHARSETS), (by_length, LENGTHS)):
        table.add_column("who")
        for column in columns:
            table.add_column(str(column), justify="right")
        table.add_column("all", justify="right")
        table.add_column("µs each", justify="right")
    for name, decoder in rivals():
        right: Counter[object] = Counter()
        began = time.perf_counter()
        for charset, length, text, data in tried:
            try:
                good = decoder(data) == text
            except (LookupError, UnicodeDecodeError):
                good = False
            right.update({charset: good, length: good, "all": good})
        each_us = (time.perf_counter() - began) / len(tried) * 1e6
        for table, columns in ((by_charset, CHARSETS), (by_length, LENGTHS)):
            shares = [f"{right[column] / (len(tried) / len(columns)):.3f}" for column in columns]
            table.add_row(name, *shares, f"{right['all'] / len(tried):.3f}", f"{each_us:.0f}")
    for table in (by_charset, by_length):
        Console(width=120).print(table)


if __name__ == "__main__":
    main()
