"""All servers reached over TLS alone, with an authority of the house's own."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from records.errors import Unavailable
from records.ports.job_queue import Job, JobName
from services.searching.search_page import Asked
from tests.engines import STORE_ACCESS, Cluster, cluster
from tests.faults.writer import LOGIN, load_people, take_in
from tests.servers.tls import make_certificate, tls_before
from wenshu.building.house import installation
from wenshu.settings import IndexAccess


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_certificate(tmp_path_factory.mktemp("tls") / "gateway.pem")


@pytest.fixture
def over_tls(tmp_path: Path, certificate: Path) -> Iterator[Cluster]:
    """An installation that knows its servers by their addresses over TLS."""
    with ExitStack() as stack:

        def reached(address: str) -> str:
            return stack.enter_context(tls_before(urlsplit(address).netloc, certificate))

        plain = stack.enter_context(cluster(tmp_path)).settings
        assert plain.store_address is not None
        assert plain.queue_url is not None
        store, queue = urlsplit(plain.store_address), urlsplit(plain.queue_url)
        settings = replace(
            plain,
            store_address=f"s3+https://{reached(plain.store_address)}{store.path}",
            store_access=replace(STORE_ACCESS, ca=certificate),
            index_hosts=tuple(f"https://{reached(host)}" for host in plain.index_hosts),
            index_access=IndexAccess(ca=certificate),
            queue_url=f"rediss://{reached(plain.queue_url)}{queue.path}",
            queue_ca=certificate,
        )
        yield Cluster(settings)


@pytest.mark.feature("AQ-15")
def test_what_a_worker_did_over_tls_is_found_over_tls(over_tls: Cluster) -> None:
    with installation(over_tls.settings) as built, over_tls.worker():
        load_people(built)
        record = take_in(built, "tls")
        assert built.queue.ask(Job(JobName.DELIVER, record), timeout_s=60)
        caller = built.house.book.caller(LOGIN)
        assert built.house.searching.search(caller, Asked(words='"tls"')).total == 1
        assert built.house.health.parts()
        assert [part.fault for part in built.house.health.parts()] == [None] * 4


def test_without_its_authority_neither_store_nor_index_nor_queue_is_trusted(
    over_tls: Cluster,
) -> None:
    settings = over_tls.settings
    with (
        pytest.raises(Unavailable) as caught,
        installation(replace(settings, store_access=STORE_ACCESS)),
    ):
        pass
    assert caught.value.reason == "store_untrusted"
    strange = replace(settings, index_access=IndexAccess(), queue_ca=None)
    with installation(strange) as built:
        down = {part.name: part.fault.reason for part in built.house.health.parts() if part.fault}
    assert down == {"index": "index_untrusted", "queue": "queue_untrusted"}
