"""How a share moves, and how a choice is made."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.bounded import chance_of, drawn_to, pushed, recently, saturating

SHARE = st.floats(0.0, 1.0)
PUSH = st.floats(0.0, 5.0)
POINTS = st.floats(-200.0, 200.0)
NOISE = st.floats(0.05, 5.0)


@given(SHARE, PUSH, PUSH)
def test_a_share_never_leaves_its_range(level, up, down):
    assert 0.0 <= pushed(level, up, down) <= 1.0


@given(st.floats(0.01, 0.99), st.floats(0.01, 5.0), st.floats(0.01, 5.0), st.integers(1, 200))
def test_a_share_never_reaches_a_wall_while_both_sides_push(level, up, down, months):
    for _ in range(months):
        level = pushed(level, up, down)
    assert 0.0 < level < 1.0


@given(SHARE)
def test_a_share_that_nobody_pushes_stays(level):
    assert pushed(level, 0.0, 0.0) == level


@given(SHARE, st.floats(0.02, 1.0), st.floats(0.02, 1.0))
def test_a_share_settles_where_the_pushes_balance(level, up, down):
    for _ in range(1000):
        level = pushed(level, up, down)
    assert level == pytest.approx(up / (up + down))


@given(SHARE, PUSH, PUSH, PUSH)
def test_a_stronger_push_moves_a_share_further(level, up, down, more):
    assert pushed(level, up + more, down) >= pushed(level, up, down) - 1e-12
    assert pushed(level, up, down + more) <= pushed(level, up, down) + 1e-12


@given(SHARE, SHARE, SHARE)
def test_what_is_drawn_to_a_goal_never_passes_it(level, goal, rate):
    after = drawn_to(level, goal, rate)
    assert min(level, goal) - 1e-12 <= after <= max(level, goal) + 1e-12


def test_a_full_rate_arrives_at_once_and_no_rate_never():
    assert drawn_to(0.2, 0.9, 1.0) == pytest.approx(0.9)
    assert drawn_to(0.2, 0.9, 0.0) == 0.2


@given(NOISE)
def test_an_option_worth_nothing_either_way_is_a_coin(noise):
    assert chance_of(0.0, noise) == 0.5


@given(POINTS, NOISE)
def test_a_choice_and_its_opposite_are_certain_together(advantage, noise):
    assert chance_of(advantage, noise) + chance_of(-advantage, noise) == pytest.approx(1.0)


@given(POINTS, st.floats(0.0, 50.0), NOISE)
def test_a_better_option_is_chosen_more_often(advantage, better, noise):
    assert chance_of(advantage + better, noise) >= chance_of(advantage, noise)


def test_a_noisy_government_is_closer_to_a_coin():
    assert chance_of(2.0, 0.2) > chance_of(2.0, 2.0) > 0.5
    assert chance_of(-2.0, 0.2) < chance_of(-2.0, 2.0) < 0.5


def test_an_overwhelming_advantage_is_certain_and_does_not_overflow():
    assert chance_of(1e9, 0.1) == 1.0
    assert chance_of(-1e9, 0.1) == 0.0


@given(st.floats(0.0, 1e6), st.floats(0.01, 100.0))
def test_a_saturating_scale_runs_from_nothing_to_less_than_all(amount, half):
    assert 0.0 <= saturating(amount, half) <= 1.0
    assert saturating(half, half) == 0.5
    assert saturating(0.0, half) == 0.0


def test_what_happened_is_felt_at_once_and_forgotten_within_the_span():
    felt = [recently(month, 10, 6.0) for month in range(10, 18)]
    assert felt[0] == 1.0
    assert felt == sorted(felt, reverse=True)
    assert felt[6:] == [0.0, 0.0]


def test_what_never_happened_is_not_felt():
    assert recently(3, -1, 6.0) == 0.0
