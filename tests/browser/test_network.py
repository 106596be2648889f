"""The network of a month: what the world holds is what is drawn."""

import dataclasses
import itertools
import json
import math

import numpy as np
import pytest
import solara

from browser.charts.key import key_of
from browser.charts.network import described, network_option, quantity_told, size_of
from browser.charts.theme import DARK, LIGHT
from browser.charts.ties import STROKES, cut
from browser.parts.network import LookBar, NetworkPanel, actors_of, table_of
from browser.reading.flows import MOVED, pressures, trust_moves
from browser.reading.look import LAYERS, SIZES, Look, Quantity, held_in, quantities
from browser.reading.roles import ROLES, SHAPES, role_told
from browser.scene.settings import Settings
from browser.scene.story import Story
from model.vocabulary import Kind, Role, words_of

EVERYTHING = Look(layers=tuple(LAYERS))
MONTH = 20


def told(scenario, months=MONTH, **more):
    story = Story(Settings(scenario=scenario, **more))
    story.live(months)
    return story.told()


@pytest.fixture(scope="module")
def iran():
    return told("iran-2012")


@pytest.fixture(scope="module")
def two():
    return told("two-disputes")


@pytest.fixture(scope="module")
def region():
    return told("stylised-region")


def with_table(chapter, month, table, **columns):
    """Return a chapter in which some columns of a table of one month are others."""
    snapshots = list(chapter.snapshots)
    changed = np.array(snapshots[month].tables[table])
    for column, values in columns.items():
        changed[column] = values
    tables = {**snapshots[month].tables, table: changed}
    snapshots[month] = dataclasses.replace(snapshots[month], tables=tables)
    return dataclasses.replace(chapter, snapshots=tuple(snapshots))


def series_of(option, key):
    return next((each for each in option["series"] if each["id"] == key), None)


def item_of(option, name):
    for each in option["series"]:
        if each["id"].startswith("actors-"):
            for item in each["data"]:
                if item["name"] == name:
                    return item
    raise KeyError(name)


def numbers_in(value):
    if isinstance(value, dict):
        return [number for each in value.values() for number in numbers_in(each)]
    if isinstance(value, list):
        return [number for each in value for number in numbers_in(each)]
    return [value] if isinstance(value, float) else []


# --- the option -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("month", [0, 1, MONTH])
@pytest.mark.parametrize("look", [Look(), EVERYTHING, Look(layers=(), size="hardship")])
@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_the_option_is_plain_json_without_a_number_that_is_none(iran, month, look, theme):
    option = network_option(iran, month, look, theme)
    assert json.loads(json.dumps(option, allow_nan=False)) == option
    assert all(math.isfinite(number) for number in numbers_in(option))


def test_every_option_says_the_same_keys(iran, region):
    keys = {
        tuple(network_option(each, 3, look, LIGHT))
        for each in (iran, region)
        for look in (Look(), EVERYTHING)
    }
    assert len(keys) == 1


def test_series_have_names_of_their_own_by_which_they_are_kept(iran):
    names = [each["id"] for each in network_option(iran, 3, EVERYTHING, LIGHT)["series"]]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("scenario", ["iran", "two", "region"])
def test_a_month_stays_small(scenario, request):
    chapter = request.getfixturevalue(scenario)
    size = len(json.dumps(network_option(chapter, MONTH, Look(), LIGHT)))
    assert 5_000 < size < 60_000
    assert len(json.dumps(network_option(chapter, MONTH, EVERYTHING, LIGHT))) < 110_000


def test_every_actor_is_drawn_once_on_its_place_in_the_shape_of_its_kind(iran):
    drawn = {}
    for each in network_option(iran, 5, Look(), LIGHT)["series"]:
        if each["id"].startswith("actors-"):
            for item in each["data"]:
                assert item["name"] not in drawn
                drawn[item["name"]] = (each["symbol"], tuple(item["value"]))
    members = iran.cast.members
    assert drawn == {name: (SHAPES[members[name].kind], iran.cast.places[name]) for name in members}
    assert len(set(SHAPES.values())) == len(Kind)


def test_roles_have_colours_of_their_own(iran):
    assert set(ROLES) == {*words_of(Role), ""}
    assert len({paint.colour for paint in ROLES.values()}) == len(ROLES)
    option = network_option(iran, 5, Look(), LIGHT)
    assert item_of(option, "iran")["itemStyle"]["color"] == ROLES["target"].colour
    assert item_of(option, "united-states")["itemStyle"]["color"] == ROLES["lead-sender"].colour
    assert item_of(option, "france")["itemStyle"]["color"] == ROLES["sender"].colour


