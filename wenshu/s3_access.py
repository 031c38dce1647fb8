"""What opens a bucket: keys and the rest, from the environment.

Keys never stand in an address, which is shown in lists of processes.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from storage.minio_retention import LockMode
from wenshu import variables

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


def read_s3_access() -> S3Access:
    """Access to a store. Raises Invalid (``no_credentials``, ``bad_setting``)."""
    return S3Access(
        access_key=variables.required_secret("WENSHU_S3_ACCESS_KEY"),
        secret_key=variables.required_secret("WENSHU_S3_SECRET_KEY"),
        region=variables.text("WENSHU_S3_REGION") or _REGION,
        ca=variables.file("WENSHU_S3_CA"),
        lock_mode=variables.choice("WENSHU_S3_LOCK_MODE", _MODES) or "GOVERNANCE",
    )


def read_s3_access_of_target() -> S3Access:
    """Access to the target of a copy: its own variables, and the common ones where those lack.

    Of the two keys one of its own is not taken without the other. Raises as `read_s3_access`.
    """
    own = variables.has_secret("WENSHU_TO_S3_ACCESS_KEY") or variables.has_secret(
        "WENSHU_TO_S3_SECRET_KEY"
    )
    key = variables.required_secret
    return S3Access(
        access_key=key("WENSHU_TO_S3_ACCESS_KEY") if own else key("WENSHU_S3_ACCESS_KEY"),
        secret_key=key("WENSHU_TO_S3_SECRET_KEY") if own else key("WENSHU_S3_SECRET_KEY"),
        region=variables.text("WENSHU_TO_S3_REGION")
        or variables.text("WENSHU_S3_REGION")
        or _REGION,
        ca=variables.file("WENSHU_TO_S3_CA") or variables.file("WENSHU_S3_CA"),
        lock_mode=variables.choice("WENSHU_TO_S3_LOCK_MODE", _MODES)
        or variables.choice("WENSHU_S3_LOCK_MODE", _MODES)
        or "GOVERNANCE",
    )
