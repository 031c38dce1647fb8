"""What a worker counts is told at its port, whatever becomes of its processes (AQ-15)."""

import os
import signal
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from prometheus_client.parser import text_string_to_metric_families

from records.ports.job_queue import Job, JobName
from services.flow.change import NewFile
from services.intake.ingest import Draft
from tests.engines import Cluster
from tests.faults.writer import LOGIN, load_people
from tests.servers.program import HOST, free_ports
from tests.waiting import until
from wenshu.building.house import installation
from wenshu.building.installation import Installation

PATIENCE_S = 40.0


@contextmanager
def opened(engines: Cluster) -> Iterator[Installation]:
    with installation(engines.settings) as built:
        load_people(built)
        yield built


def read_a_broken_file(built: Installation, word: str) -> None:
    """One that nobody can read, worked off by the worker."""
    house = built.house
    staged = house.staging.receive([f"%PDF-1.7 {word}".encode()], name=f"{word}.pdf")
    draft = Draft(kind="library_file", files=[NewFile(f"{word}.pdf", staged)])
    house.settle(house.ingest.begin(house.book.caller(LOGIN), draft))
    until(built.drain.empty, "the outbox was not worked off", within_s=PATIENCE_S)


def figures(port: int) -> dict[tuple[str, str], float]:
    """(name, labels in order) → value; nothing while nobody answers."""
    try:
        with urlopen(f"http://{HOST}:{port}/metrics", timeout=10) as answer:
            text = answer.read().decode()
    except URLError:
        return {}
    return {
        (sample.name, " ".join(value for _, value in sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def failures(port: int) -> float:
    return sum(
        value
        for (name, labels), value in figures(port).items()
        if name == "wenshu_extracted_files_total" and "failed" in labels.split()
    )


def children(process: int) -> list[int]:
    listed = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii")
    return [int(child) for child in listed.split()]


@pytest.mark.feature("AQ-15")
def test_a_worker_tells_what_its_processes_counted_also_those_that_were_killed(
    engines: Cluster,
) -> None:
    (port,) = free_ports(1)
    options = ("--concurrency", "1", "--metrics-port", str(port))
    with opened(engines) as built, engines.worker(*options) as worker:
        read_a_broken_file(built, "one")
        assert failures(port) == 1
        (first,) = children(worker.pid)
        os.kill(first, signal.SIGKILL)
        until(lambda: children(worker.pid) not in ([], [first]), "none anew", within_s=PATIENCE_S)
        assert failures(port) == 1
        read_a_broken_file(built, "two")
        assert failures(port) == 2
        # A job ends a moment after the outbox is empty.
        told = ("wenshu_jobs_total", "deliver done")
        until(lambda: figures(port)[told] >= 2, "no job ended", within_s=PATIENCE_S)
        found = figures(port)
        assert found["wenshu_job_seconds_count", "deliver"] >= 2
        assert found["wenshu_store_seconds_count", "read"] > 0


@pytest.mark.feature("AQ-15")
def test_work_that_is_given_up_is_counted(engines: Cluster) -> None:
    (port,) = free_ports(1)
    with opened(engines) as built, engines.worker("--metrics-port", str(port)):
        assert built.queue.ask(Job(JobName.INDEX), timeout_s=PATIENCE_S)
        found = figures(port)
        assert found["wenshu_jobs_total", "index failed"] == 1
        assert found["wenshu_jobs_given_up_total", "index"] == 1


def test_a_port_that_is_taken_is_said_and_the_worker_does_not_start(engines: Cluster) -> None:
    with opened(engines), socket.create_server((HOST, 0)) as taken:
        port = taken.getsockname()[1]
        with engines.worker("--metrics-port", str(port)) as worker:
            assert worker.wait(timeout=PATIENCE_S) == 1
    told = (engines.settings.data / "worker.log").read_text(encoding="utf-8")
    assert f"{HOST}:{port}" in told
    assert "Traceback" not in told


def test_a_worker_whose_children_live_on_leaves_its_port_to_the_next(engines: Cluster) -> None:
    (port,) = free_ports(1)
    options = ("--concurrency", "1", "--metrics-port", str(port))
    with opened(engines) as built, engines.worker(*options) as worker:
        assert built.queue.ask(Job(JobName.UPKEEP), timeout_s=PATIENCE_S)
        (child,) = children(worker.pid)
        os.kill(child, signal.SIGSTOP)
        try:
            worker.kill()
            worker.wait()
            socket.create_server((HOST, port)).close()
        finally:
            os.kill(child, signal.SIGKILL)
