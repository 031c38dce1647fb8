"""Logs for programs: one JSON object a line, with the name of the request."""

import json
import logging
import sys

import pytest

from records.errors import Invalid
from services.trace import REQUEST, request_name
from wenshu.logs import JsonLines, set_up_logs


def test_a_line_is_an_object_with_all_that_a_program_asks_for() -> None:
    record = logging.LogRecord("storage", logging.ERROR, "f", 1, "断开：%s", ("s3",), None)
    record.request = "abc"
    told = json.loads(JsonLines().format(record))
    assert told["message"] == "断开：s3"
    assert (told["level"], told["logger"], told["request"]) == ("error", "storage", "abc")


def test_a_traceback_stays_on_the_line() -> None:
    try:
        raise ValueError("折行\n第二行")
    except ValueError:
        record = logging.LogRecord("x", logging.ERROR, "f", 1, "坏了", None, sys.exc_info())
    line = JsonLines().format(record)
    assert "\n" not in line
    assert "ValueError" in json.loads(line)["traceback"]


def test_a_level_that_there_is_not_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WENSHU_LOG_LEVEL", "loud")
    with pytest.raises(Invalid, match="bad_setting"):
        set_up_logs()


def test_a_plain_name_is_taken_over_and_another_is_not() -> None:
    assert request_name("proxy-17") == "proxy-17"
    for given in (None, "", "a b", "x" * 65, "坏", "a\nb"):
        assert request_name(given) != given
    assert REQUEST.get() == ""
