"""Commands with the index on Elasticsearch while no server and no worker runs."""

import json
import os
import subprocess
from pathlib import Path

from elasticsearch import Elasticsearch

from tests.elasticsearch_indexes import options
from tests.imports.command import WENSHU, prepare


def test_the_first_command_makes_the_index_and_a_later_one_makes_a_lost_one_anew(
    elasticsearch: str, tmp_path: Path
) -> None:
    data, folder, prefix = tmp_path / "data", tmp_path / "papers", options(elasticsearch).prefix
    folder.mkdir()
    (folder / "通知.txt").write_text("关于做好防汛工作的通知", encoding="utf-8")
    prepare(data)
    environment = {**os.environ, "WENSHU_INDEX": elasticsearch, "WENSHU_NAME": prefix}

    def wenshu(*arguments: str | Path) -> str:
        done = subprocess.run(
            [WENSHU, *arguments, "--data", data],
            env=environment,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def total() -> int:
        return int(json.loads(wenshu("search", "防汛", "--as", "clerk", "--json"))["total"])

    def lose() -> None:
        with Elasticsearch([elasticsearch]) as client:
            for name in client.indices.get(index=f"{prefix}-*"):
                client.indices.delete(index=name)

    try:
        wenshu("import", folder, "--as", "clerk")
        assert total() == 1
        lose()
        assert total() == 1
        lose()
        (folder / "又.txt").write_text("再做防汛", encoding="utf-8")
        wenshu("import", folder, "--as", "clerk")
        assert total() == 2
    finally:
        lose()
