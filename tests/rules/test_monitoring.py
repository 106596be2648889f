"""How well a verification regime sees."""

from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.monitoring import combined, false_alarm_of, reach_of, sensitivity_of
from model.parameters import defaults, switches_without
from model.vocabulary import Criteria, Tool, Verifier

SHARE = st.floats(0.0, 1.0)


def regime(verifier=Verifier.THIRD_PARTY, tools=()):
    """Return a stage that says who verifies, and with which tools."""
    bits = sum(1 << tool for tool in tools)
    return SimpleNamespace(verifier=verifier, tools=bits)


#: A third party without tools.
PLAIN = regime()


def told(dashboard=0, criteria=Criteria.PUBLISHED):
    """Return what a strategy says of findings and of criteria."""
    return SimpleNamespace(dashboard=dashboard, criteria=criteria)


def settled(technical=0.0, shared_data=0.0, lessons=0.0):
    """Return a dispute in which specialists, shared data and lessons have come so far."""
    return SimpleNamespace(technical=technical, shared_data=shared_data, lessons=lessons)


def seen(stage, verifiability=1.0, watch=0.0, without=(), **said):
    """Return the chance that a report finds a breach that is there."""
    numbers, on = defaults()[0], switches_without(without)[0]
    return sensitivity_of(numbers, on, stage, told(**said), verifiability, watch)


def imagined(stage=PLAIN, without=(), criteria=Criteria.PUBLISHED, **reached):
    """Return the chance that a report finds a breach that is not there."""
    numbers, on = defaults()[0], switches_without(without)[0]
    return false_alarm_of(numbers, on, stage, told(criteria=criteria), settled(**reached))


@given(SHARE, SHARE)
def test_two_looks_see_at_least_as_much_as_the_better_one(first, second):
    both = combined(first, second)
    assert max(first, second) - 1e-12 <= both <= 1.0
    assert both == pytest.approx(combined(second, first))


def test_a_look_that_sees_nothing_adds_nothing_and_one_that_sees_all_is_enough():
    assert combined(0.4, 0.0) == 0.4
    assert combined(0.4, 1.0) == 1.0


def test_every_kind_of_verifier_has_a_reach_of_its_own():
    reach = {kind: reach_of(kind, 0.1, 0.2, 0.3, 0.4) for kind in Verifier}
    assert reach[Verifier.SELF_REPORT] == 0.1
    assert reach[Verifier.BILATERAL] == 0.2
    assert reach[Verifier.THIRD_PARTY] == reach[Verifier.MULTILATERAL] == 0.3
    assert reach[Verifier.JOINT] == 0.4


def test_a_self_report_sees_least():
    sights = {kind: seen(regime(kind), 0.8) for kind in Verifier}
    assert min(sights, key=sights.get) == Verifier.SELF_REPORT


@given(st.sampled_from(list(Verifier)), st.sets(st.sampled_from(list(Tool))), SHARE, SHARE, st.integers(0, 1))
def test_sight_is_a_chance_whatever_the_regime(verifier, tools, verifiability, watch, dashboard):
    assert 0.0 <= seen(regime(verifier, tools), verifiability, watch, dashboard=dashboard) <= 1.0


def test_every_tool_sees_something_more_and_adds_the_less_the_more_is_seen_already():
    for tool in Tool:
        others = [other for other in Tool if other != tool]
        gain = seen(regime(tools=[tool])) - seen(regime())
        assert gain > seen(regime(tools=Tool)) - seen(regime(tools=others)) > 0.0


def test_tools_add_nothing_where_cross_checks_are_switched_off():
    assert seen(regime(tools=Tool), without=("M84",)) == seen(regime(), without=("M84",))


def test_a_joint_commission_sees_what_a_third_party_sees_where_committees_are_switched_off():
    assert seen(regime(Verifier.JOINT)) > seen(regime(Verifier.THIRD_PARTY))
    assert seen(regime(Verifier.JOINT), without=("M120",)) == seen(regime(Verifier.THIRD_PARTY))


def test_watchdogs_see_what_inspectors_miss():
    assert seen(regime(), 0.5, 0.8) > seen(regime(), 0.5, 0.0)
    assert seen(regime(), 0.5, 0.8, without=("M52",)) == seen(regime(), 0.5, 0.0, without=("M52",))


def test_findings_that_are_published_are_looked_into_by_others():
    assert seen(regime(), 0.5, dashboard=1) > seen(regime(), 0.5, dashboard=0)
    assert seen(regime(), 0.5, dashboard=1, without=("M88",)) == seen(regime(), 0.5, dashboard=0)


def test_conduct_that_does_not_show_is_not_seen_by_inspectors():
    assert seen(regime(tools=Tool), 0.0) == 0.0


def test_a_rival_finds_more_breaches_that_are_not_there_and_pooled_verifiers_fewer():
    third = imagined(regime(Verifier.THIRD_PARTY))
    assert imagined(regime(Verifier.BILATERAL)) > third > imagined(regime(Verifier.MULTILATERAL)) > 0.0
    assert imagined(regime(Verifier.MULTILATERAL), without=("M89",)) == third


def test_nobody_accuses_himself_falsely():
    assert imagined(regime(Verifier.SELF_REPORT), criteria=Criteria.VAGUE) == 0.0


def test_vague_criteria_invent_breaches():
    assert imagined(criteria=Criteria.VAGUE) > imagined(criteria=Criteria.PRIVATE) == imagined()
    assert imagined(criteria=Criteria.VAGUE, without=("M92",)) == imagined()


@pytest.mark.parametrize(
    ("reached", "mechanism"), [("technical", "M85"), ("shared_data", "M85"), ("lessons", "M104")]
)
def test_settled_details_shared_data_and_lessons_prevent_false_alarms(reached, mechanism):
    assert imagined(**{reached: 1.0}) < imagined(**{reached: 0.5}) < imagined()
    assert imagined(**{reached: 1.0}, without=(mechanism,)) == imagined()


@given(st.sampled_from(list(Verifier)), st.sampled_from(list(Criteria)), SHARE, SHARE, SHARE)
def test_a_false_alarm_is_a_chance_whatever_the_regime(verifier, criteria, technical, shared, lessons):
    alarm = imagined(
        regime(verifier), criteria=criteria, technical=technical, shared_data=shared, lessons=lessons
    )
    assert 0.0 <= alarm <= 1.0


def test_nothing_is_imagined_where_false_alarms_are_switched_off():
    assert imagined(regime(Verifier.BILATERAL), ("M82",), Criteria.VAGUE) == 0.0
