"""Who does the work: threads of this process, processes of this machine, or the workers of a cluster.

All three are used through one interface, that of ``concurrent.futures.Executor``, so a sweep does not know
who they are, and its rows do not depend on it. Work whose worker dies is done again by itself; work that
kills its worker again is given up.
"""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable
from concurrent.futures import CancelledError, Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from typing import Self

from experiments.extras import needed
from experiments.sweeps.batches import Product, Work, worked
from model.vocabulary import InputError

#: Seconds between looks of a worker process at whether the one that started it still lives.
WATCH = 1.0
#: Seconds to wait for a cluster to answer.
PATIENCE = 20


class Crew:
    """Some workers, and how work is handed to them.

    Attributes
    ----------
    size : int
        How many work at once.
    name : str
        What they are, for the manifest.
    """

    name = "threads"

    def __init__(self, size: int) -> None:
        self.size = size
        self.pool: Executor = self.opened()

    def opened(self) -> Executor:
        """Return the workers, ready."""
        self.stopping = threading.Event()
        return ThreadPoolExecutor(self.size, thread_name_prefix="sweep")

    def submit(self, work: Work) -> Future[Product]:
        """Hand over one batch."""
        return self.pool.submit(worked, work, self.stopping.is_set)

    def is_lost(self, error: BaseException) -> bool:
        """Return whether the worker was lost, and not the work at fault."""
        return False

    def renewed(self) -> None:
        """Replace workers that were lost."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *told: object) -> None:
        self.stopping.set()
        self.pool.shutdown(wait=True, cancel_futures=True)


class Processes(Crew):
    """Processes of this machine, started afresh; they end with the one that started them."""

    name = "processes"

    def opened(self) -> Executor:
        """Return the workers, ready."""
        self.stopping = threading.Event()
        return ProcessPoolExecutor(
            self.size, mp_context=get_context("spawn"), initializer=tied, initargs=(os.getpid(),)
        )

    def submit(self, work: Work) -> Future[Product]:
        """Hand over one batch."""
        return self.pool.submit(worked, work)

    def is_lost(self, error: BaseException) -> bool:
        """Return whether the worker was lost, and not the work at fault."""
        return isinstance(error, BrokenProcessPool | CancelledError)

    def renewed(self) -> None:
        """Replace workers that were lost: one that dies takes the others with it."""
        self.pool.shutdown(wait=False, cancel_futures=True)
        self.pool = self.opened()


class Cluster(Crew):
    """The workers of a Dask cluster that is running already, here or elsewhere.

    The same version of this package has to be installed where they run, and where the scheduler does.
    """

    name = "cluster"

    def __init__(self, address: str) -> None:
        self.address = address
        super().__init__(0)

    def opened(self) -> Executor:
        """Return the workers, ready.

        Raises
        ------
        InputError
            If nobody answers at the address, or there are no workers.
        """
        distributed = needed("distributed", "cluster")
        self.stopping = threading.Event()
        try:
            self.client = distributed.Client(self.address, timeout=PATIENCE, set_as_default=False)
        except (OSError, ValueError, TimeoutError) as error:
            raise InputError(f"no cluster answers at '{self.address}' (--cluster): {error}") from None
        self.size = sum(self.client.nthreads().values())
        if not self.size:
            self.client.close()
            raise InputError(
                f"the cluster at '{self.address}' (--cluster) has no workers: start one at least"
            )
        executor: Executor = self.client.get_executor(pure=False)
        return executor

    def submit(self, work: Work) -> Future[Product]:
        """Hand over one batch."""
        return self.pool.submit(worked, work)

    def is_lost(self, error: BaseException) -> bool:
        """Return whether the worker was lost: Dask gives work up that has killed several."""
        return type(error).__name__ in ("KilledWorker", "CancelledError", "FutureCancelledError")

    def __exit__(self, *told: object) -> None:
        super().__exit__(*told)
        self.client.close()


def tied(parent: int) -> None:
    """End this process when ``parent`` has ended, and leave it to the parent to stop at Ctrl-C."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(WATCH)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def crew_of(workers: int | None, cluster: str | None) -> Callable[[], Crew]:
    """Return what opens the crew that is asked for: threads by default.

    Raises
    ------
    InputError
        If both are asked for.
    """
    if workers is not None and cluster is not None:
        raise InputError("--workers and --cluster exclude each other: processes here, or workers elsewhere")
    if cluster is not None:
        return lambda: Cluster(cluster)
    if workers is not None:
        return lambda: Processes(workers)
    return lambda: Crew(os.cpu_count() or 1)
