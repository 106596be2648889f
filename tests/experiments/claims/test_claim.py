"""Every claim has a file without faults, and a fault is told with the file and the key."""

import re

import pytest

from experiments.claims.claim import CATALOGUE, list_claims, load_claim
from model import load_strategy
from model.vocabulary import InputError


@pytest.fixture
def faults(tmp_path):
    """The faults of claim C55 with some words of it replaced by others, a line each."""

    def told(*replaced):
        said = (CATALOGUE / "C55.toml").read_text(encoding="utf-8")
        for old, new in replaced:
            assert old in said
            said = said.replace(old, new, 1)
        path = tmp_path / "mine.toml"
        path.write_text(said, encoding="utf-8")
        with pytest.raises(InputError) as fault:
            load_claim(path)
        lines = str(fault.value).splitlines()
        assert all(line.startswith(f"{path}: ") for line in lines)
        return [line.removeprefix(f"{path}: ") for line in lines]

    return told


def test_there_are_ten_claims():
    assert len(list_claims()) == 10


@pytest.mark.parametrize("name", list_claims())
def test_a_bundled_claim_is_called_by_its_file_and_rests_on_a_contrast_that_can_refute_it(name):
    claim = load_claim(name)
    assert claim.id == name
    assert any(contrast.refuted_by for contrast in claim.needed)
    assert claim.verdict.confirmed > claim.verdict.refuted
    assert load_strategy(claim.base).name == claim.base
    assert all(re.fullmatch(r"\d{3}:\d+", seed) for seed in claim.seeds)


@pytest.mark.parametrize("name", list_claims())
def test_no_arm_of_a_bundled_claim_is_idle(name):
    claim = load_claim(name)
    sides = {arm for contrast in claim.contrasts for arm in (*contrast.better, *contrast.than)}
    told_beside = {"verified or in time", "half early"}
    assert {arm.name for arm in claim.arms} - sides <= told_beside


def test_a_claim_is_read_from_a_file_as_by_its_name():
    assert load_claim(CATALOGUE / "C55.toml") == load_claim("C55")


def test_outcomes_are_those_of_contrasts_and_then_those_told_beside_each_once():
    outcomes = load_claim("C67").outcomes
    assert outcomes[:3] == ["settled_and_lasted", "defections", "pressure_spread"]
    assert len(set(outcomes)) == len(outcomes)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (
            'better = ["4 months"',
            'better = ["5 months"',
            ["contrasts[1]: '5 months' is no arm; one of at once"],
        ),
        ('than = ["at once"]', 'than = ["4 months"]', ["contrasts[1]: '4 months' is on both sides"]),
        ("least = 0.05", "least = 0.05\nrider = true", ["contrasts: all are riders"]),
        (
            'outcome = "settled_and_lasted"',
            'outcome = "setled"',
            ["contrasts[1].outcome: 'setled' is no", "mean 'settled'?"],
        ),
        (
            'outcome = "settled_and_lasted"',
            'outcome = "label"',
            ["contrasts[1].outcome: 'label' is no outcome with"],
        ),
        ('"hardship"', '"hardshp"', ["also.outcomes: 'hardshp' is no outcome", "did you mean 'hardship'?"]),
        (
            "refuted = 0.5",
            "refuted = 0.5\nopen = 1",
            ["verdict.open: unknown key; one of confirmed, refuted"],
        ),
        (
            "[verdict]",
            '[placebo]\narm = "slow"\n[verdict]',
            ["placebo.arm: 'slow' is no arm; one of at once"],
        ),
        ('["relief", "effort"]', '["relief", "luck"]', ["matched: 'luck'; of relief, pressure, effort"]),
        ("least = 0.05", "least = 0", ["contrasts[1].least: should be greater than 0, not 0"]),
        ("least = 0.05", "", ["contrasts[1].least: missing"]),
        (
            "confirmed = 0.75",
            "confirmed = 75",
            ["verdict.confirmed: should be less than or equal to 1, not 75"],
        ),
        (
            'refuted_by = ["worse"',
            'refuted_by = ["bad"',
            ["contrasts[1].refuted_by[1]: should be 'worse' or"],
        ),
        ('["M100"]', '["M999"]', ["ablations[1].without: mechanism 'M999' is not one", "M01 to"]),
        ("[verdict]", '[[bands]]\nnumber = "patienc"\n[verdict]', ["bands[1].number: ", "'patience'"]),
        (
            'name = "the longest wait against the best between"',
            'name = "patient against at once"',
            ["contrasts: 'patient against at once' is named twice"],
        ),
        ('title = "', "title = ", ["is not a TOML file: ", "line 2"]),
    ],
)
def test_a_fault_is_told_in_one_line_with_its_key(faults, old, new, told):
    [line] = faults((old, new))
    assert all(part in line for part in told), line


def test_an_arm_that_is_there_twice_is_told(faults):
    found = faults(('name = "2 months"', 'name = "4 months"'))
    assert found[0] == "arms: '4 months' is there twice"


def test_all_faults_are_told_at_once(faults):
    assert len(faults(('than = ["at once"]', 'than = ["soon"]'), ('["relief", "effort"]', '["luck"]'))) == 2


def test_a_key_that_is_misspelt_in_every_contrast_is_told_once_a_contrast_and_nothing_else_is(faults):
    said = (CATALOGUE / "C55.toml").read_text(encoding="utf-8")
    contrasts = said.count("[[contrasts]]")
    found = faults(*[("\noutcome = ", "\noutcom = ")] * contrasts)
    assert len(found) == 2 * contrasts
    assert found[0] == "contrasts[1].outcome: missing: every contrast needs an outcome"
    assert all("unknown key" in line and "did you mean 'outcome'" in line for line in found[1::2])


def test_what_is_no_claim_is_answered_with_those_there_are(tmp_path):
    with pytest.raises(
        InputError, match=r"'C66' is no claim; one of C13, .*did you mean 'C6.'\?\), or a file"
    ):
        load_claim("C66")
    with pytest.raises(InputError, match="is no claim; one of C13, "):
        load_claim(tmp_path / "missing.toml")
    with pytest.raises(InputError, match="is no claim; one of C13, "):
        load_claim(tmp_path)
