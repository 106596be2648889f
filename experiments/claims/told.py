"""What became of a claim, in words: the verdict, the effect, where it holds and where not, and why."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache

import model
from experiments import findings, measures
from experiments.claims.cases import REAL
from experiments.claims.claim import Claim, Contrast, Found
from experiments.claims.contrasts import Finding
from experiments.claims.judging import Judgement, State, Subspace, needed
from experiments.claims.parts import GROUP, Condition
from experiments.claims.why import Explained

#: How each state of a claim is said of a part of the space.
STATES: dict[State, str] = {"holds": "holds", "refuted": "fails", "open": "is not told apart"}
#: How it is said what became of a contrast, and of a claim by what its effects are.
KINDS: dict[Found, str] = {
    "holds": "holds",
    "worse": "the other way round",
    "same": "no difference that matters",
    "open": "not told apart",
}
#: Below this part of the effect, what is left without a mechanism is called nothing.
LITTLE = 1 / 3
#: From this share of worlds on in which arms come to the same, what was switched off is what they differ in.
ALIKE = 0.9


def verdict(judged: Judgement) -> str:
    """Return the verdict in a sentence, with the effect that decides it."""
    in_model = " in this model" if judged.verdict in ("confirmed", "refuted") else ""
    said = judged.verdict[:1].upper() + judged.verdict[1:]
    return f"{said}{in_model}{for_what(judged)}: {effect(judged.claim, deciding(judged))}."


def label(judged: Judgement) -> str:
    """Return the verdict in a few words, with what kind of difference it rests on."""
    found = kind(judged.claim, judged.whole)
    if judged.verdict in ("confirmed", "holds in part of the space") or found == "open":
        return judged.verdict
    return f"{judged.verdict}: {KINDS[found]}"


def kind(claim: Claim, part: Subspace) -> Found:
    """Return what became of a claim in a part of the space, by what its effects are, whatever they count."""
    found = [each.found for _, each in needed(claim, part.findings)]
    if all(each == "holds" for each in found):
        return "holds"
    if "worse" in found:
        return "worse"
    return "same" if "same" in found else "open"


def deciding(judged: Judgement) -> Finding:
    """Return the finding that decides a verdict: of the needed ones the first that refutes, or is open."""
    pairs = needed(judged.claim, judged.whole.findings)
    refuting = [found for contrast, found in pairs if found.found in contrast.refuted_by]
    lacking = [found for _, found in pairs if found.found != "holds"]
    return [*refuting, *lacking, pairs[0][1]][0]


def for_what(judged: Judgement) -> str:
    """Return why a verdict is as it is, where its effect alone does not say it."""
    if judged.verdict == "not told apart" and judged.whole.state == "refuted":
        share = judged.share("refuted")
        return f", for it fails in {share:.0%} of the space, which is less than its rule asks for"
    if judged.verdict in ("not told apart", "refuted") and deciding(judged).found == "same":
        return ", for the difference is smaller than the least effect of interest"
    return ""


def effect(claim: Claim, found: Finding) -> str:
    """Return an effect in words: which arm against which, how much better or worse, with the interval."""
    contrast = contrast_of(claim, found)
    return f"{found.arm} against {found.control}: {spelt(contrast.outcome)}, {size(contrast, found)}"


def spelt(outcome: str) -> str:
    """Return the name of an outcome in words."""
    return outcome.replace("_", " ")


def size(contrast: Contrast, found: Finding) -> str:
    """Return how much better or worse an arm did, with the unit, and the interval of how much better."""
    measure = measures.measure_of(contrast.outcome)
    if not math.isfinite(found.low):
        return "which applies in too few worlds to be told"
    unit = unit_of(measure)
    low, high = found.low, found.high
    if low < 0.0 < high:
        ends = f"{much(contrast, low)} worse to {much(contrast, high)} better"
    else:
        nearer, farther = sorted((abs(low), abs(high)))
        ends = f"{much(contrast, nearer)} to {much(contrast, farther)} {way(found.effect)}"
    at = f"{much(contrast, found.effect)} {unit}".strip()
    return f"{at} {way(found.effect)} (95 % interval {ends})"


def unit_of(measure: measures.Measure) -> str:
    """Return the unit in which a difference is told: shares of runs in points."""
    return "points" if measure.unit == "share of runs" else measure.unit


def way(effect: float) -> str:
    """Return which way an effect goes."""
    return "worse" if effect < 0.0 else "better"


def much(contrast: Contrast, value: float) -> str:
    """Return the size of an effect, without its sign."""
    return amount(contrast, abs(value)).removeprefix("+")


def amount(contrast: Contrast, value: float) -> str:
    """Return an effect with its sign, shares of runs in points."""
    if math.isnan(value):
        return "unknown"
    measure = measures.measure_of(contrast.outcome)
    scaled = value * measure.scale
    digits = 1 if measure.scale == 100 else max(measure.digits, 3 if contrast.least < 0.1 else 2)
    rounded = round(scaled, digits) + 0.0  # no minus before nothing
    return f"{rounded:+.{digits}f}".replace("-", "−")


def contrast_of(claim: Claim, found: Finding | Explained) -> Contrast:
    """Return the contrast that a finding is about."""
    return next(each for each in claim.contrasts if each.name == found.contrast)


def origin(claim: Claim) -> str:
    """Return which sentences of the seeds a claim is from, and how much of it is a rule of the model."""
    seeds = [f"Seeds {', '.join(claim.seeds)}"] if claim.seeds else []
    return f"{'; '.join([*seeds, claim.status])}."


def sentences(judged: Judgement) -> list[str]:
    """Return what else there is to say of a claim, the weightiest first."""
    return [
        *(contrasted(judged.claim, each) for each in judged.whole.findings),
        space(judged),
        *([flips(judged)] if len(judged.subspaces) > 1 else []),
        groups(judged),
        *bands(judged),
        *why(judged),
        *placebo(judged),
        tally(judged),
        *beside(judged),
        *judged.claim.caveats,
    ]


def contrasted(claim: Claim, found: Finding) -> str:
    """Return what became of a contrast, in a sentence; where arms were chosen, which."""
    contrast = contrast_of(claim, found)
    several = len(contrast.better) + len(contrast.than) > 2
    chosen = f" ({found.arm} against {found.control})" if several else ""
    rider = ", told beside the verdict" if contrast.rider else ""
    heading = contrast.name[:1].upper() + contrast.name[1:]
    return f"{heading}{chosen}{rider}: {KINDS[found.found]}, {size(contrast, found)}."


def space(judged: Judgement) -> str:
    """Return in which share of the space the claim holds, fails, and is open."""
    if len(judged.subspaces) == 1:
        return (
            "No cut through the uncertain numbers or the networks tells its effects apart: over all of the "
            f"space, the claim {STATES[judged.whole.state]}."
        )
    shares = {words: judged.share(state) for state, words in STATES.items()}
    said = [f"{words} in {share:.0%}" for words, share in shares.items() if share > 0.0]
    return f"Of the space of assumptions, the claim {findings.listed(said)}."


def shared(judged: Judgement, state: State) -> str:
    """Return in which share of the space a claim has a state, for a scoreboard."""
    share = judged.share(state)
    return "all, not cut" if share == 1.0 and len(judged.subspaces) == 1 else f"{share:.0%}"


def flips(judged: Judgement) -> str:
    """Return where the claim holds and where not, by the parts that were found."""
    said = [
        f"{STATES[part.state]} where {place(part.where)} (part {number}: {part.share:.0%} of the space; "
        f"{effect(judged.claim, part.findings[0])})"
        for number, part in enumerate(judged.subspaces, 1)
    ]
    return f"Its effect differs over the space: it {'; it '.join(said)}."


def where(judged: Judgement) -> str:
    """Return in a few words where a claim flips, for a scoreboard: by parts of the space, or by groups."""
    if len({part.state for part in judged.subspaces}) > 1:
        named = [(place(part.where), part.state) for part in judged.subspaces]
        return split(named, "where ", "; or where ")
    return split([(name, part.state) for name, part in judged.groups.items()], "in ", ", ")


def split(named: Sequence[tuple[str, State]], begin: str, join: str) -> str:
    """Return in which of several places a claim holds, in which it fails, and that the rest is not told."""
    said = []
    for state in ("holds", "refuted"):
        found = [name for name, known in named if known == state]
        if len(found) == len(named):
            return f"{STATES[state]} in every group of cases"
        if found:
            said.append(f"{STATES[state]} {begin}{join.join(found)}")
    rest = any(known == "open" for _, known in named)
    if not said:
        return "told apart in no group of cases"
    return "; ".join([*said, *(["elsewhere it is not told apart"] if rest else [])])


def place(conditions: Sequence[Condition]) -> str:
    """Return conditions in words."""
    return " and ".join(map(condition, conditions)) or "anything may be"


def condition(said: Condition) -> str:
    """Return one condition in words: a number with what it means, or a group."""
    if said.number.startswith(GROUP):
        group = said.number.removeprefix(GROUP)
        named = group if group == REAL else f"{group} networks"
        return f"the case is in {named}" if said.is_above else f"the case is not in {named}"
    meaning, unit = number_told(said.number)
    side = "above" if said.is_above else "up to"
    return f"{said.number} ({meaning}) is {side} {said.threshold:.2g}{'' if unit == 'share' else ' ' + unit}"


@cache
def number_told(name: str) -> tuple[str, str]:
    """Return what a number means, and its unit."""
    row = model.Parameters.table().loc[name]
    return str(row["meaning"]), str(row["unit"])


def groups(judged: Judgement) -> str:
    """Return what became of the claim in the real case and in each kind of network."""
    said = [f"{name}: {STATES[part.state]}" for name, part in judged.groups.items()]
    return f"Case by case: {'; '.join(said)}."


def bands(judged: Judgement) -> list[str]:
    """Return what became of the claim in thirds of a number's range, a sentence a number."""
    return [
        f"By {name} ({number_told(name)[0]}): "
        + "; ".join(
            f"{low:.2g} to {high:.2g} {STATES[part.state]} "
            f"({amount(contrast_of(judged.claim, part.findings[0]), part.findings[0].effect)})"
            for low, high, part in thirds
        )
        + "."
        for name, thirds in judged.bands.items()
    ]