def test_the_role_is_that_of_the_dispute_that_is_looked_at(two):
    members = two.cast.members
    other = dataclasses.replace(two, dispute="oskarian-border")
    assert role_told(members["selvane"], two.dispute) == "state, neighbour"
    assert role_told(members["selvane"], other.dispute) == "state, spoiler"
    assert role_told(members["oskaria"], two.dispute) == "state, target in oskarian border"
    colours = [
        item_of(network_option(each, 3, Look(), LIGHT), "selvane")["itemStyle"] for each in (two, other)
    ]
    assert colours[0] != colours[1]


def test_the_key_explains_every_colour_and_shape_that_is_drawn(iran, two, region):
    for chapter in (iran, two, region):
        key = {(entry["shape"], entry["colour"]) for entry in key_of(chapter, LIGHT)}
        for each in network_option(chapter, 2, Look(), LIGHT)["series"]:
            if each["id"].startswith("actors-"):
                for item in each["data"]:
                    style = item["itemStyle"]
                    assert (each["symbol"], style.get("borderColor", style["color"])) in key


def test_the_target_and_the_lead_and_whoever_is_picked_stand_in_a_ring(iran):
    ringed = {item["name"] for item in series_of(network_option(iran, 3, Look(), LIGHT), "rings")["data"]}
    assert ringed == {"iran", "united-states"}
    option = network_option(iran, 3, Look(card="oman"), LIGHT)
    assert {item["name"] for item in series_of(option, "rings")["data"]} == {*ringed, "oman"}


def test_principals_and_mediators_come_first_when_names_would_overlap(iran):
    names = series_of(network_option(iran, 3, Look(), LIGHT), "names")
    assert names["labelLayout"] == {"hideOverlap": True}
    rank = {item["name"]: math.prod(item["symbolSize"]) for item in names["data"]}
    assert min(rank["Iran"], rank["United States"]) > rank["Sultan of Oman"] > rank["France"] > rank["India"]
    large = series_of(network_option(iran, 3, Look(), LIGHT), "more names")
    assert len(rank) + len(large["data"]) == len(iran.cast.members)
    assert large["needs"] > 512  # the width of the map in the smallest window that is meant


def test_the_name_of_the_actor_whose_card_is_open_is_always_written(iran):
    large = series_of(network_option(iran, 3, Look(), LIGHT), "more names")["data"]
    for item in large:
        (name,) = (name for name, place in iran.cast.places.items() if [*place] == item["value"])
        names = series_of(network_option(iran, 3, Look(card=name), LIGHT), "names")["data"]
        assert item["name"] in [each["name"] for each in names]


def test_what_stays_is_drawn_the_same_from_month_to_month(iran):
    places = [
        {
            item["name"]: item["value"]
            for each in option["series"]
            if each["id"].startswith("actors-")
            for item in each["data"]
        }
        for option in (network_option(iran, month, Look(), LIGHT) for month in (0, MONTH))
    ]
    assert places[0] == places[1]


# --- layers -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("layer", LAYERS)
def test_a_layer_that_is_switched_off_is_absent_and_one_that_is_on_is_there(iran, layer):
    on = {each["id"] for each in network_option(iran, MONTH, Look(layers=(layer,)), LIGHT)["series"]}
    off = {each["id"] for each in network_option(iran, MONTH, EVERYTHING.switched(layer), LIGHT)["series"]}
    assert layer in on
    assert layer not in off
    assert on & LAYERS.keys() == {layer}


def test_layers_are_told_apart_by_colour_or_stroke():
    strokes = {stroke for layer, stroke in STROKES.items() if layer != "trust moves"}
    assert STROKES.keys() == LAYERS.keys()
    assert len(strokes) == len(STROKES) - 1


def test_pressure_is_drawn_from_each_sender_that_takes_part_to_its_target(iran):
    now = iran.at(MONTH)
    party = now.tables["parties"]
    expected = {
        state
        for row, (_, state) in enumerate(iran.cast.scenario.parties)
        if party[row]["member"] and party[row]["imposed"].sum() > 0
    }
    found = pressures(iran.cast, now)
    assert expected
    assert {each.sender for each in found} == expected
    assert {each.target for each in found} == {"iran"}
    for each in found:
        row = party[iran.cast.members[each.sender].parties[iran.dispute]]
        sectors = row["imposed"] > 0
        assert each.level == pytest.approx((row["imposed"] - row["relieved"])[sectors].mean())
        assert each.relieved == pytest.approx(row["relieved"][sectors].mean())
        assert len(each.sectors) == sectors.sum()
    lines = series_of(network_option(iran, MONTH, Look(), LIGHT), "pressure")["data"]
    assert len(lines) == len(found)


