"""Outcomes kept on purpose: written by `make golden`, with a line in the changelog marked "Results"."""

import json
import math
from pathlib import Path

from model.ensemble import run_ensemble
from model.outcomes import OUTCOMES

PLACE = Path(__file__).with_name("golden.json")
SCENARIOS = ("iran-2012", "stylised-region")
STRATEGIES = ("step-for-step", "goodwill-snapback", "maximum-pressure", "quiet-ladder")


def rows():
    """Return a few runs as plain rows, with never as None."""
    found = []
    for scenario in SCENARIOS:
        runs = run_ensemble(scenario, list(STRATEGIES), replicates=4, seed=7)
        for run in runs.to_dict(orient="records"):
            kept = {name: str(run[name]) for name in ("scenario", "strategy", "dispute", "label", "ending")}
            kept |= {"replicate": int(run["replicate"])}
            kept |= {name: plain(run[name]) for name in OUTCOMES}
            found.append(kept)
    return found


def plain(value):
    """Return a number that JSON can hold, or None for never."""
    number = float(value)
    return None if math.isnan(number) else number


if __name__ == "__main__":
    PLACE.write_text(json.dumps(rows(), indent=1) + "\n", encoding="utf-8")
    print(f"Wrote {PLACE.name}; say in CHANGELOG.md what moved, marked **Results**")
