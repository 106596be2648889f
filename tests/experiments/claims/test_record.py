"""A record says what was found, and whether the model as it is still says so."""

import json
import math

import numpy as np
import pytest

from experiments.claims import deciding, record
from experiments.claims.claim import load_claim
from experiments.claims.judging import judged
from model.vocabulary import InputError

COMPLIANCE, HARDLINERS = "true_compliance", "hardliners_target"


@pytest.fixture(scope="module")
def judgement(claimed, pretended_trial, luck):
    """A claim with everything that a claim can have: parts, bands, riders, a placebo."""
    contrast = {"name": "firm against mild", "better": ["firm"], "than": ["mild"]}
    judged_by = {"outcome": COMPLIANCE, "least": 0.1, "refuted_by": ["worse"]}
    beside = {"name": "beside", "outcome": HARDLINERS, "least": 0.1, "rider": True, "kind": "no worse"}
    claim = claimed(
        contrasts=[contrast | judged_by, contrast | beside],
        bands=[{"number": "false_alarm"}],
        placebo={"arm": "firm", "copies": 1},
        arms=[{"name": "mild", "says": {"talks": {"insiders": 2}}}, {"name": "firm", "measures": 0.5}],
    )
    drawn = pretended_trial(claim, {}).draws["false_alarm"].to_numpy()
    firm = np.where(drawn > 0.5, -0.4, 0.4) + luck(1, spread=0.1)
    worth = {COMPLIANCE: {"mild": 0.0, "firm": firm, "firm shuffled 1": luck(2)}}
    found = judged(pretended_trial(claim, worth))
    assert len(found.subspaces) > 1
    return found


@pytest.fixture
def kept(judgement):
    return record.recorded({"C01": judgement}, {"C01": record.numbers(judgement)}, "plain", 200, 7)


def test_a_record_that_is_written_and_read_is_the_same(kept, tmp_path):
    record.write(kept, tmp_path / "new")
    assert record.read(tmp_path / "new") == kept


def test_a_record_takes_the_place_of_an_earlier_one_and_leaves_nothing_beside_it(kept, tmp_path):
    record.write(kept, tmp_path)
    path = record.write(record.Record(**{**kept.__dict__, "seed": 8}), tmp_path)
    assert record.read(tmp_path).seed == 8
    assert [*tmp_path.iterdir()] == [path]


def test_bundled_claims_are_kept_whole(kept, judgement, tmp_path):
    for name in ("C61", "C50", "C33"):
        other = type(judgement)(**{**judgement.__dict__, "claim": load_claim(name)})
        record.write(record.Record(**{**kept.__dict__, "judgements": {name: other}}), tmp_path)
        assert record.read(tmp_path).judgements[name].claim == load_claim(name)


def test_what_could_not_be_told_is_kept_as_such(claimed, pretended_trial, kept, tmp_path):
    claim = claimed(contrast={"rider": False}, also={"outcomes": [HARDLINERS]})
    found = judged(pretended_trial(claim, {HARDLINERS: {"mild": np.nan, "firm": np.nan}}))
    record.write(record.Record(**{**kept.__dict__, "judgements": {"C01": found}}), tmp_path)
    responses = record.read(tmp_path).judgements["C01"].responses
    assert [each.mean for each in responses if each.outcome == HARDLINERS] == pytest.approx(
        [math.nan] * 12, nan_ok=True
    )


def test_numbers_are_every_response_every_effect_and_what_ablations_leave(judgement):
    numbers = record.numbers(judgement)
    assert len(numbers) == 2 * 2 * 6 + 2 + 1
    assert numbers[-3:] == [
        *(finding.effect for finding in judgement.whole.findings),
        judgement.explained[0].left,
    ]


def test_one_number_that_moved_is_noticed(kept):
    numbers = kept.fast["C01"]
    assert record.differing(kept, {"C01": [*numbers]}) == []
    for place in range(len(numbers)):
        moved = [*numbers]
        moved[place] += 1e-6
        assert record.differing(kept, {"C01": moved}) == ["C01"]


def test_the_last_digits_may_differ_and_what_does_not_apply_is_the_same_as_itself():
    assert record.same([1.0, math.nan], [1.0 + 1e-12, math.nan])
    assert not record.same([1.0, math.nan], [1.0, 0.0])
    assert not record.same([1.0], [1.0, 1.0])


def test_a_claim_that_the_record_does_not_know_differs(kept):
    assert record.differing(kept, {"C02": [1.0]}) == ["C02"]


def test_a_record_is_of_these_sources_until_one_of_them_changes(kept, monkeypatch):
    assert kept.is_of_these_sources
    monkeypatch.setattr(deciding, "of_the_model", lambda: "another")
    deciding.of_all.cache_clear()
    assert not kept.is_of_these_sources
    monkeypatch.undo()
    deciding.of_all.cache_clear()
    assert kept.is_of_these_sources


def test_what_judges_decides_and_what_tells_does_not():
    assert {"judging.py", "parts.py", "cases.py"} <= {*deciding.JUDGING}
    assert not {"told.py", "figures.py"} & {*deciding.JUDGING}
    assert all((deciding.CATALOGUE / name).is_file() for name in deciding.JUDGING)


def test_a_missing_record_is_told_with_how_to_make_one(tmp_path):
    with pytest.raises(InputError, match=r"no record in '.*': backchannel claims --full"):
        record.read(tmp_path / "nowhere")


@pytest.mark.parametrize(
    "damage",
    [
        lambda text: text[: len(text) // 2],
        lambda text: "{}",
        lambda text: text.replace('"scale"', '"size"', 1),
        lambda text: json.dumps(json.loads(text) | {"worlds": "many"}),
        lambda text: "",
    ],
    ids=["half", "empty table", "another key", "a word for a number", "empty"],
)
def test_a_damaged_record_is_told_in_a_line(kept, tmp_path, damage):
    path = record.write(kept, tmp_path)
    path.write_text(damage(path.read_text(encoding="utf-8")), encoding="utf-8")
    with pytest.raises(InputError, match=r"record\.json' is damaged: .+") as fault:
        record.read(tmp_path)
    assert "\n" not in str(fault.value)
