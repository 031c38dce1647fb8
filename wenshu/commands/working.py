"""``wenshu work``: a worker that does the jobs of the queue."""

import gc
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import Annotated

import typer
from rich.console import Console

from indexers.phrases import load_phrases
from records.errors import Invalid, Refused
from records.ports.job_queue import Lane
from wenshu.building.house import installation
from wenshu.commands import DataOption
from wenshu.measures.worker_figures import told_at
from wenshu.settings import Settings, read_settings
from workers.celery_app import add_tasks
from workers.celery_queue import CeleryJobQueue
from workers.redis_messages import RedisMessages
from workers.runner import JobRunner


def add_to(app: typer.Typer) -> None:
    """Hang the command on the command line."""
    app.command("work")(work)


def work(
    data: DataOption = None,
    lanes: Annotated[
        str, typer.Option(help=f"处理哪些队列，以逗号分隔：{'、'.join(Lane)}")
    ] = ",".join(Lane),
    concurrency: Annotated[int, typer.Option(help="同时处理几件", min=1)] = 2,
    beat: Annotated[bool, typer.Option("--beat", help="同时按时派发定时任务")] = False,  # noqa: FBT002
    metrics_host: Annotated[
        str, typer.Option(envvar="WENSHU_METRICS_HOST", help="指标的监听地址")
    ] = "127.0.0.1",
    metrics_port: Annotated[
        int | None,
        typer.Option(
            envvar="WENSHU_METRICS_PORT", help="指标的端口；不给则不提供", min=1, max=65535
        ),
    ] = None,
) -> None:
    """启动处理进程（需要设置 WENSHU_QUEUE）；可以启动任意多个。"""
    settings = read_settings(data)
    if settings.queue_url is None:
        raise Refused("no_queue")
    wanted = _wanted(lanes)
    with installation(settings):  # what is set wrong is said here and now, not by every process
        pass
    with told_at(metrics_host, metrics_port) if metrics_port else nullcontext():
        exit_code = _work(settings, wanted, concurrency=concurrency, beat=beat)
    sys.exit(exit_code)


def _work(settings: Settings, lanes: list[Lane], *, concurrency: int, beat: bool) -> int:
    """Work until the process is told to end; its exit status."""
    assert settings.queue_url is not None  # noqa: S101 - seen by the caller
    queue = CeleryJobQueue(settings.queue_url, name=settings.name, ca=settings.queue_ca)
    messages = RedisMessages(queue.redis, prefix=queue.prefix)
    add_tasks(queue.app, queue.leases, messages, queue.answer, lambda: _runner(settings))
    Console().print(f"处理进程已启动：{'、'.join(lanes)}（按 Ctrl+C 停止）")
    settings.staging.mkdir(parents=True, exist_ok=True)
    # Files that are read come from the store through a copy; not into a small /tmp.
    tempfile.tempdir = str(settings.staging)
    worker = queue.app.Worker(
        queues=lanes,
        concurrency=concurrency,
        beat=beat,
        schedule_filename=str(settings.data / "beat"),
        loglevel="WARNING",
        quiet=True,
        without_gossip=True,
        without_mingle=True,
        without_heartbeat=True,
    )
    load_phrases()
    gc.collect()
    gc.freeze()  # what is here before the fork stays shared between the processes
    worker.start()
    return int(worker.exitcode or 0)


def _wanted(lanes: str) -> list[Lane]:
    names = [name.strip() for name in lanes.split(",") if name.strip()]
    unknown = [name for name in names if name not in set(Lane)]
    if unknown or not names:
        raise Invalid("unknown_lane", given=", ".join(unknown), allowed=tuple(Lane))
    return [Lane(name) for name in names]


@contextmanager
def _runner(settings: Settings) -> Iterator[JobRunner]:
    with installation(settings) as built:
        yield built.runner
