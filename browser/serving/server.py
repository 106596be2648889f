"""Serve the page on this machine: one process, one address, no request to anywhere else."""

from __future__ import annotations

import errno
import logging
import os
import socket
import sys
import threading
import warnings
import webbrowser
from collections.abc import Callable
from importlib import import_module, metadata
from pathlib import Path
from typing import Any

from browser.serving.guard import Guard, is_loopback, is_wildcard
from experiments.extras import needed
from experiments.progress import Progressing
from model.vocabulary import InputError

HOST, PORT = "127.0.0.1", 8765
#: The page, and the one inside Mesa's own, by the modules that hold them.
PAGE, MESA_PAGE = "browser.page", "browser.mesa_page"
#: Longest head of a request in bytes: a link may carry a scenario.
LONGEST_HEAD = 256 * 1024
#: Largest message that a page may send in bytes: an upload, with room to spare.
LARGEST_MESSAGE = 4 * 1024 * 1024
#: Seconds that open pages are given when the server ends.
GRACE = 1
#: How Solara is set up; what a user has set is kept only where it can do no harm.
SETUP = {
    "SOLARA_MODE": "production",
    "SOLARA_TELEMETRY_MIXPANEL_ENABLE": "False",
    "SOLARA_ASSETS_PROXY": "True",  # libraries are asked for here, and come from this machine
    "SOLARA_ASSETS_FONTAWESOME_ENABLED": "False",
    "SOLARA_THEME_SHOW_BANNER": "False",
    "SOLARA_THEME_VARIANT": "light",  # "auto" leaves no place for the page: see assets/custom.js
    "SOLARA_ASSETS_EXTRA_LOCATIONS": "browser.assets",
    "SOLARA_THEME_TITLE": "Backchannel",
    "SOLARA_SESSION_HTTP_ONLY": "True",
}
#: Minutes after which a page that nobody looks at any more is ended.
IDLE = {"SOLARA_KERNEL_CULL_TIMEOUT": "5m"}

Say = Callable[[str], None]


def serve(
    host: str = HOST,
    port: int = PORT,
    mesa: bool = False,
    open_browser: bool = True,
    say: Say = print,
) -> None:
    """Serve the page until it is interrupted.

    Parameters
    ----------
    host, port : str, int
        What is listened on; port 0 takes any that is free.
    mesa : bool
        Whether to serve the page inside Mesa's own instead.
    open_browser : bool
        Whether to open the page in the reader's browser.
    say : callable
        Told, a line at a time, what the reader should know.

    Raises
    ------
    InputError
        If the address cannot be listened on, or what serves the page is not installed.
    """
    listener = listening(host, port)
    try:
        address = address_of(host, listener.getsockname()[1])
        app = guarded(host, MESA_PAGE if mesa else PAGE)
        if not is_loopback(host):
            say(f"Listening on {host}: everybody on that network can use this page.")
        with Progressing("the page") as board:
            warm_up(board)
        begun = threading.Event()
        server = server_of(app, begun)
        threading.Thread(target=welcome, args=(begun, address, open_browser, say), daemon=True).start()
        server.run(sockets=[listener])
    except KeyboardInterrupt:
        pass
    finally:
        listener.close()
    say("Stopped.")


def listening(host: str, port: int) -> socket.socket:
    """Return a socket that listens on an address.

    Raises
    ------
    InputError
        If there is no such address, or it is taken.
    """
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listener = socket.socket(family, kind, protocol)
    except (OSError, UnicodeError):
        raise InputError(f"there is no address '{host}' on this machine (--host)") from None
    try:
        if sys.platform != "win32":
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(128)
    except (OSError, OverflowError) as fault:
        listener.close()
        raise InputError(why_not(host, port, fault)) from None
    return listener


def why_not(host: str, port: int, fault: Exception) -> str:
    """Return in a sentence why an address cannot be listened on."""
    number = getattr(fault, "errno", None)
    if number == errno.EADDRINUSE:
        return f"port {port} of {host} is taken: stop what listens there, or name another with --port"
    if number == errno.EACCES:
        return f"port {port} is reserved for the system: name one from 1024 on with --port"
    if number == errno.EADDRNOTAVAIL:
        return f"'{host}' is no address of this machine (--host)"
    return f"cannot listen on port {port} of {host}: {fault}"


