"""Relief stepped back, snapped back, expired, or abandoned with the process."""

from hypothesis import given
from hypothesis import strategies as st

from model.mechanisms.reversal import gain_of_leaving

POINTS = st.floats(0.0, 20.0)


@given(POINTS, POINTS, POINTS, POINTS, POINTS)
def test_a_dear_bargain_of_a_predecessor_is_left_and_a_worthy_one_kept(
    price, distance, worth, standing, more
):
    base = gain_of_leaving(price, distance, worth, standing)
    assert gain_of_leaving(price + more, distance, worth, standing) >= base
    assert gain_of_leaving(price, distance + more, worth, standing) >= base
    assert gain_of_leaving(price, distance, worth + more, standing) <= base
    assert gain_of_leaving(price, distance, worth, standing + more) <= base
