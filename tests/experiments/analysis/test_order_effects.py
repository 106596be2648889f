from dataclasses import replace
from itertools import permutations

import numpy as np
import pandas as pd
import pytest

from experiments import statistics
from experiments.analysis import order_effects
from experiments.analysis.ladder_orders import Orders, bases, chosen_base, gathered
from model.vocabulary import InputError

TITLES = ("Aid", "Banks", "Crude", "Debt")


def every(steps, holds=lambda order: True):
    return np.array([order for order in permutations(range(steps)) if holds(order)])


def comes_before(orders, first, second):
    places = np.argsort(orders, axis=1)
    return places[:, first] < places[:, second]


def lived(orders, worth=0.0, units=200, noise=0.3, seed=1, pair=(0, 1), **known):
    """Return orders whose mean differs by `worth` only where the first of `pair` comes before the second."""
    rng = np.random.default_rng(seed)
    values = rng.normal(size=(units, 1)) + noise * rng.normal(size=(units, len(orders)))
    values = values + worth * comes_before(orders, *pair)
    names = tuple("-".join(map(str, order)) for order in orders)
    known.setdefault("valid", len(orders))
    return Orders("ladder", TITLES[: orders.shape[1]], orders, values, names, **known)


def row(table, **where):
    for column, value in where.items():
        table = table[table[column] == value]
    assert len(table) == 1
    return table.iloc[0]


@pytest.mark.parametrize("effect", ["precedence", "swaps", "additive"])
@pytest.mark.parametrize("worth", [0.2, -0.2])
def test_a_planted_precedence_is_found_with_its_size_and_sign(effect, worth):
    found = row(getattr(order_effects, effect)(lived(every(4), worth)), first="Aid", second="Banks")
    assert found.low < worth < found.high
    assert found.apart
    assert np.sign(found.estimate) == np.sign(worth)


@pytest.mark.parametrize("effect", ["swaps", "additive"])
def test_without_noise_only_the_planted_pair_is_worth_anything(effect):
    table = getattr(order_effects, effect)(lived(every(4), 0.25, noise=0.0))
    planted = (table["first"] == "Aid") & (table["second"] == "Banks")
    assert table["estimate"].to_numpy() == pytest.approx(np.where(planted, 0.25, 0.0), abs=1e-12)


def test_over_all_orders_a_pair_lends_a_third_of_its_worth_to_those_that_share_a_step():
    """Of the orders with Aid before Crude two thirds have Aid before Banks, of the others one third."""
    table = order_effects.precedence(lived(every(3), 0.3, noise=0.0))
    assert row(table, first="Aid", second="Crude").estimate == pytest.approx(0.1)
    assert row(table, first="Banks", second="Crude").estimate == pytest.approx(-0.1)


def test_neighbours_swapped_see_the_planted_worth_where_third_steps_confound_the_plain_difference():
    """Crude never comes before Aid, and all of the worth is Banks before Crude."""
    allowed = every(4, lambda order: order.index(0) < order.index(2))
    orders = lived(allowed, 0.3, noise=0.0, pair=(1, 2))
    plain, swapped = order_effects.precedence(orders), order_effects.swaps(orders)
    assert row(plain, first="Aid", second="Banks").estimate == pytest.approx(-0.15)
    assert row(swapped, first="Aid", second="Banks").estimate == pytest.approx(0, abs=1e-12)
    assert row(swapped, first="Banks", second="Crude").estimate == pytest.approx(0.3)
    additive = row(order_effects.additive(orders), first="Banks", second="Crude")
    assert additive.estimate == pytest.approx(0.3)


@pytest.mark.parametrize("effect", ["precedence", "swaps", "additive"])
def test_what_is_won_one_way_round_is_lost_the_other(effect):
    orders = lived(every(4), 0.1)
    renamed = np.array([2, 0, 3, 1])  # the step 0 is now called 2, ...
    turned = replace(
        orders, orders=renamed[orders.orders], steps=tuple(TITLES[place] for place in np.argsort(renamed))
    )
    one = order_effects.square(getattr(order_effects, effect)(orders), TITLES)
    other = order_effects.square(getattr(order_effects, effect)(turned), TITLES)
    assert one == pytest.approx(-one.T, nan_ok=True)
    assert one == pytest.approx(other, nan_ok=True)


