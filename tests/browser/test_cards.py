"""The card of an actor: its numbers are the world's, its ties the network's, its events the ledger's."""

import dataclasses
import json

import numpy as np
import pytest
import solara

from browser.parts.card import ActorCard
from browser.reading.bonds import TIES, bonds_of
from browser.reading.cards import EVENTS, SHOWN, card_of, fact_of, value_told
from browser.reading.flows import pressures
from browser.reading.look import column_of, held_in
from browser.scene.settings import Settings
from browser.scene.story import Story
from model.world import TABLES

MONTH = 30


@pytest.fixture(scope="module")
def iran():
    story = Story(Settings())
    story.live(MONTH + 2)
    return story.told()


@pytest.fixture(scope="module")
def two():
    story = Story(Settings(scenario="two-disputes"))
    story.live(MONTH)
    return story.told()


def facts(card):
    return {fact.name: fact for fact in card.facts}


def bonds(card, layer):
    return next((group for group in card.ties if group.layer == layer), None)


def test_every_column_that_a_card_shows_is_declared_by_the_world():
    for table, columns in SHOWN.items():
        assert set(columns) <= {column.name for column in TABLES[table]}


@pytest.mark.parametrize("month", [0, 1, MONTH])
@pytest.mark.parametrize("scenario", ["iran", "two"])
def test_the_numbers_of_every_card_are_the_columns_of_the_world(scenario, month, request):
    chapter = request.getfixturevalue(scenario)
    now = chapter.at(month)
    for name, member in chapter.cast.members.items():
        card = card_of(chapter, month, name)
        row = now.row(member.table, member.row)
        found = facts(card)
        for column in SHOWN[member.table]:
            assert found[column].value == value_told(
                chapter.cast, column_of(member.table, column), row[column]
            )
            if column_of(member.table, column).unit == "share" and column != "bias":
                assert found[column].share == row[column]
        assert json.loads(json.dumps(card.plain(), allow_nan=False))["name"] == name


def test_a_change_since_the_month_before_is_told_and_none_at_the_opening(iran):
    member = iran.cast.members["iran"]
    now, before = (iran.at(month).row("states", member.row)["hardliners"] for month in (MONTH, MONTH - 1))
    assert abs(now - before) > 0.0005
    assert facts(card_of(iran, MONTH, "iran"))["hardliners"].change == f"{now - before:+.3f}"
    assert not any(fact.change for fact in card_of(iran, 0, "iran").facts)


def test_values_are_told_as_what_they_are(iran):
    cast = iran.cast
    assert value_told(cast, column_of("bodies", "rule"), 0) == "unanimity"
    assert value_told(cast, column_of("states", "next_election"), 5) == "2012-06"
    assert value_told(cast, column_of("states", "next_election"), -1) == "never"
    assert value_told(cast, column_of("mediators", "busy"), 2) == "2"
    assert value_told(cast, column_of("parties", "member"), 1) == "yes"
    assert value_told(cast, column_of("states", "output"), 0.8876) == "0.89"
    assert value_told(cast, column_of("states", "output"), np.nan) == "–"


def test_a_fact_says_its_unit_and_what_it_means(iran):
    loss = facts(card_of(iran, MONTH, "iran"))["loss"]
    assert (loss.unit, loss.share) == ("points a year", None)
    assert loss.meaning.startswith("Output lost to")
    assert (
        facts(card_of(iran, MONTH, "iran"))["next_election"].meaning == "Month of the next regular election"
    )
    bias = fact_of(iran.cast, column_of("mediators", "bias"), -0.4, -0.4)
    assert (bias.value, bias.share) == ("-0.40", None)


def test_trust_in_an_actor_is_the_mean_of_the_beliefs_in_it(iran):
    found = facts(card_of(iran, MONTH, "sultan-of-oman"))["trust_in_it"]
    assert found.value == f"{held_in(iran.cast, iran.at(MONTH))['sultan-of-oman']:.2f}"


def test_kind_and_role_are_told_in_words(iran):
    assert card_of(iran, 0, "iran").kind == "state, target"
    assert card_of(iran, 0, "sultan-of-oman").kind == "mediator: neutral state"
    assert card_of(iran, 0, "iaea").kind == "body: verifier"
    assert card_of(iran, 0, "iranian-press").kind == "civil society: media"
    assert card_of(iran, 0, "united-states").title == "The United States"


def test_measures_are_those_of_the_party_by_sector(two):
    card = card_of(two, MONTH, "aldermark")
    assert [part.dispute for part in card.parts] == ["tarvian missiles", "oskarian border"]
    for part, dispute in zip(card.parts, two.cast.members["aldermark"].parties, strict=True):
        row = two.at(MONTH).row("parties", two.cast.members["aldermark"].parties[dispute])
        assert [measure.imposed for measure in part.measures] == pytest.approx(
            [level for level in row["imposed"] if level > 0], abs=5e-4
        )
        assert sum(measure.relieved for measure in part.measures) == pytest.approx(
            row["relieved"].sum(), abs=3e-3
        )
        assert part.measures


