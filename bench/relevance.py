"""How well the right passage is ranked: MRR@10 and recall@10, strict first, then relaxed.

``python -m bench.relevance PATH/cmrc2018_dev.json``. Two sets of queries are made of the
questions (CMRC 2018, SQuAD layout): the question as typed, and two to four words of it: the
rarest pieces of two to six characters between function words, as a person would type them. The
relevant passage is the one the question was asked of.
"""

import json
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable
from datetime import UTC, date, datetime
from pathlib import Path
from time import perf_counter

from indexers.analysis import Analyser, Fold
from indexers.tantivy_index import TantivySearchIndex
from records.access import EVERYONE, AccessFilter, Level, ReadRule
from records.identity import KindName, Login, RecordId, UnitCode
from records.query_language import read_query
from records.search import IndexDocument, IndexedPage, SearchRequest

ACCESS = AccessFilter(tokens=frozenset({EVERYONE}), clearance=Level.PUBLIC, today=date(2024, 1, 1))
RULE = ReadRule(tokens=frozenset({EVERYONE}), dated_tokens=frozenset(), level=Level.PUBLIC)
FUNCTION_WORDS = re.compile(
    "什么|哪些|哪个|哪里|哪种|哪年|哪|多少|多久|几个|几|何时|何地|何|怎样|怎么|如何|为什么|谁|是否|是|的|了|在|由|于|"
    "被|把|和|与|及|或|有|对|从|到|以|为|中|上|下|其|这|那|该|个|位|年|月|日|吗|呢|请问|[^\\w]+|_"
)
RIGHT_RANKS = 10


def passages(path: Path) -> tuple[dict[RecordId, str], list[tuple[str, RecordId]]]:
    """Passages by record, and questions with the record they were asked of."""
    texts: dict[RecordId, str] = {}
    questions: list[tuple[str, RecordId]] = []
    for article in json.loads(path.read_text(encoding="utf-8"))["data"]:
        for paragraph in article["paragraphs"]:
            record = RecordId(paragraph["id"])
            texts[record] = paragraph["context"]
            questions += [(asked["question"], record) for asked in paragraph["qas"]]
    return texts, questions


def short_queries(questions: Iterable[tuple[str, RecordId]]) -> list[tuple[str, RecordId]]:
    """The two to four rarest pieces of each question, in its order."""
    cut = [
        ([piece for piece in FUNCTION_WORDS.split(text) if 2 <= len(piece) <= 6], record)
        for text, record in questions
    ]
    counts = Counter(piece for pieces, _ in cut for piece in pieces)
    made = []
    for pieces, record in cut:
        rarest = sorted(dict.fromkeys(pieces), key=counts.__getitem__)[:4]
        if len(rarest) >= 2:
            made.append((" ".join(piece for piece in pieces if piece in rarest), record))
    return made


def document(record: RecordId, text: str) -> IndexDocument:
    """A record that is nothing but its passage."""
    return IndexDocument(
        record=record,
        revision=1,
        kind=KindName("notice"),
        title="",
        number="",
        unit=UnitCode("1"),
        unit_name="",
        author=Login("nobody"),
        author_name="",
        dated_on=date(2024, 1, 1),
        changed_at=datetime(2024, 1, 1, tzinfo=UTC),
        state="issued",
        file_types=(),
        rule=RULE,
        pages=(IndexedPage("text", None, text),),
    )


def measure(index: TantivySearchIndex, queries: list[tuple[str, RecordId]]) -> str:
    """MRR, recall and the share of queries that only relaxed search answered, as a row."""
    reciprocal = recalled = relaxed = 0.0
    started = perf_counter()
    for text, wanted in queries:
        tree = read_query(text).tree
        result = index.search(SearchRequest(tree, limit=RIGHT_RANKS), ACCESS)
        if not result.total:
            relaxed += 1
            result = index.search(SearchRequest(tree, relaxed=True, limit=RIGHT_RANKS), ACCESS)
        ranks = [rank for rank, hit in enumerate(result.hits, 1) if hit.record == wanted]
        reciprocal += 1 / ranks[0] if ranks else 0
        recalled += bool(ranks)
    spent_ms = (perf_counter() - started) * 1000 / len(queries)
    shares = [value / len(queries) for value in (reciprocal, recalled, relaxed)]
    figures = " ".join(f"{value:8.4f}" for value in shares)
    return f"{len(queries):8d} {figures} {spent_ms:8.2f}"


def main() -> None:
    """Index the passages and print the table."""
    texts, questions = passages(Path(sys.argv[1]))
    with tempfile.TemporaryDirectory() as folder:
        index = TantivySearchIndex(Path(folder), Analyser(Fold.load()), writes=True)
        index.apply([document(record, text) for record, text in texts.items()])
        print("queries       count   MRR@10     R@10  relaxed       ms")
        print("questions ", measure(index, questions))
        print("two to four", measure(index, short_queries(questions))[1:])
        index.close()


if __name__ == "__main__":
    main()
