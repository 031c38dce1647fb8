"""Several worker processes of one kind: started when needed, stopped when idle."""

import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from pathlib import Path

from records.errors import Unavailable
from sandbox.leftovers import sweep
from sandbox.limits import Limits
from sandbox.worker_folder import stays_in_place
from sandbox.worker_process import Ending, WorkerProcess


class WorkerPool:
    """Lends workers to any number of threads, at most `size` at once; no request shares one.

    Costs nothing before the first request. One thread of the pool starts all processes, since
    the kernel ends them together with the thread that started them.
    """

    def __init__(
        self, module: str, *, size: int, limits: Limits, leftovers: Sequence[str] = ()
    ) -> None:
        self._module = module
        self._size = size
        self._limits = limits
        self._leftovers = leftovers
        self._lock = threading.Lock()
        self._freed = threading.Condition(self._lock)
        self._work = threading.Condition(self._lock)
        self._idle: list[tuple[WorkerProcess, float]] = []
        self._busy: set[WorkerProcess] = set()
        self._wanted: list[tuple[Future[WorkerProcess], Path | None]] = []
        self._starting = 0
        self._keeper: threading.Thread | None = None
        self._closed = False

    @property
    def pids(self) -> tuple[int, ...]:
        """Process ids of all workers that live now."""
        with self._lock:
            return tuple(w.pid for w in [*(w for w, _ in self._idle), *self._busy])

    def ask(
        self,
        request: bytes,
        *,
        given: Path | None = None,
        wall_s: float,
        take: Callable[[bytes], None],
        wanted: Callable[[], bool] = lambda: True,
    ) -> Ending:
        """One request, as `WorkerProcess.ask`; waits for a free worker first.

        Raises Unavailable when no worker can be started or the pool is closed.
        """
        whole = stays_in_place(given) if given else None
        worker = self._borrow(whole)
        try:
            return worker.ask(request, given=given, wall_s=wall_s, take=take, wanted=wanted)
        finally:
            self._give_back(worker)

    def close(self) -> None:
        """Stop all workers; requests under way end as CRASH. Calling it twice does no harm."""
        with self._lock:
            self._closed = True
            self._freed.notify_all()
            self._work.notify()
            keeper = self._keeper
        if keeper is not None:
            keeper.join()

    def _borrow(self, whole: Path | None) -> WorkerProcess:
        """A worker of our own for a while; one that may read `whole` where it is, if any.

        For such a file idle workers make room, since it takes memory.
        """
        with self._lock:
            while True:
                if self._closed:
                    raise Unavailable("closed")
                while self._idle:
                    worker, _ = self._idle.pop()
                    if worker.alive and whole is None:
                        self._busy.add(worker)
                        return worker
                    worker.stop()
                if len(self._busy) + self._starting < self._size:
                    break
                self._freed.wait()
            future: Future[WorkerProcess] = Future()
            self._starting += 1
            self._wanted.append((future, whole))
            if self._keeper is None:
                self._keeper = threading.Thread(
                    target=self._keep, name=f"keeper of {self._module}", daemon=True
                )
                self._keeper.start()
            self._work.notify()
        return future.result()

    def _give_back(self, worker: WorkerProcess) -> None:
        spent = worker.spent
        if spent:
            worker.stop()
        with self._lock:
            self._busy.discard(worker)
            if not spent:
                self._idle.append((worker, time.monotonic() + self._limits.idle_s))
            self._freed.notify()
            if self._closed:
                self._work.notify()

    def _keep(self) -> None:
        """The pool's own thread: starts what is wanted, stops what is idle."""
        sweep(self._leftovers)
        while True:
            with self._lock:
                if not self._wanted and not self._closed:
                    self._work.wait(self._next_look_s())
                wanted, self._wanted = self._wanted, []
                over = self._take_idle(time.monotonic())
                closed = self._closed
            for worker in over:
                worker.stop()
            for future, whole in wanted:
                self._start(future, whole)
            if closed:
                break
        self._stop_all()

    def _next_look_s(self) -> float | None:
        """Nothing expires sooner; None when there is nothing that could."""
        if self._idle:
            return max(0.0, min(end for _, end in self._idle) - time.monotonic())
        return self._limits.idle_s if self._busy else None

    def _take_idle(self, now: float) -> list[WorkerProcess]:
        over = [worker for worker, end in self._idle if end <= now]
        self._idle = [(worker, end) for worker, end in self._idle if end > now]
        return over

    def _start(self, future: Future[WorkerProcess], whole: Path | None) -> None:
        try:
            worker = WorkerProcess(self._module, self._limits, whole=whole)
        except Unavailable as error:
            with self._lock:
                self._starting -= 1
                self._freed.notify()
            future.set_exception(error)
            return
        with self._lock:
            self._starting -= 1
            self._busy.add(worker)
        future.set_result(worker)

    def _stop_all(self) -> None:
        with self._lock:
            workers = [worker for worker, _ in self._idle]
            self._idle = []
        for worker in workers:
            worker.stop()
        # Busy ones belong to their askers, who stop them; killing is what makes them notice.
        with self._lock:
            for worker in self._busy:
                worker.kill()
            while self._busy:
                self._work.wait()
        sweep(self._leftovers)
