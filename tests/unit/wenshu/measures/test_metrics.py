"""The figures where several processes share their counters (AQ-15)."""

import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

from prometheus_client.parser import text_string_to_metric_families

ASKING = """
import sys
from pathlib import Path
from wenshu.settings import Settings
from wenshu.building.house import installation

with installation(Settings(data=Path(sys.argv[1]), workers=1)) as built:
    built.figures()
    sys.stdout.buffer.write(built.figures())
"""


def test_processes_that_share_their_counters_tell_each_figure_once_and_keep_no_gauge(
    tmp_path: Path,
) -> None:
    shared = tmp_path / "shared"
    shared.mkdir()
    asked = subprocess.run(
        [sys.executable, "-c", ASKING, str(tmp_path / "data")],
        env={**os.environ, "PROMETHEUS_MULTIPROC_DIR": str(shared)},
        stdout=subprocess.PIPE,
        check=True,
    )
    told = Counter(
        (sample.name, *sorted(sample.labels.items()))
        for family in text_string_to_metric_families(asked.stdout.decode())
        for sample in family.samples
    )
    assert ("wenshu_part_up", ("part", "store")) in told
    assert told.most_common(1)[0][1] == 1
    assert any(shared.iterdir())
    assert list(shared.glob("gauge_*")) == []
