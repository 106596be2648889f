"""Who does the work: threads of this process, processes of this machine, or the workers of a cluster.

All three are used through one interface, that of ``concurrent.futures.Executor``, so a sweep does not know
who they are, and its rows do not depend on it.
"""

from __future__ import annotations

import asyncio
import ctypes
import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, CancelledError, Executor, Future, ProcessPoolExecutor, wait
from concurrent.futures import ThreadPoolExecutor as Threads
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from typing import Any, Self

from experiments.extras import needed
from experiments.sweeps.batches import Product, Work, model_here, worked
from model.vocabulary import InputError

#: Seconds to wait for a cluster to answer, and for workers to come back to it when all are gone.
PATIENCE = 20.0
#: Seconds between looks at how many workers a cluster has.
LOOK = 3.0
#: The protocols of Dask whose addresses have a port.
WITH_PORT = ("tcp", "tls", "ws", "wss")


class Crew:
    """Some workers, and how work is handed to them; these are threads.

    Attributes
    ----------
    size : int
        How many work at once.
    again : int
        How often work whose worker was lost is done again beside other work, before it is done alone.
    fall_together : bool
        Whether a worker that is lost takes all others with it.
    """

    again = 0
    fall_together = False

    def __init__(self, size: int) -> None:
        self.size = size
        self.pool: Executor = self.opened()

    def opened(self) -> Executor:
        """Return the workers, ready."""
        self.stopping = threading.Event()
        return Threads(self.size, thread_name_prefix="sweep")

    def submit(self, work: Work) -> Future[Product]:
        """Hand over one batch."""
        return self.pool.submit(worked, work, self.stopping.is_set)

    def is_lost(self, error: BaseException) -> bool:
        """Return whether the worker was lost, and not the work at fault."""
        return False

    def renew(self) -> None:
        """Replace workers that were lost."""

    def look(self) -> None:
        """See to it that there still is somebody to do the work."""

    def stop(self) -> None:
        """Have work that is under way stopped soon, and wait for it."""
        self.stopping.set()
        self.pool.shutdown(wait=True, cancel_futures=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *told: object) -> None:
        self.stop()


class Processes(Crew):
    """Processes of this machine, started afresh; they end with the one that started them."""

    again = 1
    fall_together = True

    def opened(self) -> Executor:
        """Return the workers, ready.

        Raises
        ------
        InputError
            If they end as soon as they begin.
        """
        context = multiprocessing.get_context("spawn")
        # Not an event, whose lock would stay locked if a worker were killed while it looks.
        self.flag = context.RawValue(ctypes.c_bool, False)
        pool = ProcessPoolExecutor(self.size, context, tied, (self.flag,))
        try:
            with ctrl_c_held():
                begun = [pool.submit(model_here) for _ in range(self.size)]
            next(iter(wait(begun, return_when=FIRST_COMPLETED).done)).result()
        except (BrokenProcessPool, OSError) as error:
            pool.shutdown(wait=False, cancel_futures=True)
            raise InputError(
                f"worker processes (--workers) do not start: {error} (in a script of your own, call "
                "run_sweep below `if __name__ == '__main__':`, for each process reads the script first)"
            ) from None
        return pool

    def submit(self, work: Work) -> Future[Product]:
        """Hand over one batch."""
        return self.pool.submit(worked_apart, work)

    def is_lost(self, error: BaseException) -> bool:
        """Return whether the worker was lost, and not the work at fault."""
        return isinstance(error, BrokenProcessPool | CancelledError)

    def renew(self) -> None:
        """Replace all workers: one that dies takes the others with it."""
        self.stop()
        self.pool = self.opened()

    def stop(self) -> None:
        """Have work that is under way stopped soon, and wait for it."""
        self.flag.value = True
        self.pool.shutdown(wait=True, cancel_futures=True)


#: In a worker process: what the one that started it sets when its work is to stop.
_flags: list[Any] = []


