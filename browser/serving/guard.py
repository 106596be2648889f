"""What stands before the page's server: it answers only those who were meant, and only from its own files.

A server on the loopback address can still be reached by any web site that is open in the same browser: by a
WebSocket, which no browser keeps to its own site, or by a name that points to 127.0.0.1. So a request is
answered only if it calls the server by a name of its own, and if what sent it, where that is said, is a page
of this server. Solara would fetch a library that it does not have from the network; here it is not found.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

#: An ASGI application, and what it is called with.
Application = Callable[[Any, Any, Any], Any]

#: Names by which this machine calls itself.
LOOPBACK = ("localhost", "127.0.0.1", "::1")
#: Paths that the page asks for; there is nothing for a reader behind any other.
SERVED = re.compile(
    r"/|/readyz|/_solara/api/close/[\w-]+|/jupyter/api/kernels/[\w-]+(/channels)?"
    r"|/jupyter/nbextensions/jupyter-(vue|vuetify|js-widgets)/[\w.@/-]+"
    r"|/static/(?!public/)[\w.@/-]+"
)
#: Where the libraries of the page are asked for.
LIBRARIES = "/_solara/cdn"
#: Headers by which a proxy says where it stands; anybody can write them.
HEARSAY = {b"script-name", b"x-script-name", b"x-forwarded-host", b"x-forwarded-prefix"}

#: What is raised where somebody has gone, by those who send.
PARTINGS = ("WebSocketDisconnect", "ClientDisconnected", "ConnectionClosedOK", "ConnectionClosedError")


class Guard:
    """An ASGI application that passes on what is meant for another, and refuses everything else.

    Parameters
    ----------
    app : ASGI application
        The page.
    libraries : ASGI application
        Serves the libraries of the page from this machine.
    host : str
        The address that is listened on.
    names : collection of str
        Further names by which the server may be called.
    """

    def __init__(
        self, app: Application, libraries: Application, host: str, names: Collection[str] = ()
    ) -> None:
        self.app = app
        self.libraries = libraries
        self.is_open_to_all = is_wildcard(host)
        self.names = {*LOOPBACK, host.lower(), *(name.lower() for name in names)}

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Answer one request."""
        if scope["type"] == "lifespan":
            return await self.app(scope, receive, send)
        headers = {key: value.decode("latin-1") for key, value in scope["headers"]}
        if reason := self.refusal(headers.get(b"host", ""), headers.get(b"origin")):
            return await refuse(scope, receive, send, 403, reason)
        path = scope["path"]
        protected = hardened(send, headers.get(b"host", "")) if scope["type"] == "http" else send
        if path.startswith(f"{LIBRARIES}/"):
            inner = {**scope, "path": library(path), "root_path": ""}
            return await self.libraries(inner, receive, protected)
        if ".." in path or not SERVED.fullmatch(path):
            return await refuse(scope, receive, send, 404, "There is nothing here.")
        kept = [(key, value) for key, value in scope["headers"] if key not in HEARSAY]
        try:
            await self.app({**scope, "headers": kept}, receive, protected)
        except Exception as fault:
            if not is_parting(fault):
                raise

    def refusal(self, host: str, origin: str | None) -> str:
        """Return why a request to ``host`` from a page of ``origin`` is refused; empty if it is not."""
        name = named(host)
        if name not in self.names and not (self.is_open_to_all and is_address(name)):
            return f"This server does not answer to the name '{name}'."
        if origin is not None and urlsplit(origin).netloc.lower() != host.lower():
            return "Only pages of this server may ask it for something."
        return ""


def is_parting(fault: BaseException) -> bool:
    """Return whether nothing failed but that a reader went away while something was sent."""
    if isinstance(fault, BaseExceptionGroup):
        return all(map(is_parting, fault.exceptions))
    return type(fault).__name__ in PARTINGS


def named(host: str) -> str:
    """Return the name in a ``Host`` header, without its port."""
    try:
        return (urlsplit(f"//{host}").hostname or "").lower()
    except ValueError:
        return ""


def is_address(name: str) -> bool:
    """Return whether a name is an address in numbers, which cannot be made to point elsewhere."""
    try:
        ip_address(name)
    except ValueError:
        return False
    return True


def is_wildcard(host: str) -> bool:
    """Return whether listening on ``host`` means listening on every address of the machine."""
    return is_address(host) and ip_address(host).is_unspecified


def is_loopback(host: str) -> bool:
    """Return whether only this machine can reach ``host``."""
    return host.lower() == "localhost" or (is_address(host) and ip_address(host).is_loopback)


def library(path: str) -> str:
    """Return the path of a library's file below the folder of all of them."""
    inner = path.removeprefix(LIBRARIES)
    return inner if inner.count("/") > 1 else f"{inner}/__main.js"


def policy(host: str) -> str:
    """Return what a page of this server may load: what comes from here, and nothing else."""
    return (
        "default-src 'self' 'unsafe-inline' 'unsafe-eval' data: blob:; "
        f"connect-src 'self' ws://{host} wss://{host} data: blob:; "
        "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'self'"
    )


def hardened(send: Any, host: str) -> Any:
    """Return ``send``, adding to every answer what a browser may do with it."""
    added = [
        (b"content-security-policy", policy(host).encode("latin-1")),
        (b"referrer-policy", b"same-origin"),  # a link says what is looked at: that is nobody else's
        (b"x-content-type-options", b"nosniff"),
    ]

    async def sent(message: Any) -> None:
        if message["type"] == "http.response.start":
            message = {**message, "headers": [*message["headers"], *added]}
        await send(message)

    return sent


async def refuse(scope: Any, receive: Any, send: Any, status: int, reason: str) -> None:
    """Say that a request is refused, and why."""
    if scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.close", "code": 1008, "reason": reason})
        return
    text = f"{reason}\n".encode()
    headers = answer_headers(
        [("content-type", "text/plain; charset=utf-8"), ("content-length", str(len(text)))]
    )
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": text})


def answer_headers(pairs: Iterable[tuple[str, str]]) -> list[tuple[bytes, bytes]]:
    """Return headers as ASGI wants them."""
    return [(key.encode(), value.encode()) for key, value in pairs]
