"""How servers are reached: signed in, one after the other, never guessed at."""

from base64 import b64encode
from collections.abc import Iterator
from contextlib import closing
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from indexers.elasticsearch_index.connection import connect, packed
from indexers.elasticsearch_index.options import ElasticsearchOptions
from indexers.elasticsearch_index.vendor_errors import told
from records.errors import Invalid, Unavailable
from tests.servers.program import free_ports


class Noting:
    """A server that notes who asks and says yes, or says why not."""

    def __init__(self, status: int = 200) -> None:
        self.signed: list[str | None] = []
        noting = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                noting.signed.append(self.headers["Authorization"])
                self.send_response(status)
                self.send_header("X-Elastic-Product", "Elasticsearch")
                self.send_header("Content-Type", "application/vnd.elasticsearch+json")
                self.end_headers()
                self.wfile.write(b"{}")

            def log_message(self, *args: object) -> None:
                """Nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = Thread(target=self._server.serve_forever, args=(0.01,))
        self._thread.start()
        self.address = f"http://127.0.0.1:{self._server.server_port}"

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


@pytest.fixture
def server() -> Iterator[Noting]:
    with closing(Noting()) as noting:
        yield noting


def ask(options: ElasticsearchOptions) -> None:
    with connect(options) as client, told():
        client.indices.get_alias(index="x")


@pytest.mark.parametrize(
    ("how", "signed"),
    [
        ({}, None),
        ({"api_key": "a2V5"}, "ApiKey a2V5"),
        ({"user": "wenshu", "password": "秘"}, f"Basic {b64encode('wenshu:秘'.encode()).decode()}"),
    ],
)
def test_requests_are_signed_as_told(
    server: Noting, how: dict[str, str], signed: str | None
) -> None:
    ask(ElasticsearchOptions(hosts=(server.address,), **how))  # type: ignore[arg-type]
    assert server.signed == [signed]


def test_where_one_server_is_down_the_next_is_asked(server: Noting) -> None:
    (dead,) = free_ports(1)
    options = ElasticsearchOptions(hosts=(f"http://127.0.0.1:{dead}", server.address))
    for _ in range(3):
        ask(options)
    assert len(server.signed) == 3


def test_no_server_at_all_is_told_at_once() -> None:
    first, second = free_ports(2)
    options = ElasticsearchOptions(hosts=tuple(f"http://127.0.0.1:{p}" for p in (first, second)))
    with pytest.raises(Unavailable, match="index_unreachable"):
        ask(options)


@pytest.mark.parametrize(
    ("status", "reason"),
    [(401, "index_denied"), (403, "index_denied"), (429, "index_busy"), (500, "index_unreachable")],
)
def test_an_answer_that_is_no_answer_is_told(status: int, reason: str) -> None:
    with closing(Noting(status)) as server, pytest.raises(Unavailable, match=reason):
        ask(ElasticsearchOptions(hosts=(server.address,)))


def test_a_server_without_tls_is_not_spoken_to_in_the_clear(server: Noting) -> None:
    address = server.address.replace("http:", "https:")
    with pytest.raises(Unavailable, match="index_untrusted"):
        ask(ElasticsearchOptions(hosts=(address,), api_key="a2V5"))
    assert server.signed == []


def test_secrets_do_not_stand_in_what_is_printed() -> None:
    options = ElasticsearchOptions(hosts=(), api_key="secret-1", user="u", password="secret-2")
    assert "secret" not in repr(options)


@pytest.mark.parametrize("prefix", ["", "Wenshu", "_x", "a b", "a*", "a,", "文", "a" * 62])
def test_a_prefix_that_no_index_can_have_is_refused(prefix: str) -> None:
    with pytest.raises(Invalid, match="bad_index_prefix"):
        ElasticsearchOptions(hosts=(), prefix=prefix)


def test_half_a_surrogate_pair_is_sent_as_a_question_mark() -> None:
    assert packed({"甲": "\ud800x"}) == '{"甲":"?x"}'.encode()
