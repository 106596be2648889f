"""What a reader brings is used at once: settings under which a page shows an upload."""

from __future__ import annotations

from browser.exchange import uploads
from browser.exchange.links import settings_of
from browser.scene import limits
from browser.scene.settings import Settings


def used(settings: Settings, upload: uploads.Upload, place: int = 0) -> Settings:
    """Return settings under which a page shows what was uploaded.

    Parameters
    ----------
    settings : Settings
        What the page shows.
    upload : Upload
        What takes the place of a part of it; a scenario comes with its own length and disputes.
    place : int
        Of which plan a strategy becomes the strategy.

    Raises
    ------
    InputError
        If it cannot be run with the rest.
    """
    if upload.kind == uploads.STATE:
        return fitting(settings_of(upload.text, uploads.LARGEST[uploads.STATE]))
    if upload.kind == uploads.SCENARIO:
        own = settings.with_own_scenario(upload.text)
        return fitting(own.but(scenario=upload.name, dispute=None, months=None, grow=()))
    own = settings.with_own_strategy(upload.text)
    return fitting(own.with_plan(place, strategy=upload.name, levels=()))


def fitting(settings: Settings) -> Settings:
    """Return the settings if they can be run.

    Raises
    ------
    InputError
        If a strategy asks or offers what the scenario does not have, or they are too large for a page.
    """
    for place in range(len(limits.check(settings).plans)):
        settings.strategy(place).check(settings.case())
    return settings
