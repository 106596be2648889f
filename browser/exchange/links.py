"""Settings as the query of a link, and back; everything that a link says is checked before it is used."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode

from browser.exchange.packing import packed_files, unpacked
from browser.reading.look import LAYERS, SIZES, Look
from browser.scene import limits
from browser.scene.settings import Plan, Settings
from model.dimensions import choice_of
from model.ensemble import MOST
from model.growth import Growth
from model.parameters import checked, switches_without
from model.vocabulary import InputError, nearest

#: Most bytes of files that a link carries, and most letters that a link has.
MOST_CARRIED, LONGEST = 60_000, 100_000
#: Most things that a link says.
MOST_SAID = 400
#: Keys that a link says once, and those that it may repeat.
ONCE = (
    "scenario",
    "strategy",
    "vs",
    "dispute",
    "seed",
    "replicate",
    "months",
    "without",
    "uncertain",
    "month",
    "tab",
    "layers",
    "size",
    "card",
)
REPEATED = ("level", "level2", "file")
#: What begins the name of a number of the model, and of a key of the table [grow].
NUMBER, GROW = "p.", "grow."
#: Between the parts of a level: dimension, question where the dimension asks several, level.
BETWEEN = "~"


@dataclass(frozen=True)
class Link:
    """What a link opens.

    Attributes
    ----------
    settings : what is shown
    month : the month that is looked at
    tab : the view that is open, by its key; empty for the first
    look : how the network is looked at
    """

    settings: Settings = field(default_factory=Settings)
    month: int = 0
    tab: str = ""
    look: Look = field(default_factory=Look)

    def query(self, most: int = MOST_CARRIED) -> str:
        """Return the query that says so.

        Parameters
        ----------
        most : int
            Bytes of the reader's own files that it may carry.

        Raises
        ------
        InputError
            If the reader's own files are too large for a link.
        """
        pairs = [*said(self.settings, most)]
        pairs += [("month", str(self.month))] if self.month else []
        pairs += [("tab", self.tab)] if self.tab else []
        pairs += look_said(self.look)
        return urlencode(pairs, quote_via=quote, safe=f",:{BETWEEN}")


def query_kept(link: Link) -> str:
    """Return the query that opens the same state, without files that are too large for a link."""
    try:
        return link.query()
    except InputError:
        return replace(link, settings=without_files(link.settings)).query()


def without_files(settings: Settings) -> Settings:
    """Return the settings with what is usual in place of the reader's own files."""
    scenarios, strategies = dict(settings.scenarios), dict(settings.strategies)
    plans = tuple(Plan() if plan.strategy in strategies else plan for plan in settings.plans)
    bundled = settings.but(plans=plans, scenarios=(), strategies=())
    if settings.scenario not in scenarios:
        return bundled
    return bundled.but(scenario=Settings.scenario, dispute=None, months=None, grow=())


def query_of(settings: Settings, most: int = MOST_CARRIED) -> str:
    """Return the settings as the query of a link; of what is usual, only what is run is said.

    Raises
    ------
    InputError
        If the reader's own files are too large for a link.
    """
    return Link(settings).query(most)


def settings_of(query: str, most: int = MOST_CARRIED) -> Settings:
    """Return the settings that the query of a link says.

    Raises
    ------
    InputError
        If it says something that cannot be set.
    """
    return link_of(query, most).settings


# --- to a link ----------------------------------------------------------------------------------------------


