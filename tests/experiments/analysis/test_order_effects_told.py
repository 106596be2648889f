from dataclasses import replace
from io import BytesIO
from itertools import permutations

import numpy as np
import pandas as pd
import pytest

from experiments import measures
from experiments.analysis import order_effects_figures, order_words
from experiments.analysis.ladder_orders import Orders
from experiments.analysis.order_effects_told import section
from experiments.analysis.order_reading import read
from model.vocabulary import InputError

STEPS = ("Aid", "Banks", "Crude", "Debt")
LASTED = measures.measure_of("settled_and_lasted")
HARDSHIP = measures.measure_of("hardship")


class Pretended:
    """A sweep of the orders of a ladder, in which Aid before Banks is worth so much hardship."""

    def __init__(self, steps=3, holds=lambda order: True, worth=0.0, units=80, **account):
        self.chosen = [order for order in permutations(range(steps)) if holds(order)]
        self.titles, self.worth, self.units = STEPS[:steps], worth, units
        self.scenarios, self.months, self.finished = ["a-case"], {"a-case": 48}, True
        valid = {"base": "ladder", "valid": len(self.chosen), "run": len(self.chosen)}
        self.account = {"orders": [valid | account]}

    def strategies(self):
        rows = [(self.name(order), "ladder", order, self.titles) for order in self.chosen]
        return pd.DataFrame(rows, columns=["strategy", "base", "order", "steps"]).set_index("strategy")

    def name(self, order):
        return "ladder-" + "".join("abcd"[step] for step in order)

    def sampling(self):
        return {"design": "latin-hypercube", "luck": "fresh", "replicates": 1, "numbers": ["x"]}

    def runs(self, columns, scenario=None, dispute=None):
        rng = np.random.default_rng(4)
        luck = 0.3 * rng.normal(size=self.units)
        frames = []
        for order in self.chosen:
            early = order.index(0) < order.index(1)
            value = 0.5 + luck + 0.02 * rng.normal(size=self.units) + self.worth * early
            frame = pd.DataFrame(
                {"scenario": "a-case", "strategy": self.name(order), "dispute": "x"}, range(1)
            )
            frame = frame.loc[np.zeros(self.units, dtype=int)].assign(replicate=0, draw=np.arange(self.units))
            frames.append(frame.assign(**dict.fromkeys(columns, value)))
        return pd.concat(frames, ignore_index=True)


def told(**known):
    return section(Pretended(**known), outcome="hardship")


def test_the_step_that_is_named_first_is_the_one_that_is_better_first():
    assert "; most of all, “Aid” before “Banks” is better by 0." in told(worth=-0.1).finding  # less hardship
    assert "; most of all, “Banks” before “Aid” is better by 0." in told(worth=0.1).finding
    assert told(worth=0.1).finding.startswith("Order matters (p < 0.001): civilian hardship, 0.")


def test_where_orders_are_level_no_difference_is_claimed():
    found = told()
    assert found.finding.startswith("Order makes no difference that these runs can tell (p = 0.")
    assert "none of 3 pairs of steps are told apart" in " ".join(found.sentences)
    assert "No step is told to do better or worse in one place than over all of them." in found.sentences


def test_a_pair_told_apart_is_said_although_orders_as_a_whole_are_not():
    reading = read(orders_of(3, worth=0.2, noise=0.0), LASTED)
    assert order_words.finding(replace(reading, effect_p=0.06)).startswith(
        "Orders as a whole are not told apart (p = 0.06), but “1” before “2” is better by 20 points"
    )


def test_what_always_comes_first_is_said_to_be_unreadable():
    found = told(holds=lambda order: order.index(0) < order.index(2))
    assert (
        "In every valid order “Aid” always comes before “Crude”: what that is worth cannot be read here."
    ) in found.sentences


def test_of_a_sample_it_is_said_how_many_orders_were_run():
    found = told(steps=4, holds=lambda order: order[0] in (0, 1), valid=24)
    assert (
        "Of 24 valid orders, 12 were run; a better or a worse one may be among the others." in found.sentences
    )
    assert any(note.startswith("Orders were sampled: the variance over orders") for note in found.notes)


