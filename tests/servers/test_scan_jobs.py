"""Between processes a worker recognises scans, as a job by the clock in a lane of its own."""

from pathlib import Path

import pytest

from documents.scans.installed import model_folder
from services.flow.change import NewFile
from services.intake.ingest import Draft
from services.searching.search_page import Asked
from tests.engines import Cluster
from tests.faults.writer import LOGIN, load_people
from tests.scans import drawn
from tests.waiting import until
from wenshu.building.house import installation

PATIENCE_S = 120.0


@pytest.mark.feature("SS-03")
@pytest.mark.skipif(model_folder() is None, reason="no engine is installed")
def test_a_worker_of_the_lane_recognises_what_another_process_took_in(
    engines: Cluster, tmp_path: Path
) -> None:
    scan = tmp_path / "scan.png"
    drawn(tmp_path, ["北湖县渡口防汛预案"]).save(scan)
    with installation(engines.settings) as built, engines.worker("--beat", "--concurrency", "2"):
        load_people(built)
        house = built.house
        caller = house.book.caller(LOGIN)
        staged = house.staging.receive([scan.read_bytes()], name="a.png")
        draft = Draft(kind="library_file", files=[NewFile("a.png", staged)])
        record = house.settle(house.ingest.begin(caller, draft)).record

        def found() -> bool:
            page = house.searching.search(caller, Asked(words="渡口防汛"))
            return [hit.revision.record for hit in page.hits] == [record]

        until(found, "the scan is not found by its text", within_s=PATIENCE_S)
        assert house.scans.waiting() == 0
