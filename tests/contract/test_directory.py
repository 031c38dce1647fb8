"""The contract of Directory: in memory, and by LDAP with a real server, over both sorts of TLS."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest

from records.errors import Unavailable
from records.identity import Login
from records.ports.directory import Directory
from tests.servers.ldap import PEOPLE, LdapServer
from tests.servers.server import running
from tests.waiting import until
from wenshu.sign_in.access import DirectoryAccess
from wenshu.sign_in.ldap_directory import LdapDirectory
from wenshu.sign_in.memory_directory import MemoryDirectory
from wenshu.sign_in.resting import Resting

NAMES = {"jiayi": "Directory#1", "张三": "目录#密码1"}


@dataclass(frozen=True, slots=True)
class Known:
    """A directory that knows `NAMES`."""

    port: Directory
    shut: Callable[[], None]
    open_again: Callable[[], None]


@pytest.fixture(scope="module", params=["memory", "ldaps", "starttls"])
def known(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Known]:
    if request.param == "memory":
        memory = MemoryDirectory(NAMES)
        yield Known(
            memory,
            lambda: setattr(memory, "is_down", True),
            lambda: setattr(memory, "is_down", False),
        )
        return
    certificate = tmp_path_factory.mktemp("ldap") / "ldap.pem"
    with running(LdapServer(NAMES, certificate, start_tls=request.param == "starttls")) as own:
        access = DirectoryAccess((own.address,), f"uid={{login}},{PEOPLE}", certificate)
        asked = LdapDirectory(access, resting=Resting(rest_s=0), patience_s=2)

        def start_again() -> None:
            own.program.again()
            until(lambda: is_up(asked), "the directory never came up again")

        yield Known(asked, own.program.kill, start_again)


def is_up(directory: Directory) -> bool:
    try:
        directory.look()
    except Unavailable:
        return False
    return True


@pytest.mark.feature("LG-09")
def test_who_has_the_password_is_let_in(known: Known) -> None:
    known.port.look()
    assert all(known.port.fits(Login(name), password) for name, password in NAMES.items())
    assert not known.port.fits(Login("jiayi"), "Directory#2")
    assert not known.port.fits(Login("yier"), "Directory#1")


@pytest.mark.feature("LG-09")
@pytest.mark.parametrize("password", ["", "\0", "Directory#1\0", "\ud800"])
def test_what_can_be_no_password_lets_nobody_in(known: Known, password: str) -> None:
    assert not known.port.fits(Login("jiayi"), password)


@pytest.mark.feature("LG-09")
@pytest.mark.parametrize(
    "login",
    [
        "",
        "*",
        "jiayi,ou=people",
        "jiayi+cn=jiayi",
        "#6a",
        "x)(uid=jiayi",
        "\\6aiayi",
        "\ud800",
    ],
)
def test_a_name_leads_to_nobody_else(known: Known, login: str) -> None:
    assert not known.port.fits(Login(login), "Directory#1")


@pytest.mark.feature("LG-09")
def test_one_that_is_down_is_said_to_be_and_answers_when_it_is_up(known: Known) -> None:
    known.shut()
    try:
        with pytest.raises(Unavailable, match="directory_down"):
            known.port.fits(Login("jiayi"), "Directory#1")
        with pytest.raises(Unavailable, match="directory_down"):
            known.port.look()
    finally:
        known.open_again()
    assert known.port.fits(Login("jiayi"), "Directory#1")
