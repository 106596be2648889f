"""What the tests of the page share: the month is compiled before the first of them."""

import pytest


@pytest.fixture(autouse=True, scope="session")
def _compiled(compiled):
    """Charge no single test with the compilation of the month."""