@pytest.mark.parametrize("effect", ["precedence", "swaps", "additive"])
def test_a_pair_that_no_order_turns_round_has_no_worth_and_costs_no_correction(effect):
    orders = lived(every(3, lambda order: order.index(0) < order.index(1)), 0.2)
    table = getattr(order_effects, effect)(orders)
    forbidden = row(table, first="Aid", second="Banks")
    assert np.isnan([forbidden.estimate, forbidden.p, forbidden.corrected]).all()
    assert not forbidden.apart
    tested = table.dropna(subset="p")
    assert tested["corrected"].tolist() == statistics.holm(tested["p"].tolist()).tolist()


def test_an_effect_over_all_valid_orders_is_the_paired_comparison_of_their_means():
    orders = lived(every(3), 0.05)
    early = comes_before(orders.orders, 0, 2)
    means = orders.values[:, early].mean(axis=1), orders.values[:, ~early].mean(axis=1)
    expected, p_value = statistics.paired_mean(*means)
    found = row(order_effects.precedence(orders), first="Aid", second="Crude")
    assert (found.estimate, found.low, found.high, found.p) == pytest.approx(
        (expected.estimate, expected.low, expected.high, p_value)
    )


def test_effects_of_a_place_sum_to_zero_over_places_and_over_steps():
    table = order_effects.positions(lived(every(4), 0.2))
    assert table.groupby("step")["estimate"].sum().to_numpy() == pytest.approx(np.zeros(4), abs=1e-12)
    assert table.groupby("place")["estimate"].sum().to_numpy() == pytest.approx(np.zeros(4), abs=1e-12)


def test_a_step_that_does_best_early_loses_place_by_place():
    table = order_effects.positions(lived(every(3), 0.6, noise=0.0))
    aid = table.loc[table["step"] == "Aid", "estimate"]
    assert aid.to_numpy() == pytest.approx([0.3, 0.0, -0.3])  # Banks comes later in all, half or none


def test_a_place_that_a_step_never_has_is_left_blank():
    orders = lived(every(3, lambda order: order.index(0) < order.index(1)))
    table = order_effects.positions(orders)
    assert np.isnan(row(table, step="Aid", place=3).estimate)
    assert row(table, step="Aid", place=3).orders == 0


@pytest.mark.parametrize("effect", ["precedence", "swaps", "additive"])
def test_where_orders_differ_in_nothing_a_pair_is_called_worth_something_one_time_in_twenty(effect):
    found = [
        getattr(order_effects, effect)(lived(every(3), units=12, seed=seed))["p"].to_numpy() < 0.05
        for seed in range(400)
    ]
    assert 0.03 < np.mean(found) < 0.07


def sampled(worth, size, seed, own=0.3):
    """Return a sample of all orders of four steps, each of which is worth something of its own too."""
    rng = np.random.default_rng(seed)
    chosen = every(4)[rng.choice(24, size, replace=False)]
    orders = lived(chosen, worth, units=300, noise=0.1, seed=seed, valid=24)
    own_worth = own * np.random.default_rng(7).normal(size=24)
    lookup = {tuple(order): value for order, value in zip(every(4), own_worth, strict=True)}
    return replace(orders, values=orders.values + [lookup[tuple(order)] for order in chosen]), own_worth


@pytest.mark.parametrize("effect", ["precedence", "additive"])
def test_intervals_from_a_sample_of_orders_cover_what_all_orders_would_have_shown(effect):
    _, own = sampled(0.0, 24, 0)
    whole = Orders("ladder", TITLES, every(4), np.tile(own, (2, 1)), ("",) * 24, 24)
    truth = getattr(order_effects, effect)(whole)["estimate"]
    covered = []
    for seed in range(150):
        table = getattr(order_effects, effect)(sampled(0.0, 12, seed)[0])
        covered.append((table["low"] <= truth) & (truth <= table["high"]))
    assert np.mean(covered) > 0.93


