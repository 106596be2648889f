"""Order effects in words: whether order matters, which step should come first, which orders are best."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from experiments import findings
from experiments.analysis.ladder_orders import Orders
from experiments.analysis.order_reading import Reading
from experiments.measures import Measure
from experiments.statistics import CONFIDENCE, Interval

#: How many effects are told in sentences; all are in the tables.
TOLD = 4


def finding(reading: Reading) -> str:
    """Return whether order matters, and the weightiest of what it is about, in one sentence."""
    orders, measure, ranked = reading.orders, reading.measure, reading.ranked
    if len(orders.values) < 2:
        return f"Nothing can be said of order: there is only one {reading.unit} with luck of its own"
    ends = [measure.amount(float(ranked["mean"].to_numpy()[rank])) for rank in (0, -1)]
    spread = (
        f"{measure.phrase}, {ends[0]} under the best and {ends[1]} under the worst of {len(ranked):,} orders"
    )
    weightiest = _weightiest(reading.direct, 1)
    if not reading.matters and weightiest:
        pair = worth(weightiest[0], measure)
        return f"Orders as a whole are not told apart ({chance(reading.effect_p)}), but {pair}; {spread}"
    if not reading.matters:
        return f"Order makes no difference that these runs can tell ({chance(reading.effect_p)}): {spread}"
    most = f"; most of all, {worth(weightiest[0], measure)}" if weightiest else ""
    return f"Order matters ({chance(reading.effect_p)}): {spread}{most}"


def chance(p_value: float) -> str:
    """Return a p value in words."""
    return "p < 0.001" if p_value < 0.001 else f"p = {p_value:.2g}"


def _weightiest(table: pd.DataFrame, at_most: int) -> list[pd.Series[Any]]:
    firm = table[table["apart"]]
    return [row for _, row in firm.loc[firm["estimate"].abs().nlargest(at_most).index].iterrows()]


def worth(row: pd.Series[Any], measure: Measure) -> str:
    """Return which of two steps should come first, and what that is worth, with its interval."""
    better = (row["estimate"] > 0) == measure.high_is_good
    first, second = (row["first"], row["second"]) if better else (row["second"], row["first"])
    return f"“{first}” before “{second}” is better by {size(row, measure)}"


def size(row: pd.Series[Any], measure: Measure) -> str:
    """Return the size of an effect with its interval, whichever its sign."""
    sign = 1.0 if row["estimate"] > 0 else -1.0
    low, high = sorted(sign * float(row[end]) for end in ("low", "high"))
    return amount(Interval(sign * float(row["estimate"]), low, high), measure)


def amount(found: Interval, measure: Measure) -> str:
    """Return a difference with its unit and interval, to two figures or as many digits as its outcome has."""
    unit = "points" if measure.scale == 100 else measure.unit
    scaled = [measure.scale * end for end in (found.estimate, found.low, found.high)]
    leading = np.floor(np.log10(abs(scaled[0]))) if scaled[0] else 0
    digits = max(measure.digits, 1 - int(leading))
    estimate, low, high = (f"{end:.{digits}f}".replace("-", "−") for end in scaled)
    return f"{estimate} {unit} ({low} to {high})"


def sentences(reading: Reading) -> list[str]:
    """Return what else the orders say, the weightiest first."""
    return [
        *_pairs_told(reading),
        _places_told(reading),
        _composition(reading),
        *_ranks_told(reading),
        _sampled(reading.orders),
    ]


def _pairs_told(reading: Reading) -> list[str]:
    direct, measure = reading.direct, reading.measure
    more = [f"{worth(row, measure)}." for row in _weightiest(direct, TOLD)[1:]]
    tested, apart = int(direct["p"].notna().sum()), int(direct["apart"].sum())
    is_are = "is" if apart == 1 else "are"
    how = "swapped where they are neighbours" if reading.swapped else "all pairs fitted at once"
    told = (
        f"In themselves ({how}), {apart or 'none'} of {tested} pairs of steps {is_are} "
        "told apart from the other way round; over all orders, in which third steps move along, "
        f"{int(reading.over_all['apart'].sum()) or 'none'}."
    )
    return [*more, told, _one_way(reading.orders, reading.over_all)]


def _one_way(orders: Orders, table: pd.DataFrame) -> str:
    """Return which steps never come the other way round."""
    fixed = table[table["p"].isna()]
    named = [
        f"“{row['first' if row['with_first'] else 'second']}” always comes before "
        f"“{row['second' if row['with_first'] else 'first']}”"
        for _, row in fixed.iterrows()
    ]
    among = "valid order" if len(orders.orders) == orders.valid else "order that was run"
    return (
        f"In every {among} {findings.listed(named)}: what that is worth cannot be read here." if named else ""
    )


def _places_told(reading: Reading) -> str:
    told = [
        f"with “{row['step']}” in place {row['place']} are {way} by {size(row, reading.measure)}"
        for way, row in _extremes(reading).items()
    ]
    if not told:
        return "No step is told to do better or worse in one place than over all of them."
    return f"Against the mean over all orders, those {' and those '.join(told)}."


def _extremes(reading: Reading) -> dict[str, pd.Series[Any]]:
    """Return the step and place told to be best, and worst, against the mean over orders."""
    firm = reading.positions[reading.positions["apart"]]
    good = (firm["estimate"] > 0) == reading.measure.high_is_good
    ways = {"better": firm[good], "worse": firm[~good]}
    return {
        word: way.iloc[int(way["estimate"].abs().to_numpy().argmax())]
        for word, way in ways.items()
        if len(way)
    }


def _composition(reading: Reading) -> str:
    found, measure = reading.explained, reading.measure
    if not reading.matters or np.isnan(found.pairs.estimate):
        return ""
    spread = measure.gap(found.spread, found.spread)
    rest = "is told from luck: three steps or more act together"
    if found.rest_p >= 1 - CONFIDENCE:
        rest = "is not told from luck"
    return (
        f"Once luck is taken out, the means of orders differ by a standard deviation of "
        f"{spread}; {found.pairs.estimate:.0%} ({found.pairs.low:.0%} to "
        f"{found.pairs.high:.0%}) of their variance is who comes before whom, pair by pair and added up, and "
        f"what is left {rest} ({chance(found.rest_p)})."
    )


def _ranks_told(reading: Reading) -> list[str]:
    orders, ranked, measure = reading.orders, reading.ranked, reading.measure
    worse, others = int(ranked["apart"].sum()), len(ranked) - 1
    alike = int(((ranked["behind_low"] == 0) & (ranked["behind_high"] == 0)).sum()) - 1
    beside = f", and {alike} others go exactly as it does" if alike > 1 else ""
    beside = ", and another goes exactly as it does" if alike == 1 else beside
    told = [
        f"The best order is {ranked['order'].iloc[0]}{beside}; {worse or 'none'} of the {others:,} others "
        f"{'is' if worse == 1 else 'are'} worse for certain.",
        f"The worst is {ranked['order'].iloc[-1]}.",
    ]
    own = ranked[ranked["order"] == " → ".join(orders.steps)]
    if len(own):
        rank, apart = int(own.index[0]) + 1, bool(own["apart"].iloc[0])
        standing = "" if rank == 1 else f", {'behind' if apart else 'not told apart from'} the best"
        told.append(f"As written, it comes {rank} of {len(ranked):,}{standing}.")
    return [*told, _choosing(reading.choosing, measure, reading.unit)]


def _choosing(found: Interval, measure: Measure, unit: str) -> str:
    if not np.isfinite(found.low):
        return ""
    verdict = "is better" if found.low > 0 else "is not told to be better"
    gain = amount(found, measure)
    return (
        f"The order that did best on half of the {unit}s {verdict} on the rest than a blind choice: {gain}."
    )


def _sampled(orders: Orders) -> str:
    if orders.unseen == 0 or orders.mixed:
        return ""
    count = f"Of {orders.valid:,} valid orders" if orders.valid else f"Of at most {orders.possible:,} orders"
    return f"{count}, {orders.taken:,} were run; a better or a worse one may be among the others."


def ranks_title(reading: Reading) -> str:
    """Return how many orders are behind the best, as a title."""
    ranked, heading = reading.ranked, reading.measure.heading
    worse, others = int(ranked["apart"].sum()), len(ranked) - 1
    if not worse:
        return f"{heading}: no order is told apart from the best of {len(ranked):,}"
    return f"{heading}: the best order is ahead of {worse:,} of {others:,} others for certain"


def pairs_title(reading: Reading) -> str:
    """Return which step is best before which, as a title."""
    found = _weightiest(reading.direct, 1)
    if not found:
        return "No pair of steps is told to be better one way round than the other"
    text = worth(found[0], reading.measure)
    return text[:1].upper() + text[1:]


def places_title(reading: Reading) -> str:
    """Return which step does best and worst in which place, as a title."""
    told = [f"with “{row['step']}” in place {row['place']} {way}" for way, row in _extremes(reading).items()]
    return (
        f"Orders do differently by place: {', '.join(told)}"
        if told
        else _places_told(reading).removesuffix(".")
    )
