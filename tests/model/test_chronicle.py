import re
import string

import pandas as pd
import pytest

from model import chronicle
from model.chronicle import COLUMNS, SENTENCES, display_name, frame_of_events, joined, told
from model.ensemble import loaded_strategies
from model.model import SanctionsModel
from model.scenario import list_scenarios, load_scenario
from model.strategy import load_strategy
from model.vocabulary import Cause, Conduct, Ending, Event, Release, Sector, Then, When, word_of

pytestmark = pytest.mark.usefixtures("compiled")

NAMES = {
    "iran": "Iran",
    "oman": "Oman",
    "united-states": "the United States",
    "united-arab-emirates": "the United Arab Emirates",
    "european-union": "the European Union",
    "saudi-arabia": "Saudi Arabia",
    "south-korea": "South Korea",
    "philippines": "the Philippines",
    "cyprus": "Cyprus",
    "us-congress": "the US Congress",
    "supreme-leader": "the Supreme Leader",
    "iaea": "the IAEA",
    "p5-plus-1": "the P5+1",
    "sultan-of-oman": "the Sultan of Oman",
    "state-07": "State 07",
    "humanitarian-agencies": "the Humanitarian Agencies",
}


@pytest.mark.parametrize(("name", "shown"), NAMES.items())
def test_names_are_told_as_a_diplomat_would_write_them(name, shown):
    assert display_name(name) == shown


def test_several_names_are_told_as_one_phrase():
    assert joined(["Iran"]) == "Iran"
    assert joined(["A", "B", "C"]) == "A, B and C"
    assert joined([]) == ""


def ledger(*events, scenario="iran-2012", strategy="step-for-step"):
    """Return the frame of a ledger written by hand: month, event, who, whom, subject, amount, why."""
    model = SanctionsModel(scenario, strategy, months=1)
    model._make_room()
    actors = list(model.case.actors)
    for place, (month, event, who, whom, subject, amount, why) in enumerate(events):
        numbers = [-1 if name is None else actors.index(name) for name in (who, whom)]
        model.world.ledger[place] = (month, event, 0, *numbers, subject, amount, why)
    model.world.seen[-1].written = len(events)
    return frame_of_events(model.world, model.case, model.strategy)


#: Every subject and reason that an event can have, and both signs of its amount.
EVERY = [
    (3, event, "united-states", "iran", subject, amount, why)
    for event in Event
    for subject in [-1, *chronicle.SUBJECTS.get(event, [0, 4, 5] if event in chronicle.STAGED else [])]
    for why in [-1, *chronicle.REASONS.get(event, [])]
    for amount in (-0.25, 0.0, 0.25)
    if (event not in chronicle.SUBJECTS or subject >= 0) and (event != Event.RULE_FIRED or why >= 0)
]


def test_every_event_has_a_sentence_whatever_its_subject_and_reason():
    assert set(SENTENCES) == set(Event)
    events = ledger(*EVERY)
    assert set(events["kind"]) == {word_of(event) for event in Event}
    for sentence in events["sentence"]:
        assert re.fullmatch(r"[A-Z].*[a-z0-9)]\.", sentence), sentence
        assert not set(sentence) & set("{}_") and "  " not in sentence and " ." not in sentence
    assert len(told(events)) <= len(events)


@pytest.mark.parametrize(
    ("words", "vocabulary"),
    [
        (chronicle.CAUSES, Cause),
        (chronicle.RELEASES, Release),
        (chronicle.CONDUCTS, Conduct),
        (chronicle.ENDINGS, Ending),
        (chronicle.WHENS, When),
        (chronicle.THENS, Then),
    ],
)
def test_every_word_that_a_sentence_needs_is_told(words, vocabulary):
    assert set(words) == set(vocabulary)


def test_sentences_ask_only_for_what_is_known():
    known = {"who", "whom", "target", "lead", "subject", "amount", "level", "measures", "why"}
    for template in SENTENCES.values():
        for text in [template] if isinstance(template, str) else template:
            assert {field for _, field, *_ in string.Formatter().parse(text) if field} <= known


def test_a_row_holds_words_and_a_sentence():
    events = ledger((20, Event.RELIEF, "united-states", "iran", Sector.FINANCE, 0.1, Release.VERIFIED))
    assert tuple(events.columns) == COLUMNS
    row = events.iloc[0]
    assert (row["month"], row["date"], row["dispute"], row["kind"]) == (
        20,
        "2013-09",
        "nuclear-programme",
        "relief",
    )
    assert (row["who"], row["whom"], row["subject"], row["why"]) == (
        "united-states",
        "iran",
        "finance",
        "verified",
    )
    assert row["sentence"] == "The United States eased finance for Iran by 0.10 after verification."


def test_an_empty_ledger_is_an_empty_frame():
    events = ledger()
    assert events.empty
    assert tuple(events.columns) == COLUMNS
    assert told(events).empty


def test_stages_are_told_by_number_and_title():
    refused = (3, Event.REFUSED, "iran", "united-states", 1, -0.5, -1)
    assert ledger(refused)["sentence"][0] == "Iran refused stage 2 (Second step)."
    past = ledger((3, Event.BROKEN, "iran", "united-states", 5, 0.0, Cause.LEAK))
    assert past["sentence"][0].endswith("broke down at the whole agreement after a leak.")


