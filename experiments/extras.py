"""Libraries that only some analyses need: asked for when they are needed, and missed in a sentence."""

from __future__ import annotations

from importlib import import_module
from typing import Any


def needed(name: str, extra: str) -> Any:
    """Return the module called ``name``, which the optional extra ``extra`` installs.

    Raises
    ------
    InputError
        If it is not installed; the message says how to install it.
    """
    try:
        return import_module(name)
    except ModuleNotFoundError as missing:
        if (missing.name or "").split(".")[0] != name.split(".", maxsplit=1)[0]:
            raise  # the library is there, and misses something of its own
        from model.vocabulary import InputError

        library = name.split(".", maxsplit=1)[0]
        raise InputError(f"this needs {library}: pip install 'backchannel[{extra}]'") from None