def test_pressure_is_told_in_plain_words(two):
    found = next(each for each in pressures(two.cast, two.at(MONTH)) if each.sender == "aldermark")
    assert found.sentence.startswith(
        "Aldermark presses Tarvia in energy, finance, technology, essential goods"
    )
    assert f"level {found.level:.2f} in force, {found.relieved:.2f} relieved" in found.sentence
    assert found.relieved > 0


def test_a_line_of_pressure_is_wider_and_faster_the_higher_the_level(iran):
    lines = []
    for level in (0.1, 0.5, 1.0):
        chapter = with_table(iran, MONTH, "parties", imposed=level, relieved=0.0, member=1)
        lines.append(series_of(network_option(chapter, MONTH, Look(), LIGHT), "pressure")["data"][0])
    for less, more in itertools.pairwise(lines):
        assert less["lineStyle"]["width"] < more["lineStyle"]["width"]
        assert less["effect"]["period"] > more["effect"]["period"]
        assert less["lineStyle"]["opacity"] < more["lineStyle"]["opacity"]


def test_measures_that_are_all_relieved_rest_and_those_of_a_sender_that_left_are_gone(iran):
    relieved = with_table(iran, MONTH, "parties", imposed=0.6, relieved=0.6, member=1)
    line = series_of(network_option(relieved, MONTH, Look(), LIGHT), "pressure")["data"][0]
    assert (line["effect"]["symbolSize"], line["lineStyle"]["type"]) == (0, "dashed")
    left = with_table(iran, MONTH, "parties", member=0)
    assert series_of(network_option(left, MONTH, Look(), LIGHT), "pressure")["data"] == []


@pytest.mark.parametrize("row", [0, 1, 2])
def test_a_channel_that_is_open_in_the_world_is_drawn_open_and_no_other(iran, row):
    chapter = with_table(iran, MONTH, "channels", open=[int(place == row) for place in range(3)])
    option = network_option(chapter, MONTH, Look(), LIGHT)
    opened, closed = series_of(option, "back channel"), series_of(option, "closed channels")
    assert (len(opened["data"]), len(closed["data"])) == (2, 4)
    world, _ = iran.cast.scenario.opening()
    mediators = [name for name, kind in iran.cast.scenario.kind_of.items() if kind == Kind.MEDIATOR]
    keeper = mediators[world.channels[row].mediator]
    assert {tuple(line["coords"][1]) for line in opened["data"]} == {iran.cast.places[keeper]}
    assert {tuple(line["coords"][0]) for line in opened["data"]} == {
        iran.cast.places["iran"],
        iran.cast.places["united-states"],
    }
    assert opened["effect"]["show"]
    assert opened["effect"]["roundTrip"]
    assert "effect" not in closed
    assert closed["lineStyle"]["type"] == "dotted"


def test_trust_that_moved_is_drawn_up_or_down_and_what_rests_is_not(iran):
    beliefs = np.array(iran.at(MONTH - 1).tables["trust"]["belief"])
    beliefs[3] += 2 * MOVED
    beliefs[5] -= 3 * MOVED
    beliefs[7] += MOVED / 2
    chapter = with_table(iran, MONTH, "trust", belief=beliefs)
    ties = chapter.cast.layer("trust")
    moved = trust_moves(chapter.cast, chapter.at(MONTH), chapter.at(MONTH - 1))
    assert [(move.who, move.whom) for move in moved] == [(ties[row].source, ties[row].end) for row in (5, 3)]
    assert " fell: " in moved[0].sentence
    assert " rose: " in moved[1].sentence
    down, up = series_of(network_option(chapter, MONTH, Look(), LIGHT), "trust moves")["data"]
    assert down["lineStyle"]["type"] == "dashed"
    assert "type" not in up["lineStyle"]
    assert down["effect"]["color"] != up["effect"]["color"]
    assert down["lineStyle"]["width"] > up["lineStyle"]["width"]


