"""What opens a bucket: keys and the rest, from the environment.

Keys never stand in an address, which is shown in lists of processes.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

from pydantic_settings import SettingsConfigDict

from storage.minio_retention import LockMode
from wenshu.variables import PREFIX, File, Secret, Variables, choice

_REGION = "us-east-1"
_MODES: Mapping[str, LockMode] = {"governance": "GOVERNANCE", "compliance": "COMPLIANCE"}


@dataclass(frozen=True, slots=True)
class S3Access:
    """What opens a bucket, apart from its address."""

    access_key: str = field(repr=False)
    secret_key: str = field(repr=False)
    region: str = _REGION
    ca: Path | None = None
    """PEM file of the authority that signed the server's certificate; else the usual ones."""
    lock_mode: LockMode = "GOVERNANCE"


class _Store(Variables):
    """``WENSHU_S3_…``."""

    model_config = SettingsConfigDict(env_prefix=f"{PREFIX}S3_")

    access_key: Secret = None
    secret_key: Secret = None
    region: str | None = None
    ca: File | None = None
    lock_mode: Annotated[str | None, choice(*_MODES)] = None


class _Target(_Store):
    """``WENSHU_TO_S3_…``."""

    model_config = SettingsConfigDict(env_prefix=f"{PREFIX}TO_S3_")


def read_s3_access() -> S3Access:
    """Access to a store. Raises Invalid (``no_credentials``, ``bad_setting``)."""
    given = _Store.read()
    return _access(given, given)


def read_s3_access_of_target() -> S3Access:
    """Access to the target of a copy: its own variables, and the common ones where those lack.

    Of the two keys one of its own is not taken without the other. Raises as `read_s3_access`.
    """
    own, common = _Target.read(), _Store.read()
    return _access(own, common)


def _access(own: _Store, common: _Store) -> S3Access:
    keys = own if own.access_key or own.secret_key else common
    mode = own.lock_mode or common.lock_mode
    return S3Access(
        access_key=keys.required("access_key"),
        secret_key=keys.required("secret_key"),
        region=own.region or common.region or _REGION,
        ca=own.ca or common.ca,
        lock_mode=_MODES[mode] if mode else "GOVERNANCE",
    )
