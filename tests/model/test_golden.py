"""Results do not move unless somebody means them to."""

import importlib.util
import json
from pathlib import Path

import pytest

SPEC = importlib.util.spec_from_file_location("golden", Path(__file__).with_name("golden.py"))
golden = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(golden)

HINT = "results moved: if that is meant, run `make golden` and say so in CHANGELOG.md, marked **Results**"


@pytest.mark.usefixtures("compiled")
def test_the_kept_outcomes_are_those_of_the_current_model():
    kept = json.loads(golden.PLACE.read_text(encoding="utf-8"))
    now = golden.rows()
    assert len(kept) == len(now), HINT
    for before, after in zip(kept, now, strict=True):
        for name, value in before.items():
            expected = value if value is None or isinstance(value, str) else pytest.approx(value, rel=1e-9)
            assert after[name] == expected, f"{HINT}: {name} of {before['strategy']} in {before['scenario']}"


def test_the_kept_outcomes_differ_among_themselves():
    kept = json.loads(golden.PLACE.read_text(encoding="utf-8"))
    assert len({row["label"] for row in kept}) >= 4
    assert len({row["hardship"] for row in kept}) > len(kept) // 2
