"""A promise kept or broken, as somebody saw it."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.experience import belief_after, trust_along, witness
from model.world import blank_world

SHARE = st.floats(0.0, 1.0)
EVIDENCE = st.floats(0.1, 50.0)
WEIGHT = st.floats(0.01, 5.0)
AVERSION = st.floats(1.0, 5.0)


def tie_with(belief, evidence):
    """Return the rows of one trust tie."""
    trust = blank_world({"trust": 1}).trust
    trust.belief, trust.evidence = belief, evidence
    return trust


@given(SHARE, EVIDENCE, SHARE, WEIGHT)
def test_a_belief_moves_towards_what_was_seen_and_never_past_it(belief, evidence, kept, weight):
    after = belief_after(belief, evidence, kept, weight)
    assert min(belief, kept) - 1e-9 <= after <= max(belief, kept) + 1e-9


def test_much_experience_makes_a_belief_slow_to_move():
    assert abs(belief_after(0.5, 40.0, 1.0, 1.0) - 0.5) < abs(belief_after(0.5, 2.0, 1.0, 1.0) - 0.5)


@given(EVIDENCE, WEIGHT, st.floats(1.1, 5.0))
def test_losing_trust_is_faster_than_earning_it(evidence, weight, aversion):
    earning, losing = tie_with(0.5, evidence), tie_with(0.5, evidence)
    witness(earning, 0, 1.0, weight, aversion)
    witness(losing, 0, 0.0, weight, aversion)
    assert 0.5 - losing[0].belief > earning[0].belief - 0.5 > 0.0


@given(EVIDENCE, WEIGHT)
def test_without_aversion_to_loss_gain_and_loss_weigh_the_same(evidence, weight):
    earning, losing = tie_with(0.5, evidence), tie_with(0.5, evidence)
    witness(earning, 0, 1.0, weight, 1.0)
    witness(losing, 0, 0.0, weight, 1.0)
    assert 0.5 - losing[0].belief == pytest.approx(earning[0].belief - 0.5)


@given(SHARE, EVIDENCE, SHARE, WEIGHT, AVERSION)
def test_whatever_is_seen_adds_experience_and_leaves_a_belief(belief, evidence, kept, weight, aversion):
    trust = tie_with(belief, evidence)
    witness(trust, 0, kept, weight, aversion)
    assert 0.0 <= trust[0].belief <= 1.0
    assert trust[0].evidence > evidence


@given(SHARE, EVIDENCE, AVERSION, st.lists(SHARE, min_size=2, max_size=8, unique=True))
def test_a_promise_better_kept_is_believed_more(belief, evidence, aversion, kept):
    believed = []
    for share in sorted(kept):
        trust = tie_with(belief, evidence)
        witness(trust, 0, share, 1.0, aversion)
        believed.append(trust[0].belief)
    assert all(later >= earlier - 1e-9 for earlier, later in pairwise(believed))


@pytest.mark.parametrize("weight", [0.0, -1.0])
def test_what_nobody_saw_changes_nothing(weight):
    trust = tie_with(0.4, 3.0)
    witness(trust, 0, 0.0, weight, 2.0)
    assert (trust[0].belief, trust[0].evidence) == (0.4, 3.0)


def test_nobody_learns_along_a_tie_that_is_not_there():
    trust = tie_with(0.4, 3.0)
    witness(trust, -1, 0.0, 1.0, 2.0)
    assert trust[0].belief == 0.4


def test_a_stranger_is_met_with_the_trust_given_to_strangers():
    trust = tie_with(0.7, 1.0)
    assert trust_along(trust, 0, 0.3) == 0.7
    assert trust_along(trust, -1, 0.3) == 0.3
