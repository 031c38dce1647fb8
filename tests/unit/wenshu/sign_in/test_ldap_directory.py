"""What LDAP alone knows of: servers, certificates, names. tests/contract has what the port says."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from records.errors import Unavailable
from records.identity import Login
from tests.servers.ldap import PEOPLE, LdapServer
from tests.servers.server import Running, running
from tests.servers.tls import make_certificate
from wenshu.sign_in.access import DirectoryAccess
from wenshu.sign_in.ldap_directory import LdapDirectory
from wenshu.sign_in.ldap_messages import escaped
from wenshu.sign_in.resting import Resting

NAMES = {"jiayi": "Directory#1"}


@pytest.fixture(scope="module", params=["ldaps", "starttls"])
def server(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Running, DirectoryAccess]]:
    certificate = tmp_path_factory.mktemp("ldap") / "ldap.pem"
    with running(LdapServer(NAMES, certificate, start_tls=request.param == "starttls")) as own:
        yield own, DirectoryAccess((own.address,), f"uid={{login}},{PEOPLE}", certificate)


def directory(access: DirectoryAccess) -> LdapDirectory:
    return LdapDirectory(access, resting=Resting(), patience_s=2)


def test_what_could_end_a_value_is_written_by_its_bytes() -> None:
    assert escaped("jia.yi@x-1_") == "jia.yi@x-1_"
    assert escaped(' a,+\\"') == "\\20a\\2C\\2B\\5C\\22"
    assert escaped("张") == "\\E5\\BC\\A0"


@pytest.mark.feature("LG-09")
def test_no_password_is_said_to_a_server_that_cannot_show_who_it_is(
    server: tuple[Running, DirectoryAccess], tmp_path: Path
) -> None:
    other = replace(server[1], ca=make_certificate(tmp_path / "other.pem"))
    with pytest.raises(Unavailable, match="directory_down"):
        directory(other).fits(Login("jiayi"), "Directory#1")
    address = server[0].address
    swapped = address.replace(
        *(("ldaps", "ldap+starttls") if "ldaps" in address else ("ldap+starttls", "ldaps"))
    )
    with pytest.raises(Unavailable, match="directory_down"):
        directory(replace(server[1], servers=(swapped,))).fits(Login("jiayi"), "Directory#1")


@pytest.mark.feature("LG-09")
def test_the_next_server_is_asked_where_one_is_down_and_one_that_failed_rests(
    server: tuple[Running, DirectoryAccess],
) -> None:
    down = "ldaps://127.0.0.1:1"
    two = directory(replace(server[1], servers=(down, server[0].address)))
    assert two.fits(Login("jiayi"), "Directory#1")
    now = [0.0]
    alone = LdapDirectory(
        replace(server[1], servers=(down,)), resting=Resting(rest_s=15, now_s=lambda: now[0])
    )
    with pytest.raises(Unavailable):
        alone.fits(Login("jiayi"), "Directory#1")
    alone._access = server[1]
    with pytest.raises(Unavailable, match="not asked again"):
        alone.fits(Login("jiayi"), "Directory#1")
    now[0] = 16
    assert alone.fits(Login("jiayi"), "Directory#1")


@pytest.mark.feature("LG-09")
def test_a_server_that_hangs_is_given_up(server: tuple[Running, DirectoryAccess]) -> None:
    own, access = server
    asked = LdapDirectory(access, resting=Resting(), patience_s=0.3)
    own.program.freeze()
    try:
        with pytest.raises(Unavailable, match="directory_down"):
            asked.fits(Login("jiayi"), "Directory#1")
    finally:
        own.program.thaw()


@pytest.mark.feature("LG-09")
@pytest.mark.parametrize("login", ["", "a b", "a,b", "a@other", "*", "甲 一"])
def test_an_account_of_a_domain_is_a_plain_name_or_nobody(login: str) -> None:
    """Active Directory: nothing is asked of anybody for what can be no account."""
    access = DirectoryAccess(("ldaps://127.0.0.1:1",), "{login}@example.local")
    assert not directory(access).fits(Login(login), "Directory#1")
    with pytest.raises(Unavailable):
        directory(access).fits(Login("jia.yi-1"), "Directory#1")
