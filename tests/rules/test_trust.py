"""What was seen fades; what is said by those one trusts travels."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.mechanisms.trust import evidence_after

EVIDENCE = st.floats(0.0, 50.0)


@given(EVIDENCE, st.floats(0.0, 5.0), st.floats(0.0, 1.0))
def test_experience_fades_and_never_below_what_remains(evidence, floor, fading):
    after = evidence_after(evidence, floor, fading)
    assert min(evidence, floor) - 1e-12 <= after <= evidence


def test_experience_fades_in_the_end_to_what_remains():
    evidence = 30.0
    for _ in range(400):
        evidence = evidence_after(evidence, 2.0, 0.05)
    assert evidence == pytest.approx(2.0)


def test_who_has_little_experience_does_not_gain_any_by_waiting():
    assert evidence_after(1.0, 2.0, 0.05) == 1.0
