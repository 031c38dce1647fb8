"""Settings that are wrong are named, with what would be right; keys in them are not repeated."""

from pathlib import Path

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
        ("WENSHU_INDEX", "http://[one:9200"),
        ("WENSHU_INDEX", "http://:9200"),
        ("WENSHU_TIKA", "tika-1"),
        ("WENSHU_SITE", "https://a.example,https://b.example"),
        ("WENSHU_TIKA", "http://tika-1:99999"),
        ("WENSHU_MAX_FILE_BYTES", "9" * 5000),
        ("WENSHU_INDEX_SHARDS", "0"),
        ("WENSHU_INDEX_REPLICAS", "-1"),
        ("WENSHU_INDEX_CA", "/none/such.pem"),
        ("WENSHU_INDEX_API_KEY_FILE", "/none/such"),
        ("WENSHU_OPEN_TO", "10.0.0.0/99"),
        ("WENSHU_OPEN_TO", "prometheus"),
        ("WENSHU_OIDC_ISSUER", "http://id.example.cn"),
        ("WENSHU_OIDC_BACK", "https://records.example.cn/"),
        ("WENSHU_LDAP_SERVERS", "ldap://directory.example.cn"),
        ("WENSHU_LDAP_PERSON", "uid=jiayi,dc=cn"),
        ("WENSHU_HOSTS", "records.example.cn:443"),
        ("WENSHU_HOSTS", "https://records.example.cn"),
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


@pytest.mark.feature("LG-09")
@pytest.mark.parametrize(
    ("given", "missing"),
    [
        ({"WENSHU_OIDC_ISSUER": "https://id.example.cn"}, "WENSHU_OIDC_CLIENT"),
        ({"WENSHU_LDAP_SERVERS": "ldaps://directory.example.cn"}, "WENSHU_LDAP_PERSON"),
    ],
)
def test_what_another_setting_needs_is_named(
    monkeypatch: pytest.MonkeyPatch, given: dict[str, str], missing: str
) -> None:
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(Invalid, match="setting_missing") as caught:
        read_settings(None)
    assert caught.value.facts["name"] == missing


def test_a_password_in_an_address_is_not_repeated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WENSHU_QUEUE", "foo://user:secret@host")
    with pytest.raises(Invalid) as caught:
        read_settings(None)
    assert "secret" not in str(caught.value)


def test_a_file_of_a_secret_that_is_no_text_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "key").write_bytes(b"\xff\xfe")
    monkeypatch.setenv("WENSHU_INDEX_API_KEY_FILE", str(tmp_path / "key"))
    with pytest.raises(Invalid, match="bad_setting") as caught:
        read_settings(None)
    assert caught.value.facts["name"] == "WENSHU_INDEX_API_KEY_FILE"


def test_settings_show_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {
        "WENSHU_STORE": "s3+http://host/bucket",
        "WENSHU_S3_ACCESS_KEY": "hidden-1",
        "WENSHU_S3_SECRET_KEY": "hidden-2",
        "WENSHU_INDEX": "https://user:hidden-3@one:9200",
        "WENSHU_INDEX_API_KEY": "hidden-4",
        "WENSHU_INDEX_USER": "user",
        "WENSHU_INDEX_PASSWORD": "hidden-5",
        "WENSHU_QUEUE": "redis://:hidden-6@host:6379/0",
        "WENSHU_TIKA": "http://user:hidden-7@tika:9998",
    }.items():
        monkeypatch.setenv(name, value)
    settings = read_settings(None)
    assert settings.store_access is not None
    assert settings.store_access.secret_key == "hidden-2"
    assert settings.index_access.password == "hidden-5"
    assert "hidden" not in repr(settings)


@pytest.mark.parametrize(
    ("given", "missing"),
    [
        ("WENSHU_INDEX_USER", "WENSHU_INDEX_PASSWORD"),
        ("WENSHU_INDEX_PASSWORD", "WENSHU_INDEX_USER"),
    ],
)
def test_half_of_a_sign_in_is_named(
    monkeypatch: pytest.MonkeyPatch, given: str, missing: str
) -> None:
    monkeypatch.setenv(given, "half")
    with pytest.raises(Invalid, match="no_credentials") as caught:
        read_settings(None)
    assert caught.value.facts["missing"] == missing


def test_right_ones_are_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WENSHU_INDEX", "http://one:9200, https://two:9200")
    monkeypatch.setenv("WENSHU_QUEUE", "rediss://host:6379/0")
    monkeypatch.setenv("WENSHU_MAX_FILE_BYTES", "1000")
    settings = read_settings(None)
    assert settings.index_hosts == ("http://one:9200", "https://two:9200")
    assert (settings.queue_url, settings.max_file_bytes) == ("rediss://host:6379/0", 1000)


def test_operations_are_shown_to_this_machine_unless_somebody_is_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert [str(each) for each in read_settings(None).open_to] == ["127.0.0.0/8", "::1/128"]
    monkeypatch.setenv("WENSHU_OPEN_TO", "10.1.0.0/16, ::1")
    assert [str(each) for each in read_settings(None).open_to] == ["10.1.0.0/16", "::1/128"]
    monkeypatch.setenv("WENSHU_OPEN_TO", "nobody")
    assert read_settings(None).open_to == ()


def test_names_of_the_server_are_compared_in_lower_case(monkeypatch: pytest.MonkeyPatch) -> None:
    assert read_settings(None).hosts == ()
    monkeypatch.setenv("WENSHU_HOSTS", "Records.Example.CN, 10.1.2.3")
    assert read_settings(None).hosts == ("records.example.cn", "10.1.2.3")
