"""Where the servers are, how they are signed in to, and what an index of theirs is like."""

import re
from dataclasses import dataclass, field
from pathlib import Path

from records.errors import Invalid

_PREFIX = re.compile("[a-z][a-z0-9_.-]{0,60}")
"""What Elasticsearch allows at the beginning of a name, with room for what we add."""


@dataclass(frozen=True, slots=True)
class ElasticsearchOptions:
    """Settings of the adapter.

    Signs in by `api_key` (the encoded form that the server gives), else by `user` and
    `password`, else not at all. Raises Invalid (``bad_index_prefix``).
    """

    hosts: tuple[str, ...]
    """URLs of servers of one cluster; where one does not answer, the next is asked."""
    prefix: str = "wenshu"
    """Begins the names of our indexes and aliases; two installations need two of them."""
    api_key: str | None = field(default=None, repr=False)
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    ca_certificate: Path | None = None
    """PEM file of the authority that signed the servers' certificates; else the system's."""
    shards: int = 1
    """One shard is right up to some tens of GB, and its scores need no second round."""
    replicas: int = 1
    search_timeout_s: float = 10.0
    write_timeout_s: float = 60.0
    bulk_bytes: int = 8_000_000
    """Of one write request; Elasticsearch's guide advises tens of MB at most."""
    document_bytes: int = 90_000_000
    """A record that takes more is refused: the server takes requests up to 100 MB
    (``http.max_content_length``). Five million characters, the limit of extraction, take 60."""
    refresh_interval: str = "100ms"
    """How often the server shows what was written, to everybody at once; a writer waits for it.
    So the cost does not grow with the number of writers: with a refresh of every write's own,
    20 uploads a second took a core of the server, and each waited 1.2 s. Measured at 20 uploads a
    second, all servers on two cores, p95 until found: 1.1 s with this, 1.3 s with 200 ms, 4.7 s
    with 400 ms, since workers then wait instead of working."""
    lease_s: float = 30.0
    """A rebuild that gave no sign of life for so long is dead, and the next may begin."""
    connections: int = 40
    """Kept open to each server; a process with more threads at work lets them wait."""

    def __post_init__(self) -> None:
        if not _PREFIX.fullmatch(self.prefix):
            raise Invalid("bad_index_prefix", given=self.prefix)
