"""Secrecy: what leaks and disclosure do, shown by switching each mechanism off."""

import pytest
from showing import Showing, assert_shown, runs_thousands

pytestmark = runs_thousands

CASES = [
    Showing(
        mechanism="M14",
        claim="Back channels leak, the more so the more people know and the longer it has lasted.",
        quantity="leaks",
        sign=1,
        strategy={"talks": {"insiders": 40, "memorandum": "none"}},
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.mechanism)
def test_switching_it_off_shows(case):
    assert_shown(case)
