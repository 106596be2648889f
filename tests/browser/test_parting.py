"""One pair of histories on the same luck: where their ledgers part, and what is told to differ."""

from dataclasses import replace

import numpy as np
import pytest

from browser.reading import parting
from browser.scene.settings import Plan, Settings
from browser.session import Session

MONTHS = 36
TWO = Settings(plans=(Plan("step-for-step"), Plan("big-bang")), months=MONTHS)


def chapters_of(settings, month):
    session = Session(settings)
    session.look_at(month)
    return session.scene.value.chapters


@pytest.fixture(scope="module")
def chapters():
    return chapters_of(TWO, MONTHS)


def test_the_ledgers_part_where_a_plain_comparison_says(chapters):
    found = parting.parting(chapters)
    columns = ["dispute", "kind", "who", "whom", "subject", "why"]
    months = [
        [sorted(events[events["month"] == month][columns].itertuples(index=False, name=None)) for events in
         (chapter.events for chapter in chapters)]
        for month in range(MONTHS)
    ]  # fmt: skip
    by_hand = next(month for month, (one, other) in enumerate(months) if one != other)
    assert found is not None and found.month == by_hand
    assert found.date == chapters[0].cast.scenario.date_of(by_hand)


def test_the_lines_that_are_told_stand_in_one_ledger_only(chapters):
    found = parting.parting(chapters)
    assert any(found.lines)
    for place, lines in enumerate(found.lines):
        own, other = chapters[place].events, chapters[1 - place].events
        for line in lines:
            assert line in set(own[own["month"] == found.month]["sentence"])
            assert line not in set(other[other["month"] == found.month]["sentence"])


def test_where_the_histories_part_is_told_in_a_sentence(chapters):
    found = parting.parting(chapters)
    said = parting.parting_told(chapters)
    assert found.date in said and f"tell the same for {found.month} months" in said
    for lines in found.lines:
        assert not lines or lines[0].removesuffix(".") in said


def test_equal_histories_are_said_to_be_equal():
    same = chapters_of(TWO.but(plans=(Plan(), Plan())), 24)
    assert parting.parting(same) is None
    assert parting.parting_told(same) == "The two ledgers tell the same in all 24 months lived so far."
    assert "equal in every number" in parting.told(same)


def test_before_anything_is_lived_nothing_is_told_of():
    opening = chapters_of(TWO, 0)
    assert parting.parting(opening) is None
    assert "same opening" in parting.parting_told(opening)
    assert parting.told(opening) == "In this one history, nothing is lived yet."


def test_what_differs_in_one_history_is_told_from_both_outcomes(chapters):
    scenario = chapters[0].cast.scenario
    first = {**chapters[0].outcome, "months_to_agreement": 26.0, "hardship": 0.25, "label": "stalled"}
    second = {**chapters[1].outcome, "months_to_agreement": np.nan, "hardship": 0.5, "label": "walked out"}
    pair = replace(chapters[0], outcome=first), replace(chapters[1], outcome=second)
    said = parting.told(pair)
    assert said.startswith("In this one history: ")
    assert f"A concluded an agreement in {scenario.date_of(26)}, B never" in said
    assert "A counts as “stalled”, B as “walked out”" in said
    assert "civilian hardship 0.25 under A, 0.50 under B" in said
    assert f"A never concluded an agreement, B in {scenario.date_of(26)}" in parting.told(pair[::-1])


def test_a_difference_too_small_to_be_told_is_not_called_equal(chapters):
    nearly = {**chapters[0].outcome, "hardship": chapters[0].outcome["hardship"] + 1e-9}
    said = parting.told((chapters[0], replace(chapters[0], outcome=nearly)))
    assert "alike to the digits told" in said and "equal" not in said


def test_a_history_under_way_is_not_told_as_ended():
    said = parting.told(chapters_of(TWO, 6))
    assert said.startswith("In this one history, after 6 months: ") and "would count" in said
