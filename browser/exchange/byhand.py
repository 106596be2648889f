"""What is set by hand, in a line below a figure: who sees the figure alone has to know."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from browser.scene.settings import Settings
from model.parameters import number_of


def changes(settings: Settings, places: Iterable[int] = (), of_runs: bool = True) -> str:
    """Return what is not as the files and the defaults have it; empty if all is.

    Parameters
    ----------
    settings : Settings
    places : iterable of int
        The plans whose levels are told; all if none is named.
    of_runs : bool
        Whether runs are shown, which may draw the uncertain numbers.
    """
    told = [*changed(settings, tuple(places) or tuple(range(len(settings.plans))))]
    told += ["uncertain numbers drawn anew for each run"] if of_runs and settings.uncertain else []
    return f"Changed by hand: {'; '.join(told)}." if told else ""


def changed(settings: Settings, places: tuple[int, ...]) -> Iterator[str]:
    """Yield every change of numbers, levels, mechanisms and growth."""
    for name, value in settings.parameters:
        yield f"{name} {value:g} (usually {number_of(name).default:g})"
    for place in places:
        yield from (f"{dimension} at “{level}”" for dimension, _, level in settings.plans[place].levels)
    if settings.without:
        yield f"without {', '.join(settings.without)}"
    yield from (f"grown with {key} {value}" for key, value in settings.grow)
