"""Who comes after."""

import pytest

from model.mechanisms.turnover import character_drawn
from model.vocabulary import Character


def test_characters_are_drawn_as_often_as_their_prior_says():
    drawn = [character_drawn((place + 0.5) / 1000, 0.35, 0.4) for place in range(1000)]
    assert [drawn.count(character) for character in Character] == pytest.approx([350, 400, 250], abs=1)
