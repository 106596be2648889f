"""The network of one month: actors on their places, shaped by kind and coloured by role, and their ties."""

from __future__ import annotations

import math
from html import escape
from typing import TYPE_CHECKING, Any

from browser.charts.lettering import MARGIN, lines_of, sides_of
from browser.charts.theme import Theme
from browser.charts.ties import ACTORS, series_of_ties
from browser.reading.flows import pressures, trust_moves
from browser.reading.look import Quantity, quantities
from browser.reading.roles import LEFT, SHAPE_SCALE, SHAPES, has_left, paint_of, rank_of, role_of, role_told
from browser.scene.cast import PRINCIPALS
from model.chronicle import joined, sentence_of
from model.vocabulary import Kind, word_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from browser.reading.look import Look
    from browser.scene.cast import Cast, Member
    from browser.scene.story import Chapter


#: Pixels of an actor: without the quantity, at none of it, and at most of it; less on a crowded map.
PLAIN, LEAST, LARGEST, SMALLEST = 9.0, 9.0, 34.0, 6.0
#: Events of the month that are told of an actor under the pointer.
NEWS = 3
#: Pixels across the ring around a small principal.
RING = 24.0
#: Actors for which these pixels are meant.
CROWD = 40
#: Width in pixels of a map that has room for names that would cover actors on a smaller one.
LARGE = 640
#: Rank of the name of the actor whose card is open, and from which on a name is bold.
PICKED, BOLD = 50.0, 4.0


def network_option(chapter: Chapter, month: int, look: Look, theme: Theme) -> dict[str, Any]:
    """Return the picture of a chapter's network in a month."""
    cast, now, before = chapter.cast, chapter.at(month), chapter.at(max(month - 1, 0))
    sizes = quantities(cast, now, chapter.at(0), look.size)
    pixels = pixels_of(cast, sizes)
    first_drawn = pixels_of(cast, quantities(cast, chapter.at(0), chapter.at(0), look.size))
    return {
        **theme.base(),
        "aria": {
            "enabled": True,
            "decal": {"show": False},
            "label": {"description": described(chapter, month)},
        },
        "grid": {**MARGIN, "show": False},
        "xAxis": {"type": "value", "min": 0, "max": 1, "show": False},
        "yAxis": {"type": "value", "min": 0, "max": 1, "show": False},
        "tooltip": theme.tooltip(
            trigger="item",
            formatter="{b}",
            extraCssText="z-index: 9; max-width: 320px; white-space: normal; line-height: 1.4;",
        ),
        "series": [
            *series_of_ties(cast, now, before, look, theme),
            *_actors(chapter, month, look, theme, sizes, pixels),
            _rings(chapter, theme, pixels, look.card),
            *_names(chapter, theme, pixels, first_drawn, look.card),
        ],
    }


