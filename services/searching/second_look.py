"""The first hits of a search looked at once more: whether words stand together or scattered.

An index adds up what stands anywhere in a record. Here the texts themselves are looked at, after it
was decided that the caller may read them, so that no closed text moves an order. The measure is the
same whichever index gave the hits. Chosen and confirmed in docs/search-quality.md.
"""

import math
from collections.abc import Iterable, Sequence
from datetime import date

from records.meaning import dated_on, number_of, title_of
from records.ports.closeness import Closeness, Likeness
from records.queries.query import Query
from records.revision import Revision
from records.schema.kind import Kinds
from services.after_commit.documents import searched_pages
from services.after_commit.texts import Texts

DEPTH = 20
"""Hits that are looked at; a hundred of them would not be better (±.0001 MRR)."""

TOGETHER = 3.0
"""What words that all stand together add, as a multiple of the score."""

ALIKE = 2.0
"""What a title adds that is the same as what was typed."""

RECENT = 0.05
"""What a record of today adds; half as much every two years."""

HALF_LIFE_DAYS = 730

OF_ONE = 20_000
"""Characters of one record that are looked at."""

OF_ALL = 100_000
"""And of all of them: some 8 ms."""


def weighed(score: float, *, share: float, alike: float, age_days: int) -> float:
    """The score of an index with what the second look adds."""
    recent = RECENT * math.exp2(-max(age_days, 0) / HALF_LIFE_DAYS)
    return score * (1 + TOGETHER * share + ALIKE * alike * alike) * (1 + recent)


class SecondLook:
    """Puts hits into the order of what their texts say."""

    def __init__(self, closeness: Closeness, texts: Texts, kinds: Kinds) -> None:
        self._closeness = closeness
        self._texts = texts
        self._kinds = kinds

    def ordered(
        self, hits: Sequence[tuple[float, Revision]], query: Query, *, today: date
    ) -> list[Revision]:
        """The same records, the best first; `hits` have the scores of an index, in its order."""
        if len(hits) < 2:
            return [revision for _, revision in hits]
        self._texts.fetch([revision for _, revision in hits])
        likeness, left = self._closeness.of(query), OF_ALL
        found: list[tuple[float, Revision]] = []
        for score, revision in hits:
            kind = self._kinds.of(revision)
            title = title_of(kind, revision)
            pages = searched_pages(kind, revision, self._texts.of(revision))
            looked_at = list(_first(min(left, OF_ONE), (page.text for page in pages)))
            left -= sum(map(len, looked_at))
            found.append(
                (
                    weighed(
                        score,
                        share=_best(likeness, [f"{title} {number_of(kind, revision)}", *looked_at]),
                        alike=likeness.alike(title),
                        age_days=(today - dated_on(kind, revision)).days,
                    ),
                    revision,
                )
            )
        found.sort(key=lambda each: each[0], reverse=True)
        return [revision for _, revision in found]


def _first(characters: int, texts: Iterable[str]) -> Iterable[str]:
    """The beginnings of texts, so many characters in all."""
    for text in texts:
        if characters <= 0:
            return
        yield text[:characters]
        characters -= len(text)


def _best(likeness: Likeness, texts: Iterable[str]) -> float:
    return max((likeness.share(text) for text in texts), default=0.0)