def test_nothing_has_moved_at_the_opening(iran):
    assert series_of(network_option(iran, 0, Look(), LIGHT), "trust moves")["data"] == []
    assert "0 beliefs rose and 0 fell" in described(iran, 0)


def test_spillover_leads_from_a_target_to_those_who_lose_by_trading_with_it(iran):
    lines = series_of(network_option(iran, MONTH, EVERYTHING, LIGHT), "spillover")["data"]
    assert lines
    assert {tuple(line["coords"][0]) for line in lines} == {iran.cast.places["iran"]}
    quiet = with_table(iran, MONTH, "states", spill=0.0)
    assert series_of(network_option(quiet, MONTH, EVERYTHING, LIGHT), "spillover")["data"] == []


def test_beliefs_of_the_month_give_the_lines_of_trust_their_width(iran):
    high, low = (
        series_of(
            network_option(with_table(iran, MONTH, "trust", belief=belief), MONTH, EVERYTHING, LIGHT), "trust"
        )
        for belief in (0.9, 0.2)
    )
    assert len(high["data"]) == len(low["data"]) == len(iran.cast.layer("trust"))
    assert high["data"][0]["lineStyle"]["width"] > low["data"][0]["lineStyle"]["width"]


def test_a_line_stops_before_the_actor_that_it_leads_to():
    here, there = cut((0.0, 0.5), (1.0, 0.5))
    assert here == [0.0, 0.5]
    assert 0.9 < there[0] < 1.0
    assert cut((0.5, 0.5), (0.5, 0.5)) == [[0.5, 0.5], [0.5, 0.5]]


# --- sizes ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", SIZES)
def test_a_quantity_is_the_column_of_the_world(iran, key):
    now, found = iran.at(MONTH), quantities(iran.cast, iran.at(MONTH), iran.at(0), key)
    assert found
    for name, quantity in found.items():
        member = iran.cast.members[name]
        assert 0 <= quantity.share <= 1
        if key == "trust":
            beliefs = now.tables["trust"]["belief"]
            ties = iran.cast.layer("trust")
            held = [belief for tie, belief in zip(ties, beliefs, strict=True) if tie.end == name]
            assert quantity.value == pytest.approx(np.mean(held))
        else:
            assert quantity.value == now.row(member.table, member.row)[SIZES[key].columns[member.table]]
    without = {name for name in iran.cast.members if name not in found}
    assert without == {
        name
        for name, member in iran.cast.members.items()
        if member.table not in SIZES[key].columns or (key == "trust" and name not in held_in(iran.cast, now))
    }


def test_the_choice_of_a_quantity_changes_the_sizes(iran):
    def sizes(key):
        option = network_option(iran, MONTH, Look(size=key), LIGHT)
        return {name: item_of(option, name)["symbolSize"] for name in iran.cast.members}

    assert sizes("influence") != sizes("hardship") != sizes("trust")
    weight = sizes("influence")
    assert weight["united-states"] > weight["france"] > weight["iran"] > weight["oman"]
    hardship = sizes("hardship")
    assert hardship["iran"] > hardship["united-states"]
    assert hardship["sultan-of-oman"] == size_of(
        iran.cast.members["sultan-of-oman"], None, len(iran.cast.members)
    )


def test_the_area_of_an_actor_grows_with_its_quantity(iran):
    member = iran.cast.members["iran"]
    areas = [size_of(member, Quantity(share, "share", "", share), 30) ** 2 for share in (0.0, 0.25, 0.5, 1.0)]
    steps = np.diff(areas) / np.array([0.25, 0.25, 0.5])
    assert steps == pytest.approx(steps[0], rel=0.03)
    assert size_of(member, Quantity(1, "share", "", 1.0), 400) < size_of(
        member, Quantity(1, "share", "", 1.0), 30
    )


def test_a_quantity_is_told_with_its_unit():
    assert quantity_told(Quantity(0.314, "share", "", 0.3)) == "0.31"
    assert (
        quantity_told(Quantity(15.5, "trillion US dollars a year", "", 1.0))
        == "15.5 trillion US dollars a year"
    )


def test_a_look_is_switched_and_sized_by_known_words_only():
    look = Look()
    assert look.switched("trade").layers == ("pressure", "back channel", "trust moves", "trade")
    assert look.switched("trade").switched("trade") == look
    assert look.switched("<script>") == look
    assert look.sized("hardship").size == "hardship"
    assert look.sized("nonsense") == look


