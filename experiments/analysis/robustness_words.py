"""The sentences of robustness: none is typed in, all are made from the numbers."""

from __future__ import annotations

from collections.abc import Sequence

from experiments.analysis import robustness, states, units
from experiments.analysis.robustness_found import FRONT, SATISFICING, SURE, Robustness
from experiments.analysis.states import Goal
from experiments.findings import listed
from model.outcomes import DOWN, UP


def finding(found: Robustness) -> str:
    """Return how many strategies are worth choosing between, and which is good enough most often."""
    parts = []
    if len(found.goals) > 1:
        members, goals = found.front_members(), listed([goal.phrase for goal in found.goals])
        parts.append(
            f"{members[0]} is at least as good as every other strategy at every goal ({goals})"
            if len(members) == 1
            else f"{len(members)} of {len(found.front)} strategies are on the Pareto front of {goals}"
        )
    return capital("; ".join([*parts, satisficing(found)])) + "."


def satisficing(found: Robustness) -> str:
    """Return which strategy meets all thresholds in the most states, and which are level with it."""
    leader, level = found.level[SATISFICING]
    row = found.satisficing.loc[leader]
    if row.share == 0:
        return "no strategy meets all thresholds in any state of the world"
    opening = (
        f"{leader} meets all thresholds in the most states ({row.share:.0%}, {row.low:.0%} to {row.high:.0%})"
    )
    return f"{opening}, {_standing(level, len(found.satisficing), 4)}"


def _standing(level: Sequence[str], count: int, at_most: int = 6) -> str:
    if not level:
        return "ahead of every other strategy"
    if len(level) == count - 1:
        return "not told apart from any other strategy"
    return f"not told apart from {listed(level, at_most)}"


def capital(text: str) -> str:
    """Return `text` beginning with a capital, unless it begins with the name of a strategy."""
    return text[0].upper() + text[1:] if "-" not in text.split(" ", maxsplit=1)[0] else text


def sentences(found: Robustness) -> list[str]:
    """Return what else the states say: the front, thresholds, regret, places, and how much is luck."""
    told = [_front(found)] if len(found.goals) > 1 else []
    told.append(_thresholds(found))
    told += [_regret(found, goal) for goal in found.goals]
    told.append(_rank(found))
    return told + _luck(found)


def _front(found: Robustness) -> str:
    share = found.front["membership"].sort_values(ascending=False, kind="stable")
    sure = [str(name) for name in share.index[share >= SURE]]
    unsure = [str(name) for name in share.index[(share < SURE) & (share > 1 - SURE)]]
    parts = [f"on the front in at least {SURE:.0%} of the resamples: {listed(sure, 8) or 'no strategy'}"]
    if unsure:
        told = [f"{name} ({share[name]:.0%})" for name in unsure]
        parts.append(f"in doubt: {listed(told)}")
    never = len(share) - len(sure) - len(unsure)
    parts += [f"the other {never} are dominated, almost whatever states are drawn"] if never else []
    return capital("; ".join(parts)) + "."


def _thresholds(found: Robustness) -> str:
    goals = [states.goal(name) for name in found.thresholds]
    told = [f"{goal.phrase} {_bound(goal)} {goal.amount(found.thresholds[goal.name])}" for goal in goals]
    whence = "as asked" if found.given else "the median of each over all strategies and states"
    return f"Thresholds, {whence}: {listed(told)}."


def _bound(goal: Goal) -> str:
    return {UP: "at least", DOWN: "at most"}.get(goal.better, "no further from 0 than")


def _regret(found: Robustness, goal: Goal) -> str:
    table = found.regret[goal.name]
    (leader, level), bold = found.level[goal.name], robustness.least(table["worst"])
    row = table.loc[leader].to_dict()
    mean, tail, worst = (goal.gap(row[name]) for name in ("mean", "tail", "worst"))
    spread = goal.gap(row["mean_low"], row["mean_high"])
    opening = f"{capital(goal.phrase)}: {leader} leaves least to regret, {mean} on the average ({spread})"
    ends = f"{tail} or less in nine states of ten, {worst} in the worst"
    least = goal.gap(table["worst"].astype(float).min())
    if len(bold) == len(table):
        choice = "and that under every strategy"
    elif len(bold) > 1:
        choice = f"the largest regret is least, {least}, under {len(bold)} strategies alike"
    else:
        sure = table.loc[bold[0]].to_dict()["minimax"]
        choice = f"the largest regret is least under {bold[0]}, {least} (in {sure:.0%} of the resamples)"
    return f"{opening}, {_standing(level, len(table))}; {ends}; {choice}."


def _rank(found: Robustness) -> str:
    ranks = found.ranks
    leaders = ranks.sort_values("best", ascending=False, kind="stable")["best"]
    told = [
        f"{name} in {share:.0%}"
        for name, share in zip(map(str, leaders.index), leaders, strict=True)
        if share >= 0.05
    ][:4]
    first = leaders.index[0]
    row = ranks.loc[first]
    return (
        f"By {found.first.phrase}, the best on the average is {listed(told)} of the resamples; in single "
        f"states {first} is the best in {row.best_in:.0%}, its mean place being {row['rank']:.1f} of "
        f"{len(ranks)} ({row.low:.1f} to {row.high:.1f})."
    )


