"""Conditional requests: the ETag of a record is its revision number."""

import re
from typing import Annotated

from fastapi import Depends, Header, Response

from records.errors import Invalid

_ETAG = re.compile(r'(?:W/)?"?(\d{1,9})"?')


def expected_revision(if_match: Annotated[str | None, Header()] = None) -> int:
    """The revision that a change starts from, out of If-Match.

    Raises Invalid (``revision_needed``) when it is missing or not a revision number.
    """
    match = _ETAG.fullmatch((if_match or "").strip())
    if match is None:
        raise Invalid("revision_needed", field="If-Match")
    return int(match[1])


ExpectedRevision = Annotated[int, Depends(expected_revision)]
IdempotencyKey = Annotated[str | None, Header(alias="Idempotency-Key", max_length=200)]


def tag(response: Response, revision: int) -> None:
    """Put the revision into the answer's ETag."""
    response.headers["ETag"] = f'"{revision}"'