def address_of(host: str, port: int) -> str:
    """Return the address to open in a browser on this machine."""
    shown = HOST if is_wildcard(host) else host
    return f"http://{f'[{shown}]' if ':' in shown else shown}:{port}/"


def set_up(page: str) -> None:
    """Set Solara up to serve the page; it reads this when it is imported."""
    os.environ |= {**SETUP, "SOLARA_APP": page}
    for name, value in IDLE.items():
        os.environ.setdefault(name, value)
    quiet()


def quiet() -> None:
    """Keep from the reader what is meant for those who run Solara's own servers; errors are told."""
    warnings.filterwarnings("ignore", module=r"(solara|ipywidgets|ipyvue)\b")
    for name in ("solara", "Solara", "reacton", "uvicorn"):
        logging.getLogger(name).setLevel(logging.ERROR)
    logging.getLogger("uvicorn.error").addFilter(lambda record: not str(record.msg).startswith("Cancel "))


def guarded(host: str, page: str) -> Guard:
    """Return the application that serves the page in the module ``page``.

    Raises
    ------
    InputError
        If what it needs is not installed.
    """
    set_up(page)
    starlette = needed("solara.server.starlette", "browser")
    try:
        metadata.distribution("solara-assets")
    except metadata.PackageNotFoundError:
        raise InputError("this needs solara-assets: pip install 'backchannel[browser]'") from None
    from solara.server import settings

    import_module(page)  # here, where a fault in it is told
    libraries = served(settings.assets.proxy_cache_dir)
    own = socket.gethostname()
    return Guard(starlette.app, libraries, host, () if is_loopback(host) else (own, f"{own}.local"))


def served(folder: Path) -> Any:
    """Return the application that serves the files below a folder."""
    from starlette.applications import Starlette
    from starlette.middleware import Middleware
    from starlette.middleware.gzip import GZipMiddleware
    from starlette.routing import Mount
    from starlette.staticfiles import StaticFiles

    files = StaticFiles(directory=folder)
    return Starlette(routes=[Mount("/", files)], middleware=[Middleware(GZipMiddleware, minimum_size=1000)])


def warm_up(progress: Progressing) -> None:
    """Compile or load all that a page calls, so that the first one opens at once."""
    from model import SanctionsModel, trace_ensemble

    watched = SanctionsModel(progress=progress)
    watched.step()
    trace_ensemble(watched.case, [watched.strategy], replicates=1, months=1)


def server_of(app: Guard, begun: threading.Event) -> Any:
    """Return the server, which sets ``begun`` once it answers, and ends quietly when it is interrupted."""
    import uvicorn

    class Quiet(uvicorn.Server):
        def handle_exit(self, sig: int, frame: Any) -> None:
            self.force_exit = self.should_exit
            self.should_exit = True

        async def startup(self, sockets: Any = None) -> None:
            await super().startup(sockets)
            begun.set()

    config = uvicorn.Config(
        app,
        log_config=None,
        log_level="error",
        access_log=False,
        loop="asyncio",
        http="h11",
        h11_max_incomplete_event_size=LONGEST_HEAD,
        ws_max_size=LARGEST_MESSAGE,
        timeout_graceful_shutdown=GRACE,
        server_header=False,
    )
    return Quiet(config)


def welcome(begun: threading.Event, address: str, open_browser: bool, say: Say) -> None:
    """Say where the page is once it is served, and open it if there is something to open it with."""
    begun.wait()
    say(f"Backchannel is open at {address} (end it with Ctrl-C)")
    if open_browser and has_screen():
        webbrowser.open(address)


def has_screen() -> bool:
    """Return whether a browser would open a window, not take over the terminal."""
    if sys.platform in ("win32", "darwin") or os.environ.get("BROWSER"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
