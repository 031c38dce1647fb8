"""Settings that are wrong are named, with what would be right; keys in them are not repeated."""

import pytest

from records.errors import Invalid
from wenshu.settings import read_settings


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("WENSHU_INDEX", "127.0.0.1:9200"),
        ("WENSHU_INDEX", "http://one:9200,two"),
        ("WENSHU_QUEUE", "foo://host"),
        ("WENSHU_QUEUE", "host:6379"),
        ("WENSHU_QUEUE", "redis://host:99999/0"),
        ("WENSHU_QUEUE", "redis://host:port/0"),
        ("WENSHU_QUEUE", "redis://host:6379/abc"),
        ("WENSHU_QUEUE", "redis://:6379/0"),
        ("WENSHU_INDEX", "http://one:92000"),
        ("WENSHU_TIKA", "tika-1"),
        ("WENSHU_MAX_FILE_BYTES", "abc"),
        ("WENSHU_MAX_FILE_BYTES", "-1"),
        ("WENSHU_MAX_FILE_BYTES", "1e9"),
    ],
)
def test_a_wrong_setting_is_named(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(Invalid, match="bad_setting") as caught:
        read_settings(None)
    assert caught.value.facts["name"] == name


def test_a_password_in_an_address_is_not_repeated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WENSHU_QUEUE", "foo://user:secret@host")
    with pytest.raises(Invalid) as caught:
        read_settings(None)
    assert "secret" not in str(caught.value)


def test_right_ones_are_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WENSHU_INDEX", "http://one:9200, https://two:9200")
    monkeypatch.setenv("WENSHU_QUEUE", "rediss://host:6379/0")
    monkeypatch.setenv("WENSHU_MAX_FILE_BYTES", "1000")
    settings = read_settings(None)
    assert settings.index_hosts == ("http://one:9200", "https://two:9200")
    assert (settings.queue_url, settings.max_file_bytes) == ("rediss://host:6379/0", 1000)
