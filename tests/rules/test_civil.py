"""Who watches, who lives with it, who is heard."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.mechanisms.civil import leaning, stirred
from model.vocabulary import CivilKind

SHARE = st.floats(0.0, 1.0)
KIND = st.sampled_from(list(CivilKind))


@given(KIND, SHARE, SHARE, SHARE, SHARE, SHARE)
def test_a_voice_is_a_share(kind, hardship, gain, visible, tension, grievance):
    assert 0.0 <= stirred(kind, hardship, gain, visible, tension, grievance) <= 1.0


@pytest.mark.parametrize("kind", list(CivilKind))
def test_nobody_has_anything_to_say_where_nothing_happens(kind):
    assert stirred(kind, 0.0, 0.0, 0.0, 0.0, 0.0) == 0.0


@given(KIND, SHARE, SHARE, SHARE, SHARE, SHARE, st.integers(0, 4), SHARE)
def test_nothing_that_happens_makes_a_group_quieter(
    kind, hardship, gain, visible, tension, grievance, which, more
):
    before = [hardship, gain, visible, tension, grievance]
    after = [min(1.0, value + more) if place == which else value for place, value in enumerate(before)]
    assert stirred(kind, *after) >= stirred(kind, *before) - 1e-12


@pytest.mark.parametrize("kind", [CivilKind.HARDLINE_MOVEMENT, CivilKind.OPPOSITION, CivilKind.MEDIA])
def test_a_visible_concession_stirs_its_opponents_and_the_press(kind):
    assert stirred(kind, 0.0, 0.0, 0.8, 0.0, 0.1) > stirred(kind, 0.0, 0.0, 0.2, 0.0, 0.1)


@pytest.mark.parametrize("kind", [CivilKind.BUSINESS, CivilKind.DIASPORA])
def test_business_speaks_up_for_what_it_gains(kind):
    assert stirred(kind, 0.1, 0.8, 0.0, 0.0, 0.0) > stirred(kind, 0.1, 0.2, 0.0, 0.0, 0.0)


@pytest.mark.parametrize("kind", [CivilKind.COMMUNITY, CivilKind.HUMANITARIAN, CivilKind.WATCHDOG])
def test_those_who_live_with_it_speak_of_hardship(kind):
    assert stirred(kind, 0.8, 0.0, 0.0, 0.0, 0.1) > stirred(kind, 0.2, 0.0, 0.0, 0.0, 0.1)


def test_only_hardline_movements_pull_against_any_settlement():
    against = {kind for kind in CivilKind if leaning(kind) < 0.0}
    assert against == {CivilKind.HARDLINE_MOVEMENT}
    for_it = {kind for kind in CivilKind if leaning(kind) > 0.0}
    assert CivilKind.BUSINESS in for_it
    assert CivilKind.COMMUNITY in for_it
    assert CivilKind.MEDIA not in for_it
