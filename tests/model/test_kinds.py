"""Every kind of agent acts: a scenario without it lives differently, by more than chance on the same luck."""

import copy
import functools
from pathlib import Path

import numpy as np
import pytest

from model.compiled import is_plain
from model.ensemble import run_ensemble
from model.outcomes import OUTCOMES
from model.scenario import load_scenario
from model.strategy import load_strategy
from model.vocabulary import CivilKind, words_of

pytestmark = [
    pytest.mark.usefixtures("compiled"),
    pytest.mark.skipif(is_plain(), reason="thousands of runs: compiled only"),
]

REGION = load_scenario(Path(__file__).parent / "region.toml")
#: A strategy that asks something of everybody: seats, a role for the region, quiet talks.
INVOLVING = load_strategy(
    {
        "name": "involving",
        "title": "Everybody at work",
        "description": "Every kind of agent is given a part.",
        "source": "made up for these tests",
        "talks": {"track": "dual"},
        "senders": {"coordination": "unified"},
        "region": {"role": "evaluator", "neighbours": ["messages"]},
        "sponsor": {"intensity": 0.6, "guarantee": True},
        "civilians": {"civil_society": "observer", "communities": "observer"},
        "stages": [
            {
                "title": f"Step {step}",
                "relief": {"all": 0.25},
                "asks": {"all": 0.25 * step},
                "release": "verified",
            }
            for step in (1, 2, 3, 4)
        ],
    }
)
PLAIN = load_strategy(
    {
        **INVOLVING.model_dump(exclude_unset=True, exclude={"region", "sponsor"}),
        "name": "without-the-region",
    }
)
REPLICATES = 200
#: Outcomes that are read off the actors who are gone, so that their absence alone moves them.
COUNTING = {
    *("coalition_breadth", "worst_community", "open_grievances", "grievance_age"),
    *("spillover", "third_party_loss", "pressure_spread"),
}
#: |t| that chance alone exceeds in one outcome of fifty once in three hundred tries.
BAR = 4.0


def names(table, kind=None):
    """Return the names of the actors of a table, of one kind where it is given."""
    return {entry["name"] for entry in REGION.raw[table] if kind in (None, entry["kind"])}


def without(gone):
    """Return the region without the actors called ``gone``, their ties and their parts in the dispute."""
    raw = copy.deepcopy(dict(REGION.raw))
    for mediator in raw["mediators"]:
        if mediator.get("home") in gone:
            del mediator["home"]

    def stays(entry):
        return not any(isinstance(value, str) and value in gone for value in entry.values())

    for table, entries in raw.items():
        if isinstance(entries, list) and entries and isinstance(entries[0], dict) and table != "disputes":
            raw[table] = [entry for entry in entries if stays(entry)]
    for dispute in raw["disputes"]:
        for key in ("body", "verifier"):
            if dispute.get(key) in gone:
                del dispute[key]
        for key in ("parties", "channels"):
            dispute[key] = [entry for entry in dispute[key] if stays(entry)]
    return load_scenario(raw)


@functools.cache
def lives(gone, strategy):
    """Return the outcomes of the region without those who are gone."""
    return run_ensemble(without(gone), strategy, replicates=REPLICATES, months=60)


def strongest(gone, strategy=INVOLVING):
    """Return the outcome that the absence of ``gone`` moves most, and its t."""
    here, absent = lives(frozenset(), strategy), lives(frozenset(gone), strategy)
    found = {}
    for name in set(OUTCOMES) - COUNTING:
        difference = (here[name].astype(float) - absent[name].astype(float)).dropna()
        if len(difference) > 2 and difference.std() > 0:
            found[name] = difference.mean() / (difference.std() / np.sqrt(len(difference)))
    return max(found.items(), key=lambda item: abs(item[1]))


@pytest.mark.parametrize("kind", words_of(CivilKind))
def test_each_kind_of_civil_society_is_missed(kind):
    outcome, t = strongest(names("civil_society", kind))
    assert abs(t) > BAR, f"without {kind} nothing moves: {outcome}, t {t:.1f}"


def test_mediators_are_missed():
    outcome, t = strongest(names("mediators"))
    assert abs(t) > BAR, (outcome, t)


def test_regional_bodies_are_missed():
    outcome, t = strongest(names("bodies"), PLAIN)
    assert abs(t) > BAR, (outcome, t)


@pytest.mark.parametrize("role", ["neighbour", "ally", "spoiler", "veto-player", "sender"])
def test_each_role_of_a_state_beside_the_principals_is_missed(role):
    parties = REGION.raw["disputes"][0]["parties"]
    outcome, t = strongest({party["state"] for party in parties if party.get("role") == role})
    assert abs(t) > BAR, f"without any {role} nothing moves: {outcome}, t {t:.1f}"