def why(judged: Judgement) -> list[str]:
    """Return what each ablation says of the needed contrasts, a sentence an ablation."""
    several = len(judged.claim.needed) > 1
    by_ablation: dict[tuple[tuple[str, ...], str], list[str]] = {}
    for each in judged.explained:
        named = f"{each.contrast}: " if several else ""
        by_ablation.setdefault((each.without, each.says), []).append(named + carried(judged, each))
    return [
        f"Without {' and '.join(without)} ({says}): {'; '.join(found)}."
        for (without, says), found in by_ablation.items()
    ]


def carried(judged: Judgement, each: Explained) -> str:
    """Return in words what an ablation leaves of an effect."""
    contrast = contrast_of(judged.claim, each)
    if not math.isfinite(each.low):
        return role(judged, each)
    left, had = amount(contrast, each.left), amount(contrast, each.effect)
    change = f"({had} becomes {left}; change {amount(contrast, -each.lost)}, 95 % interval "
    change += f"{amount(contrast, -each.high)} to {amount(contrast, -each.low)})"
    return f"{role(judged, each)} {change}"


def role(judged: Judgement, each: Explained) -> str:
    """Return what part an ablation shows mechanisms to have in an effect."""
    contrast = contrast_of(judged.claim, each)
    moved = each.low > 0.0 or each.high < 0.0
    if not math.isfinite(each.low):
        return "it applies in too few worlds to be told"
    if each.alike >= ALIKE:
        return "the arms then come to the same: it is what they differ in, which explains nothing"
    least = float(contrast.least)
    if abs(each.effect) < least:
        if abs(each.left) < least or not moved:
            return "there is no effect of interest to explain, with or without it"
        if each.left < 0.0:
            return "the opposite appears, so it holds the claim up"
        return "an effect appears, so it works against it"
    if max(abs(each.low), abs(each.high)) < LITTLE * abs(each.effect):
        return "the effect stays, so it is not the explanation"
    if not moved:
        return "what part it has is not told"
    if each.lost * each.effect < 0.0:
        return "the effect grows, so it works against it"
    return (
        "the effect goes, so it carries it" if each.left / each.effect < LITTLE else "it carries a part of it"
    )


