"""What the ranking is measured on: collections, and queries with the records that are right.

Questions and keywords are of CMRC 2018 (Chinese, CC BY-SA 4.0, not part of this repository); the
papers of an office stand in `bench.relevance.office`.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

FUNCTION_WORDS = re.compile(
    "什么|哪些|哪个|哪里|哪种|哪年|哪|多少|多久|几个|几|何时|何地|何|怎样|怎么|如何|为什么|谁|是否|是|的|了|在|由|于|"
    "被|把|和|与|及|或|有|对|从|到|以|为|中|上|下|其|这|那|该|个|位|年|月|日|吗|呢|请问|[^\\w]+|_"
)
"""Where a question is cut into the words that somebody would type."""

Queries = list[tuple[str, frozenset[str]]]
"""What is typed, and the names of the papers that are right."""


@dataclass(frozen=True, slots=True)
class Paper:
    """One record of a collection."""

    name: str
    title: str
    body: str
    number: str = ""
    dated_on: date | None = None


@dataclass(frozen=True, slots=True)
class Collection:
    """Papers, and sets of queries by their names."""

    papers: Sequence[Paper]
    sets: dict[str, Queries]


def cmrc(path: Path, *, together: int = 1) -> Collection:
    """Passages, `together` of them to a paper; questions, and two to four words of each.

    Titles say nothing: they are the number of the paper.
    """
    texts: list[str] = []
    asked: list[tuple[str, str]] = []
    for article in json.loads(path.read_text(encoding="utf-8"))["data"]:
        for paragraph in article["paragraphs"]:
            name = f"{len(texts) // together}"
            texts.append(paragraph["context"])
            asked += [(each["question"], name) for each in paragraph["qas"]]
    starts = range(0, len(texts), together)
    papers = [
        Paper(f"{n}", f"No.{n}", "\n".join(texts[start : start + together]))
        for n, start in enumerate(starts)
    ]
    questions = [(question, frozenset({name})) for question, name in asked]
    return Collection(papers, {"questions": questions, "keywords": list(keywords(questions))})


def noise_of(passages: Collection) -> list[str]:
    """Sentences that say nothing of an office, for the bodies of its papers."""
    lines = (line for paper in passages.papers for line in paper.body.split("。"))
    return [line for line in lines if len(line) > 10]


def keywords(questions: Queries) -> Iterator[tuple[str, frozenset[str]]]:
    """The two to four rarest pieces of each question, in its order."""
    cut = [
        ([piece for piece in FUNCTION_WORDS.split(text) if 2 <= len(piece) <= 6], right)
        for text, right in questions
    ]
    counts = Counter(piece for pieces, _ in cut for piece in pieces)
    for pieces, right in cut:
        rarest = sorted(dict.fromkeys(pieces), key=lambda piece: (counts[piece], piece))[:4]
        if len(rarest) >= 2:
            yield " ".join(piece for piece in pieces if piece in rarest), right
