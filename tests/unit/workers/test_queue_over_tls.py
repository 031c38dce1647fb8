"""What is wrong with a Redis that should be reached over TLS, told apart."""

import socket
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from records.errors import Unavailable
from workers.celery_queue import CeleryJobQueue


@pytest.fixture
def plain_server() -> Iterator[int]:
    """The port of a server that answers every greeting without TLS."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            with suppress(OSError):
                while True:
                    with listening.accept()[0] as client:
                        client.recv(1000)
                        client.sendall(b"-ERR\r\n")

        serving = threading.Thread(target=serve)
        serving.start()
        yield listening.getsockname()[1]
        listening.shutdown(socket.SHUT_RDWR)
        serving.join()


@pytest.mark.parametrize(
    ("ca", "reason"), [(None, "queue_down"), (Path("LICENSE"), "queue_untrusted")]
)
def test_a_server_without_tls_is_down_and_a_file_without_certificates_is_no_authority(
    plain_server: int, ca: Path | None, reason: str
) -> None:
    queue = CeleryJobQueue(f"rediss://127.0.0.1:{plain_server}/0", name="t", ca=ca)
    with pytest.raises(Unavailable) as caught:
        queue.lanes()
    queue.close()
    assert caught.value.reason == reason
