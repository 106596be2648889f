"""The reader's own files as a link carries them: packed, and never unpacked to more than is allowed."""

from __future__ import annotations

import base64
import zlib
from collections.abc import Iterator

from browser.exchange import uploads
from browser.scene.settings import Settings
from model.vocabulary import InputError


def carried(settings: Settings) -> Settings:
    """Return the settings without files of the reader's own that they do not use."""
    named = {plan.strategy for plan in settings.plans}
    return settings.but(
        scenarios=tuple(own for own in settings.scenarios if own[0] == settings.scenario),
        strategies=tuple(own for own in settings.strategies if own[0] in named),
    )


def packed_files(settings: Settings, most: int) -> Iterator[str]:
    """Yield the reader's own files that the settings use, packed.

    Raises
    ------
    InputError
        If they are too large together.
    """
    kept = carried(settings)
    files = [(name, text.encode()) for name, text in (*kept.scenarios, *kept.strategies)]
    if sum(len(data) for _, data in files) > most:
        names = " and ".join(f"'{name}'" for name, _ in files)
        raise InputError(f"{names} is too large for a link; save it as a file, which can be uploaded here")
    for _, data in files:
        yield base64.urlsafe_b64encode(zlib.compress(data, 9)).decode().rstrip("=")


def unpacked(settings: Settings, text: str, most: int) -> Settings:
    """Return the settings with a file of the reader's own that a link carries."""
    try:
        packed = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
        opened = zlib.decompressobj()
        data = opened.decompress(packed, most)  # never more than that, whatever it would become
    except (ValueError, zlib.error):
        raise InputError("a file that it carries is damaged") from None
    if not opened.eof:
        raise InputError("a file that it carries is damaged, or too large for a link")
    upload = uploads.upload_of(data)
    if upload.kind == uploads.SCENARIO:
        return settings.with_own_scenario(upload.text)
    if upload.kind == uploads.STRATEGY:
        return settings.with_own_strategy(upload.text)
    raise InputError("a file that it carries is neither a scenario nor a strategy")
