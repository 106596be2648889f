"""Where each actor stands on the map: the same place from month to month.

A map has an order that is read before its lines are. In every dispute the lead sender stands at the left and
the target at the right, with those who carry messages between them; the coalition is around the lead,
those who back the target or lie next to it around the target; bodies stand above, civil society on the outer
side of the state that it reaches into, and bystanders below and around. Ties then draw actors together, and
in the end each takes a seat of a staggered grid, so that no two overlap.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from model.network import graph_of, positions
from model.scenario import Scenario
from model.vocabulary import Kind, Role

if TYPE_CHECKING:
    from browser.scene.cast import Member, Tie

Places = dict[str, tuple[float, float]]


class Frame(NamedTuple):
    """The part of the map that a dispute has."""

    left: float
    bottom: float
    width: float
    height: float

    def at(self, x: float, y: float) -> tuple[float, float]:
        """Return the place on the map of a point of this part, 0 to 1 both ways."""
        return self.left + self.width * x, self.bottom + self.height * y


#: Width of a map by its height, for which distances are meant.
ASPECT = 1.35
#: Width of the room that an actor with its name wants, by the height of that room.
SEAT = 1.5
#: Where each role stands in the frame of its dispute: x to the right, y upwards.
STAND = {
    "target": (0.80, 0.52),
    "lead-sender": (0.20, 0.52),
    "sender": (0.12, 0.79),
    "ally": (0.88, 0.81),
    "neighbour": (0.66, 0.20),
    "spoiler": (0.67, 0.80),
    "bystander": (0.42, 0.12),
}
#: What a veto player stands off the party that it can block, and civil society off the state that it reaches.
ASIDE, OUTSIDE = (0.14, 0.10), (0.10, -0.34)
#: How high mediators and bodies stand.
BETWEEN, ABOVE = 0.47, 1.0
#: Seats for every actor, so that groups can stand apart.
SPARE = 1.35
#: How far ties draw an actor from where its part puts it.
PULL = 0.25
#: How much of the map those without any part take at its rim, if they were all.
RIM = 0.24
#: Of the first places of those without a part.
SEED = 7
#: How far from its seat an actor may move towards where it would stand, as a share of a seat.
GIVE = 0.16


def places_of(scenario: Scenario, members: Mapping[str, Member], ties: Sequence[Tie]) -> Places:
    """Return a place on the map for every actor, x to the right and y upwards, 0 to 1."""
    wishes = _drawn(scenario, members, _wishes(scenario, members, ties))
    names = list(members)
    first = [name for name in names if members[name].is_principal]
    return _seated(names, wishes, first)


def frames_of(disputes: Sequence[str], rim: float = 0.0) -> dict[str, Frame]:
    """Return the part of the map that each dispute has, inside a ``rim`` for those outside all of them."""
    columns = 1 if len(disputes) <= 3 else math.ceil(math.sqrt(len(disputes) / 1.5))
    rows = math.ceil(len(disputes) / columns)
    width, height = (1 - 2 * rim) / columns, (1 - 2 * rim) / rows
    return {
        name: Frame(rim + place % columns * width, 1 - rim - (place // columns + 1) * height, width, height)
        for place, name in enumerate(disputes)
    }


def _mean(places: Sequence[tuple[float, float]]) -> tuple[float, float]:
    return (sum(x for x, _ in places) / len(places), sum(y for _, y in places) / len(places))


def _wishes(scenario: Scenario, members: Mapping[str, Member], ties: Sequence[Tie]) -> Places:
    """Return where each actor would stand by its part alone; those without one are left out."""
    idle = sum(not member.roles for member in members.values() if member.kind == Kind.STATE)
    frames = frames_of(scenario.disputes, RIM * idle / len(members))
    wishes = _parties(scenario, members, frames)
    wishes |= _mediators(members, ties, frames)
    wishes |= _bodies(members, ties, wishes)
    return wishes | _civil_society(members, ties, wishes)


def _parties(scenario: Scenario, members: Mapping[str, Member], frames: Mapping[str, Frame]) -> Places:
    world, _ = scenario.opening()
    wishes: Places = {}
    for member in members.values():
        stands = []
        for dispute, role in member.roles.items():
            x, y = STAND.get(role, (0.0, 0.0))
            if role == "veto-player":
                blocked = world.parties[int(world.parties[member.parties[dispute]].veto_of)]
                is_right = int(blocked.role) == Role.TARGET
                x, y = STAND["target" if is_right else "lead-sender"]
                x, y = x + ASIDE[0] * (1 if is_right else -1), y + ASIDE[1]
            stands.append(frames[dispute].at(x, y))
        if stands:
            wishes[member.name] = _mean(stands)
    return wishes


def _mediators(members: Mapping[str, Member], ties: Sequence[Tie], frames: Mapping[str, Frame]) -> Places:
    """Return where mediators stand: one above the other, between the sides whose channel they may keep."""
    kept: dict[str, list[Frame]] = {}
    for tie in ties:
        if tie.layer == "back channel":
            kept.setdefault(tie.end, []).append(frames[str(tie.more["dispute"])])
    mediators = [member.name for member in members.values() if member.kind == Kind.MEDIATOR]
    wishes = {}
    for place, name in enumerate(mediators):
        between = kept.get(name, list(frames.values()))
        x, y = _mean([frame.at(0.5, BETWEEN) for frame in between])
        rise = 0.0 if len(mediators) == 1 else place / (len(mediators) - 1) - 0.5
        wishes[name] = (x, y - 0.36 * rise * between[0].height)
    return wishes


def _bodies(members: Mapping[str, Member], ties: Sequence[Tie], wishes: Places) -> Places:
    """Return where bodies stand: above, in the order of where their members are."""
    middles = {}
    for member in members.values():
        if member.kind == Kind.BODY:
            tied = [tie.source for tie in ties if tie.layer == "membership" and tie.end == member.name]
            inside = [wishes[name] for name in tied if name in wishes]
            middles[member.name] = _mean(inside)[0] if inside else 0.5
    ordered = sorted(middles, key=lambda name: middles[name])
    return {name: ((place + 0.5) / len(ordered), ABOVE) for place, name in enumerate(ordered)}


def _civil_society(members: Mapping[str, Member], ties: Sequence[Tie], wishes: Places) -> Places:
    """Return where civil society stands: below and on the outer side of the state that it reaches most."""
    reached: dict[str, tuple[float, str]] = {}
    for tie in ties:
        if tie.layer == "constituency" and tie.source in members:
            reached[tie.source] = max(reached.get(tie.source, (0.0, "")), (tie.weight, tie.end))
    found = {}
    for name, (_, state) in reached.items():
        if state in wishes:
            x, y = wishes[state]
            found[name] = (x + OUTSIDE[0] * (1 if x >= 0.5 else -1), y + OUTSIDE[1])
    return found


def _drawn(scenario: Scenario, members: Mapping[str, Member], wishes: Places) -> Places:
    """Return the wishes as ties draw them together; those without a part come to stand around the others."""
    graph = graph_of(scenario)
    edges = graph.edges(keys=True, data="layer")
    graph.remove_edges_from([(source, end, key) for source, end, key, layer in edges if layer == "trust"])
    spread = np.random.default_rng(SEED).uniform(0.0, 1.0, (len(members), 2)).tolist()
    begin = {name: wishes.get(name, tuple(spread[member.number])) for name, member in members.items()}
    held = [name for name in wishes if members[name].is_principal]
    sprung = positions(graph, SEED, begin, held, rounds=40)
    found = {}
    for name, (x, y) in wishes.items():
        there = np.clip(sprung[name], 0.0, 1.0).tolist()
        stays = name in held or members[name].kind in (Kind.BODY, Kind.MEDIATOR)
        pull = 0.0 if stays else PULL
        found[name] = (x + pull * (there[0] - x), y + pull * (there[1] - y))
    return found | _around({name: sprung[name] for name in members if name not in wishes})


def _around(sprung: Places) -> Places:
    """Return places evenly along the rim of the map, in the order in which these lie around its middle."""
    angles = {name: math.atan2(y - 0.5, x - 0.5) for name, (x, y) in sprung.items()}
    found = {}
    for place, name in enumerate(sorted(angles, key=lambda name: (angles[name], name))):
        angle = 2 * math.pi * (place + 0.5) / len(angles) - math.pi
        x, y = math.cos(angle), math.sin(angle)
        out = 0.5 / max(abs(x), abs(y))
        found[name] = (0.5 + out * x, 0.5 + out * y)
    return found


# --- seats --------------------------------------------------------------------------------------------------


def seats_of(number: int) -> tuple[NDArray[np.float64], tuple[float, float]]:
    """Return at least so many seats of a staggered grid over the map, and the width and height of one."""
    rows = 1
    while True:
        height = 1.0 / rows
        columns = max(round(ASPECT / (SEAT * height)), 1)
        if rows * columns - rows // 2 >= number:
            break
        rows += 1
    width = 1.0 / columns
    seats = [
        ((column + 0.5 + (0.5 if row % 2 else 0.0)) * width, (row + 0.5) * height)
        for row in range(rows)
        for column in range(columns - row % 2)
    ]
    return np.array(seats), (width, height)


def _seated(names: Sequence[str], wishes: Places, first: Sequence[str]) -> Places:
    """Return every actor on a seat of its own, as near to where it would stand as all can be together."""
    crowd = math.ceil(SPARE * len(names)) + 7 * len(first)
    seats, size = seats_of(crowd)
    scale = np.array(size)
    taken = _assigned(np.array([wishes[name] for name in first]).reshape(-1, 2), seats, scale)
    found = {name: seats[seat] for name, seat in zip(first, taken, strict=True)}
    free = np.array(
        [all(np.hypot(*((seat - at) / scale)) > 1.05 for at in found.values()) for seat in seats], bool
    )
    rest = [name for name in names if name not in found]
    open_seats = seats[free]
    chosen = _assigned(np.array([wishes[name] for name in rest]).reshape(-1, 2), open_seats, scale)
    for name, seat in zip(rest, chosen, strict=True):
        found[name] = open_seats[seat]
    return _stretched({name: _eased(found[name], np.array(wishes[name]), scale) for name in names})


def _assigned(wishes: NDArray[np.float64], seats: NDArray[np.float64], scale: NDArray[np.float64]) -> Any:
    """Return the seat of each wish for which the sum of squared distances is smallest."""
    from scipy.optimize import linear_sum_assignment

    apart = (wishes[:, None, :] - seats[None, :, :]) / scale
    return linear_sum_assignment((apart**2).sum(axis=2))[1]


def _eased(
    seat: NDArray[np.float64], wish: NDArray[np.float64], scale: NDArray[np.float64]
) -> tuple[float, float]:
    """Return a place near the seat, a little towards the wish, as far as all can give."""
    way = (wish - seat) / scale
    far = float(np.hypot(*way))
    moved = seat + scale * way * min(1.0, GIVE / far if far > 0 else 0.0)
    return float(moved[0]), float(moved[1])


def _stretched(places: Places) -> Places:
    """Return the places over the whole map, from edge to edge."""
    found = np.array(list(places.values()))
    low, span = found.min(axis=0), np.ptp(found, axis=0)
    full = np.where(span > 1e-9, (found - low) / np.where(span > 1e-9, span, 1.0), 0.5)
    return {name: (round(float(x), 3), round(float(y), 3)) for name, (x, y) in zip(places, full, strict=True)}
