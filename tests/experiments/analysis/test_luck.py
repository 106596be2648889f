import numpy as np
import pandas as pd
import pytest

from experiments.analysis import luck

CHANCE = np.random.default_rng(4)
DRAW, OWN, SHARED = CHANCE.normal(size=(2000, 1)), CHANCE.normal(size=(2000, 10)), CHANCE.normal(size=(1, 10))


def test_luck_of_its_own_is_told_from_what_draws_make_of_it():
    found = luck.luck_held(pd.DataFrame(2 * DRAW + OWN), common=False)
    assert found.of_a_run.low < 0.2 < found.of_a_run.high
    assert found.of_a_run.high - found.of_a_run.low < 0.05
    assert found.noise == pytest.approx(0.1, rel=0.05)
    assert found.of_a_mean == pytest.approx(0.1 / 4.1, rel=0.1)


def test_luck_that_all_draws_share_is_luck_of_a_run_but_not_noise_between_draws():
    found = luck.luck_held(pd.DataFrame(2 * DRAW + 0 * OWN + SHARED), common=True)
    spread = SHARED.var(ddof=1)
    assert found.of_a_run.estimate == pytest.approx(spread / (spread + 4 * DRAW.var(ddof=1)), rel=0.01)
    assert found.noise == 0 and found.of_a_mean == pytest.approx(0, abs=1e-9)


def test_where_numbers_do_nothing_luck_holds_everything():
    found = luck.luck_held(pd.DataFrame(OWN), common=False)
    assert found.of_a_run.estimate > 0.98


def test_draws_that_lack_a_run_do_not_count():
    outcomes = pd.DataFrame(2 * DRAW + OWN)
    outcomes.iloc[::2, 3] = np.nan
    assert luck.luck_held(outcomes, False).noise == luck.luck_held(outcomes.iloc[1::2], False).noise


@pytest.mark.parametrize("outcomes", [pd.DataFrame(DRAW), pd.DataFrame(np.ones((9, 4)))])
def test_luck_cannot_be_told_where_no_draw_was_lived_twice_or_nothing_varied(outcomes):
    assert luck.luck_held(outcomes, False) is None
