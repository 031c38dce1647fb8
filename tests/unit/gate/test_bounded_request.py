"""JSON and forms are measured before objects are made of them."""

import json
from typing import Any

import pytest
from anyio import CapacityLimiter
from starlette.datastructures import UploadFile

from gate.bounded_request import (
    DEEPEST,
    FIELD_BYTES,
    MOST_FILES,
    MOST_PEOPLE_VALUES,
    MOST_VALUES,
    BoundedRequest,
    measure_json,
)
from gate.lanes import PEOPLE_PATH
from records.errors import Invalid
from tests.unit.gate.conversation import run, scope_of

BOUNDARY = "b"


def reads(body: bytes, path: str = "/api/v1/records", content_type: str = "") -> BoundedRequest:
    """A request with this body."""
    scope = scope_of("POST", path, headers=[("content-type", content_type)])

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body, "more_body": False}

    return BoundedRequest(scope, receive, measuring=CapacityLimiter(1))


def field(name: str, value: bytes, *, file: bool = False) -> bytes:
    """A part of a form."""
    named = f'; filename="{name}"' if file else ""
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"{named}\r\n\r\n'
    return head.encode() + value + b"\r\n"


@pytest.mark.parametrize(("values", "refused"), [(MOST_VALUES, False), (MOST_VALUES + 1, True)])
@pytest.mark.parametrize("spelled", ["object", "list", "texts"])
def test_so_many_values_are_read_and_not_one_more(
    spelled: str, values: int, *, refused: bool
) -> None:
    # The brace or bracket counts, and each value has a colon and a comma, or a comma alone.
    made: dict[str, object] = {
        "object": {str(number): 1 for number in range(values // 2)},
        "list": [1] * values,
        "texts": ["a,b:{[\\" + '"'] * values,
    }
    body = json.dumps(made[spelled]).encode()
    if spelled == "object" and refused:
        body = body.replace(b"}", b', "x": 1}')
    if refused:
        with pytest.raises(Invalid) as raised:
            measure_json(body, most=MOST_VALUES)
        assert raised.value.reason == "too_many_values"
    else:
        measure_json(body, most=MOST_VALUES)


@pytest.mark.parametrize(("deep", "refused"), [(DEEPEST, False), (DEEPEST + 1, True)])
def test_so_many_lists_within_each_other_are_read_and_not_one_more(
    deep: int, *, refused: bool
) -> None:
    body = b"[" * deep + b"]" * deep
    if refused:
        with pytest.raises(Invalid):
            measure_json(body, most=MOST_VALUES)
    else:
        measure_json(body, most=MOST_VALUES)


@pytest.mark.parametrize("values", [10, MOST_VALUES - 1])
def test_a_body_within_the_bounds_comes_as_it_was_sent(values: int) -> None:
    async def talk() -> None:
        sent = ["文" * 3] * values
        assert await reads(json.dumps(sent).encode()).json() == sent

    run(talk)


@pytest.mark.parametrize(
    ("path", "values"),
    [("/api/v1/records", MOST_VALUES + 2), (PEOPLE_PATH, MOST_PEOPLE_VALUES + 2)],
)
def test_a_body_of_too_many_values_is_refused(path: str, values: int) -> None:
    async def talk() -> None:
        with pytest.raises(Invalid) as raised:
            await reads(json.dumps([1] * values).encode(), path).json()
        assert raised.value.reason == "too_many_values"

    run(talk)


def test_a_file_of_people_may_have_more() -> None:
    async def talk() -> None:
        sent = [1] * (MOST_VALUES + 2)
        assert await reads(json.dumps(sent).encode(), PEOPLE_PATH).json() == sent

    run(talk)


@pytest.mark.parametrize(("more", "refused"), [(0, False), (1, True)])
def test_fields_of_a_form_are_bounded_together_and_files_are_not(
    more: int, *, refused: bool
) -> None:
    async def talk() -> None:
        half = b"x" * (FIELD_BYTES // 2)
        parts = field("a", half) + field("b", half + b"x" * more)
        body = parts + field("f", half * 3, file=True) + f"--{BOUNDARY}--\r\n".encode()
        request = reads(body, "/upload", f"multipart/form-data; boundary={BOUNDARY}")
        if not refused:
            async with request.form(max_part_size=FIELD_BYTES) as form:
                assert set(form) == {"a", "b", "f"}
            return
        with pytest.raises(Invalid) as raised:
            await request.form(max_part_size=FIELD_BYTES)
        assert raised.value.reason == "body_too_large"

    run(talk)


def sent(*files: bytes) -> tuple[int, bool]:
    """How many files such a form brings, and whether the last one lies in memory."""
    head = b'--b\r\nContent-Disposition: form-data; name="x"; filename="x"\r\n\r\n'
    body = b"".join(head + content + b"\r\n" for content in files) + b"--b--\r\n"

    found: list[tuple[int, bool]] = []

    async def read() -> None:
        request = reads(body, "/upload", f"multipart/form-data; boundary={BOUNDARY}")
        async with request.form() as form:
            upload = form["x"]
            assert isinstance(upload, UploadFile)
            found.append((len(form.getlist("x")), upload._in_memory))

    run(read)
    return found[0]


def test_a_file_of_a_form_goes_to_the_disk_soon() -> None:
    assert sent(b"x" * 1_000) == (1, True)
    assert sent(b"x" * 100_000) == (1, False)


def test_a_form_has_so_many_files_and_no_more() -> None:
    assert sent(*[b"x"] * MOST_FILES) == (MOST_FILES, True)
    with pytest.raises(Invalid) as refused:
        sent(*[b"x"] * (MOST_FILES + 1))
    assert refused.value.reason == "too_many_files"