def described(chapter: Chapter, month: int) -> str:
    """Return what the picture shows in sentences, for those who cannot see it."""
    cast, now = chapter.cast, chapter.at(month)
    told = [f"The network of {len(cast.members)} actors in {now.date}, month {now.month}."]
    told += [f"{each.sentence}." for each in pressures(cast, now)]
    keepers = [
        cast.members[tie.end].title
        for place, tie in enumerate(cast.layer("back channel"))
        if place % 2 == 0 and now.row("channels", place // 2)["open"]
    ]
    told.append(f"Back channels that are open: {joined(keepers) or 'none'}.")
    moved = trust_moves(cast, now, chapter.at(max(month - 1, 0)))
    rises = sum(move.now > move.before for move in moved)
    return " ".join([*told, f"{rises} beliefs rose and {len(moved) - rises} fell this month."])


def size_of(member: Member, quantity: Quantity | None, crowd: int) -> float:
    """Return the pixels of an actor: its area grows in proportion to its quantity."""
    shrunk = min(1.0, math.sqrt(CROWD / crowd))
    pixels = PLAIN if quantity is None else math.hypot(LEAST, LARGEST * math.sqrt(quantity.share))
    return round(max(pixels * shrunk, SMALLEST) * SHAPE_SCALE[member.kind], 1)


def pixels_of(cast: Cast, sizes: Mapping[str, Quantity]) -> dict[str, float]:
    """Return the pixels of every actor."""
    crowd = len(cast.members)
    return {name: size_of(member, sizes.get(name), crowd) for name, member in cast.members.items()}


def quantity_told(quantity: Quantity) -> str:
    """Return a quantity with its unit, as in 0.31, or 16.2 trillion US dollars a year."""
    unit = "" if quantity.unit == "share" else f" {quantity.unit}"
    return f"{quantity.value:.3g}{unit}" if unit else f"{quantity.value:.2f}"


def _actors(
    chapter: Chapter,
    month: int,
    look: Look,
    theme: Theme,
    sizes: dict[str, Quantity],
    pixels: dict[str, float],
) -> list[dict[str, Any]]:
    """Return the actors, a series for each kind."""
    cast, now = chapter.cast, chapter.at(month)
    earlier = quantities(cast, chapter.at(max(month - 1, 0)), chapter.at(0), look.size)
    news = news_of(chapter, now.month)
    found: dict[Kind, list[dict[str, Any]]] = {kind: [] for kind in Kind}
    for name, member in cast.members.items():
        paint = paint_of(member, chapter.dispute, now)
        colour = theme.colour(paint.colour)
        told = [f"<b>{escape(sentence_of(member.title))}</b>", escape(role_told(member, chapter.dispute))]
        if has_left(member, chapter.dispute, now):
            told.append(sentence_of(LEFT))
        if name in sizes:
            value, change = quantity_told(sizes[name]), _change(sizes[name], earlier.get(name))
            told.append(f"{sentence_of(sizes[name].meaning)}: <b>{value}</b>{change}")
        told += [f"<i>{escape(sentence)}</i>" for sentence in news.get(name, ())]
        found[member.kind].append(
            {
                "name": name,
                "value": [*cast.places[name]],
                "symbolSize": pixels[name],
                "itemStyle": {"color": colour}
                if paint.is_filled
                else {"color": theme.paper, "borderColor": colour, "borderWidth": 1.6},
                "tooltip": {"formatter": "<br>".join(told)},
            }
        )
    return [
        {
            "id": f"actors-{word_of(kind)}",
            "name": word_of(kind),
            "type": "scatter",
            "zlevel": ACTORS,
            "z": 4,
            "symbol": SHAPES[kind],
            "cursor": "pointer",
            "itemStyle": {"borderColor": theme.paper, "borderWidth": 1, "opacity": 1},
            "emphasis": {"scale": 1.2},
            "data": data,
        }
        for kind, data in found.items()
    ]


def news_of(chapter: Chapter, month: int) -> dict[str, list[str]]:
    """Return the last things that happened to each actor in the month that was lived last."""
    events = chapter.events
    latest = events[events["month"] == month - 1]
    found: dict[str, list[str]] = {}
    for who, whom, sentence in zip(latest["who"], latest["whom"], latest["sentence"], strict=True):
        for name in {who, whom} - {""}:
            found[name] = [*found.get(name, []), str(sentence)][-NEWS:]
    return found


def _change(now: Quantity, before: Quantity | None) -> str:
    change = now.value - before.value if before is not None else 0.0
    return f" ({change:+.2g} in the month)" if abs(change) >= 0.005 else ""


def _rings(chapter: Chapter, theme: Theme, pixels: dict[str, float], picked: str) -> dict[str, Any]:
    """Return a ring around each principal, and around the actor whose card is open."""
    data = []
    for name, member in chapter.cast.members.items():
        is_principal = role_of(member, chapter.dispute) in PRINCIPALS
        if is_principal or name == picked:
            colour = theme.ink if name == picked else theme.colour(paint_of(member, chapter.dispute).colour)
            data.append(
                {
                    "name": name,
                    "value": [*chapter.cast.places[name]],
                    "symbolSize": max(pixels[name] + 8, RING),
                    "itemStyle": {"borderColor": colour, "borderWidth": 2.5 if name == picked else 2},
                }
            )
    return {
        "id": "rings",
        "name": "rings",
        "type": "scatter",
        "zlevel": ACTORS,
        "z": 3,
        "silent": True,
        "itemStyle": {"color": "transparent", "opacity": 0.9},
        "data": data,
    }


def _names(
    chapter: Chapter,
    theme: Theme,
    pixels: dict[str, float],
    first_drawn: dict[str, float],
    picked: str,
) -> list[dict[str, Any]]:
    """Return the names beside the actors; where they would overlap, the more important one is shown.

    Names that would cover other actors on a small map are a series of their own, for large ones.
    """
    places, members = chapter.cast.places, chapter.cast.members
    names = tuple(lines_of(member.title.removeprefix("the ")) for member in members.values())
    ranks = tuple(rank_of(member, chapter.dispute) for member in members.values())
    # What is drawn at the opening, so that names stand still while the history is played.
    stands = sides_of(
        tuple(places[name] for name in members), names, ranks, tuple(first_drawn[name] for name in members)
    )
    always: list[dict[str, Any]] = []
    large: list[dict[str, Any]] = []
    for name, words, rank, (side, is_covering) in zip(members, names, ranks, stands, strict=True):
        data = large if is_covering and name != picked else always
        first = PICKED if name == picked else rank
        item: dict[str, Any] = {
            "name": words,
            "value": [*places[name]],
            "symbolSize": [pixels[name], round(1000 * first / pixels[name], 1)]
            if side in ("right", "left")
            else [round(1000 * first / pixels[name], 1), pixels[name]],
        }
        label = {} if side == "bottom" else {"position": side}
        if rank >= BOLD:
            label["fontWeight"] = "bold"
        data.append({**item, "label": label} if label else item)
    return [_written("names", always, theme), {**_written("more names", large, theme), "needs": LARGE}]


def _written(name: str, data: list[dict[str, Any]], theme: Theme) -> dict[str, Any]:
    """Return names as a series."""
    return {
        "id": name,
        "name": name,
        "type": "scatter",
        "zlevel": ACTORS,
        "z": 5,
        "silent": True,
        "itemStyle": {"color": "transparent"},
        "label": {
            "show": True,
            "formatter": "{b}",
            "position": "bottom",
            "distance": 3,
            "color": theme.ink,
            "fontSize": 12,
            "lineHeight": 13,
            "textBorderColor": theme.paper,
            "textBorderWidth": 3,
        },
        "labelLayout": {"hideOverlap": True},
        "data": data,
    }
