"""Requests sent for pages: again where an index was replaced under them, in steps where far."""

from typing import Any
from zlib import crc32

from elasticsearch import Elasticsearch
from elasticsearch.exceptions import ApiError, BadRequestError

from indexers.elasticsearch_index.asking import Answer
from indexers.elasticsearch_index.options import ElasticsearchOptions
from indexers.elasticsearch_index.schema import REACH, Json
from indexers.elasticsearch_index.vendor_errors import REPLACED, is_about, status_of
from records.rights.access import AccessFilter

_TOO_MANY = "too_many"
"""Of conditions: ``too_many_clauses``, ``too_many_nested_clauses``."""


class TooManyConditionsError(Exception):
    """A request that holds more conditions than the server takes at its size of memory."""


class Pages:
    """Asks one alias."""

    def __init__(self, client: Elasticsearch, alias: str, options: ElasticsearchOptions) -> None:
        self._client = client
        self._alias = alias
        self._how: dict[str, Any] = {"allow_partial_search_results": False}
        if options.shards > 1:
            # Else each shard would weigh a word by how rare it is among its own records.
            self._how["search_type"] = "dfs_query_then_fetch"

    def ask(self, body: Json, access: AccessFilter) -> Answer:
        """One answer, whole or none. Raises errors of the client, TooManyConditionsError.

        One reader always asks the same copies, so that his pages follow each other: copies of a
        shard may weigh words a little differently.
        """
        try:
            return self._ask(body, access)
        except BadRequestError as error:
            if is_about(error, _TOO_MANY):
                raise TooManyConditionsError from error
            raise
        except ApiError as error:
            if status_of(error) not in REPLACED:
                raise
            return self._ask(body, access)

    def far(self, body: Json, access: AccessFilter, *, offset: int, limit: int) -> Answer:
        """A page beyond the reach of one request: total first, then walked to."""
        answer = self.ask({**body, "from": 0, "size": 0}, access)
        if limit < 1 or offset >= answer["hits"]["total"]["value"]:
            return answer
        step = {key: part for key, part in body.items() if key not in {"from", "aggs"}}
        while offset > 0:
            passed = self.ask({**step, "size": min(offset, REACH)}, access)["hits"]["hits"]
            if not passed:
                return answer
            offset -= len(passed)
            step["search_after"] = passed[-1]["sort"]
        answer["hits"]["hits"] = self.ask({**step, "size": limit}, access)["hits"]["hits"]
        return answer

    def _ask(self, body: Json, access: AccessFilter) -> Answer:
        reader = crc32(" ".join(sorted(access.tokens)).encode(errors="replace"))
        answer = self._client.search(
            index=self._alias, body=body, preference=f"reader-{reader}", **self._how
        )
        return dict(answer.body)
