"""What measures do to people and to output, shown by switching each mechanism off."""

import pytest
from showing import ALL_AT_ONCE, Showing, assert_shown, runs_thousands

pytestmark = runs_thousands

CASES = [
    Showing(
        mechanism="M66",
        claim="Openings beside penalties take away hardship, and with it the fear of collapse.",
        quantity="hardship",
        sign=-1,
        strategy={
            "talks": {"track": "public"},
            "pressure": {"phase": "hold", "months": 120, "openings": 1.0},
            "civilians": {"humanitarian": "none"},
        },
    ),
    Showing(
        mechanism="M72",
        claim="Sectors that are opened again give output back, in time.",
        quantity="output_at_end",
        sign=1,
        strategy={"stages": ALL_AT_ONCE},
        numbers={"output_recovery": 0.03},
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.mechanism)
def test_switching_it_off_shows(case):
    assert_shown(case)