def reason(judged: Judgement) -> str:
    """Return what the ablations say of the first contrast, in a few words for a scoreboard."""
    first = judged.claim.needed[0].name
    said = [
        f"without {' and '.join(each.without)} {role(judged, each)}"
        for each in judged.explained
        if each.contrast == first
    ]
    return "; ".join(said)


def placebo(judged: Judgement) -> list[str]:
    """Return what the placebo says, if there is one."""
    found = judged.placebo
    if found is None:
        return []
    first = judged.claim.needed[0]
    if found.found == "holds":
        said = "the order of its stages matters"
    elif found.low > 0.0:
        said = "its own order does better, by less than the least effect of interest"
    elif found.found == "worse":
        said = "shuffled stages do better than its own order"
    else:
        said = "shuffled stages do as well as far as can be told, so what it gains is not owed to their order"
    return [f"Placebo: {found.arm} against itself with its stages shuffled: {said}; {size(first, found)}."]


def tally(judged: Judgement) -> str:
    """Return in how many worlds the first contrast went which way."""
    found = judged.whole.findings[0]
    if math.isnan(judged.level):
        return "In no world that measures does the outcome apply to both."
    return (
        f"World by world, on the same luck, {found.arm} did better than {found.control} in "
        f"{judged.better:.0%}, the same in {judged.level:.0%}, worse in {judged.behind:.0%} of "
        f"{judged.worlds:,}."
    )


def beside(judged: Judgement) -> list[str]:
    """Return how the same arms differ on the outcomes that judge nothing, where it can be told."""
    if not judged.beside:
        return []
    said = [beside_of(each, judged.worlds) for each in judged.beside if each.low > 0.0 or each.high < 0.0]
    told = "; ".join(said) if said else "nothing else is told apart"
    first = judged.beside[0]
    return [f"Beside it, and judged by nothing, {first.arm} against {first.control}: {told}."]


def beside_of(found: Finding, worlds: int) -> str:
    """Return how two arms differ on an outcome, and how many worlds it is known in where that is not all."""
    measure = measures.measure_of(found.contrast)
    scaled = abs(found.effect) * measure.scale
    unit = unit_of(measure)
    known = (
        "" if found.units == worlds else f", in the {found.units / worlds:.0%} of worlds where both have it"
    )
    return f"{spelt(found.contrast)} {scaled:.3g} {unit} {way(found.effect)}{known}"
