from experiments import palette


def test_a_strategy_keeps_its_colour_whatever_it_is_compared_with():
    catalogue = [f"s{number}" for number in range(20)]
    alone = palette.strategy_marks(["s9"], catalogue)
    together = palette.strategy_marks(["s3", "s9", "mine"], catalogue)
    assert alone["s9"] == together["s9"]


def test_forty_strategies_are_told_apart_by_colour_and_mark():
    names = [f"s{number}" for number in range(40)]
    assert len(set(palette.strategy_marks(names, names).values())) == 40


def test_endings_have_a_fixed_order_with_unknown_ones_last():
    assert palette.ending_order({"stalled", "made up", "settled and durable"}) == [
        "settled and durable",
        "stalled",
        "made up",
    ]


def test_text_is_readable_on_every_ending():
    assert palette.readable_on("#000000") == "#ffffff"
    assert palette.readable_on("#ffffff") == palette.INK