def _luck(found: Robustness) -> list[str]:
    runs = found.states.replicates
    short = [goal for goal in found.goals if found.luck[goal.name].needed > runs]
    if found.states.kind == "replicate" or not short:
        return []
    at_most, held = ("at most ", "a single run") if runs == 1 else ("", f"{runs} runs")
    luck = [(goal, found.luck[goal.name]) for goal in short]
    errors = [f"{at_most}{goal.gap(told.error)} in {goal.phrase}" for goal, told in luck]
    needed = [f"{at_most}{told.needed} for {goal.gap(told.tolerated)}" for goal, told in luck]
    sentences = [
        f"A state holds {held} of each strategy, so regret contains luck: by luck alone two strategies in "
        f"one state differ by a standard error of {listed(errors)}; "
        f"replicates needed a state: {listed(needed)}."
    ]
    bounds = [
        _bounds(found, goal) for goal in short if not found.regret[goal.name]["beyond_luck"].isna().any()
    ]
    if bounds:
        opening = "Mean regret, from a best chosen on other luck (too low) to that measured (too high)"
        sentences.append(f"{opening}: {listed(bounds)}.")
    return sentences


def _bounds(found: Robustness, goal: Goal) -> str:
    """Return between what the mean regret of the best strategy lies."""
    leader = found.level[goal.name][0]
    table = found.regret[goal.name]
    row = table.loc[leader].to_dict()
    return f"{goal.gap(row['beyond_luck'], row['mean'])} under {leader} ({goal.phrase})"


def regret_title(found: Robustness) -> str:
    """Return which strategy leaves least to regret on the first goal, as a title."""
    leader, level = found.level[found.first.name]
    mean = found.first.gap(found.regret[found.first.name].loc[leader].to_dict()["mean"])
    standing = _standing(level, len(found.front), 3)
    return capital(
        f"{leader} leaves least to regret in {found.first.phrase} ({mean} on the average), {standing}"
    )


def rank_title(found: Robustness) -> str:
    """Return how often the best on the average is the best in single states, as a title."""
    first = str(found.ranks["best"].idxmax())
    row = found.ranks.loc[first]
    average, single = f"{row.best:.0%} of the resamples", f"{row.best_in:.0%} of single states"
    told = f"{first} is the best on the average in {average}, and the best in {single}"
    return capital(f"{told} ({found.first.phrase})")


def front_title(found: Robustness) -> str:
    """Return which strategies are on the front, as a title."""
    members = found.front_members()
    if len(members) == 1:
        return capital(f"{members[0]} is at least as good as every other strategy at every goal")
    told = f"{len(members)} of {len(found.front)} strategies are not dominated by any other"
    return f"{told}: {listed(members, 5)}"


def more(found: Robustness) -> str:
    """Return which strategies the figures leave out; nothing where they show all."""
    shown, count = len(found.shown()), len(found.states.strategies)
    if shown == count:
        return ""
    which = f"on the front (at most {FRONT}), the best and the worst"
    return f"Shown: {shown} of {count} strategies, those {which}."


def notes(found: Robustness, common_luck: bool) -> list[str]:
    """Return how it was computed, and what it does not cover."""
    world = found.states
    told = [_what_states_are(found)]
    if common_luck and world.kind == "draw":
        told.append("All draws share the luck of their replicates: intervals cover the draws, not that luck.")
    if world.left_out:
        told.append(
            f"Left out: {world.left_out} states in which a strategy lacks runs, or a goal applies to none."
        )
    if world.absent:
        told.append(f"Left out, since some scenario has no run of them: {listed(world.absent)}.")
    told += [
        f"{capital(goal.phrase)} is a mean over runs {where}: it may look good by getting there seldom."
        for goal in found.goals
        if (where := _where(goal))
    ]
    told.append(
        "Regret is the distance from the best strategy in the same state. The interval of a maximum ends at "
        "what was seen, as resamples hold no worse state: read it as a lower bound."
    )
    told.append("Waits that never ended count as the whole span of their scenario.")
    return [*told, more(found)] if more(found) else told


def _what_states_are(found: Robustness) -> str:
    world = found.states
    count, scenarios = len(world.clusters), world.index.get_level_values("scenario").nunique()
    where = f" in {scenarios} scenarios" if scenarios > 1 else ""
    if world.kind == "replicate":
        return (
            f"The numbers of the model did not vary: the {count} states of the world are replicates{where}, "
            "and differ by luck alone, so regret is what hindsight would have spared."
        )
    runs = "one run" if world.replicates == 1 else f"the mean of {world.replicates} runs"
    together = ", draws being drawn anew with all their scenarios" if scenarios > 1 else ""
    return (
        f"{count} states of the world: draws of the numbers{where}; a strategy's worth in a state is {runs}. "
        f"Intervals: 95% of {robustness.RESAMPLES:,} resamples of the states{together}; of shares of states, "
        "Wilson's on the number of draws."
    )


def _where(goal: Goal) -> str:
    return next((where for column in goal.columns if (where := units.conditional(column))), "")