def tied(flag: Any) -> None:
    """Leave it to the parent to stop this process at Ctrl-C, and end it when the parent has ended."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _flags.append(flag)

    def watch() -> None:
        parent = multiprocessing.parent_process()
        if parent is not None:
            parent.join()
            os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def worked_apart(work: Work) -> Product:
    """Return what comes of a batch, in a worker process."""
    return worked(work, lambda: bool(_flags[0].value))


@contextmanager
def ctrl_c_held() -> Iterator[None]:
    """Hold Ctrl-C back from this thread, and from processes that it starts, until they heed it by rule."""
    if not hasattr(signal, "pthread_sigmask"):  # on Windows
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


class Cluster(Crew):
    """The workers of a Dask cluster that is running already, here or elsewhere; they may come and go.

    Dask itself does work elsewhere whose worker dies, a few times, before it gives the work up.
    """

    def __init__(self, address: str) -> None:
        self.address = address
        self.looked = time.monotonic()
        self.missed: float | None = None  # since when nobody has been there
        super().__init__(0)

    def opened(self) -> Executor:
        """Return the workers, ready.

        Raises
        ------
        InputError
            If it is no address, nobody answers there, there are no workers, or they have another version of
            the model.
        """
        distributed = needed("distributed", "cluster")
        try:
            if scheme_of(self.address) in WITH_PORT:
                knock(self.address)
            self.client = distributed.Client(self.address, timeout=PATIENCE, set_as_default=False)
        except (OSError, ValueError, TimeoutError) as error:
            reason = str(error) or f"what is there does not speak as a scheduler within {PATIENCE:g} s"
            raise InputError(f"no cluster answers at '{self.address}' (--cluster): {reason}") from None
        try:
            self.count()
            if not self.size:
                raise InputError(f"{self.named} has no workers: start one at least")
            self.compare_models()
        except BaseException:
            self.client.close()
            raise
        executor: Executor = self.client.get_executor(pure=False)
        return executor

    @property
    def named(self) -> str:
        """What a message calls it."""
        return f"the cluster at '{self.address}' (--cluster)"

    def compare_models(self) -> None:
        """Raise unless every worker has the model that is here."""
        for worker, found in self.client.run(model_here, on_error="return").items():
            if isinstance(found, BaseException):
                raise InputError(f"{self.named} has a worker, {worker}, that cannot load the model: {found}")
            if found != model_here():
                raise InputError(
                    f"{self.named} has a worker, {worker}, with another version of the model, of Python or "
                    "of what it runs on: its rows could differ; install the same there"
                )

    def count(self) -> None:
        """Count how many work at once, which changes as workers come and go.

        Raises
        ------
        InputError
            If the cluster answers no more.
        """
        try:
            self.size = sum(self.client.nthreads().values())
        except (OSError, TimeoutError, RuntimeError, CancelledError) as error:
            raise InputError(
                f"{self.named} answers no more ({str(error) or type(error).__name__}); what is done is kept, "
                "and the same command goes on with the rest"
            ) from None

    def submit(self, work: Work) -> Future[Product]:
        """Hand over one batch."""
        return self.pool.submit(worked, work)

    def is_lost(self, error: BaseException) -> bool:
        """Return whether the worker was lost, and not the work at fault."""
        return isinstance(error, CancelledError) or type(error).__name__ == "KilledWorker"

    def renew(self) -> None:
        """See to it that there still is a cluster: Dask replaces workers itself."""
        self.count()

    def look(self) -> None:
        """See to it that there still is somebody to do the work.

        Raises
        ------
        InputError
            If the cluster answers no more, or has had no workers for a while.
        """
        now = time.monotonic()
        if now - self.looked < LOOK:
            return
        self.looked = now
        self.count()
        if self.size:
            self.missed = None
        elif self.missed is None:
            self.missed = now
        elif now - self.missed > PATIENCE:
            raise InputError(
                f"{self.named} has lost all its workers; what is done is kept: start workers, and the same "
                "command goes on with the rest"
            )

    def stop(self) -> None:
        """Have work that is waiting taken back; what is under way ends unheard."""
        try:
            self.pool.shutdown(wait=False)
        finally:
            self.client.close()


def scheme_of(address: str) -> str:
    """Return the protocol of an address that a scheduler can have; whether one has it is another matter.

    Raises
    ------
    InputError
        If none can.
    """
    addressing = needed("distributed.comm.addressing", "cluster")
    registry = needed("distributed.comm.registry", "cluster")
    try:
        scheme, place = addressing.parse_address(address)
        registry.get_backend(scheme)
        port = addressing.parse_host_port(place)[1] if scheme in WITH_PORT else 1
    except (ValueError, TypeError):
        port = 0
    if not 0 < port < 65536:
        raise InputError(
            f"'{address}' (--cluster) is no address of a Dask scheduler: write it as tcp://HOST:PORT, as the "
            "scheduler says when it starts"
        )
    return str(scheme)


def knock(address: str) -> None:
    """Greet the scheduler at an address; a client would wait without end for what is none and yet listens.

    Raises
    ------
    OSError, TimeoutError
        If it does not greet back.
    """
    distributed = needed("distributed", "cluster")

    async def greeted() -> None:
        secured = distributed.Security().get_connection_args("client")
        greeting = distributed.comm.connect(address, timeout=PATIENCE, **secured)
        (await asyncio.wait_for(greeting, PATIENCE + 1.0)).abort()

    with Threads(1) as apart:  # a notebook has a loop of its own here
        apart.submit(asyncio.run, greeted()).result()


def check_cluster(address: str) -> None:
    """Ask a cluster whether it can do the work, before anything is written for it.

    Raises
    ------
    InputError
        As opening a `Cluster` does.
    """
    Cluster(address).stop()


def crew_of(workers: int | None, cluster: str | None) -> Callable[[], Crew]:
    """Return what opens the crew that is asked for: threads by default.

    Raises
    ------
    InputError
        If both are asked for, or fewer than one worker.
    """
    if workers is not None and cluster is not None:
        raise InputError("--workers and --cluster exclude each other: processes here, or workers elsewhere")
    if cluster is not None:
        return lambda: Cluster(cluster)
    if workers is not None:
        if workers < 1:
            raise InputError(f"--workers is {workers}; allowed is a whole number from 1")
        return lambda: Processes(workers)
    return lambda: Crew(os.cpu_count() or 1)