# --- words ------------------------------------------------------------------------------------------------


def test_the_picture_is_described_in_sentences(iran):
    told = described(iran, MONTH)
    assert told.startswith("The network of 39 actors in 2013-08, month 20. ")
    assert "France presses Iran in " in told
    opened = with_table(iran, MONTH, "channels", open=[1, 0, 1])
    assert "open: the Sultan of Oman and the EU High Representative." in described(opened, MONTH)
    assert "open: none." in described(with_table(iran, MONTH, "channels", open=0), MONTH)
    assert network_option(iran, MONTH, Look(), LIGHT)["aria"]["label"]["description"] == told


def test_what_happened_in_the_month_is_told_of_those_it_happened_to(iran):
    month = int(iran.events["month"].iloc[-1])
    events = iran.events[iran.events["month"] == month]
    who = next(name for name in events["who"] if name)
    option = network_option(iran, month + 1, Look(), LIGHT)
    sentence = events[(events["who"] == who) | (events["whom"] == who)]["sentence"].iloc[-1]
    assert sentence in item_of(option, who)["tooltip"]["formatter"].replace("&#x27;", "'")


def test_names_of_a_readers_own_are_escaped_where_they_become_html():
    chapter = told("two-disputes", 2)
    member = dataclasses.replace(chapter.cast.members["brenholt"], title="<img src=x onerror=alert(1)>")
    cast = dataclasses.replace(chapter.cast, members={**chapter.cast.members, "brenholt": member})
    option = network_option(dataclasses.replace(chapter, cast=cast), 2, EVERYTHING, LIGHT)
    formatters = [
        item["tooltip"]["formatter"]
        for each in option["series"]
        for item in each["data"]
        if "tooltip" in item
    ]
    assert any("&lt;img" in text for text in formatters)
    assert not any("<img" in text for text in formatters)
    # Lines are told by the template {b}, which ECharts escapes.
    assert option["tooltip"]["formatter"] == "{b}"


# --- the parts --------------------------------------------------------------------------------------------


def test_the_table_behind_the_network_has_a_row_for_every_actor(iran):
    table = table_of(iran, MONTH, Look(size="hardship"))
    assert list(table.columns) == ["actor", "kind and role", "Hardship"]
    assert len(table) == len(iran.cast.members)
    row = table[table["actor"] == "Iran"].iloc[0]
    member = iran.cast.members["iran"]
    assert row["kind and role"] == "state, target"
    assert row["Hardship"] == f"{iran.at(MONTH).row('states', member.row)['hardship']:.2f}"


def test_actors_can_be_chosen_in_alphabetical_order(iran):
    actors = actors_of(iran)
    assert [actor["title"] for actor in actors] == sorted(actor["title"] for actor in actors)
    assert {actor["name"] for actor in actors} == set(iran.cast.members)


def shown(element):
    """Render an element; return its widgets, outermost first, and how to close it."""
    box, rc = solara.render(element, handle_error=False)
    found, waiting = [], [box]
    while waiting:
        widget = waiting.pop(0)
        found.append(widget)
        waiting += [child for child in getattr(widget, "children", []) if not isinstance(child, str)]
    return found, rc.close


def one_with(widgets, trait):
    (found,) = [widget for widget in widgets if widget.has_trait(trait)]
    return found


def test_the_panel_tells_who_was_picked_and_ignores_what_is_no_actor(iran):
    picked = []
    widgets, close = shown(NetworkPanel(iran, MONTH, LIGHT, solara.reactive(Look()), picked.append))
    one_with(widgets, "option").vue_event_pick({"name": "iran", "series": "actors-state"})
    one_with(widgets, "option").vue_event_pick({"name": "France presses Iran", "series": "pressure"})
    one_with(widgets, "actors").vue_event_pick("oman")
    one_with(widgets, "actors").vue_event_pick("")
    close()
    assert picked == ["iran", "oman"]


def test_the_bar_switches_layers_and_chooses_sizes(iran):
    look = solara.reactive(Look())
    widgets, close = shown(LookBar(iran, look))
    bar = one_with(widgets, "sizes")
    assert [layer["key"] for layer in bar.layers if layer["is_on"]] == list(Look().layers)
    assert [size["key"] for size in bar.sizes] == list(SIZES)
    bar.vue_event_layer("pressure")
    bar.vue_event_size("hardship")
    close()
    assert look.value == Look(("back channel", "trust moves"), "hardship")
