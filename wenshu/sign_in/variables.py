"""Variables of other ways to sign in: ``WENSHU_OIDC…``, ``WENSHU_LDAP…``."""

from typing import Annotated

from pydantic import AfterValidator
from pydantic_settings import NoDecode, SettingsConfigDict

from records.errors import Invalid
from wenshu.sign_in.access import DirectoryAccess, ProviderAccess, SignInAccess
from wenshu.sign_in.json_asker import is_safe
from wenshu.variables import PREFIX, File, Secret, Variables, addresses, bad_setting, plain

BACK = "/sign-in/unified/back"
"""Where a provider sends browsers back to; the pages answer there."""

_SAFE = "https:// 开头的地址（http:// 只能用于本机）"


def _safe(address: str) -> str:
    if not is_safe(address):
        raise bad_setting(address, _SAFE)
    return address


def _back(address: str) -> str:
    if not _safe(address).endswith(BACK):
        raise bad_setting(address, f"以 {BACK} 结尾的地址")
    return address


def _person(template: str) -> str:
    if template.count("{login}") != 1 or ("=" not in template and "@" not in template):
        raise bad_setting(template, "uid={login},ou=people,dc=example 或 {login}@example")
    return template


class _Provider(Variables):
    model_config = SettingsConfigDict(env_prefix=f"{PREFIX}OIDC_")

    issuer: Annotated[str, AfterValidator(_safe)] | None = None
    client: str | None = None
    secret: Secret = None
    back: Annotated[str, AfterValidator(_back)] | None = None
    claim: str = "preferred_username"
    title: str = "统一身份认证"
    ca: File | None = None


class _Directory(Variables):
    model_config = SettingsConfigDict(env_prefix=f"{PREFIX}LDAP_")

    servers: Annotated[tuple[str, ...], NoDecode, addresses("ldaps://", "ldap+starttls://")] = ()
    person: Annotated[str, AfterValidator(_person)] | None = None
    ca: File | None = None


def read_sign_in_access() -> SignInAccess:
    """As the environment is now.

    Raises Invalid (``bad_setting``; ``setting_missing`` with ``name`` and ``why``: one that
    another one needs).
    """
    return SignInAccess(_provider(), _directory())


def _provider() -> ProviderAccess | None:
    given = _Provider.read()
    if given.issuer is None:
        return None
    return ProviderAccess(
        issuer=given.issuer,
        client=_needed(given, "client", given.client, because="issuer"),
        back=_needed(given, "back", given.back, because="issuer"),
        secret=plain(given.secret),
        claim=given.claim,
        title=given.title,
        ca=given.ca,
    )


def _directory() -> DirectoryAccess | None:
    given = _Directory.read()
    if not given.servers:
        return None
    person = _needed(given, "person", given.person, because="servers")
    return DirectoryAccess(given.servers, person, given.ca)


def _needed(given: Variables, field: str, value: str | None, *, because: str) -> str:
    if value is None:
        name, why = given.name_of(field), given.name_of(because)
        raise Invalid("setting_missing", name=name, why=why)
    return value