def test_a_sample_of_orders_makes_intervals_wider_than_luck_alone():
    orders, _ = sampled(0.5, 12, 3)
    counted, ignored = (
        row(order_effects.precedence(replace(orders, valid=valid)), first="Aid", second="Banks")
        for valid in (24, 12)
    )
    assert counted.estimate == ignored.estimate
    assert counted.high - counted.low > 3 * (ignored.high - ignored.low)


def test_one_matched_pair_of_a_sample_says_nothing_of_the_others():
    few = np.array([[0, 1, 2, 3], [1, 0, 2, 3], [3, 2, 1, 0]])
    found = row(order_effects.swaps(lived(few, 5.0, valid=24)), first="Aid", second="Banks")
    assert (found.matched, found.low, found.high) == (1, -np.inf, np.inf)
    assert not found.apart


def test_matched_orders_differ_only_in_two_neighbours():
    orders = lived(every(4))
    matched = order_effects.neighbours(orders, 2, 0)
    assert len(matched) == 6  # the pair in three places, the others in two orders
    for ahead, behind in orders.orders[np.array(matched)]:
        differ = np.flatnonzero(ahead != behind)
        assert ahead[differ].tolist() == [2, 0]
        assert behind[differ].tolist() == [0, 2]
        assert np.diff(differ) == 1


def strategies(levels=("soft", "hard"), skip=()):
    rows = [
        (f"ladder-{''.join(map(str, order))}-{level}", "ladder", order, TITLES[:3], level)
        for order in permutations(range(3))
        for level in levels
    ]
    rows = [line for line in rows if line[0] not in skip]
    rows.append(("apart", "apart", None, None, "soft"))
    return pd.DataFrame(rows, columns=["strategy", "base", "order", "steps", "pressure"]).set_index(
        "strategy"
    )


def in_units(table, units=5):
    values = np.random.default_rng(0).normal(size=(units, len(table)))
    return pd.DataFrame(values, columns=list(table.index))


def test_an_order_is_averaged_over_the_settings_of_other_levers():
    known = strategies()
    units = in_units(known)
    orders = gathered(units, known, "ladder", valid=6)
    expected = units[["ladder-210-soft", "ladder-210-hard"]].mean(axis=1)
    place = [tuple(order) for order in orders.orders].index((2, 1, 0))
    assert orders.values[:, place] == pytest.approx(expected.to_numpy())
    assert (orders.settings, orders.mixed, orders.unseen) == (2, False, 0.0)


def test_a_setting_that_lacks_an_order_is_not_averaged_over():
    known = strategies(skip=("ladder-012-hard",))
    units = in_units(known)
    orders = gathered(units, known, "ladder")
    assert orders.settings == 1
    assert orders.values[:, 0] == pytest.approx(units["ladder-012-soft"].to_numpy())


def test_orders_that_differ_in_other_levers_too_are_taken_as_a_sample():
    known = strategies(skip=("ladder-012-hard", "ladder-210-soft"))
    orders = gathered(in_units(known), known, "ladder", valid=6)
    assert (orders.mixed, orders.unseen) == (True, 1.0)


def test_units_that_lack_an_order_are_left_out_and_counted():
    known = strategies()
    units = in_units(known)
    units.loc[2, "ladder-201-soft"] = np.nan
    units["apart"] = np.nan  # no order of this base
    assert gathered(units, known, "ladder").left_out == 1
    assert len(gathered(units, known, "ladder").values) == 4


def test_steps_of_one_title_stay_apart():
    known = strategies()
    known["steps"] = [("Step", "Step", "Last")] * len(known)
    assert gathered(in_units(known), known, "ladder").steps == ("Step (1)", "Step (2)", "Last")


def test_the_base_with_most_orders_is_told_of_unless_another_is_named():
    known = pd.concat([strategies(), strategies(("soft",)).assign(base="other").iloc[:2].rename(str.upper)])
    assert bases(known).to_dict() == {"ladder": 6, "other": 2}
    assert chosen_base(known, None) == "ladder"
    assert chosen_base(known, "other") == "other"
    with pytest.raises(InputError, match="base 'apart' has not two orders in this sweep; there is ladder"):
        chosen_base(known, "apart")
    with pytest.raises(InputError, match="no strategy of this sweep was run in two orders"):
        chosen_base(known.assign(order=None), None)
