"""Changes put into the index, so that one it cannot take keeps no other out."""

import logging
from collections.abc import Callable, Sequence

from records.errors import Unavailable
from records.identity import RecordId
from records.queries.search import IndexChange

_LOG = logging.getLogger(__name__)


def put(
    apply: Callable[[Sequence[IndexChange]], None], changes: Sequence[IndexChange]
) -> frozenset[RecordId]:
    """Put all changes in by `SearchIndex.apply` or `IndexRebuild.apply`; the records refused.

    They are named in the log. Raises Unavailable for every other reason.
    """
    try:
        apply(changes)
    except Unavailable as error:
        records = error.facts.get("records")
        if error.reason != "documents_refused" or not isinstance(records, tuple):
            raise
        _LOG.error("not in the index: %s", error)
        return frozenset(RecordId(record) for record in records)
    return frozenset()
