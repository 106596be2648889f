"""Arms share numbers and luck world by world, with all mechanisms and without some; nothing old is new."""

from dataclasses import replace

import pandas as pd
import pytest

from experiments.claims import trial
from experiments.claims.cases import REAL, REGION, Case
from experiments.claims.claim import Ablation, load_claim
from experiments.claims.testing import try_claim
from experiments.claims.trial import WORLD, parts_of, tried
from model.model import SanctionsModel
from model.scenario import load_scenario
from model.vocabulary import InputError

pytestmark = pytest.mark.usefixtures("compiled")

CASES = [
    Case(REAL, REAL, load_scenario(REAL), 6, 11),
    Case(
        "scale-free",
        "scale-free-1",
        load_scenario(REGION, grow={"generator": "scale-free", "seed": 1}),
        4,
        12,
    ),
]
#: No arm of this claim has a sponsor, so the sponsor's guarantee cannot act; enforcement can.
IDLE, ACTIVE = ("M111",), ("M106",)


def quiet(doing, done, total):
    """Tell nobody."""


def with_ablations(claim, *without):
    said = tuple(Ablation(without=each, says="so it is said") for each in without)
    return claim.model_copy(update={"ablations": said})


CLAIM = with_ablations(load_claim("C67"), IDLE, ACTIVE)


@pytest.fixture(scope="module")
def found():
    return tried(CLAIM, CASES, None, quiet)


def ordered(rows):
    return rows.sort_values([*WORLD, "arm"]).reset_index(drop=True)


def test_every_arm_has_a_row_in_every_world(found):
    rows = found.rows[()]
    assert not rows.duplicated([*WORLD, "arm"]).any()
    assert len(rows) == 3 * (6 + 4)
    assert set(rows["arm"]) == {arm.name for arm in CLAIM.arms}
    assert rows.columns.tolist() == [*WORLD, "arm", *CLAIM.outcomes]
    assert found.draws.index.equals(trial.values(rows, "defections").reindex(found.draws.index).index)
    assert set(found.totals) == set(rows["arm"])


@pytest.mark.parametrize("without", [IDLE, ACTIVE])
def test_an_ablation_is_run_on_odd_worlds_only(found, without):
    assert set(found.rows[without]["world"]) == {1, 3, 5}
    assert len(found.rows[without]) == 3 * (3 + 2)


def test_a_region_that_only_chooses_is_not_run_without_mechanisms():
    chooses, measures = (replace(CASES[1], parity=parity) for parity in (0, 1))
    assert [part.without for part in parts_of(CLAIM, [chooses])] == [()]
    assert [part.runs for part in parts_of(CLAIM, [measures])] == [3 * 4] * 3
    rows = tried(CLAIM, [chooses, measures], None, quiet).rows
    assert set(rows[()]["world"]) == set(range(8))
    assert set(rows[IDLE]["world"]) == {1, 3, 5, 7}


def test_without_what_cannot_act_a_world_is_the_same_to_the_last_digit(found):
    rows = found.rows[()]
    whole = rows[rows["world"] % 2 == 1]
    pd.testing.assert_frame_equal(ordered(found.rows[IDLE]), ordered(whole), check_exact=True)
    assert not ordered(found.rows[ACTIVE]).equals(ordered(whole))


@pytest.mark.parametrize(("case", "world"), [(0, 3), (1, 2)])
def test_a_world_picked_by_hand_and_watched_ends_as_its_row_says(found, case, world):
    at = CASES[case]
    numbers = at.draws().set_index("replicate").loc[world].to_dict()
    [armed] = [each for each in parts_of(CLAIM, [at])[0].arms if each.arm == "one bloc"]
    watched = SanctionsModel(
        scenario=armed.scenario,
        strategy=armed.strategies["one bloc"],
        seed=at.seed,
        replicate=world,
        parameters=numbers,
    ).run()
    outcome = watched.outcome(at.scenario.disputes[0])
    rows = found.rows[()]
    [row] = rows[(rows["case"] == at.name) & (rows["world"] == world) & (rows["arm"] == "one bloc")].to_dict(
        "records"
    )
    compared = [name for name in CLAIM.outcomes if not name.startswith("months_")]
    assert {name: row[name] for name in compared} == pytest.approx(
        {name: float(outcome[name]) for name in compared}, rel=0.0, abs=0.0, nan_ok=True
    )


def test_the_order_of_cases_and_of_arms_moves_no_row(found):
    turned = CLAIM.model_copy(update={"arms": CLAIM.arms[::-1]})
    again = tried(turned, CASES[::-1], None, quiet)
    for without, rows in found.rows.items():
        pd.testing.assert_frame_equal(ordered(again.rows[without]), ordered(rows), check_exact=True)


def test_a_wait_that_never_ends_is_the_whole_span(found):
    waits = found.rows[()]["months_to_agreement"]
    spans = found.rows[()]["case"].map({case.name: case.scenario.months for case in CASES})
    assert waits.notna().all()
    assert (waits <= spans).all()


