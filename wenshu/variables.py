"""Variables of the environment, each read as what it should be; nothing else reads them."""

import os
import re
from collections.abc import Mapping
from ipaddress import ip_network
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

from gate.networks import Network
from records.errors import Invalid

T = TypeVar("T")

_WHOLE = re.compile("0*[1-9][0-9]{0,17}")
_HOST = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)*|[0-9a-f:]*:[0-9a-f:.]*")


def text(name: str) -> str | None:
    """The value; None where there is none, or an empty one."""
    return os.environ.get(name) or None


def whole_number(name: str, otherwise: int) -> int:
    """A positive number below 10^18. Raises Invalid (``bad_setting``)."""
    given = text(name)
    if given is None:
        return otherwise
    if not _WHOLE.fullmatch(given):
        raise _bad(name, given, "正整数")
    return int(given)


def choice(name: str, options: Mapping[str, T]) -> T | None:
    """What the word stands for, in letters of either case. Raises Invalid (``bad_setting``)."""
    given = text(name)
    if given is None:
        return None
    if given.lower() not in options:
        raise _bad(name, given, " 或 ".join(options))
    return options[given.lower()]


def file(name: str) -> Path | None:
    """A file that is there. Raises Invalid (``bad_setting``)."""
    given = text(name)
    if given is None:
        return None
    if not Path(given).is_file():
        raise _bad(name, given, "文件的路径")
    return Path(given)


def addresses(name: str, schemes: tuple[str, ...]) -> tuple[str, ...]:
    """URLs between commas. Raises Invalid (``bad_setting``); keys in one are not repeated."""
    found = tuple(value for each in (text(name) or "").split(",") if (value := each.strip()))
    for address in found:
        if not address.startswith(schemes) or not _names_a_host(address):
            right = "、".join(f"{scheme}主机:端口" for scheme in schemes)
            raise _bad(name, address.rpartition("@")[2], right)
    return found


def networks(name: str, otherwise: tuple[Network, ...]) -> tuple[Network, ...]:
    """Addresses and networks between commas, ``nobody`` for none.

    Raises Invalid (``bad_setting``).
    """
    given = text(name)
    if given is None:
        return otherwise
    if given.strip() == "nobody":
        return ()
    try:
        return tuple(ip_network(each.strip()) for each in given.split(",") if each.strip())
    except ValueError as error:
        raise _bad(name, given, "以逗号分隔的 IP 地址或网段，或 nobody") from error


def hosts(name: str) -> tuple[str, ...]:
    """Names of hosts between commas, in lower case. Raises Invalid (``bad_setting``)."""
    given = text(name)
    found = tuple(each.strip().lower() for each in (given or "").split(",") if each.strip())
    for each in found:
        if not _HOST.fullmatch(each):
            raise _bad(name, each, "主机名或 IP 地址，不带端口")
    return found


def secret(name: str) -> str:
    """The content of the file that `name`_FILE names, else the value of `name`; empty for neither.

    Raises Invalid (``bad_setting``) when that file cannot be read as text.
    """
    path = text(f"{name}_FILE")
    if path is None:
        return text(name) or ""
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise _bad(f"{name}_FILE", path, "可读的文本文件") from error


def required_secret(name: str) -> str:
    """As `secret`. Raises Invalid (``no_credentials``, with what is missing) for an empty one."""
    value = secret(name)
    if not value:
        raise Invalid("no_credentials", missing=name)
    return value


def has_secret(name: str) -> bool:
    """Whether somebody meant to give it, by value or by file."""
    return bool(text(name) or text(f"{name}_FILE"))


def _names_a_host(address: str) -> bool:
    """Whether there is a host, a port that is one if any, and for Redis no name of a database."""
    try:
        parts = urlsplit(address)
        host, port = parts.hostname, parts.port
    except ValueError:
        return False
    database = parts.path.strip("/") if parts.scheme in {"redis", "rediss"} else ""
    return bool(host) and port != 0 and (not database or database.isdigit())


def _bad(name: str, given: str, right: str) -> Invalid:
    return Invalid("bad_setting", name=name, given=given, right=right)
