"""Folders of foreign files, read by us and by a warm Tika server: a line of a table a type.

A word is a run of letters and digits, or two hanzi side by side; it counts once a file. Lost are
the words that Tika reads and that stand nowhere in what we read of that file, white space and
hyphens aside: words that the two cut apart differently are not lost. Words of contained
files count as embedded, those with a digit as numbers, those of notes, comments, headers and
footers as notes; all else is text. Set aside, and counted as such, are files that Tika cannot
read, those that were made to break parsers (`_FUZZ` in their names), and OFD, which Tika takes for
a zip of XML.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from time import perf_counter

from bench.tika_answer import TikaAnswer, ask_tika, bare
from indexers.extraction.embedded_text_extractor import EmbeddedTextExtractor
from records.text import ExtractedText
from tests.servers.server import running
from tests.servers.tika import Tika

_FUZZ = re.compile(
    r"fuzz|crash-|oom-|timeout-|-minimized|hang|poc-|corrupt|truncated|broken|invalid|malformed"
    r"|xbomb|bomb|lol",
    re.IGNORECASE,
)
_UNKNOWN_TO_TIKA = frozenset({"application/ofd"})
_PLACES = ("text", "embedded", "numbers", "notes")
_WARM_FILES = 40
_QUICK_S = 0.5
"""A file that was read within this time is read once more, and the shorter time counts."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """One file: what was lost of what Tika reads, and both times."""

    path: Path
    media_type: str
    told: str
    """Our status and reason."""
    aside: bool
    tika_words: dict[str, int]
    lost: dict[str, set[str]]
    ours_s: float
    tika_s: float


@dataclass(slots=True)
class _Line:
    files: int = 0
    aside: int = 0
    words: dict[str, int] = field(default_factory=lambda: dict.fromkeys(_PLACES, 0))
    lost: dict[str, int] = field(default_factory=lambda: dict.fromkeys(_PLACES, 0))
    ours_ms: list[float] = field(default_factory=list)
    tika_ms: list[float] = field(default_factory=list)


def compare(folders: Sequence[Path]) -> Iterator[Outcome]:
    """Every file of the folders."""
    paths = sorted(path for folder in folders for path in folder.rglob("*") if path.is_file())
    embedded = EmbeddedTextExtractor(workers=1)
    try:
        with running(Tika(heap_mb=1024)) as server:
            for path in paths[:: max(1, len(paths) // _WARM_FILES)]:
                ask_tika(server.address, path)
            for path in paths:
                yield outcome(path, *read(embedded, path), ask_twice(server.address, path))
    finally:
        embedded.close()


def ask_twice(address: str, path: Path) -> TikaAnswer:
    """What the server reads, in the shorter of two times."""
    answer = ask_tika(address, path)
    if answer.seconds < _QUICK_S:
        answer.seconds = min(answer.seconds, ask_tika(address, path).seconds)
    return answer


def read(embedded: EmbeddedTextExtractor, path: Path) -> tuple[ExtractedText, float]:
    """What we read, in the shorter of two times."""
    seconds = 0.0
    for _ in range(2):
        began = perf_counter()
        text = embedded.extract(path, name=path.name)
        took = perf_counter() - began
        seconds = min(seconds or took, took)
        if seconds > _QUICK_S:
            break
    return text, seconds


def outcome(path: Path, text: ExtractedText, seconds: float, tika: TikaAnswer) -> Outcome:
    """Both beside each other."""
    pages = [page.text for part in text.parts for page in part.pages]
    ours = bare("".join([*pages, *(part.path for part in text.parts), path.name]))
    return Outcome(
        path=path,
        media_type=text.media_type,
        told=text.status.value + (f":{text.reason}" if text.reason else ""),
        aside=tika.failed or text.media_type in _UNKNOWN_TO_TIKA or bool(_FUZZ.search(path.name)),
        tika_words={place: len(tika.words[place]) for place in _PLACES},
        lost={place: {w for w in tika.words[place] if w not in ours} for place in _PLACES},
        ours_s=seconds,
        tika_s=tika.seconds,
    )


def table(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """The lines of the table, in Markdown; types by their number of files."""
    lines: dict[str, _Line] = defaultdict(_Line)
    for each in outcomes:
        _add(lines[type_of(each)], each)
    yield (
        "| type | files | aside | text | embedded | numbers | notes | words lost "
        "| ours ms | Tika ms | ratio |"
    )
    yield "|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|"
    for name, line in sorted(lines.items(), key=lambda item: -item[1].files):
        if line.ours_ms:
            yield _row(name, line)


def type_of(outcome: Outcome) -> str:
    """The suffix, which people know, as long as many have it."""
    return outcome.path.suffix.lower().lstrip(".") or outcome.media_type


def _add(line: _Line, each: Outcome) -> None:
    line.files += 1
    if each.aside:
        line.aside += 1
        return
    for place in _PLACES:
        line.words[place] += each.tika_words[place]
        line.lost[place] += len(each.lost[place])
    line.ours_ms.append(each.ours_s * 1000)
    line.tika_ms.append(each.tika_s * 1000)


def _row(name: str, line: _Line) -> str:
    shares = [_share(line.words[place], line.lost[place]) for place in _PLACES]
    words = sum(line.words[place] for place in _PLACES if place != "numbers")
    lost = sum(line.lost[place] for place in _PLACES if place != "numbers")
    ours, tika = median(line.ours_ms), median(line.tika_ms)
    cells = [
        name,
        str(line.files),
        str(line.aside),
        *shares,
        f"{100 * lost / words:.2f} %" if words else "",
        f"{ours:.0f}",
        f"{tika:.0f}",
        f"{ours / tika:.1f}",
    ]
    return f"| {' | '.join(cells)} |"


def _share(words: int, lost: int) -> str:
    """The share of Tika's words that we read too."""
    return f"{1 - lost / words:.3f}" if words else ""