def test_a_target_tells_its_conduct_and_a_sender_whether_it_takes_part(iran, two):
    assert card_of(iran, 0, "iran").parts[0].said == "has promised nothing yet"
    agreed = next(month for month in range(MONTH) if two.at(month).tables["disputes"]["agreed"][0].any())
    assert card_of(two, agreed, "tarvia").parts[0].said.endswith("in what it has promised")
    row = iran.cast.members["european-union"].parties[iran.dispute]
    member = iran.at(MONTH).row("parties", row)["member"]
    expected = "keeps its measures in force" if member else "no longer keeps its measures in force"
    part = card_of(iran, MONTH, "european-union").parts[0]
    assert (part.said, part.is_in_force) == (expected, bool(member))
    assert card_of(iran, MONTH, "iaea").parts == ()


def test_pressure_is_the_first_of_the_ties_and_the_strongest_comes_first(iran):
    card = card_of(iran, MONTH, "iran")
    assert card.ties[0].layer == "Pressure"
    levels = sorted((-each.level, each.sender) for each in pressures(iran.cast, iran.at(MONTH)))
    assert [bond.name for bond in card.ties[0].bonds] == [sender for _, sender in levels]
    france = bonds(card_of(iran, MONTH, "france"), "Pressure")
    assert [bond.name for bond in france.bonds] == ["iran"]


def test_an_open_channel_is_told_as_open(iran):
    rows = iran.at(MONTH).tables["channels"]["open"]
    assert list(rows) == [1, 0, 0]
    for name in ("iran", "united-states"):
        said = {bond.name: bond.said for bond in bonds(card_of(iran, MONTH, name), "Back channels").bonds}
        assert said["sultan-of-oman"].startswith("open")
        assert said["swiss-protecting-power"] == "closed"


def test_trust_is_told_both_ways(iran):
    ties = iran.cast.layer("trust")
    beliefs = iran.at(MONTH).tables["trust"]["belief"]
    there = next(
        b for tie, b in zip(ties, beliefs, strict=True) if (tie.source, tie.end) == ("iran", "united-states")
    )
    back = next(
        b for tie, b in zip(ties, beliefs, strict=True) if (tie.source, tie.end) == ("united-states", "iran")
    )
    first = bonds(card_of(iran, MONTH, "iran"), "Trust").bonds[0]
    assert first.name == "united-states"
    assert f"its trust {there:.2f}" in first.said
    assert f"theirs {back:.2f}" in first.said


def test_ties_lead_to_actors_and_what_is_left_out_is_counted(iran):
    for name in iran.cast.members:
        for group in bonds_of(iran, name, MONTH):
            assert 0 < len(group.bonds) <= TIES
            assert group.more == 0 or len(group.bonds) == TIES
            assert all(bond.name in iran.cast.members and bond.name != name for bond in group.bonds)
    trade = bonds(card_of(iran, MONTH, "iran"), "Trade")
    number = sum("iran" in (tie.source, tie.end) for tie in iran.cast.layer("trade"))
    assert trade.more == number - TIES > 0


def test_the_last_events_are_those_of_the_actor_up_to_the_month_the_latest_first(iran):
    events = iran.events
    for month in (1, MONTH):
        mine = events[((events["who"] == "iran") | (events["whom"] == "iran")) & (events["month"] < month)]
        assert len(mine) > 0
        told = card_of(iran, month, "iran").events
        assert [each.sentence for each in told] == list(mine["sentence"].tail(EVENTS))[::-1]
    assert card_of(iran, 0, "iran").events == ()


def test_a_card_of_an_earlier_month_knows_nothing_of_later_ones(iran):
    shorter = dataclasses.replace(
        iran, snapshots=iran.snapshots[:11], events=iran.events[iran.events["month"] < 10], outcome={}
    )
    for name in ("iran", "united-states", "sultan-of-oman"):
        assert card_of(iran, 10, name) == card_of(shorter, 10, name)


def test_a_card_is_shown_closed_and_led_on_to_others(iran):
    picked = []
    box, rc = solara.render(ActorCard(iran, MONTH, "iran", picked.append), handle_error=False)
    (sheet,) = box.children
    assert sheet.told == json.dumps(card_of(iran, MONTH, "iran").plain(), separators=(",", ":"))
    assert sheet.is_left  # Iran stands at the right
    sheet.vue_event_pick("france")
    sheet.vue_event_pick("")
    sheet.vue_event_pick("nobody")
    rc.close()
    assert picked == ["france", None, None]


def test_names_reach_the_page_as_they_are_and_are_never_html(iran):
    """The sheet is a template that escapes what it is told; nothing in it is put in as HTML."""
    from pathlib import Path

    import browser

    folder = Path(browser.__file__).parent / "vue"
    for name in ("card.vue", "key.vue", "lookbar.vue"):
        assert "v-html" not in (folder / name).read_text(encoding="utf-8")
    member = dataclasses.replace(iran.cast.members["iran"], title="<b>Iran</b>")
    cast = dataclasses.replace(iran.cast, members={**iran.cast.members, "iran": member})
    assert card_of(dataclasses.replace(iran, cast=cast), MONTH, "iran").title == "<b>Iran</b>"
