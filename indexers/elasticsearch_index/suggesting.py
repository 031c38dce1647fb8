"""Suggestions: requests for titles and numbers, and what is made of the answers."""

from collections.abc import Callable, Iterator

from indexers.analysis import Analyser
from indexers.analysis.analyser import BOUNDARY, index_tokens
from indexers.completion import Completions
from indexers.elasticsearch_index.asking import NEWEST, Answer, hits_of
from indexers.elasticsearch_index.clauses import all_of, any_of, phrase
from indexers.elasticsearch_index.conditions import readable
from indexers.elasticsearch_index.schema import SHOWN, Json, Name
from indexers.pinyin import known_syllables, readings, typed_letters
from records.access import AccessFilter
from records.search import Hit, Suggestion

READ_AT_ONCE = 20

Search = Callable[[Json, AccessFilter], Answer]


class Suggesting:
    """Completes typed text."""

    def __init__(self, analyser: Analyser, search: Search) -> None:
        self._analyser = analyser
        self._search = search
        self._completions = Completions(analyser)

    def suggest(self, typed: str, access: AccessFilter, limit: int) -> list[Suggestion]:
        """Completions: those that begin with the typed text first, then the newer."""
        found: dict[str, Suggestion] = {}
        for conditions in (self._beginning(typed), self._holding(typed)):
            if conditions and len(found) < limit:
                self._collect(typed, any_of(conditions), access, found, limit=limit)
        return list(found.values())[:limit]

    def _collect(
        self,
        typed: str,
        condition: Json,
        access: AccessFilter,
        found: dict[str, Suggestion],
        *,
        limit: int,
    ) -> None:
        for hit, title, number in self._newest_first(condition, access):
            standing = self._completions.standing(typed, title=title, number=number)
            text = standing.text if standing else title  # what stands in neither is spelled
            found.setdefault(text, Suggestion(text, hit.record, hit.revision))
            if len(found) >= limit:
                return

    def _beginning(self, typed: str) -> list[Json]:
        """Titles that begin with it, and numbers that do where the title does not hold it."""
        tokens = self._tokens(typed)
        if not tokens:
            return []
        title, held, number = (
            self._phrase(name, before + tokens, typed)
            for name, before in (
                (Name.TITLE, [BOUNDARY]),
                (Name.TITLE, []),
                (Name.NUMBER, [BOUNDARY]),
            )
        )
        return [title, all_of([number], [held])]

    def _holding(self, typed: str) -> list[Json]:
        """Titles and numbers that hold it, and titles that it spells."""
        found = []
        if tokens := self._tokens(typed):
            found = [self._phrase(name, tokens, typed) for name in (Name.TITLE, Name.NUMBER)]
        if letters := typed_letters(typed):
            found += [
                phrase(Name.SYLLABLES, reading, open_end=True)
                for reading in readings(letters, known_syllables())
            ]
            found.append(phrase(Name.INITIALS, list(letters), open_end=False))
        return found

    def _tokens(self, typed: str) -> list[str]:
        tokens = self._analyser.tokens(self._analyser.word(typed))
        return [part for token in tokens for part in index_tokens(token)]

    def _phrase(self, name: Name, tokens: list[str], typed: str) -> Json:
        last = self._analyser.word(typed)[-1]
        return phrase(name, tokens, open_end=not self._analyser.are_characters(last))

    def _newest_first(
        self, condition: Json, access: AccessFilter
    ) -> Iterator[tuple[Hit, str, str]]:
        """Record, title and number of all that match, page by page."""
        body: Json = {
            "query": all_of([readable(access), condition]),
            "sort": NEWEST,
            "size": READ_AT_ONCE,
            "track_total_hits": False,
            "_source": list(SHOWN),
            "docvalue_fields": [Name.RECORD, Name.REVISION],
        }
        while True:
            answer = self._search(body, access)
            page = answer["hits"]["hits"]
            for hit, raw in zip(hits_of(answer), page, strict=True):
                shown = raw["_source"]
                yield hit, shown[Name.SHOWN_TITLE], shown[Name.SHOWN_NUMBER]
            if len(page) < READ_AT_ONCE:
                return
            body = {**body, "search_after": page[-1]["sort"]}
