"""The space is cut where effects differ, nowhere else, and never by the worlds on which they are measured."""

import numpy as np
import pandas as pd
import pytest

from experiments.claims import parts
from experiments.claims.cases import GROUPS
from experiments.claims.parts import GROUP, Condition

NUMBERS, NUMBER = 50, 80


def space(seed, numbers=NUMBERS, number=NUMBER):
    """Draws of so many numbers in so many worlds of each group, and noise for an effect."""
    chance = np.random.default_rng([9, seed])
    where = pd.MultiIndex.from_product([GROUPS, range(number)], names=["group", "world"])
    names = [f"n{place}" for place in range(numbers)]
    draws = pd.DataFrame(chance.random((len(where), numbers)), index=where, columns=names)
    return draws, pd.Series(chance.normal(0.0, 0.3, len(where)), index=where)


def even(draws):
    return draws.index[draws.index.get_level_values("world") % 2 == 0]


def divided(draws, *gaps, regions=None):
    """Cut the space on the even worlds, each in a region of its own if nothing else is said."""
    growing = even(draws)
    alone = np.arange(len(growing))
    asked = pd.concat(gaps, axis=1, keys=range(len(gaps)))
    return parts.divided(draws, asked, growing, alone if regions is None else regions)


def met(draws, conditions):
    """The worlds in which all conditions hold."""
    inside = np.ones(len(draws), dtype=bool)
    for number, is_above, threshold in conditions:
        if number.startswith(GROUP):
            values = (draws.index.get_level_values("group") == number.removeprefix(GROUP)).astype(float)
        else:
            values = draws[number].to_numpy()
        inside &= (values > threshold) == is_above
    return draws.index[inside]


def whole_of(draws, cut):
    """Check that parts are the worlds that meet their conditions, and are all of the space together."""
    assert sum(len(inside) for _, inside in cut) == len(draws)
    for conditions, inside in cut:
        assert met(draws, conditions).equals(inside)
        assert len(inside) >= 0.5 * parts.LEAST * len(draws)
    return True


def test_a_flip_on_one_number_among_fifty_is_found():
    draws, noise = space(1)
    cut = divided(draws, noise + np.where(draws["n17"] > 0.6, -0.4, 0.4))
    assert whole_of(draws, cut)
    [(below, _), (above, _)] = sorted(cut, key=lambda part: part[0][0].is_above)
    assert [(each.number, each.is_above) for each in (*below, *above)] == [("n17", False), ("n17", True)]
    assert below[0].threshold == above[0].threshold == pytest.approx(0.6, abs=0.05)


def test_a_flip_in_one_group_is_found():
    draws, noise = space(2)
    odd_one = draws.index.get_level_values("group") == GROUPS[2]
    cut = divided(draws, noise + np.where(odd_one, -0.4, 0.4))
    assert whole_of(draws, cut)
    assert {conditions[0].number for conditions, _ in cut} == {f"{GROUP}{GROUPS[2]}"}
    assert sorted(len(inside) for _, inside in cut) == [NUMBER, 4 * NUMBER]


def test_an_effect_that_takes_two_conditions_is_found_with_both():
    draws, noise = space(3)
    cut = divided(draws, noise + np.where((draws["n3"] > 0.4) & (draws["n8"] > 0.4), 0.8, -0.8))
    assert whole_of(draws, cut)
    described = [{(each.number, each.is_above) for each in conditions} for conditions, _ in cut]
    assert {("n3", True), ("n8", True)} in described


def test_a_number_that_is_cut_twice_is_told_by_its_tightest_ends():
    draws, noise = space(4)
    middling = (draws["n5"] > 0.3) & (draws["n5"] <= 0.7)
    cut = divided(draws, noise + np.where(middling, 0.8, -0.8))
    assert whole_of(draws, cut)
    assert any(
        {(each.number, each.is_above) for each in where} == {("n5", True), ("n5", False)} for where, _ in cut
    )
    assert all(len({each[:2] for each in where}) == len(where) for where, _ in cut)


def test_a_flip_of_the_second_effect_is_found_too():
    draws, noise = space(5)
    cut = divided(
        draws, noise, 100.0 * (noise.sample(frac=1.0, random_state=1).to_numpy() + draws["n2"].gt(0.5))
    )
    assert whole_of(draws, cut)
    assert {each.number for conditions, _ in cut for each in conditions} == {"n2"}


def test_where_no_effect_differs_the_space_is_whole_nine_times_of_ten():
    found = [len(divided(*space(seed))) for seed in range(10)]
    assert found.count(1) >= 9


def test_an_effect_that_is_the_same_everywhere_cuts_nothing():
    draws, noise = space(6)
    [(conditions, inside)] = divided(draws, 0.0 * noise + 0.3)
    assert conditions == []
    assert inside.equals(draws.index)


def test_what_only_the_measured_worlds_say_moves_no_cut():
    draws, noise = space(7)
    gaps = noise + np.where(draws["n1"] > 0.5, -0.4, 0.4)
    other = gaps.where(draws.index.isin(even(draws)), 9.0 * draws["n30"])
    for (where, inside), (again, same) in zip(divided(draws, gaps), divided(draws, other), strict=True):
        assert where == again
        assert inside.equals(same)


def test_a_flip_that_only_the_measured_worlds_show_is_not_found():
    draws, noise = space(8)
    seen = draws.index.isin(even(draws))
    assert len(divided(draws, noise.where(seen, np.where(draws["n1"] > 0.5, -0.9, 0.9)))) == 1


def test_worlds_in_which_an_effect_does_not_apply_are_placed_and_not_asked():
    draws, noise = space(9)
    gaps = noise + np.where(draws["n17"] > 0.6, -0.4, 0.4)
    gaps[draws.index.get_level_values("world") % 10 == 0] = np.nan
    cut = divided(draws, gaps)
    assert whole_of(draws, cut)
    assert {conditions[0].number for conditions, _ in cut} == {"n17"}


def test_the_worlds_of_a_few_regions_are_not_cut():
    draws, noise = space(11)
    gaps = noise + np.where(draws["n1"] > 0.5, -9.0, 9.0)
    assert len(divided(draws, gaps)) > 1
    assert len(divided(draws, gaps, regions=np.arange(len(even(draws))) % 4)) == 1


def test_too_few_worlds_are_not_cut():
    draws, noise = space(10, number=8)
    assert len(divided(draws, noise + np.where(draws["n1"] > 0.5, -9.0, 9.0))) == 1


def test_a_group_is_a_column_of_its_own():
    draws, _ = space(11, numbers=2, number=3)
    featured = parts.featured(draws)
    assert featured.columns.tolist() == ["n0", "n1", *(f"{GROUP}{name}" for name in GROUPS)]
    assert (featured.iloc[:, 2:].sum(axis=1) == 1.0).all()
    assert met(draws, [Condition(f"{GROUP}{GROUPS[1]}", True, 0.5)]).equals(draws.index[3:6])
