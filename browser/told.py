"""What an ensemble says, in sentences: what its runs are, how agreements live, and how the runs end."""

from __future__ import annotations

from browser import story
from browser.crowd import Crowd
from browser.settings import RUNS, Settings
from experiments import statistics
from experiments.analysis.survival import Followed
from experiments.findings import listed
from experiments.measures import PRIMARY
from experiments.statistics import Interval

#: Months after its conclusion at which it is told how many agreements are alive.
READ = (12, 24, 48)


def runs_in_words(settings: Settings) -> str:
    """Return what the runs of an ensemble are."""
    drawn = (
        "other luck, and the uncertain numbers that are not set by hand drawn from their ranges"
        if settings.uncertain
        else "the same numbers, other luck"
    )
    rules = "; rules added by hand are not in them" if story.PHASES else ""
    return f"{RUNS} runs ({drawn}{rules})"


def crowd_in_words(crowd: Crowd | None, is_outdated: bool) -> str:
    """Return what the runs are, or that they are still to come, or that they belong to earlier settings."""
    if crowd is None:
        return f"{RUNS} runs under these settings are on their way."
    state = "Outdated: new runs are on their way. " if is_outdated else ""
    return f"{state}{runs_in_words(crowd.settings)}: an exploration of the model, not a forecast."


def fan_in_words(crowd: Crowd | None, is_outdated: bool) -> str:
    """Return the same of a fan."""
    said = crowd_in_words(crowd, is_outdated)
    if crowd is None:
        return said
    return f"Line: this history. Fan: 90 % and 50 % of the runs, dashed their median. {said}"


def settled_in_words(crowd: Crowd, plan: int) -> str:
    """Return the share of runs that settled and lasted, with its interval."""
    runs = crowd.runs_of(plan)
    found = statistics.wilson(int(runs[PRIMARY].sum()), len(runs))
    return f"Settled and lasted in {share(found)} of {len(runs)} runs."


def agreements_in_words(crowd: Crowd, plan: int) -> str:
    """Return how many runs came to an agreement, how these live on, and what they die of."""
    lives, found, total = crowd.lives[plan], crowd.followed[plan], len(crowd.runs_of(plan))
    if not len(lives):
        return f"In none of {total} runs was an agreement concluded: there is no life to follow."
    died = int(lives.ended.sum())
    deaths = [(name, int((lives.way == way).sum())) for way, name in enumerate(lives.ways)]
    causes = [f"{name} {count}" for name, count in deaths if count]
    of_what = f", of {listed(causes, 4)}" if causes else ""
    opening = f"In {len(lives)} of {total} runs an agreement was concluded; {died} of these died{of_what}."
    if found is None:
        return f"{opening} These are too few for a curve."
    return " ".join([opening, *_alive(found), _at_risk(found)])


def _alive(found: Followed) -> list[str]:
    parts = [f"{share(found.at(month))} after {month}" for month in READ if month < found.months]
    return [f"Still alive: {listed(parts)} months."] if parts else []


def _at_risk(found: Followed) -> str:
    counts = found.curve["at_risk"]
    parts = [f"{counts[month]} after {month}" for month in READ if month < found.months]
    more = f", {listed(parts)} months" if parts else ""
    return (
        f"Watched: {counts[0]} at the start{more}; those alive when their run ended are not counted as dead."
    )


def share(value: Interval) -> str:
    """Return a share with its interval."""
    return f"{value.estimate:.0%} ({value.low:.0%} to {value.high:.0%})"
