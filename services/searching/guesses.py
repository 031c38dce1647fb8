"""您是不是要找: which word was meant by one that stands in no record."""

from collections.abc import Iterator, Mapping, Sequence

from records.meaning import title_of
from records.ports.search_index import SearchIndex
from records.ports.word_guesser import WordGuesser
from records.queries.query import And, Or, Query, TextField, Words
from records.queries.search import Narrowing, SearchRequest
from records.revision import Revision
from records.schema.kind import Kinds
from services.after_commit.documents import searched_pages
from services.after_commit.texts import Texts
from services.people.caller import Caller
from services.searching.admission import Admission
from services.searching.hit_finder import FEW

ASKED = 6
"""Words of one query that are looked for by themselves."""

LONGEST = 20
"""Characters of a word of which it is told that it stands nowhere: longer ones are sentences."""

LOOKED_AT = 30
"""Records whose texts are looked through for one word."""

CHARACTERS = 20_000
"""Of each of their texts."""

TIMES = 3
"""A guess stands in so many times more records than a word that stands in one or two."""


class WordGuesses:
    """Looks at what the caller may read, and at nothing else."""

    def __init__(
        self,
        *,
        index: SearchIndex,
        guesser: WordGuesser,
        admission: Admission,
        texts: Texts,
        kinds: Kinds,
    ) -> None:
        self._index = index
        self._guesser = guesser
        self._admission = admission
        self._texts = texts
        self._kinds = kinds

    def words(self, caller: Caller, tree: Query, seen: Narrowing) -> Mapping[str, int]:
        """The words of a query, as typed, and in how many records each of them stands."""
        words = list(dict.fromkeys(_words(tree)))[:ASKED]
        short = [word for word in words if len(word) <= LONGEST]
        return {word: self._count(caller, word, seen) for word in short}

    def instead(
        self, caller: Caller, typed: str, words: Mapping[str, int], seen: Narrowing
    ) -> tuple[str, ...]:
        """What was typed, another word in place of the first one that was perhaps mistaken.

        That is a word that stands in no record, or in one or two while a guess stands in many.
        """
        for word, count in words.items():
            if count <= FEW and self._guesser.may_be_mistaken(word):
                guesses = self._guesses(caller, word, seen)
                least = max(1, TIMES * count)
                found = [each for each in guesses if self._count(caller, each, seen) >= least]
                if found:
                    return tuple(typed.replace(word, guess, 1) for guess in found)
        return ()

    def _guesses(self, caller: Caller, word: str, seen: Narrowing) -> Sequence[str]:
        hits = self._index.resembling(word, caller.access, limit=LOOKED_AT)
        places = [(hit.record, hit.revision) for hit in hits if hit.record not in seen.withheld]
        admitted = [r for r in self._admission.admitted(caller, places) if r is not None]
        self._texts.fetch(admitted)
        return self._guesser.guesses(
            word, (text for revision in admitted for text in self._looked_at(revision))
        )

    def _looked_at(self, revision: Revision) -> Iterator[str]:
        kind, left = self._kinds.of(revision), CHARACTERS
        yield title_of(kind, revision)
        for page in searched_pages(kind, revision, self._texts.of(revision)):
            if left <= 0:
                return
            yield page.text[:left]
            left -= len(page.text)

    def _count(self, caller: Caller, word: str, seen: Narrowing) -> int:
        request = SearchRequest(Words(word), narrowing=seen, limit=0)
        return self._index.search(request, caller.access).total


def _words(tree: Query) -> Iterator[str]:
    """Words of the whole record that are asked for."""
    match tree:
        case Words(text, TextField.ANY):
            yield text
        case And(children) | Or(children):
            for child in children:
                yield from _words(child)
        case _:
            return
