"""Settings of one process: from the command line, else from the environment, else these."""

import os
from dataclasses import dataclass, field
from ipaddress import ip_network
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

from pydantic_settings import NoDecode, SettingsConfigDict

from gate.networks import Network
from records.errors import Invalid
from wenshu.building.object_stores import is_s3
from wenshu.building.s3_access import S3Access, read_s3_access
from wenshu.sign_in.access import PASSWORDS_ONLY, SignInAccess
from wenshu.sign_in.variables import read_sign_in_access
from wenshu.system.couriers import NO_COURIERS, CourierAccess
from wenshu.variables import (
    PREFIX,
    File,
    Folder,
    Hosts,
    Networks,
    Secret,
    Variables,
    Whole,
    WholeOrNone,
    addresses,
    one_address,
    plain,
)

DEFAULT_DATA = Path("data")
MAX_FILE_BYTES = 2 << 30
"""The largest file taken, 2 GiB (parameter; features.md C3.10 leaves it open)."""

OPEN_TO = (ip_network("127.0.0.0/8"), ip_network("::1"))
"""To whom operations are shown unless a setting says otherwise: to this machine."""

WebAddresses = Annotated[tuple[str, ...], NoDecode, addresses("http://", "https://")]


@dataclass(frozen=True, slots=True)
class IndexAccess:
    """How to sign in to Elasticsearch, by key or else by password, and how an index is laid out."""

    api_key: str | None = field(default=None, repr=False)
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    ca: Path | None = None
    """PEM file of an authority of one's own; None is those of the system."""
    shards: int = 1
    replicas: int = 1
    """Copies of an index besides itself."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Where the data is and how much a process may use."""

    data: Path
    kinds_folder: Path | None = None
    """Where the kinds of this installation stand; None is `kinds` in the data folder."""
    name: str = "wenshu"
    """Begins the names of indexes and queue keys: several installations may share a server."""
    store_address: str | None = None
    """A bucket on S3 as in `wenshu.building.object_stores`; None is the folder `store`."""
    store_access: S3Access | None = None
    """What opens that bucket; None where it is a folder."""
    index_hosts: tuple[str, ...] = field(default=(), repr=False)
    """URLs of one Elasticsearch cluster, which may hold a password; none is the folder `index`."""
    index_access: IndexAccess = IndexAccess()
    tika_servers: tuple[str, ...] = field(default=(), repr=False)
    """URLs of Tika servers; without them files are read by worker processes of our own."""
    queue_url: str | None = field(default=None, repr=False)
    """Redis that brings jobs to workers, perhaps with a password; None is the queue in the process
    itself."""
    queue_ca: Path | None = None
    """PEM file of the authority that signed the certificate of Redis; None is the usual ones."""
    proxies: tuple[Network, ...] = OPEN_TO
    """Addresses of proxies whose word is taken for where a request comes from."""
    couriers: CourierAccess = NO_COURIERS
    """Mail and short messages; without them notices stay in the house."""
    sign_in: SignInAccess = PASSWORDS_ONLY
    """Who else says that somebody is who he is."""
    max_file_bytes: int = MAX_FILE_BYTES
    open_to: tuple[Network, ...] = OPEN_TO
    """Addresses that see figures and what is wrong, besides administrators."""
    hosts: tuple[str, ...] = ()
    """Names that the server answers to, in lower case; none is any."""
    site: str = ""
    """What browsers reach it by, without a slash at the end: what is written where no request says
    so bears it before addresses of records."""
    workers: int = 1
    revision_cache_bytes: int = 64 << 20
    """Memory for revisions that were read lately; some ten thousand of ordinary size."""
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
    def kinds(self) -> Path:
        """Folder of the kinds, fragments and dictionaries of this installation; may be missing."""
        return self.kinds_folder or self.data / "kinds"

    @property
    def staging(self) -> Path:
        """Folder of files on their way in; on the filesystem of the store."""
        return self.data / "staging"

    @property
    def imports(self) -> Path:
        """Folder of the journals of interrupted imports."""
        return self.data / "imports"


class _Addresses(Variables):
    """Where everything stands; without any of these all is embedded."""

    data: Path = DEFAULT_DATA
    kinds: Folder | None = None
    name: str = "wenshu"
    store: str | None = None
    index: WebAddresses = ()
    tika: WebAddresses = ()
    queue: Annotated[tuple[str, ...], NoDecode, addresses("redis://", "rediss://")] = ()
    queue_ca: File | None = None
    proxies: Networks = OPEN_TO
    max_file_bytes: Whole = MAX_FILE_BYTES
    open_to: Networks = OPEN_TO
    hosts: Hosts = ()
    site: Annotated[str, one_address("http://", "https://")] = ""


class _Index(Variables):
    """``WENSHU_INDEX_…``."""

    model_config = SettingsConfigDict(env_prefix=f"{PREFIX}INDEX_")

    api_key: Secret = None
    user: str | None = None
    password: Secret = None
    ca: File | None = None
    shards: Whole = 1
    replicas: WholeOrNone = 1


class _Mail(Variables):
    """The ways out of the house."""

    mail: Annotated[tuple[str, ...], NoDecode, addresses("smtp+starttls://", "smtp://")] = ()
    mail_from: str = ""
    mail_user: str | None = None
    mail_password: Secret = None
    mail_folder: Path | None = None
    sms_folder: Path | None = None


def read_settings(data: Path | None) -> Settings:
    """Settings with the given data folder, else ``WENSHU_DATA``, else ``./data``.

    Raises Invalid: ``bad_setting``, ``bad_store_address``, ``no_credentials``.
    """
    given = _Addresses.read()
    return Settings(
        data=(data or given.data).absolute(),
        kinds_folder=given.kinds.absolute() if given.kinds else None,
        name=given.name,
        store_address=given.store,
        store_access=read_s3_access() if given.store and is_s3(given.store) else None,
        index_hosts=given.index,
        index_access=_index_access(),
        tika_servers=given.tika,
        queue_url=given.queue[0] if given.queue else None,
        queue_ca=given.queue_ca,
        proxies=given.proxies,
        couriers=_couriers(),
        sign_in=read_sign_in_access(),
        max_file_bytes=given.max_file_bytes,
        open_to=given.open_to,
        hosts=given.hosts,
        site=given.site,
        workers=max(1, (os.cpu_count() or 1) - 1),
    )


def _index_access() -> IndexAccess:
    given = _Index.read()
    if given.user is None and given.password:
        raise Invalid("no_credentials", missing=given.name_of("user"))
    return IndexAccess(
        api_key=plain(given.api_key) or None,
        user=given.user,
        password=given.required("password") if given.user else None,
        ca=given.ca,
        shards=given.shards,
        replicas=given.replicas,
    )


def _couriers() -> CourierAccess:
    given = _Mail.read()
    if given.mail_user is None and given.mail_password:
        raise Invalid("no_credentials", missing=given.name_of("mail_user"))
    return CourierAccess(
        mail_host=urlsplit(given.mail[0]).netloc if given.mail else None,
        mail_from=given.mail_from,
        mail_user=given.mail_user,
        mail_password=given.required("mail_password") if given.mail_user else "",
        mail_tls=not given.mail or given.mail[0].startswith("smtp+starttls://"),
        mail_folder=given.mail_folder,
        sms_folder=given.sms_folder,
    )
