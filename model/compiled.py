"""How the month is compiled, and where the compiled code is kept: the only page that names Numba.

``@rule`` marks a formula (scalars in, a scalar out), ``@phase`` a loop that applies rules and
writes into the world, ``@kernel`` an entry point called from Python. With ``NUMBA_DISABLE_JIT=1``
all three are the plain Python functions that they decorate: same numbers, for the debugger.

Numba's own disk cache notices an edit only in the file a kernel stands in, so a kernel would go on
running an old rule from another file. The cache therefore lives in a folder named after a
fingerprint of every source of the package and of the versions that compile it.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import llvmlite
import numba
import numpy as np
from numba.core import config
from numba.core.caching import _CacheLocator
from numba.core.registry import CPUDispatcher
from platformdirs import user_cache_path

Function = TypeVar("Function", bound=Callable[..., Any])

#: Which seed mechanisms (M01...) a rule or a phase says it carries, by its qualified name.
carried: dict[str, tuple[str, ...]] = {}


#: Sources that no compiled function calls: editing them costs no new compilation.
WATCHING = frozenset({"__init__.py", "model.py", "traces.py", "agents.py", "chronicle.py"})


def _fingerprint() -> str:
    digest = hashlib.sha256()
    versions = (numba.__version__, llvmlite.__version__, np.__version__, platform.python_version())
    digest.update(repr((*versions, platform.machine())).encode())
    package = Path(__file__).parent
    for source in sorted(package.rglob("*.py")):
        if source.name in WATCHING:
            continue
        digest.update(source.relative_to(package).as_posix().encode())
        digest.update(source.read_bytes())
    return digest.hexdigest()[:16]


def _writable(folder: Path) -> bool:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return False
    return os.access(folder, os.W_OK)


def _cache_folder() -> Path:
    """Return the user's cache folder for this fingerprint, or a temporary one where that is closed."""
    name = _fingerprint()
    folder = user_cache_path("backchannel") / "compiled" / name
    return folder if _writable(folder) else Path(tempfile.gettempdir()) / "backchannel-compiled" / name


#: Where compiled code of exactly these sources is kept, in a folder for each place that they lie in.
CACHE = _cache_folder()


def _declare(function: Callable[..., Any], mechanisms: tuple[str, ...]) -> None:
    carried[f"{function.__module__.removeprefix('model.')}.{function.__name__}"] = mechanisms


class _Inner(CPUDispatcher):  # type: ignore[misc]
    """A compiled function without a Python entry: called from Python, it runs as the plain function it is."""

    def __call__(self, *arguments: Any, **named: Any) -> Any:
        return self.py_func(*arguments, **named)


def _inner(mechanisms: tuple[str, ...], allocates: bool = False) -> Callable[[Function], Function]:
    def decorate(function: Function) -> Function:
        _declare(function, mechanisms)
        # Whoever calls the kernel holds every table while it runs, so nobody in it need count who uses them.
        # Counting is atomic, at every call, for every table: it took five sixths of the month.
        inner = numba.njit(_nrt=allocates, no_cpython_wrapper=True, no_cfunc_wrapper=True)(function)
        if not is_plain():
            inner.__class__ = _Inner
        return inner  # type: ignore[no-any-return]

    return decorate


def rule(*mechanisms: str) -> Callable[[Function], Function]:
    """Mark a formula, scalars in and a scalar out, that carries the named ``mechanisms``."""
    return _inner(mechanisms)


def phase(*mechanisms: str, allocates: bool = False) -> Callable[[Function], Function]:
    """Mark a loop that applies rules and writes into the world; only one that ``allocates`` makes arrays."""
    return _inner(mechanisms, allocates)


def kernel[Function: Callable[..., Any]](function: Function) -> Function:
    """Mark an entry point: compiled with a Python wrapper, without the interpreter lock, and cached."""
    before = config.CACHE_DIR
    config.CACHE_DIR = str(CACHE)
    try:
        return numba.njit(nogil=True, cache=True)(function)  # type: ignore[no-any-return]
    finally:
        config.CACHE_DIR = before


def is_plain() -> bool:
    """Return whether compilation is switched off and the month runs as plain Python."""
    return bool(config.DISABLE_JIT)


def is_warm() -> bool:
    """Return whether code compiled from exactly these sources, at this place, is already on disk."""
    here = CACHE / _CacheLocator.get_suitable_cache_subpath(__file__)
    return is_plain() or any(here.glob("*.nbi"))


def remember_compiling(seconds: float) -> None:
    """Keep how long compiling took here, so that the next cold start can say what to expect."""
    CACHE.parent.mkdir(parents=True, exist_ok=True)
    (CACHE.parent / "seconds.json").write_text(json.dumps(round(seconds, 1)))


def compiling_seconds() -> float | None:
    """Return how long compiling took the last time on this machine, or None."""
    try:
        return float(json.loads((CACHE.parent / "seconds.json").read_text()))
    except (OSError, ValueError):
        return None
