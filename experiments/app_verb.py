"""The verb that opens the page; everything else about it stands in ``browser``."""

from __future__ import annotations

from typing import Annotated

import typer


def app(
    *,
    host: Annotated[
        str, typer.Option(help="Address to listen on; by default this machine only.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port; 0 takes any that is free.")] = 8765,
    mesa: Annotated[bool, typer.Option("--mesa", help="Show the model inside Mesa's own page.")] = False,
    open_browser: Annotated[bool, typer.Option("--open/--no-open", help="Open it in the browser.")] = True,
) -> None:
    """Open the page in the browser: watch a crisis, steer it, compare strategies."""
    from browser.serving.server import serve

    serve(host, port, mesa, open_browser, typer.echo)


def add_to(main: typer.Typer) -> None:
    """Add the verb to the command line."""
    main.command()(app)
