"""Settings of one process: from the command line, else from the environment, else these."""

import os
from dataclasses import dataclass, field
from ipaddress import ip_network
from pathlib import Path
from urllib.parse import urlsplit

from gate.networks import Network
from records.errors import Invalid
from wenshu import variables
from wenshu.couriers import NO_COURIERS, CourierAccess
from wenshu.object_stores import is_s3
from wenshu.s3_access import S3Access, read_s3_access

DEFAULT_DATA = Path("data")
MAX_FILE_BYTES = 2 << 30
"""The largest file taken, 2 GiB (parameter; features.md C3.10 leaves it open)."""

OPEN_TO = (ip_network("127.0.0.0/8"), ip_network("::1"))
"""To whom operations are shown unless a setting says otherwise: to this machine."""

_WEB = ("http://", "https://")
_REDIS = ("redis://", "rediss://")
_SMTP = ("smtp+starttls://", "smtp://")


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
    """A bucket on S3 as in `wenshu.object_stores`; None is the folder `store`."""
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
    max_file_bytes: int = MAX_FILE_BYTES
    open_to: tuple[Network, ...] = OPEN_TO
    """Addresses that see figures and what is wrong, besides administrators."""
    hosts: tuple[str, ...] = ()
    """Names that the server answers to, in lower case; none is any."""
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


def read_settings(data: Path | None) -> Settings:
    """Settings with the given data folder, else ``WENSHU_DATA``, else ``./data``.

    Raises Invalid: ``bad_setting``, ``bad_store_address``, ``no_credentials``.
    """
    folder = data or Path(variables.text("WENSHU_DATA") or DEFAULT_DATA)
    store = variables.text("WENSHU_STORE")
    queues = variables.addresses("WENSHU_QUEUE", _REDIS)
    return Settings(
        data=folder.absolute(),
        kinds_folder=_kinds_folder(),
        name=variables.text("WENSHU_NAME") or "wenshu",
        store_address=store,
        store_access=read_s3_access() if store and is_s3(store) else None,
        index_hosts=variables.addresses("WENSHU_INDEX", _WEB),
        index_access=_index_access(),
        tika_servers=variables.addresses("WENSHU_TIKA", _WEB),
        queue_url=queues[0] if queues else None,
        queue_ca=variables.file("WENSHU_QUEUE_CA"),
        proxies=variables.networks("WENSHU_PROXIES", OPEN_TO),
        couriers=_couriers(),
        max_file_bytes=variables.whole_number("WENSHU_MAX_FILE_BYTES", MAX_FILE_BYTES),
        open_to=variables.networks("WENSHU_OPEN_TO", OPEN_TO),
        hosts=variables.hosts("WENSHU_HOSTS"),
        workers=max(1, (os.cpu_count() or 1) - 1),
    )


def _kinds_folder() -> Path | None:
    """The folder that is named; one that is not there is a mistake and no empty folder."""
    named = variables.text("WENSHU_KINDS")
    if named is None:
        return None
    if not Path(named).is_dir():
        raise Invalid("bad_setting", name="WENSHU_KINDS", given=named, right="已有的文件夹")
    return Path(named).absolute()


def _index_access() -> IndexAccess:
    none = variables.text("WENSHU_INDEX_REPLICAS") == "0"  # no copy is a number too
    user = variables.text("WENSHU_INDEX_USER")
    if user is None and variables.has_secret("WENSHU_INDEX_PASSWORD"):
        raise Invalid("no_credentials", missing="WENSHU_INDEX_USER")
    return IndexAccess(
        api_key=variables.secret("WENSHU_INDEX_API_KEY") or None,
        user=user,
        password=variables.required_secret("WENSHU_INDEX_PASSWORD") if user else None,
        ca=variables.file("WENSHU_INDEX_CA"),
        shards=variables.whole_number("WENSHU_INDEX_SHARDS", 1),
        replicas=0 if none else variables.whole_number("WENSHU_INDEX_REPLICAS", 1),
    )


def _couriers() -> CourierAccess:
    user = variables.text("WENSHU_MAIL_USER")
    if user is None and variables.has_secret("WENSHU_MAIL_PASSWORD"):
        raise Invalid("no_credentials", missing="WENSHU_MAIL_USER")
    mail_folder, sms_folder = (
        variables.text("WENSHU_MAIL_FOLDER"),
        variables.text("WENSHU_SMS_FOLDER"),
    )
    mail_hosts = variables.addresses("WENSHU_MAIL", _SMTP)
    return CourierAccess(
        mail_host=urlsplit(mail_hosts[0]).netloc if mail_hosts else None,
        mail_from=variables.text("WENSHU_MAIL_FROM") or "",
        mail_user=user,
        mail_password=variables.required_secret("WENSHU_MAIL_PASSWORD") if user else "",
        mail_tls=not mail_hosts or mail_hosts[0].startswith("smtp+starttls://"),
        mail_folder=Path(mail_folder) if mail_folder else None,
        sms_folder=Path(sms_folder) if sms_folder else None,
    )