def said(settings: Settings, most: int) -> Iterator[tuple[str, str]]:
    """Yield what a link says of the settings, as keys and values."""
    usual = Settings()
    yield "scenario", settings.scenario
    for place, (key, levels) in enumerate((("strategy", "level"), ("vs", "level2"))):
        if place < len(settings.plans):
            yield key, settings.plans[place].strategy
            yield from ((levels, level_said(*level)) for level in settings.plans[place].levels)
    yield "seed", str(settings.seed)
    for key in ("dispute", "replicate", "months"):
        if (value := getattr(settings, key)) != getattr(usual, key):
            yield key, str(value)
    yield from ((f"{NUMBER}{name}", repr(float(value))) for name, value in settings.parameters)
    yield from ((f"{GROW}{key}", json.dumps(value).strip('"')) for key, value in settings.grow)
    if settings.without:
        yield "without", ",".join(settings.without)
    if settings.uncertain:
        yield "uncertain", "1"
    yield from (("file", packed) for packed in packed_files(settings, most))


def look_said(look: Look) -> list[tuple[str, str]]:
    """Return how a network is looked at as keys and values; what is usual is not said."""
    layers = ",".join(layer.replace(" ", "-") for layer in look.layers)
    found = {"layers": layers, "size": look.size, "card": look.card}
    usual = Look()
    return [(key, found[key]) for key in found if getattr(look, key) != getattr(usual, key)]


def level_said(dimension: str, question: str, level: str) -> str:
    """Return a level of a dimension as a link says it: with its question where there are several like it."""
    try:
        is_plain = choice_of(dimension, None, [level]).about == question
    except InputError:
        is_plain = False
    return BETWEEN.join([dimension, level] if is_plain else [dimension, question, level])


# --- from a link --------------------------------------------------------------------------------------------


def link_of(query: str, most: int = MOST_CARRIED) -> Link:
    """Return what the query of a link opens.

    Parameters
    ----------
    query : str
        With or without its question mark.
    most : int
        Bytes of the reader's own files that it may carry.

    Raises
    ------
    InputError
        If it says something that cannot be set.
    """
    once, repeated, others = sorted_out(pairs_of(query, most))
    settings = Settings(
        seed=whole(once, "seed", Settings.seed),
        replicate=whole(once, "replicate", Settings.replicate),
        months=whole(once, "months", 1, least=1) if "months" in once else None,
        dispute=once.get("dispute"),
        parameters=tuple(sorted(number(key, text) for key, text in others if key.startswith(NUMBER))),
        grow=tuple(grown(key, text) for key, text in others if key.startswith(GROW)),
        without=mechanisms(once.get("without", "")),
        uncertain=is_said(once, "uncertain"),
    )
    for text in repeated["file"]:
        settings = unpacked(settings, text, most)
    settings = settings.but(scenario=once.get("scenario", settings.scenario), plans=plans(once, repeated))
    span = limits.check(settings).span()
    month = whole(once, "month", 0)
    if month > span:
        raise InputError(f"month is {month}; the run has {span}")
    return Link(settings, month, tab(once.get("tab", "")), look_of(once, settings))


def pairs_of(query: str, most: int) -> list[tuple[str, str]]:
    """Return the keys and values of a query."""
    text = query.removeprefix("?")
    if len(text) > max(LONGEST, 2 * most):
        raise InputError(f"it is too long: {len(text):,} letters")
    try:
        return parse_qsl(
            text, keep_blank_values=True, strict_parsing=bool(text), errors="strict", max_num_fields=MOST_SAID
        )
    except ValueError:
        raise InputError("it is damaged") from None


def sorted_out(
    pairs: list[tuple[str, str]],
) -> tuple[dict[str, str], dict[str, list[str]], list[tuple[str, str]]]:
    """Return what a link says once, what it repeats, and the numbers that it sets."""
    unknown = [
        key for key, _ in pairs if key not in (*ONCE, *REPEATED) and not key.startswith((NUMBER, GROW))
    ]
    if unknown:
        raise InputError(f"'{unknown[0][:40]}' cannot be set{nearest(unknown[0][:40], (*ONCE, *REPEATED))}")
    twice = [
        key for key, times in Counter(key for key, _ in pairs).items() if times > 1 and key not in REPEATED
    ]
    if twice:
        raise InputError(f"'{twice[0]}' is said more than once")
    once = {key: value for key, value in pairs if key in ONCE}
    repeated = {name: [value for key, value in pairs if key == name] for name in REPEATED}
    return once, repeated, [(key, value) for key, value in pairs if key.startswith((NUMBER, GROW))]


