"""What several mechanisms can bring about, and what then follows."""

from hypothesis import given
from hypothesis import strategies as st

from model.process import has_line

DISPUTE = st.integers(0, 40)


@given(st.sets(DISPUTE), DISPUTE)
def test_a_body_holds_a_line_on_one_dispute_whatever_it_holds_on_others(held, dispute):
    lines = sum(1 << each for each in held)
    assert has_line(lines, dispute) == (dispute in held)
