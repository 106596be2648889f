import pytest

from experiments.sweeps.values import level_in, number_in, pair_in, span_in
from model.vocabulary import InputError


def test_what_an_analyst_writes_is_what_is_read():
    assert [number_in(3), number_in(0.5)] == [3, 0.5]
    assert span_in([0, 1]) == (0.0, 1.0)
    assert pair_in(["First step", "Last step"]) == ("First step", "Last step")
    assert level_in(["energy", "finance"]) == ("energy", "finance")
    assert [level_in(level) for level in (3, 0.5, True, "audit", {"all": 0.2})] == [
        3,
        0.5,
        True,
        "audit",
        {"all": 0.2},
    ]


@pytest.mark.parametrize(
    ("read", "value", "allowed"),
    [
        (number_in, "high", "should be a number, not 'high'"),
        (number_in, True, "should be a number, not True"),
        (number_in, float("nan"), "should be a number, not nan"),
        (span_in, 0.5, r"a range such as \[0.1, 0.4\], not 0.5"),
        (span_in, [0.5], r"a range such as \[0.1, 0.4\], not \[0.5\]"),
        (span_in, ["low", 1], "should be a number, not 'low'"),
        (span_in, [0.4, 0.1], "the lower end first"),
        (span_in, [0.4, 0.4], "the lower end first"),
        (pair_in, ["a", "b", "c"], "should be two titles"),
        (pair_in, ["a", ""], "should be two titles"),
        (pair_in, "ab", "should be two titles"),
        (level_in, [1, 2], "a list of words"),
        (level_in, "", "a word"),
        (level_in, None, "a number"),
        (level_in, float("inf"), "a number"),
    ],
)
def test_what_cannot_be_read_is_told_once_with_what_is_allowed(read, value, allowed):
    with pytest.raises(InputError, match=allowed) as fault:
        read(value)
    assert "\n" not in str(fault.value)
