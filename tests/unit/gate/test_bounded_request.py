"""Forms are measured while they come, and their files do not fill the memory."""

import asyncio

import pytest
from starlette.datastructures import UploadFile
from starlette.types import Message

from gate.bounded_request import MOST_FILES, BoundedRequest
from records.errors import Invalid
from tests.unit.gate.conversation import scope_of

FORM = ("content-type", "multipart/form-data; boundary=b")


def sent(*files: bytes) -> tuple[int, bool]:
    """How many files such a form brings, and whether the last one lies in memory."""
    head = b'--b\r\nContent-Disposition: form-data; name="x"; filename="x"\r\n\r\n'
    body = b"".join(head + content + b"\r\n" for content in files) + b"--b--\r\n"

    async def receive() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    async def read() -> tuple[int, bool]:
        request = BoundedRequest(scope_of("POST", headers=[FORM]), receive)
        async with request.form() as form:
            upload = form["x"]
            assert isinstance(upload, UploadFile)
            return len(form.getlist("x")), upload._in_memory

    return asyncio.run(read())


def test_a_file_of_a_form_goes_to_the_disk_soon() -> None:
    assert sent(b"x" * 1_000) == (1, True)
    assert sent(b"x" * 100_000) == (1, False)


def test_a_form_has_so_many_files_and_no_more() -> None:
    assert sent(*[b"x"] * MOST_FILES) == (MOST_FILES, True)
    with pytest.raises(Invalid) as refused:
        sent(*[b"x"] * (MOST_FILES + 1))
    assert refused.value.reason == "too_many_files"
