"""``wenshu serve`` says that it has started when it has."""

import os
import socket
import subprocess
from pathlib import Path

from tests.engines import WENSHU


def test_a_port_that_is_taken_is_said_and_nothing_is_started(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        served = subprocess.run(
            [str(WENSHU), "serve", "--port", port],
            check=False,
            env={**os.environ, "WENSHU_DATA": str(tmp_path)},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            timeout=30,
        )
    assert served.returncode == 1
    assert f"127.0.0.1:{port}" in served.stdout
    assert "已启动" not in served.stdout
