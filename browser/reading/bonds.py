"""The ties of one actor in one month, layer by layer, the most important first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from browser.reading.flows import Pressure, channel_sentence, pressures, tie_sentence
from browser.reading.look import LAYERS
from browser.scene.cast import Cast, Tie
from browser.scene.snapshot import Snapshot
from browser.scene.story import Chapter
from model.chronicle import sentence_of

#: Ties of a layer that are listed at most.
TIES = 6
#: Change since the month before from which on it is told.
CHANGED = 0.0005


@dataclass(frozen=True)
class Bond:
    """One tie: to whom, in how many words, and a sentence on it."""

    name: str
    title: str
    said: str
    about: str


@dataclass(frozen=True)
class Bonds:
    """The ties of one layer, the most important first, and how many are not shown."""

    layer: str
    bonds: tuple[Bond, ...]
    more: int


def bonds_of(chapter: Chapter, name: str, month: int) -> tuple[Bonds, ...]:
    """Return the ties of an actor, layer by layer, the most important first."""
    cast, now, before = chapter.cast, chapter.at(month), chapter.at(max(month - 1, 0))
    found: dict[str, list[tuple[float, Bond]]] = {
        "pressure": [
            _pressed(cast, each, name) for each in pressures(cast, now) if name in (each.sender, each.target)
        ],
        "back channel": list(_channels(cast, name, now)),
        "trust": list(_trust(cast, name, now, before)),
    }
    for layer in ("trade", "membership", "constituency", "transnational", "proximity"):
        found[layer] = [
            _lasting(cast, tie, name) for tie in cast.layer(layer) if name in (tie.source, tie.end)
        ]
    return tuple(
        Bonds(LAYERS[layer].title, tuple(bond for _, bond in _first(bonds)), max(len(bonds) - TIES, 0))
        for layer, bonds in found.items()
        if bonds
    )


def _first(bonds: list[tuple[float, Bond]]) -> list[tuple[float, Bond]]:
    return sorted(bonds, key=lambda bond: (-bond[0], bond[1].name))[:TIES]


def _bond(cast: Cast, other: str, said: str, about: str) -> Bond:
    return Bond(other, cast.members[other].title.removeprefix("the "), said, sentence_of(about))


def _pressed(cast: Cast, each: Pressure, name: str) -> tuple[float, Bond]:
    other = each.target if each.sender == name else each.sender
    how = "presses it" if other == each.sender else "is pressed"
    return each.level, _bond(cast, other, f"{how} {each.level:.2f}", each.sentence)


def _channels(cast: Cast, name: str, now: Snapshot) -> Iterable[tuple[float, Bond]]:
    for place, tie in enumerate(cast.layer("back channel")):
        if name in (tie.source, tie.end):
            channel = now.row("channels", place // 2)
            other = tie.end if tie.source == name else tie.source
            said = f"open, trust {channel['trust_' + tie.more['side']]:.2f}" if channel["open"] else "closed"
            yield (
                2.0 * channel["open"] + tie.weight,
                _bond(cast, other, said, channel_sentence(cast, tie, channel)),
            )


def _trust(cast: Cast, name: str, now: Snapshot, before: Snapshot) -> Iterable[tuple[float, Bond]]:
    """Yield for each other actor the belief in it, and its belief; principals first, then the firmer ones."""
    beliefs: dict[str, dict[str, tuple[float, float]]] = {}
    columns = (now.tables["trust"]["belief"].tolist(), before.tables["trust"]["belief"].tolist())
    for tie, belief, earlier in zip(cast.layer("trust"), *columns, strict=True):
        if name == tie.source:
            beliefs.setdefault(tie.end, {})["trusts it"] = (belief, earlier)
        elif name == tie.end:
            beliefs.setdefault(tie.source, {})["is trusted by it"] = (belief, earlier)
    for other, held in beliefs.items():
        member = cast.members[other]
        said, about = [], []
        if "trusts it" in held:
            belief, earlier = held["trusts it"]
            said.append(f"its trust {belief:.2f}{_arrow(belief - earlier)}")
            about.append(f"its belief that {member.title} keeps its word: {belief:.3f}")
        if "is trusted by it" in held:
            belief, earlier = held["is trusted by it"]
            said.append(f"theirs {belief:.2f}{_arrow(belief - earlier)}")
            about.append(f"belief of {member.title} that it keeps its word: {belief:.3f}")
        yield (
            member.is_principal + max(belief for belief, _ in held.values()),
            _bond(cast, other, ", ".join(said), "; ".join(about)),
        )


def _arrow(change: float) -> str:
    return "" if abs(change) < CHANGED else ("▲" if change > 0 else "▼")


def _lasting(cast: Cast, tie: Tie, name: str) -> tuple[float, Bond]:
    other = tie.end if tie.source == name else tie.source
    said = f"{tie.weight:.0%}" if tie.layer == "trade" else f"{tie.weight:.2g}"
    if tie.layer == "trade":
        said += " of its trade" if tie.source == name else " of theirs"
    return tie.weight, _bond(cast, other, said, tie_sentence(cast, tie))
