"""Variables of the environment, each read as what it should be; nothing else reads them.

What reads some declares them as fields of a `Variables` of its own; an empty one counts as none.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import ip_network
from pathlib import Path
from typing import Annotated, Any, Self, get_args
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, SecretStr, ValidationError, WrapValidator
from pydantic.fields import FieldInfo
from pydantic_core import PydanticCustomError
from pydantic_settings import (
    BaseSettings,
    EnvSettingsSource,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

from gate.networks import Network
from records.errors import Invalid

PREFIX = "WENSHU_"

_WHOLE = re.compile("0*[1-9][0-9]{0,17}")
_HOST = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)*|[0-9a-f:]*:[0-9a-f:.]*")
_SIGN_IN = re.compile(".*@", re.DOTALL)


class Variables(BaseSettings):
    """What one room asks of the environment."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_ignore_empty=True, validate_default=False, frozen=True
    )

    @classmethod
    def read(cls) -> Self:
        """As the environment is now. Raises Invalid (``bad_setting``) with what would be right."""
        try:
            return cls()
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            facts = first.get("ctx", {})
            name = facts.get("name") or cls.name_of(str(first["loc"][0]))
            given, right = facts.get("given", first["input"]), facts.get("right", first["msg"])
            raise Invalid("bad_setting", name=name, given=given, right=right) from None

    @classmethod
    def name_of(cls, field: str) -> str:
        """The name of the variable that a field is read from."""
        return f"{cls.model_config.get('env_prefix', '')}{field}".upper()

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        *_: PydanticBaseSettingsSource,
        **__: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The environment alone, and for secrets the files that it names."""
        return (_EnvironmentAndFiles(settings_cls),)

    def required(self, field: str) -> str:
        """A secret that must be there. Raises Invalid (``no_credentials``, which is missing)."""
        value = getattr(self, field)
        if value is None:
            raise Invalid("no_credentials", missing=self.name_of(field))
        return plain(value)


class _EnvironmentAndFiles(EnvSettingsSource):
    """For a secret, the file that ``…_FILE`` names comes before the variable itself."""

    def get_field_value(self, field: FieldInfo, field_name: str) -> tuple[Any, str, bool]:
        """As the base class."""
        name = f"{self.env_prefix}{field_name}_file"
        if SecretStr in (field.annotation, *get_args(field.annotation)):
            path = self.env_vars.get(name.lower())
            if path:
                return _Named(name.upper(), path), field_name, False
        return super().get_field_value(field, field_name)


@dataclass(frozen=True, slots=True)
class _Named:
    """The file in which a secret stands, until it is validated."""

    name: str
    path: str


def _read_file(given: object) -> object:
    if not isinstance(given, _Named):
        return given
    try:
        return Path(given.path).read_text(encoding="utf-8").strip() or None
    except (OSError, UnicodeDecodeError):
        raise bad_setting(given.path, "可读的文本文件", name=given.name) from None


def _whole(least: int) -> Callable[[object], object]:
    def read(given: object) -> object:
        text = str(given)
        if not (_WHOLE.fullmatch(text) or (least == 0 and text == "0")):
            raise bad_setting(text, "正整数" if least else "零或正整数")
        return text

    return read


def choice(*options: str) -> WrapValidator:
    """One of some words, in letters of either case; the validator gives it in lower case."""

    def read(given: object, _: object) -> str:
        word = str(given).lower()
        if word not in options:
            raise bad_setting(given, " 或 ".join(options))
        return word

    return WrapValidator(read)


def _there(right: str, is_there: Callable[[Path], bool]) -> AfterValidator:
    def look(path: Path) -> Path:
        if not is_there(path):
            raise bad_setting(path, right)
        return path

    return AfterValidator(look)


def addresses(*schemes: str) -> BeforeValidator:
    """URLs between commas; a sign-in in a wrong one is not repeated."""
    return BeforeValidator(lambda given: _addresses(given, schemes))


def one_address(*schemes: str) -> BeforeValidator:
    """One URL without a slash at its end, or none."""

    def read(given: object) -> object:
        found = _addresses(given, schemes)
        if len(found) > 1:
            raise bad_setting(_SIGN_IN.sub("", str(given)), "一个地址")
        return found[0].rstrip("/") if found else ""

    return BeforeValidator(read)


def _addresses(given: object, schemes: tuple[str, ...]) -> tuple[str, ...]:
    found = tuple(_parts(given))
    for address in found:
        if not address.startswith(schemes) or not _names_a_host(address):
            right = "、".join(f"{scheme}主机:端口" for scheme in schemes)
            raise bad_setting(_SIGN_IN.sub("", address), right)
    return found


def _networks(given: object) -> object:
    if not isinstance(given, str):
        return given
    if given.strip() == "nobody":
        return ()
    try:
        return tuple(ip_network(each) for each in _parts(given))
    except ValueError:
        raise bad_setting(given, "以逗号分隔的 IP 地址或网段，或 nobody") from None


def _hosts(given: object) -> object:
    found = tuple(each.lower() for each in _parts(given))
    for each in found:
        if not _HOST.fullmatch(each):
            raise bad_setting(each, "主机名或 IP 地址，不带端口")
    return found


Whole = Annotated[int, BeforeValidator(_whole(1))]
"""A positive number below 10^18."""
WholeOrNone = Annotated[int, BeforeValidator(_whole(0))]
"""The same, or zero."""
File = Annotated[Path, _there("文件的路径", Path.is_file)]
"""A file that is there."""
Folder = Annotated[Path, _there("已有的文件夹", Path.is_dir)]
"""A folder that is there: one that is not is a mistake and no empty folder."""
Secret = Annotated[SecretStr | None, BeforeValidator(_read_file)]
"""A value, or in ``…_FILE`` the name of a file that holds it; repeated by nothing."""
Networks = Annotated[tuple[Network, ...], NoDecode, BeforeValidator(_networks)]
"""Addresses and networks between commas, ``nobody`` for none."""
Hosts = Annotated[tuple[str, ...], NoDecode, BeforeValidator(_hosts)]
"""Names of hosts between commas, in lower case."""


def plain(secret: SecretStr | None) -> str:
    """What a secret says; empty for none."""
    return secret.get_secret_value() if secret else ""


def _parts(given: object) -> tuple[str, ...]:
    values = given.split(",") if isinstance(given, str) else tuple(map(str, given))  # type: ignore[call-overload]
    return tuple(value for each in values if (value := each.strip()))


def _names_a_host(address: str) -> bool:
    """Whether there is a host, a port that is one if any, and for Redis no name of a database."""
    try:
        parts = urlsplit(address)
        host, port = parts.hostname, parts.port
    except ValueError:
        return False
    database = parts.path.strip("/") if parts.scheme in {"redis", "rediss"} else ""
    return bool(host) and port != 0 and (not database or database.isdigit())


def bad_setting(given: object, right: str, *, name: str = "") -> PydanticCustomError:
    """What a validator raises: what was given, and what would be right."""
    facts = {"given": str(given), "right": right, "name": name}
    return PydanticCustomError("bad_setting", "not as it should be", facts)
