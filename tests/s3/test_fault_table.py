"""The table of faults is total: nothing of the vendor comes through."""

import inspect
from http import HTTPStatus
from xml.etree.ElementTree import ParseError

import minio.error
import pytest
import urllib3.exceptions
from minio.error import InvalidResponseError, MinioAdminException, S3Error, ServerError
from urllib3 import HTTPResponse
from urllib3.exceptions import HTTPError, MaxRetryError, SSLError

from languages.errors import SENTENCES
from records.errors import Conflict, NotFound, Unavailable
from storage.s3_faults import FAULTS, REASONS, fault_of, fault_of_status, translated

HTTP_ERRORS = [
    each
    for _, each in inspect.getmembers(urllib3.exceptions, inspect.isclass)
    if issubclass(each, HTTPError)
]
VENDOR = [
    each
    for _, each in inspect.getmembers(minio.error, inspect.isclass)
    if issubclass(each, Exception) and each is not MinioAdminException  # of another client
]


def s3_error(status: int, code: str) -> S3Error:
    answer = HTTPResponse(status=status)
    return S3Error(answer, code, "told", "/b/k", "1", "2", bucket_name="b")


@pytest.mark.parametrize("status", range(300, 600))
def test_every_status_has_an_error(status: int) -> None:
    expected = {404: NotFound, 412: Conflict}.get(status, Unavailable)
    for error in (
        fault_of_status(status, key="k"),
        fault_of(s3_error(status, "Whatever"), key="k"),
        fault_of(ServerError("told", status), key="k"),
    ):
        assert type(error) is expected
        assert error.facts["key"] == "k"


@pytest.mark.parametrize("kind", [*HTTP_ERRORS, *VENDOR], ids=lambda kind: kind.__name__)
def test_every_exception_of_the_client_is_in_the_table(kind: type[Exception]) -> None:
    assert issubclass(kind, FAULTS)


@pytest.mark.parametrize("kind", FAULTS, ids=lambda kind: kind.__name__)
def test_what_is_in_the_table_dies_at_the_adapter(kind: type[Exception]) -> None:
    with pytest.raises(Unavailable), translated("k"):
        raise kind("told")


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (s3_error(404, "NoSuchBucket"), "no_bucket"),
        (s3_error(403, "AccessDenied"), "store_denied"),
        (InvalidResponseError(502, "text/html", "<html>"), "store_fault"),
        (MaxRetryError(None, "/", SSLError("bad certificate")), "store_untrusted"),  # type: ignore[arg-type]
        (ConnectionResetError("reset"), "store_unreachable"),
        (ParseError("no element"), "store_fault"),
        (ValueError("XML element not found"), "store_fault"),
    ],
)
def test_the_reason_fits(error: Exception, reason: str) -> None:
    assert fault_of(error, key="k").reason == reason


def test_every_reason_of_the_table_has_a_sentence() -> None:
    told = {*REASONS.values(), "store_fault", "store_unreachable", "store_untrusted", "no_bucket"}
    assert told <= set(SENTENCES)
    assert HTTPStatus.SERVICE_UNAVAILABLE in REASONS
    assert OSError in FAULTS
