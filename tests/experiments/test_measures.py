import pytest

from experiments import measures
from model.outcomes import OUTCOMES
from model.vocabulary import InputError


@pytest.mark.parametrize("name", OUTCOMES)
def test_every_outcome_can_be_told(name):
    measure = measures.measure_of(name)
    assert measure.column == name
    assert measure.phrase
    assert measure.high_is_good == (OUTCOMES[name].better == "up")


def test_shares_of_runs_are_told_in_points():
    lasted = measures.measure_of("settled_and_lasted")
    assert lasted.amount(0.254) == "25%"
    assert lasted.gap(0.03, 0.2) == "3 to 20 points"


def test_a_small_difference_is_not_rounded_to_nothing():
    assert measures.measure_of("hardship").gap(0.0012, 0.21) == "0.001 to 0.21 on a scale of 0 to 1"


def test_what_is_nearly_an_outcome_is_pointed_at():
    with pytest.raises(InputError, match="did you mean 'hardship'"):
        measures.measure_of("hardshipp")
