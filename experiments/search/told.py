"""A search told: its answer, the front as a table, and its figures."""

from __future__ import annotations

import pandas as pd
from matplotlib.figure import Figure

from experiments.analysis.section import Section
from experiments.search import pictures, titles, words
from experiments.search.found import Found, computed, part
from experiments.search.results import SearchResults
from experiments.sweeps.levers import spelt

KEY = "search"


def section(results: SearchResults) -> Section:
    """Return which strategies a search found that no other matches at every goal, and how sure that is.

    Parameters
    ----------
    results : SearchResults
        As `run_search` returns it.
    """
    found = computed(results)
    return Section(
        key=KEY,
        question=results.title,
        finding=words.finding(found, results.account),
        sentences=words.sentences(found, results),
        tables=_tables(found),
        figures=_figures(found, results),
        notes=words.notes(found, results.account),
    )


def _tables(found: Found) -> dict[str, pd.DataFrame]:
    ground = "" if found.fresh is None else " on fresh ground"
    tables = {f"front{ground}": _front(found), "bases": _bases(found)}
    leads = found.leads()
    if len(leads.columns):
        named = {name: name.replace("_", " ") for name in leads.columns}
        tables["lead over the bases"] = leads.rename(columns=named)
    tables["front in full"] = _full(found)
    if found.course is not None:
        course = pd.DataFrame(found.course, columns=["candidates tried", "covered"])
        course["candidates tried"] = course["candidates tried"].astype(int)
        course.index = pd.RangeIndex(1, len(course) + 1, name="generation")
        tables["course"] = course
    return tables


def _front(found: Found) -> pd.DataFrame:
    """Return the front in short, by the values to go by: those on fresh ground where there is one."""
    labels = titles.labelled(found, found.front)
    table = pd.DataFrame(
        {"candidate": [label.split(maxsplit=1)[1] for label in labels.values()]},
        index=pd.Index(titles.numbered(found).values(), name="number"),
    )
    for aim in found.aims:
        values = (found.fresh or part(found.seen, found.front)).values[aim.phrase]
        table[aim.phrase] = values.to_numpy()
    table["in resamples"] = found.membership.to_numpy()
    if found.fresh is not None:
        table["still"] = found.still.to_numpy()
    return table


def _full(found: Found) -> pd.DataFrame:
    """Return the front, a row a candidate: what it is, and each goal on both grounds."""
    names = titles.numbered(found)
    rows = found.candidates.loc[found.front]
    table = pd.DataFrame({"strategy": found.front}, index=pd.Index(names.values(), name="number"))
    if rows["order"].notna().any():
        table["order"] = [titles.order_of(row) for _, row in rows.iterrows()]
    for name in dict.fromkeys(name for levels in rows["levels"] for name in levels):
        table[name] = [spelt(levels[name]) for levels in rows["levels"]]
    for aim in found.aims:
        grounds = {"": found.seen, " fresh": found.fresh}
        for ground, seen in grounds.items():
            if seen is not None:
                table[f"{aim.phrase}{ground}"] = seen.values.loc[found.front, aim.phrase].to_numpy()
                table[f"{aim.phrase}{ground} low"] = seen.low.loc[found.front, aim.phrase].to_numpy()
                table[f"{aim.phrase}{ground} high"] = seen.high.loc[found.front, aim.phrase].to_numpy()
    table["on the front in resamples"] = found.membership.to_numpy()
    if found.fresh is not None:
        table["on the front on fresh ground"] = found.still.to_numpy()
    return table


def _bases(found: Found) -> pd.DataFrame:
    table = pd.DataFrame(index=found.bases.values.index.rename("base as it stands"))
    for aim in found.aims:
        table[aim.phrase] = found.bases.values[aim.phrase]
        if found.bases_fresh is not None:
            table[f"{aim.phrase} fresh"] = found.bases_fresh.values[aim.phrase]
    table["beaten by"] = found.better.groupby("base", sort=False)["better"].sum()
    table["beaten for certain by"] = (
        found.better[found.better["share"] >= words.SURE].groupby("base", sort=False).size()
    )
    return table.fillna({"beaten for certain by": 0}).astype({"beaten for certain by": int})


def _figures(found: Found, results: SearchResults) -> dict[str, Figure]:
    labels = titles.labelled(found, found.shown(pictures.MOST))
    key = titles.letters(found)
    drawn = {
        "front": pictures.front(found, labels, titles.front_title(found), key),
        "trade-offs": pictures.trade_offs(found, labels, titles.trade_title(found)),
    }
    if found.fresh is not None and found.seen.units > 1:
        drawn["fresh"] = pictures.fresh(found, labels, titles.fresh_title(found), key)
    if found.course is not None:
        drawn["course"] = pictures.course(found, titles.course_title(found, results.account))
    return drawn
