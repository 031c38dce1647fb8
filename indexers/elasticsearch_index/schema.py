"""Fields of the index on Elasticsearch, and the name that changes when they do.

They are those of tantivy_index/schema.py with two differences: dates of grants stand in documents
of their own within the document (`DATED`), and orders are told by two numbers and the identifier.
"""

import hashlib
import json
from enum import StrEnum

from indexers.analysis import Analyser
from indexers.analysis.analyser import VERSION as ANALYSER_VERSION
from indexers.elasticsearch_index.options import ElasticsearchOptions
from indexers.querying.fields import FACETS, ORDERS, SHOWN, Field

VERSION = 10
"""Rises whenever documents are written otherwise into the same fields."""

FORMAT = VERSION + ANALYSER_VERSION
"""Rises with either, so that of two versions of the program the older one gives way."""

Json = dict[str, object]


class Name(StrEnum):
    """Names of fields that this engine has besides `indexers.querying.fields.Field`.

    `Field.RECORD` is missing in what stays of a removed record; `Field.READER` holds the tokens
    that open the record for ever.
    """

    DATED = "dated"
    """Tokens with the last day on which they open it: pairs, so documents of their own."""
    DATED_READER = "dated.reader"
    DATED_LAST = "dated.last"
    CHANGED = "changed"
    """Microseconds since 1970, at least 0."""
    WEIGHT = "weight"
    """What a score is multiplied by: log2(2 + freshness)."""

    CONTENT_EVER = "content_ever"
    """The newest texts of a record that changed: sent once, in `Field.CONTENT` and `Field.EVER`."""
    PAIRS_EVER = "pairs_ever"


EVER = {Field.CONTENT: Name.CONTENT_EVER, Field.PAIRS: Name.PAIRS_EVER}
"""Where the newest texts of a record that changed are sent instead."""

REACH = 20_000
"""Hits that one request may page through; ten thousand and a page are asked for at most
(services/searching/record_finder.py). Beyond, pages are walked."""

_SCORED = (Field.CONTENT, Field.PAIRS, Field.TITLE, Field.TITLE_PAIRS)
_UNSCORED = (
    Field.NUMBER,
    Field.UNIT_TEXT,
    Field.AUTHOR_TEXT,
    Field.EVER,
    Field.EVER_PAIRS,
    Field.CLOSED,
    Field.CLOSED_PAIRS,
)
SPELLED = (Field.SYLLABLES, Field.SYLLABLE_PAIRS, Field.INITIALS)
_TERMS = (Field.NUMBER_KEY, Field.COMPLETING, *SPELLED, Field.READER, Field.AUTHOR)
_LONGEST_TERM = 8_191
"""Characters: Lucene refuses terms of more than 32,766 bytes. A longer one is left out."""


def mapping() -> Json:
    """Fields of every index of this version; a field that is not among them is refused.

    Texts come as tokens joined by blanks. Elasticsearch keeps no text: only what suggestions
    show.
    """
    text: Json = {"type": "text", "analyzer": "whitespace"}
    unscored: Json = {**text, "norms": False}
    term: Json = {"type": "keyword", "ignore_above": _LONGEST_TERM}
    unsorted: Json = {**term, "doc_values": False}
    kept: Json = {"type": "keyword", "index": False, "doc_values": False}
    unsearched: Json = {"index": False}
    unsearched_term: Json = {**term, **unsearched}
    fields: dict[str, Json] = {
        Field.RECORD: {"type": "keyword"},
        Field.REVISION: {"type": "long", **unsearched},
        **dict.fromkeys(_SCORED, text),
        **dict.fromkeys(_UNSCORED, unscored),
        Name.CONTENT_EVER: {**text, **unsearched, "copy_to": [Field.CONTENT, Field.EVER]},
        Name.PAIRS_EVER: {**text, **unsearched, "copy_to": [Field.PAIRS, Field.EVER_PAIRS]},
        **dict.fromkeys(_TERMS, unsorted),
        **dict.fromkeys((*FACETS.values(), Field.FACTS), term),
        **dict.fromkeys(ORDERS.values(), unsearched_term),
        Name.DATED: {
            "type": "nested",
            "properties": {"reader": unsorted, "last": {"type": "integer"}},
        },
        Field.DAY: {"type": "integer"},
        Name.CHANGED: {"type": "long", **unsearched},
        Name.WEIGHT: {"type": "float", **unsearched},
        **dict.fromkeys(SHOWN, kept),
    }
    return {"dynamic": "strict", "_source": {"includes": list(SHOWN)}, "properties": fields}


BUILDING_INTERVAL = "1s"
"""Writers of others wait for it while an index is being built."""


def settings(options: ElasticsearchOptions) -> Json:
    """Settings of a new index; it shows its documents less often until it is taken into use."""
    return {
        "number_of_shards": options.shards,
        "number_of_replicas": options.replicas,
        "max_result_window": REACH,
        "refresh_interval": BUILDING_INTERVAL,
    }


def fingerprint(analyser: Analyser) -> str:
    """Changes with the fields and the analyser."""
    described = f"{VERSION} {json.dumps(mapping(), sort_keys=True)} {analyser.fingerprint}"
    return hashlib.sha256(described.encode()).hexdigest()[:12]
