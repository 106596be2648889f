"""Places on the map: lasting, apart, and in an order that is read at once."""

import itertools
import math

import numpy as np
import pytest

from browser.charts.lettering import (
    ALWAYS,
    GAP,
    HIDDEN,
    INK,
    MAP,
    SIDES,
    box_of,
    lines_of,
    overlap,
    sides_of,
)
from browser.reading.roles import rank_of
from browser.scene.cast import _members, _ordered, cast_of
from browser.scene.layout import ASPECT, frames_of, places_of, seats_of
from browser.scene.settings import bundled_scenario, own_scenario
from model import load_scenario
from model.network import graph_of, positions
from model.vocabulary import Kind

GROWN = (("bodies", 6), ("civil_society", 60), ("disputes", 4), ("mediators", 8), ("states", 150))
CASES = {
    "iran-2012": bundled_scenario("iran-2012", ()),
    "stylised-region": bundled_scenario("stylised-region", ()),
    "two-disputes": bundled_scenario("two-disputes", ()),
    "grown": bundled_scenario("stylised-region", GROWN),
}


@pytest.fixture(params=CASES, scope="module")
def cast(request):
    return cast_of(CASES[request.param])


def nearest(places):
    """Return the smallest distance of two actors, in heights of the map."""
    return min(
        math.hypot((x - a) * ASPECT, y - b) for (x, y), (a, b) in itertools.combinations(places.values(), 2)
    )


def test_every_actor_has_a_place_on_the_map(cast):
    assert list(cast.places) == list(cast.members)
    assert all(0 <= x <= 1 and 0 <= y <= 1 for x, y in cast.places.values())


def test_no_two_actors_overlap(cast):
    """Each has at least two thirds of the room that an even spread over the map would leave it."""
    even = math.sqrt(ASPECT / len(cast.members))
    assert nearest(cast.places) > even * 0.5
    assert nearest(cast.places) > 0.032  # symbols of a crowded map are 6 to 14 pixels on 300


def test_the_whole_map_is_used(cast):
    for axis in (0, 1):
        along = [place[axis] for place in cast.places.values()]
        assert (min(along), max(along)) == (0, 1)


@pytest.mark.parametrize("name", CASES)
def test_the_same_scenario_is_laid_out_the_same_again(name):
    scenario = CASES[name]
    cast = cast_of(scenario)
    assert cast_of(scenario) is cast
    again = load_scenario(
        name if name != "grown" else "stylised-region", grow=dict(GROWN) if name == "grown" else None
    )
    assert again is not scenario
    assert cast_of(again).places == cast.places


@pytest.mark.parametrize("name", ["iran-2012", "stylised-region", "two-disputes"])
def test_the_lead_stands_left_of_the_target_with_mediators_between(name):
    cast = cast_of(CASES[name])
    x = {name: place[0] for name, place in cast.places.items()}
    keepers = {tie.end for tie in cast.layer("back channel")}
    world, _ = cast.scenario.opening()
    states = [name for name, kind in cast.scenario.kind_of.items() if kind == Kind.STATE]
    assert keepers
    for dispute in world.disputes:
        lead, target = states[dispute.lead_state], states[dispute.target_state]
        assert all(x[lead] + 0.1 < x[keeper] < x[target] - 0.1 for keeper in keepers)


def test_bodies_stand_above_the_principals():
    cast = cast_of(CASES["iran-2012"])
    principals = max(cast.places[name][1] for name in ("iran", "united-states"))
    assert all(
        y > principals + 0.2 for name, (_, y) in cast.places.items() if cast.members[name].kind == Kind.BODY
    )


def test_civil_society_stands_on_the_side_of_its_state():
    places = cast_of(CASES["iran-2012"]).places
    assert all(places[name][0] < 0.4 for name in ("us-business", "us-media", "us-deal-opponents"))
    assert all(places[name][0] > 0.6 for name in ("iranian-public", "iranian-press", "iranian-business"))


def test_a_capital_in_two_disputes_stands_between_them_and_its_targets_apart():
    places = cast_of(CASES["two-disputes"]).places
    assert places["oskaria"][1] < places["aldermark"][1] < places["tarvia"][1]


def test_states_without_a_part_stand_around_the_dispute():
    cast = cast_of(CASES["stylised-region"])
    idle = [name for name, member in cast.members.items() if member.kind == Kind.STATE and not member.roles]
    assert len(idle) > 20
    rim = [name for name in idle if max(abs(axis - 0.5) for axis in cast.places[name]) > 0.3]
    assert len(rim) == len(idle)


def test_frames_tile_the_map_inside_a_rim():
    for number in range(1, 9):
        frames = list(frames_of([f"d{place}" for place in range(number)], rim=0.1).values())
        assert len(frames) == number
        for one, other in itertools.combinations(frames, 2):
            across = min(one.left + one.width, other.left + other.width) - max(one.left, other.left)
            along = min(one.bottom + one.height, other.bottom + other.height) - max(one.bottom, other.bottom)
            assert min(across, along) < 1e-9
        assert all(
            0.1 - 1e-9 <= value <= 0.9 + 1e-9
            for frame in frames
            for value in (*frame.at(0, 0), *frame.at(1, 1))
        )