@pytest.mark.parametrize("wrong", [{"span": 0}, {"span": "x"}, {"seed": -1}])
def test_a_span_or_a_seed_that_is_none_is_told_by_its_name(wrong):
    [name] = wrong
    with pytest.raises(InputError, match=f"^{name} is .*; allowed is a whole number"):
        try_claim(CLAIM, "fast", **wrong)


def test_a_longer_span_is_lived_and_kept_apart(tmp_path):
    once, twice = (tried(CLAIM, [replace(CASES[1], span=span)], tmp_path, quiet) for span in (1, 2))
    lengths = {span: CASES[1].scenario.months * span for span in (1, 2)}
    for span, found in ((1, once), (2, twice)):
        waits = found.rows[()]["months_to_agreement"]
        assert waits.max() == lengths[span], "some world never came to an agreement"
    assert len([*tmp_path.iterdir()]) == 2 * 3


def test_shuffled_copies_are_run_with_all_mechanisms_only():
    whole, *rest = parts_of(load_claim("C50"), CASES[:1])
    assert len(whole.strategies) == 6 + 3
    assert whole.runs == 6 * 9
    assert all(len(part.strategies) == 6 and part.runs == 3 * 6 for part in rest)


def test_progress_counts_every_run_once():
    told = []
    tried(CLAIM, CASES[1:], None, lambda *said: told.append(said))
    steps = [said for said in told if said[0] == "running"]
    assert steps[0] == ("running", 0, 12 + 6 + 6)
    assert steps[-1] == ("running", 24, 24)
    assert [done for _, done, _ in steps] == sorted(done for _, done, _ in steps)


# --- what is kept ------------------------------------------------------------------------------------------


def test_what_is_kept_is_taken_from_the_folder_and_equal_to_the_last_digit(tmp_path, monkeypatch, found):
    first = tried(CLAIM, CASES[:1], tmp_path / "kept", quiet)
    assert len([*(tmp_path / "kept").iterdir()]) == 3
    monkeypatch.setattr(trial, "run", None)  # nothing is run again
    again = tried(CLAIM, CASES[:1], tmp_path / "kept", quiet)
    for without, rows in first.rows.items():
        pd.testing.assert_frame_equal(again.rows[without], rows, check_exact=True)
        real = found.rows[without][found.rows[without]["case"] == REAL]
        pd.testing.assert_frame_equal(again.rows[without], real.reset_index(drop=True), check_exact=True)


def changed_case(**changes):
    case = CASES[0]
    return Case(
        **{"group": case.group, "name": case.name, "scenario": case.scenario, "worlds": 6, "seed": 11}
        | changes
    )


def digest(claim=CLAIM, case=CASES[0], place=0):
    return trial.digest(parts_of(claim, [case])[place])


@pytest.mark.parametrize(
    "changed",
    [
        {"claim": CLAIM.model_copy(update={"base": "leverage-reserve"})},
        {"claim": CLAIM.model_copy(update={"arms": CLAIM.arms[:2]})},
        {"claim": CLAIM.model_copy(update={"measures": 0.5})},
        {"claim": CLAIM.model_copy(update={"matched": ()})},
        {
            "claim": CLAIM.model_copy(
                update={"also": CLAIM.also.model_copy(update={"outcomes": ("evasion",)})}
            )
        },
        {"case": changed_case(worlds=8)},
        {"case": changed_case(parity=1)},
        {"case": changed_case(seed=12)},
        {"case": changed_case(scenario=CASES[1].scenario)},
        {"place": 1},
        {"place": 2},
    ],
    ids=[
        *("base", "arms", "measures", "matched", "outcomes"),
        *("worlds", "parity", "seed", "scenario", "without", "other"),
    ],
)
def test_what_decides_rows_changes_what_they_are_kept_under(changed):
    assert digest(**changed) != digest()


def test_another_model_changes_what_rows_are_kept_under(monkeypatch):
    before = digest()
    monkeypatch.setattr(trial.deciding, "of_the_model", lambda: "another")
    assert digest() != before


def test_words_and_rules_do_not_change_what_rows_are_kept_under():
    spoken = {"title": "Another", "verdict": CLAIM.verdict.model_copy(update={"confirmed": 1.0})}
    assert digest(CLAIM.model_copy(update=spoken)) == digest()


def test_other_mechanisms_are_run_again_beside_what_is_kept(tmp_path):
    tried(with_ablations(CLAIM, IDLE), CASES[1:], tmp_path, quiet)
    before = {path: path.stat().st_mtime_ns for path in tmp_path.iterdir()}
    tried(with_ablations(CLAIM, ACTIVE), CASES[1:], tmp_path, quiet)
    after = {path: path.stat().st_mtime_ns for path in tmp_path.iterdir()}
    assert before.items() < after.items()
    assert len(after) == 3
