"""How well a verification regime sees."""

from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.monitoring import combined, false_alarm_of, reach_of, sensitivity_of
from model.parameters import defaults, switches_without
from model.vocabulary import Tool, Verifier

SHARE = st.floats(0.0, 1.0)


def regime(verifier=Verifier.THIRD_PARTY, tools=()):
    """Return a stage that says who verifies, and with which tools."""
    bits = sum(1 << tool for tool in tools)
    return SimpleNamespace(verifier=verifier, tools=bits)


def given_without(*mechanisms):
    """Return the default numbers and the switches, with some mechanisms switched off."""
    return defaults()[0], switches_without(mechanisms)[0]


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
    seen = {kind: sensitivity_of(*given_without(), regime(kind), 0.8, 0.0) for kind in Verifier}
    assert min(seen, key=seen.get) == Verifier.SELF_REPORT


@given(st.sampled_from(list(Verifier)), st.sets(st.sampled_from(list(Tool))), SHARE, SHARE)
def test_sight_is_a_chance_whatever_the_regime(verifier, tools, verifiability, watch):
    assert 0.0 <= sensitivity_of(*given_without(), regime(verifier, tools), verifiability, watch) <= 1.0


def test_every_tool_sees_something_more_and_adds_the_less_the_more_is_seen_already():
    for tool in Tool:
        others = [other for other in Tool if other != tool]
        alone = sensitivity_of(*given_without(), regime(tools=[tool]), 1.0, 0.0)
        gain = alone - sensitivity_of(*given_without(), regime(), 1.0, 0.0)
        with_others = sensitivity_of(*given_without(), regime(tools=Tool), 1.0, 0.0)
        assert gain > with_others - sensitivity_of(*given_without(), regime(tools=others), 1.0, 0.0) > 0.0


def test_tools_add_nothing_where_cross_checks_are_switched_off():
    assert sensitivity_of(*given_without("M84"), regime(tools=Tool), 1.0, 0.0) == sensitivity_of(
        *given_without("M84"), regime(), 1.0, 0.0
    )


def test_watchdogs_see_what_inspectors_miss():
    assert sensitivity_of(*given_without(), regime(), 0.5, 0.8) > sensitivity_of(
        *given_without(), regime(), 0.5, 0.0
    )
    assert sensitivity_of(*given_without("M52"), regime(), 0.5, 0.8) == sensitivity_of(
        *given_without("M52"), regime(), 0.5, 0.0
    )


def test_conduct_that_does_not_show_is_not_seen_by_inspectors():
    assert sensitivity_of(*given_without(), regime(tools=Tool), 0.0, 0.0) == 0.0


def test_a_rival_finds_more_breaches_that_are_not_there():
    rival = false_alarm_of(*given_without(), regime(Verifier.BILATERAL), 0.0)
    assert rival > false_alarm_of(*given_without(), regime(Verifier.THIRD_PARTY), 0.0) > 0.0


def test_nobody_accuses_himself_falsely():
    assert false_alarm_of(*given_without(), regime(Verifier.SELF_REPORT), 0.0) == 0.0


def test_settled_data_prevent_false_alarms():
    assert false_alarm_of(*given_without(), regime(), 1.0) < false_alarm_of(*given_without(), regime(), 0.0)


def test_nothing_is_imagined_where_false_alarms_are_switched_off():
    assert false_alarm_of(*given_without("M82"), regime(Verifier.BILATERAL), 0.0) == 0.0
