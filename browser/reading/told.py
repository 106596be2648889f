"""What an ensemble says, in sentences: what its runs are, how agreements live, and how the runs end."""

from __future__ import annotations

from browser.scene import story
from browser.scene.crowd import Crowd
from browser.scene.settings import RUNS, Settings
from experiments import statistics
from experiments.analysis.survival import Followed
from experiments.findings import listed
from experiments.measures import PRIMARY
from experiments.statistics import Interval

#: Months after its conclusion at which it is told how many agreements are alive.
READ = (12, 24, 48)


def runs_in_words(settings: Settings) -> str:
    """Return what the runs of an ensemble are."""
    numbers = "drawn uncertain numbers" if settings.uncertain else "the same numbers"
    rules = ", without the rules added by hand" if story.PHASES else ""
    return f"{RUNS} runs with {numbers} and other luck{rules}"


def crowd_in_words(crowd: Crowd | None, is_outdated: bool) -> str:
    """Return what the runs are, or that there are none (yet), or that they belong to earlier settings.

    None that are outdated are still to come; none that are not were never asked for.
    """
    if crowd is None and not is_outdated:
        return "Lines: this history. No runs are made beside it here."
    if crowd is None:
        return f"There are no {RUNS} runs under these settings yet."
    if is_outdated:
        return f"Outdated: these {RUNS} runs belong to earlier settings."
    return f"{runs_in_words(crowd.settings)}: what the model can do, not a forecast."


def fan_in_words(crowd: Crowd | None, is_outdated: bool, histories: int = 1) -> str:
    """Return what the fan of one history is, or the fans of two, or that there is none, or an old one."""
    if crowd is None or is_outdated:
        return crowd_in_words(crowd, is_outdated)
    runs = runs_in_words(crowd.settings)
    if histories > 1:
        said = f"Lines: the two histories. Fans: 90 % of {runs} under each strategy, dashed: the median."
    else:
        said = f"Line: this history. Fan: 90 % and 50 % of {runs}, dashed: the median."
    return f"{said} What the model can do, not a forecast."


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
    of_what = f" ({listed(causes, 4)})" if causes else ""
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
    return f"At risk: {counts[0]} at first{more}; one that is alive when its run ends is not counted as dead."


def share(value: Interval) -> str:
    """Return a share with its interval."""
    return f"{value.estimate:.0%} ({value.low:.0%} to {value.high:.0%})"
