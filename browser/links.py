"""Settings as the query of a link, and back."""

from __future__ import annotations

from browser.settings import Settings


def query_of(settings: Settings) -> str:
    """Return the settings as the query of a link; what is at its default stays out."""
    return ""


def settings_of(query: str) -> Settings:
    """Return the settings that the query of a link says.

    Raises
    ------
    InputError
        If it says something that cannot be set.
    """
    return Settings()
