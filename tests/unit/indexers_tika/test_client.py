"""The client of others is contained: no log, no server, no network of its own."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from indexers.tika.client import checked_address
from records.errors import Invalid

ROOT = Path(__file__).resolve().parents[3]
_USE = """
import os, socket, sys
from indexers.tika.client import TikaClient
asked = []
sys.addaudithook(lambda event, arguments: asked.append((event, arguments))
                 if event in ("socket.connect", "subprocess.Popen", "os.system") else None)
client = TikaClient()
try:
    client.connect("http://127.0.0.1:9", connect_s=1).ask("get", "/version", body=None, headers={})
except OSError:
    pass
import tika.tika
print(sorted((event, arguments[1]) for event, arguments in asked))
print([type(handler).__name__ for handler in tika.tika.log.handlers])
print([name for name in os.environ if name.startswith("TIKA_")])
"""


def test_the_client_only_speaks_with_the_server_it_is_told(tmp_path: Path) -> None:
    environment = {**os.environ, "TMPDIR": str(tmp_path), "http_proxy": "http://127.0.0.1:8"}
    done = subprocess.run(
        [sys.executable, "-c", _USE],
        capture_output=True,
        text=True,
        check=True,
        env=environment,
        cwd=ROOT,
    )
    connected, handlers, variables = done.stdout.splitlines()
    assert connected == "[('socket.connect', ('127.0.0.1', 9))]"
    assert (handlers, variables) == ("[]", "[]")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "address",
    ["", "tika:9998", "ftp://tika", "http://", "http://u:p@tika", "http://tika/?a=b", "http://a:x"],
)
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(Invalid) as told:
        checked_address(address)
    assert "u:p" not in str(told.value)


def test_an_address_may_have_a_path() -> None:
    assert checked_address("https://proxy.example.cn/tika/") == "https://proxy.example.cn/tika"