@pytest.mark.parametrize("number", [1, 2, 7, 40, 300])
def test_there_are_seats_enough_and_they_are_apart(number):
    seats, (width, height) = seats_of(number)
    assert len(seats) >= number
    for (x, y), (a, b) in itertools.combinations(seats.tolist()[:60], 2):
        assert math.hypot((x - a) / width, (y - b) / height) > 0.99


def test_a_scenario_of_a_readers_own_is_laid_out():
    text = """
name = "own"
title = "Own"
description = "Two states and a channel."
start = "2000-01"
months = 12

[grow]
generator = "small-world"
seed = 1
states = 6
bodies = 2
mediators = 1
civil_society = 0
disputes = 1
senders = 1
neighbours = 0
allies = 0
spoilers = 0
channels = 1
trade_partners = 2
"""
    cast = cast_of(own_scenario(text, ()))
    assert len(cast.places) == len(cast.members) == 9
    assert nearest(cast.places) > 0.15


def test_back_channels_stand_two_by_two_in_the_order_of_the_world(cast):
    world, _ = cast.scenario.opening()
    sides = cast.layer("back channel")
    names = {kind: [name for name, each in cast.scenario.kind_of.items() if each == kind] for kind in Kind}
    assert len(sides) == 2 * len(world.channels) > 0
    for row, channel in enumerate(world.channels):
        dispute = world.disputes[channel.dispute]
        for tie, state in zip(
            sides[2 * row : 2 * row + 2], (dispute.target_state, dispute.lead_state), strict=True
        ):
            assert (tie.source, tie.end) == (
                names[Kind.STATE][state],
                names[Kind.MEDIATOR][channel.mediator],
            )


def test_nodes_that_are_held_stay_where_they_begin():
    graph = graph_of(CASES["iran-2012"])
    begin = {name: (0.1 * place, 0.3) for place, name in enumerate(graph)}
    found = positions(graph, 1, begin, ["iran", "france"], rounds=5)
    assert found["iran"] == pytest.approx(begin["iran"])
    assert found["france"] == pytest.approx(begin["france"])
    assert found["oman"] != pytest.approx(begin["oman"])


def test_names_choose_sides_on_which_they_hide_nothing():
    close = ((0.5, 0.5), (0.5, 0.46), (0.1, 0.9))
    told = ("First", "Second", "Alone"), (5.0, 1.0, 1.0), (10.0, 10.0, 10.0)
    sides = sides_of(close, *told)
    assert sides == sides_of(close, *told)
    assert sides[2].side == SIDES[0]
    assert sides[0].side != "bottom"  # the second stands there
    assert sides[1].side != "top"


def test_a_name_is_told_in_short_lines_and_never_lost():
    assert lines_of("European Union Council") == "European Union\nCouncil"
    assert lines_of("Supercalifragilistic").replace("\n", "") == "Supercalifragilistic"
    assert lines_of(" ") == " "
    assert sides_of((), (), (), ()) == ()
    assert min(MAP) > 0


def test_a_name_that_covers_others_wherever_it_stands_is_told_unless_it_matters_most():
    ring = [(0.5 + x, 0.5 + y) for x in (-0.05, 0.0, 0.05) for y in (-0.07, 0.0, 0.07)]
    places = tuple(sorted(ring, key=lambda place: abs(place[0] - 0.5) + abs(place[1] - 0.5)))
    names = ("In the midst of all", *["Of the ring"] * 8)
    for rank, is_covering in ((3.0, True), (5.0, False)):
        assert sides_of(places, names, (rank, *[0.5] * 8), (20.0,) * 9)[0].is_covering == is_covering


def test_on_the_bundled_maps_no_name_lies_on_an_actor_but_those_that_matter_most():
    for case in (CASES["iran-2012"], CASES["two-disputes"], CASES["stylised-region"]):
        cast = cast_of(case)
        chosen = list(cast.members.values())
        ranks = tuple(rank_of(member, case.disputes[0]) for member in chosen)
        names = tuple(lines_of(member.title.removeprefix("the ")) for member in chosen)
        places = tuple(cast.places[member.name] for member in chosen)
        stands = sides_of(places, names, ranks, (16.0,) * len(chosen))
        assert sum(not stand.is_covering for stand in stands) >= len(chosen) / 2
        points = np.array(places) * MAP
        for place, (side, is_covering) in enumerate(stands):
            if not is_covering and ranks[place] < ALWAYS:
                box = box_of(points[place], names[place], side, 8.0 + GAP) + INK
                others = np.delete(points, place, axis=0)
                assert overlap(box, np.column_stack([others - 8.0, others + 8.0])) <= HIDDEN


def test_layout_does_not_depend_on_the_order_in_which_python_hashes():
    scenario = CASES["iran-2012"]
    members = _members(scenario)
    ties = _ordered(cast_of(scenario).ties, scenario)
    assert places_of(scenario, members, ties) == cast_of(scenario).places
