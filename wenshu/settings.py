"""Settings of one process: from the command line, else from the environment, else these."""

import os
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from records.errors import Invalid

DEFAULT_DATA = Path("data")
MAX_FILE_BYTES = 2 << 30
"""The largest file taken, 2 GiB (parameter; features.md C3.10 leaves it open)."""


_WEB = ("http://", "https://")
_REDIS = ("redis://", "rediss://")


@dataclass(frozen=True, slots=True)
class Settings:
    """Where the data is and how much a process may use."""

    data: Path
    name: str = "wenshu"
    """Begins the names of indexes and queue keys: several installations may share a server."""
    store_address: str | None = None
    """A bucket on S3 as in `wenshu.object_stores`; None is the folder `store`."""
    index_hosts: tuple[str, ...] = ()
    """URLs of one Elasticsearch cluster; none is the folder `index`."""
    tika_servers: tuple[str, ...] = ()
    """URLs of Tika servers; without them files are read by worker processes of our own."""
    queue_url: str | None = None
    """Redis that brings jobs to workers; None is the queue in the process itself."""
    max_file_bytes: int = MAX_FILE_BYTES
    workers: int = 1
    cached_revisions: int = 20_000
    password_memory_kib: int = 65_536
    """Memory that hashing one password takes: RFC 9106, section 4, second choice."""

    @property
    def store(self) -> Path:
        """Folder of the object store."""
        return self.data / "store"

    @property
    def index(self) -> Path:
        """Folder of the search index: derived, may be deleted."""
        return self.data / "index"

    @property
    def staging(self) -> Path:
        """Folder of files on their way in; on the filesystem of the store."""
        return self.data / "staging"

    @property
    def imports(self) -> Path:
        """Folder of the journals of interrupted imports."""
        return self.data / "imports"


def read_settings(data: Path | None) -> Settings:
    """Settings with the given data folder, else ``WENSHU_DATA``, else ``./data``."""
    folder = data or Path(os.environ.get("WENSHU_DATA") or DEFAULT_DATA)
    cores = os.cpu_count() or 1
    limit = whole_number(
        "WENSHU_MAX_FILE_BYTES", os.environ.get("WENSHU_MAX_FILE_BYTES"), MAX_FILE_BYTES
    )
    return Settings(
        data=folder.absolute(),
        name=os.environ.get("WENSHU_NAME") or "wenshu",
        store_address=os.environ.get("WENSHU_STORE") or None,
        index_hosts=_addresses("WENSHU_INDEX", os.environ.get("WENSHU_INDEX"), _WEB),
        tika_servers=_addresses("WENSHU_TIKA", os.environ.get("WENSHU_TIKA"), _WEB),
        queue_url=next(
            iter(_addresses("WENSHU_QUEUE", os.environ.get("WENSHU_QUEUE"), _REDIS)), None
        ),
        max_file_bytes=limit,
        workers=max(1, cores - 1),
    )


def whole_number(name: str, given: str | None, otherwise: int) -> int:
    """A positive number from a setting. Raises Invalid (``bad_setting``)."""
    if not given:
        return otherwise
    if not given.isascii() or not given.isdigit() or int(given) < 1:
        raise Invalid("bad_setting", name=name, given=given, right="正整数")
    return int(given)


def _addresses(name: str, given: str | None, schemes: tuple[str, ...]) -> tuple[str, ...]:
    """URLs between commas. Raises Invalid (``bad_setting``); keys in one are not repeated."""
    found = tuple(value for each in (given or "").split(",") if (value := each.strip()))
    for address in found:
        if not address.startswith(schemes) or not _has_place(address):
            shown = address.rpartition("@")[2]
            right = "、".join(f"{scheme}主机:端口" for scheme in schemes)
            raise Invalid("bad_setting", name=name, given=shown, right=right)
    return found


def _has_place(address: str) -> bool:
    """Whether there is a host, a port that is one if any, and for Redis no name of a database."""
    parts = urlsplit(address)
    try:
        parts.port  # noqa: B018 - raises for one that is none
    except ValueError:
        return False
    number = parts.path.strip("/")
    return bool(parts.hostname) and (
        not address.startswith(_REDIS) or not number or number.isdigit()
    )