def plans(once: dict[str, str], repeated: dict[str, list[str]]) -> tuple[Plan, ...]:
    """Return the strategies that a link names, at the levels that it names."""
    if repeated["level2"] and "vs" not in once:
        raise InputError("'level2' is a level of a second strategy, but none is named (vs)")
    first = Plan(once.get("strategy", Plan.strategy), tuple(map(level, repeated["level"])))
    second = [Plan(once["vs"], tuple(map(level, repeated["level2"])))] if "vs" in once else []
    return (first, *second)


def level(text: str) -> tuple[str, str, str]:
    """Return a level of a dimension that a link says."""
    parts = text.split(BETWEEN)
    if len(parts) not in (2, 3):
        raise InputError(
            f"level: '{text[:60]}' is not a dimension and one of its levels, as in D01~both at once"
        )
    dimension, words = parts[0], parts[-1]
    choice = choice_of(dimension, parts[1] if len(parts) == 3 else None, [words])
    return dimension, choice.about, words


def whole(once: dict[str, str], key: str, usual: int, least: int = 0) -> int:
    """Return a whole number that a link says."""
    text = once.get(key, str(usual))
    if not re.fullmatch(r"[0-9]{1,19}", text) or not least <= int(text) <= MOST:
        raise InputError(f"{key} is '{text[:40]}'; allowed is a whole number from {least}")
    return int(text)


def is_said(once: dict[str, str], key: str) -> bool:
    """Return whether a link switches something on."""
    if (text := once.get(key, "0")) not in ("0", "1"):
        raise InputError(f"{key} is '{text[:40]}'; allowed is 0 or 1")
    return text == "1"


def number(key: str, text: str) -> tuple[str, float]:
    """Return a number of the model that a link sets."""
    name = key.removeprefix(NUMBER)
    return name, checked(name, text[:40])


def grown(key: str, text: str) -> tuple[str, Any]:
    """Return a key of the table [grow] that a link sets; what it may be, the scenario says."""
    name = key.removeprefix(GROW)
    if name not in Growth.model_fields or name == "ranges":
        raise InputError(f"'{key[:40]}' cannot be set{nearest(name, [*Growth.model_fields])}")
    try:
        value = json.loads(text)
    except ValueError:
        value = text
    if isinstance(value, list | dict):
        raise InputError(f"'{key[:40]}' cannot be set")
    return name, int(value) if isinstance(value, float) and value.is_integer() else value


def mechanisms(text: str) -> tuple[str, ...]:
    """Return the mechanisms that a link switches off."""
    names = tuple(dict.fromkeys(text.split(","))) if text else ()
    switches_without(names)
    return names


def look_of(once: Mapping[str, str], settings: Settings) -> Look:
    """Return how a link looks at the network."""
    usual = Look()
    said = once.get("layers")
    names = {layer.replace(" ", "-"): layer for layer in LAYERS}
    asked = [named("layers", name, names) for name in said.split(",")] if said else []
    layers = (
        usual.layers if said is None else tuple(layer for layer in LAYERS if layer in map(names.get, asked))
    )
    size = named("size", once.get("size", usual.size), SIZES)
    card = once.get("card", "")
    return Look(layers, size, named("card", card, settings.case().actors) if card else "")


def named(key: str, name: str, known: Collection[str]) -> str:
    """Return a name that is known.

    Raises
    ------
    InputError
        If it is not.
    """
    if name not in known:
        raise InputError(f"{key}: '{name[:40]}' is not known{nearest(name[:40], list(known))}")
    return name


def tab(text: str) -> str:
    """Return the view that a link opens."""
    if not re.fullmatch(r"[a-z]{0,20}", text):
        raise InputError("'tab' names no view")
    return text