def test_stages_of_several_tracks_are_told_by_the_row_and_title_of_their_own():
    tracks = load_strategy("humanitarian-first").tracks
    titles = [stage.title for stages in tracks.values() for stage in stages]
    assert len(tracks) > 1
    assert len(set(titles)) == len(titles)
    refusals = [(3, Event.REFUSED, "iran", "united-states", row, -0.5, -1) for row in range(len(titles))]
    assert ledger(*refusals, strategy="humanitarian-first")["sentence"].tolist() == [
        f"Iran refused stage {row + 1} ({title})." for row, title in enumerate(titles)
    ]


def test_relief_of_one_month_is_told_in_one_line():
    eased = [
        (24, Event.RELIEF, who, "iran", sector, amount, Release.VERIFIED)
        for who, sector, amount in [
            ("united-states", Sector.FINANCE, 0.1),
            ("united-states", Sector.ENERGY, 0.05),
            ("european-union", Sector.FINANCE, 0.1),
            ("european-union", Sector.ENERGY, 0.07),
        ]
    ]
    lines = told(ledger(*eased))
    assert list(lines["date"]) == ["2014-01"]
    assert lines["sentence"][0] == (
        "The United States and the European Union eased finance by 0.10 and energy by 0.05 to 0.07 "
        "for Iran after verification."
    )


def test_relief_of_two_months_or_for_two_reasons_is_told_apart():
    events = ledger(
        (24, Event.RELIEF, "united-states", "iran", 0, 0.1, Release.VERIFIED),
        (24, Event.SNAPPED_BACK, "united-states", "iran", 0, -0.1, Cause.CHEATING),
        (24, Event.SNAPPED_BACK, "france", "iran", 0, -0.1, Cause.TURNOVER),
        (25, Event.RELIEF, "united-states", "iran", 0, 0.1, Release.VERIFIED),
    )
    assert len(told(events)) == 4


def test_refusals_month_after_month_are_told_once():
    refusals = [(month, Event.REFUSED, "iran", "united-states", 0, -0.5, -1) for month in (3, 4, 6, 9)]
    assert told(ledger(*refusals))["sentence"].tolist() == [
        "Iran refused stage 1 (First step), 4 times until 2012-10."
    ]


def test_refusals_after_a_turn_or_a_long_silence_are_told_anew():
    refused = ("iran", "united-states", 0, -0.5, -1)
    events = ledger(
        (3, Event.REFUSED, *refused),
        (4, Event.BROKEN, "iran", "united-states", 0, 0.0, Cause.REFUSAL),
        (5, Event.REFUSED, *refused),
        (30, Event.REFUSED, *refused),
    )
    assert list(told(events)["kind"]) == ["refused", "broken", "refused", "refused"]


def test_what_several_did_in_one_month_is_told_in_one_line():
    events = ledger(
        (7, Event.LEFT, "france", "iran", -1, 0.1, -1),
        (7, Event.LEFT, "germany", "iran", -1, 0.2, -1),
        (8, Event.LEFT, "united-kingdom", "iran", -1, 0.2, -1),
    )
    assert told(events)["sentence"].tolist() == [
        "France and Germany left the coalition against Iran.",
        "The United Kingdom left the coalition against Iran.",
    ]


def test_telling_keeps_the_order_of_months():
    events = SanctionsModel(strategy="big-bang", replicate=1, months=48).run().events()
    lines = told(events)
    assert lines["month"].is_monotonic_increasing
    assert len(lines) < len(events)
    assert set(lines["kind"]) == set(events["kind"])


def test_a_frame_without_a_strategy_numbers_the_stages():
    model = SanctionsModel(months=12).run()
    plain = frame_of_events(model.world, model.case)
    assert not plain["sentence"].str.contains("First step").any()
    pd.testing.assert_frame_equal(
        plain.drop(columns="sentence"), model.events().drop(columns="sentence"), check_exact=True
    )


def test_actors_of_the_bundled_scenarios_have_names_of_their_own():
    for name in list_scenarios():
        actors = load_scenario(name).actors
        assert len({display_name(actor) for actor in actors}) == len(actors)
    assert loaded_strategies("big-bang")[0].tracks


def test_relief_outside_the_stages_is_told_with_its_own_reason():
    """Lent for a pause, owed to one that gave way, or given to civilians: each where its event stands."""
    reasons = set()
    calendar = {"civilians": {"humanitarian": "separate-calendar"}}
    dated = load_strategy("step-for-step").derived("dated", "Civilians have a calendar.", calendar)
    for name, strategy in (("iran-2012", "pause-for-relief"), ("iran-2012", dated)):
        for seed in range(6):
            events = SanctionsModel(name, strategy, seed=seed, months=72).run().events()
            relief = events[
                (events["kind"] == "relief") & events["why"].isin(["truce", "yielded", "civilians"])
            ]
            reasons |= set(relief["why"])
            truces = set(events.loc[events["kind"] == "truce", "month"])
            yields = events.loc[events["kind"] == "yielded", "month"]
            for row in relief.itertuples():
                assert (row.why == "truce") == (row.month in truces)
                if row.why == "yielded":
                    assert (yields <= row.month).any() and "given way" in row.sentence
                if row.why == "civilians":
                    assert row.subject == "essential" and "for civilians" in row.sentence
    assert {"truce", "civilians"} <= reasons
