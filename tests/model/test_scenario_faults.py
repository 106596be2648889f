"""Faults of a scenario file: each is told with its key and what is allowed."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest

from model.scenario import load_scenario
from model.vocabulary import InputError

IRAN = dict(load_scenario("iran-2012").raw)

Edit = Callable[[dict[str, Any]], object]


def faults_of(edit: Edit) -> list[str]:
    raw = copy.deepcopy(IRAN)
    edit(raw)
    with pytest.raises(InputError) as refused:
        load_scenario(raw)
    return str(refused.value).splitlines()


def dispute(raw: dict[str, Any]) -> dict[str, Any]:
    return raw["disputes"][0]


def party(raw: dict[str, Any], state: str) -> dict[str, Any]:
    return next(entry for entry in dispute(raw)["parties"] if entry["state"] == state)


FAULTS: dict[str, tuple[Edit, str]] = {
    "unknown actor": (
        lambda raw: dispute(raw).update(target="irann"),
        "disputes[1].target: unknown actor 'irann' (did you mean 'iran'?)",
    ),
    "actor of another kind": (
        lambda raw: raw["members"][0].update(state="iaea"),
        "members[1].state: 'iaea' is a body; needed is a state",
    ),
    "share above one": (
        lambda raw: raw["states"][0].update(support=1.2),
        "states[1].support: 1.2 is out of range; the most is 1",
    ),
    "shares of one sector above one": (
        lambda raw: raw["trade"][0]["shares"].update(energy=0.9),
        "trade: the shares of 'iran' in energy sum to 1.59; at most 1",
    ),
    "no target": (
        lambda raw: dispute(raw).pop("target"),
        "disputes[1].target: missing; every dispute needs a target and a lead sender",
    ),
    "no lead sender": (
        lambda raw: dispute(raw).pop("lead"),
        "disputes[1].lead: missing; every dispute needs a target and a lead sender",
    ),
    "no dispute": (
        lambda raw: raw.update(disputes=[], calendar=[]),
        "disputes: 0 given; a scenario holds at least one dispute",
    ),
    "target against itself": (
        lambda raw: dispute(raw).update(lead="iran"),
        "disputes[1]: 'iran' is both target and lead sender",
    ),
    "one name twice": (
        lambda raw: raw["bodies"].append({"name": "iran", "kind": "verifier"}),
        "bodies[6].name: 'iran' is the name of states[7] already",
    ),
    "one dispute twice": (
        lambda raw: raw["disputes"].append(dispute(raw)),
        "disputes[2].name: 'nuclear-programme' is the name of disputes[1] already",
    ),
    "tie to oneself": (
        lambda raw: raw["trust"].append({"from": "iran", "to": "iran", "belief": 0.5}),
        "trust[29]: ties 'iran' to itself",
    ),
    "tie listed twice": (
        lambda raw: raw["proximity"].append({"first": "iraq", "second": "iran", "weight": 0.2}),
        "proximity: tie between 'iran and iraq' is listed more than once",
    ),
    "trade listed twice": (
        lambda raw: raw["trade"].append({"from": "iran", "to": "china"}),
        "trade: tie from 'iran to china' is listed more than once",
    ),
    "membership listed twice": (
        lambda raw: raw["members"].append(raw["members"][0]),
        "members: membership of 'united-states in p5-plus-1' is listed more than once",
    ),
    "constituency listed twice": (
        lambda raw: raw["constituencies"].append(raw["constituencies"][0]),
        "constituencies: tie from 'us-arms-control-advocates to united-states' is listed more than once",
    ),
    "trust listed twice": (
        lambda raw: raw["trust"].append(raw["trust"][0]),
        "trust: tie from 'iran to united-states' is listed more than once",
    ),
    "party listed twice": (
        lambda raw: dispute(raw)["parties"].append({"state": "china", "role": "ally"}),
        "disputes[1]: party 'china' is listed more than once",
    ),
    "horizon before the start": (
        lambda raw: raw.update(months=-3),
        "months: -3 is out of range; the least is 1",
    ),
    "negative term": (
        lambda raw: raw["states"][0].update(term=-48),
        "states[1].term: -48 is out of range; the least is 0",
    ),
    "date before the start": (
        lambda raw: raw["calendar"][0].update(date="2011-07"),
        "calendar[1].date: 2011-07 lies before the scenario's start, 2012-01",
    ),
    "no such month": (
        lambda raw: raw.update(start="2012-13"),
        "start: '2012-13' is not a month; write one like 2012-01",
    ),
    "no such milestone": (
        lambda raw: dispute(raw)["milestones"][1].update(name="inspection"),
        "disputes[1].milestones[2].name: 'inspection' is not one of disarmament, test-halt, inspections, "
        "financial-transparency, rights, rule-of-law, press-freedom, judicial-independence, "
        "humanitarian-deliveries, ceasefire, withdrawal (did you mean 'inspections'?)",
    ),
    "no such sector": (
        lambda raw: raw["trade"][0]["shares"].update(oil=0.1),
        "trade[1].shares.oil: 'oil' is not one of energy, finance, technology, essential, arms, travel",
    ),
    "no such layer": (
        lambda raw: raw["acquaintance"].update(layers=["trde"]),
        "acquaintance.layers[1]: 'trde' is not one of trade, proximity, constituency, transnational "
        "(did you mean 'trade'?)",
    ),
    "misspelt key": (
        lambda raw: raw["states"][0].update(hardliner=0.3),
        "states[1].hardliner: unknown key (did you mean 'hardliners'?)",
    ),
    "misspelt table": (
        lambda raw: raw.update(mediatrs=raw.pop("civil_society")),
        "mediatrs: unknown key (did you mean 'mediators'?)",
    ),
    "word for a number": (
        lambda raw: raw["states"][0].update(support="high"),
        "states[1].support: 'high' is not a valid number",
    ),
    "number without end": (
        lambda raw: dispute(raw)["milestones"][0].update(cost=float("inf")),
        "disputes[1].milestones[1].cost: inf is not a finite number",
    ),
    "party without a role": (
        lambda raw: party(raw, "china").pop("role"),
        "disputes[1].parties[9].role: missing for 'china'; one of sender, veto-player, ally, neighbour, "
        "spoiler, bystander",
    ),
    "second target": (
        lambda raw: party(raw, "china").update(role="target"),
        "disputes[1].parties[9].role: the target is named by the key 'target'",
    ),
    "target as an ally": (
        lambda raw: party(raw, "iran").update(role="ally"),
        "disputes[1].parties[1].role: 'iran' is the target already",
    ),
    "veto over nobody": (
        lambda raw: party(raw, "us-congress").update(veto_of="us-congress"),
        "disputes[1].parties[7].veto_of: 'us-congress' is no other party",
    ),
    "veto without a role": (
        lambda raw: party(raw, "china").update(veto_of="iran"),
        "disputes[1].parties[9].veto_of: only a veto-player has one",
    ),
    "chances that do not add up": (
        lambda raw: party(raw, "iran").update(prior={"sincere": 0.4}),
        "disputes[1].parties[1].prior: the chances of sincere, opportunist and hardline sum to 0.4, not to 1",
    ),
    "measure of a stranger": (
        lambda raw: raw["calendar"][0].update(state="us-congres"),
        "calendar[1].state: unknown actor 'us-congres' (did you mean 'us-congress'?)",
    ),
    "measure against nothing": (
        lambda raw: raw["calendar"][0].pop("sectors"),
        "calendar[1].sectors: missing; some of energy, finance, technology, essential, arms, travel",
    ),
    "measure of nobody": (
        lambda raw: raw["calendar"][0].pop("state"),
        "calendar[1].state: missing; measures are somebody's",
    ),
    "fact of another dispute": (
        lambda raw: raw["calendar"][0].update(dispute="nuclear-program"),
        "calendar[1].dispute: unknown dispute 'nuclear-program' (did you mean 'nuclear-programme'?)",
    ),
    "name with a slash": (
        lambda raw: raw["states"].append({"name": "east/west"}),
        "states[21].name: 'east/west' is not a name: it needs a letter, no slash and no blank at its ends",
    ),
    "no table": (
        lambda raw: raw["states"].append("france"),
        "states[21]: 'france' is not a table",
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_told_with_its_key_and_what_is_allowed(fault):
    edit, told = FAULTS[fault]
    assert any(line.startswith(f"scenario: {told}") for line in faults_of(edit)), faults_of(edit)


def test_all_faults_are_told_at_once_one_line_each():
    def spoil(raw: dict[str, Any]) -> None:
        raw["states"][0]["support"] = 2.0
        raw["months"] = 0
        dispute(raw)["verifier"] = "iea"
        raw["calendar"][0]["amount"] = -1.0

    faults = faults_of(spoil)
    assert [fault.split(": ")[1] for fault in faults] == [
        "months",
        "states[1].support",
        "disputes[1].verifier",
        "calendar[1].amount",
    ]


def test_a_name_that_is_unknown_in_many_places_is_told_once():
    faults = faults_of(lambda raw: raw["states"].pop(6))
    about_iran = [fault for fault in faults if "unknown actor 'iran'" in fault]
    assert any(fault.endswith("more keys)") for fault in about_iran)
    assert len(faults) < 10


def test_a_measure_needs_a_party_to_the_dispute():
    def spoil(raw: dict[str, Any]) -> None:
        raw["states"].append({"name": "canada"})
        raw["calendar"][0]["state"] = "canada"

    told = (
        "scenario: calendar[1].state: 'canada' is no party to the dispute; the parties: iran, united-states, "
    )
    assert faults_of(spoil)[0].startswith(told)