def test_orders_that_say_the_same_are_no_sample():
    found = told(holds=lambda order: order.index(0) < order.index(2), valid=6, drawn=6)
    assert not any("were run; a better" in sentence for sentence in found.sentences)
    assert any(sentence.startswith("In every order that was run “Aid”") for sentence in found.sentences)


def test_as_written_is_placed_among_the_others():
    assert any("As written, it comes " in sentence for sentence in told(worth=-0.1).sentences)
    skipped = told(holds=lambda order: order != (0, 1, 2), valid=6)
    assert not any("As written" in sentence for sentence in skipped.sentences)


def test_orders_that_go_exactly_as_the_best_are_counted():
    orders = orders_of(3, worth=0.2, noise=0.0)
    texts = order_words.sentences(read(orders, LASTED))
    assert any("and 2 others go exactly as it does; 3 of the 5 others are worse" in text for text in texts)


def test_one_unit_of_luck_tells_nothing_of_order():
    assert told(units=1, worth=0.1).finding == (
        "Nothing can be said of order: there is only one replicate with luck of its own"
    )


def test_every_table_and_figure_has_a_name_and_columns_in_words():
    found = told(worth=-0.1)
    assert list(found.tables) == [
        "orders",
        "over-all-orders",
        "neighbours-swapped",
        "all-pairs-at-once",
        "places",
    ]
    assert not any("_" in column for table in found.tables.values() for column in table.columns)
    assert list(found.figures) == ["orders", "pairs", "places"]


def test_a_base_without_orders_is_refused():
    with pytest.raises(InputError, match="base 'other' has not two orders in this sweep; there is ladder"):
        section(Pretended(), outcome="hardship", base="other")


def orders_of(steps, most=30, worth=0.0, noise=0.1):
    every = np.array([order for order, _ in zip(permutations(range(steps)), range(most), strict=False)])
    rng = np.random.default_rng(2)
    values = rng.normal(size=(40, 1)) + noise * rng.normal(size=(40, len(every)))
    places = np.argsort(every, axis=1)
    values += worth * (places[:, 0] < places[:, 1])
    titles = tuple(map(str, range(1, steps + 1)))
    return Orders("ladder", titles, every, values, tuple(map(str, every)), valid=len(every))


def test_a_difference_is_told_with_its_unit_and_to_two_figures():
    orders = read(orders_of(3, worth=0.2, noise=0.0), HARDSHIP)
    row = orders.swaps.iloc[0]
    assert order_words.worth(row, HARDSHIP) == (
        "“2” before “1” is better by 0.20 on a scale of 0 to 1 (0.20 to 0.20)"
    )
    assert order_words.worth(row, LASTED) == "“1” before “2” is better by 20 points (20 to 20)"


def test_of_many_orders_the_best_and_the_worst_are_drawn():
    ranks = order_effects_figures.chosen(120)
    assert ranks[:10] == list(range(10))
    assert ranks[10] is None
    assert ranks[-1] == 119
    assert order_effects_figures.chosen(6) == list(range(6))


@pytest.mark.parametrize("steps", [2, 3, 8])
def test_figures_are_drawn_with_two_steps_and_with_many(steps):
    reading = read(orders_of(steps, worth=0.2), LASTED)
    drawn = [
        order_effects_figures.strips(reading.orders, reading.ranked, LASTED, "Title", ""),
        order_effects_figures.matrix(reading.orders, {"One": reading.over_all}, LASTED, "Title", ""),
        order_effects_figures.profile(reading.orders, reading.positions, LASTED, "Title", ""),
    ]
    for figure in drawn:
        kept = BytesIO()
        figure.savefig(kept, dpi=40)
        assert kept.getbuffer().nbytes > 1000


def test_a_strip_shows_its_steps_in_order():
    reading = read(orders_of(3, worth=0.2), LASTED)
    figure = order_effects_figures.strips(reading.orders, reading.ranked, LASTED, "Title", "")
    written = [text.get_text() for text in figure.axes[1].texts]
    best = reading.orders.orders[reading.ranked["place"].iloc[0]]
    assert written[:3] == [str(step + 1) for step in best]
