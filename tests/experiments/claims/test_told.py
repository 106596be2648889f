"""What is said of a claim says the right direction, in numbers that can be read aloud."""

import re
from dataclasses import replace

import numpy as np
import pytest

from experiments.claims import tabled, told
from experiments.claims.cases import GROUPS, REAL
from experiments.claims.claim import list_claims, load_claim
from experiments.claims.contrasts import Finding
from experiments.claims.judging import Subspace, judged
from experiments.claims.parts import GROUP, Condition
from experiments.claims.why import Explained

COMPLIANCE, HARDLINERS, LASTED = "true_compliance", "hardliners_target", "settled_and_lasted"
NAME = "firm against mild"


@pytest.fixture(scope="module")
def tried(claimed, pretended_trial, luck):
    """The judgement where outcomes of the firm arm differ by so much from those of the mild one."""

    def made(better, outcome=COMPLIANCE, spread=0.1, left=0.0, **changes):
        claim = claimed(outcome, **changes)
        mild, noise = luck(1), luck(2, spread=spread)
        worth = {outcome: {"mild": mild, "firm": mild + better + noise}}
        without = {outcome: {"mild": mild, "firm": mild + left + noise}}
        return judged(pretended_trial(claim, worth, {("M78",): without}))

    return made


#: What is added where a claim is refuted by a difference that is too small.
SMALL = ", for the difference is smaller than the least effect of interest"


def everything(judgement):
    return [told.verdict(judgement), *told.sentences(judgement)]


@pytest.mark.parametrize(
    ("better", "spread", "said", "found"),
    [
        (0.3, 0.1, "Confirmed in this model: ", "holds"),
        (-0.3, 0.1, "Refuted in this model: ", "the other way round"),
        (0.0, 0.1, f"Refuted in this model{SMALL}: ", "no difference that matters"),
        (0.02, 0.9, "Not told apart: ", "not told apart"),
    ],
)
@pytest.mark.parametrize(("outcome", "sign"), [(COMPLIANCE, 1), (HARDLINERS, -1)])
def test_better_is_said_of_what_is_better_and_worse_of_what_is_worse(
    tried, outcome, sign, better, spread, said, found
):
    judgement = tried(sign * better, outcome, spread=spread)
    verdict = told.verdict(judgement)
    assert verdict.startswith(f"{said}firm against mild: {outcome.replace('_', ' ')}")
    [effect] = judgement.whole.findings
    way = "worse" if effect.effect < 0 else "better"
    assert re.search(
        rf", \d\.\d\d on a scale of 0 to 1 {way} \(95 % interval \d\.\d\d (to|worse to) \d", verdict
    )
    assert told.contrasted(judgement.claim, effect).startswith(f"Firm against mild: {found}, ")


def test_a_difference_too_small_to_matter_is_said_to_be(tried):
    verdict = told.verdict(tried(0.0, contrast={"refuted_by": ["worse"]}))
    assert verdict.startswith(
        "Not told apart, for the difference is smaller than the least effect of interest: "
    )


@pytest.mark.parametrize(
    ("outcome", "least", "value", "said"),
    [
        (LASTED, 0.05, 0.123, "+12.3"),
        (LASTED, 0.05, -0.004, "−0.4"),
        (LASTED, 0.05, -0.0004, "+0.0"),
        (COMPLIANCE, 0.03, -0.0451, "−0.045"),
        (COMPLIANCE, 0.03, -0.0004, "+0.000"),
        (HARDLINERS, 0.2, 0.256, "+0.26"),
        (HARDLINERS, 0.2, -0.0, "+0.00"),
        ("escalations", 0.05, -1.5, "−1.500"),
    ],
)
def test_an_amount_has_a_sign_unless_it_is_nothing(claimed, outcome, least, value, said):
    [contrast] = claimed(outcome, least).contrasts
    assert told.amount(contrast, value) == said


def test_shares_of_runs_are_told_in_points(claimed, pretended_trial):
    firm = np.tile(np.arange(40) % 8 != 1, 5).astype(float)
    [finding] = judged(pretended_trial(claimed(LASTED), {LASTED: {"firm": firm}})).whole.findings
    assert told.effect(claimed(LASTED), finding).startswith(
        "firm against mild: settled and lasted, 75.0 points better"
    )


# --- where -------------------------------------------------------------------------------------------------


def test_a_space_that_is_not_cut_is_said_to_be_whole(tried):
    said = everything(tried(0.3))
    assert any(
        each.endswith("tells its effects apart: over all of the space, the claim holds.") for each in said
    )


@pytest.fixture(scope="module")
def flipped(claimed, pretended_trial, luck):
    claim = claimed(bands=[{"number": "patience"}], placebo={"arm": "firm", "copies": 1})
    drawn = pretended_trial(claim, {}).draws["patience"].to_numpy()
    firm = np.where(drawn > 0.5, -0.4, 0.4) + luck(1, spread=0.1)
    worth = {COMPLIANCE: {"mild": 0.0, "firm": firm, "firm shuffled 1": firm - 0.3}}
    return judged(pretended_trial(claim, worth))


def test_where_a_claim_flips_is_said_with_the_number_and_what_it_means(flipped):
    meaning, _ = told.number_told("patience")
    flips = told.flips(flipped)
    assert re.search(rf"it holds where patience \({re.escape(meaning)}\) is up to 0\.\d+", flips)
    assert re.search(rf"it fails where patience \({re.escape(meaning)}\) is above 0\.\d+", flips)
    assert told.where(flipped).startswith(f"holds where patience ({meaning}) is up to 0.")
    [bands] = told.bands(flipped)
    assert re.search(r"holds \(\+0\.\d+\); .*; .* fails \(−0\.\d+\)\.$", bands)


def test_a_placebo_that_does_worse_shows_that_order_matters(flipped):
    [said] = told.placebo(flipped)
    assert said.startswith(
        "Placebo: firm against itself with its stages shuffled: the order of its stages matters; 0.3"
    )


@pytest.mark.parametrize(
    ("found", "effect", "low", "high", "said"),
    [
        ("worse", -0.3, -0.4, -0.2, "shuffled stages do better than its own order"),
        ("open", 0.0, -0.2, 0.2, "not owed to their order"),
        ("same", 0.05, 0.02, 0.08, "by less than the least effect of interest"),
    ],
)
def test_a_placebo_is_told_by_what_it_did(flipped, found, effect, low, high, said):
    other = replace(flipped.placebo, found=found, effect=effect, low=low, high=high)
    assert said in told.placebo(replace(flipped, placebo=other))[0]


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        (Condition(f"{GROUP}{REAL}", True, 0.5), "the case is in iran-2012"),
        (Condition(f"{GROUP}scale-free", False, 0.5), "the case is not in scale-free networks"),
    ],
)
def test_a_group_is_a_condition_in_words(condition, said):
    assert told.condition(condition) == said


def test_no_conditions_are_anything():
    assert told.place([]) == "anything may be"


def test_a_claim_that_holds_in_some_groups_only_is_said_to(tried):
    judgement = tried(0.3)
    whole = judgement.whole
    groups = {group: Subspace([], 0.2, whole.findings, "open") for group in GROUPS} | {
        REAL: Subspace([], 0.2, whole.findings, "holds")
    }
    assert told.where(replace(judgement, groups=groups)) == (
        "holds in iran-2012; elsewhere it is not told apart"
    )
    assert told.where(judgement) == "holds in every group of cases"
    assert "iran-2012: holds; small-world: is not told apart;" in told.groups(
        replace(judgement, groups=groups)
    )


# --- why ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("effect", "left", "low", "high", "said"),
    [
        (0.30, 0.02, 0.2, 0.36, "the effect goes, so it carries it"),
        (0.30, 0.20, 0.05, 0.15, "it carries a part of it"),
        (0.30, 0.28, -0.05, 0.09, "the effect stays, so it is not the explanation"),
        (0.30, 0.29, 0.001, 0.02, "the effect stays, so it is not the explanation"),
        (0.30, 0.20, -0.05, 0.25, "what part it has is not told"),
        (0.30, 0.50, -0.25, -0.15, "the effect grows, so it works against it"),
        (0.02, 0.50, -0.55, -0.41, "an effect appears, so it works against it"),
        (0.02, -0.50, 0.41, 0.55, "the opposite appears, so it holds the claim up"),
        (0.02, 0.03, -0.02, -0.001, "there is no effect of interest to explain, with or without it"),
        (-0.30, -0.02, -0.35, -0.21, "the effect goes, so it carries it"),
        (-0.30, -0.50, 0.15, 0.25, "the effect grows, so it works against it"),
    ],
)
def test_an_ablation_says_what_part_a_mechanism_has(tried, effect, left, low, high, said):
    each = Explained(("M78",), "small steps", NAME, effect, left, effect - left, low, high)
    assert told.role(tried(0.3), each) == said


@pytest.mark.parametrize(("outcome", "sign"), [(COMPLIANCE, 1), (HARDLINERS, -1)])
def test_a_change_without_a_mechanism_goes_from_what_was_to_what_is_left(tried, outcome, sign):
    judgement = tried(sign * 0.4, outcome, left=sign * 0.1)
    [said] = told.why(judgement)
    assert re.match(
        r"Without M78 \(small steps leave less exposed\): the effect goes, so it carries it "
        r"\(\+0\.(39|40|41) becomes \+0\.(09|10|11); ",
        said,
    )
    assert "change −0.30, 95 % interval −0.30 to −0.30)." in said


def test_worlds_are_told_one_by_one(tried):
    assert told.tally(tried(0.3)) == (
        "World by world, on the same luck, firm did better than mild in 100%, "
        "the same in 0%, worse in 0% of 100."
    )


# --- numbers that can be read ------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def judgements(tried, flipped):
    return [
        flipped,
        *(tried(better, outcome) for better in (0.3, 0.0, -0.3) for outcome in (COMPLIANCE, HARDLINERS)),
        tried(1e-7, spread=1e-7, left=-1e-7),
        tried(-1e-7, LASTED, spread=0.0),
        tried(np.nan),
        tried(np.where(np.arange(200) < 39, np.nan, 0.3)),
        tried(0.3, left=np.nan),
    ]


def test_nothing_that_is_said_is_minus_nothing_or_no_number(judgements):
    for judgement in judgements:
        for said in everything(judgement):
            assert not re.search(r"−0(\.0+)?(?![\d.])", said), said
            assert not re.search(r"\b(nan|inf|None|NaN)\b", said), said
            assert said.endswith(".")


def test_the_scoreboard_has_a_row_a_claim_with_its_verdict(judgements):
    board = tabled.scoreboard(judgements)
    for said, judgement in zip(board["verdict"], judgements, strict=True):
        kind = told.KINDS[told.kind(judgement.claim, judgement.whole)]
        assert said in (judgement.verdict, f"{judgement.verdict}: {kind}")
    assert board.columns.tolist() == [
        "says",
        "verdict",
        "effect",
        "holds in",
        "fails in",
        "where it flips",
        "why",
    ]
    assert board["why"].str.startswith("without M78 ").all()


def test_tables_hold_every_part_arm_ablation_and_mean(flipped):
    tables = tabled.tables(flipped)
    places = tables["contrasts"].index.tolist()
    assert places[: 1 + len(GROUPS)] == ["everywhere", *GROUPS]
    assert len(places) == 1 + len(GROUPS) + len(flipped.subspaces) + 3
    assert (tables["contrasts"]["low"] <= tables["contrasts"]["better by"]).all()
    assert tables["responses"].index.tolist() == ["mild", "firm"]
    assert tables["ablations"].index.tolist() == ["M78"]
    assert tables["planned-means"].columns.tolist() == ["relief", "pressure", "effort"]


def test_less_of_what_is_bad_stands_in_the_table_of_responses_as_it_is(tried):
    means = tabled.responses(tried(-0.3, HARDLINERS))[HARDLINERS]
    assert means["firm"] - means["mild"] == pytest.approx(-0.3, abs=0.05)


@pytest.mark.parametrize("name", list_claims())
def test_every_bundled_claim_can_be_told(name):
    claim = load_claim(name)
    for contrast in claim.contrasts:
        found = Finding(contrast.name, contrast.better[0], contrast.than[0], 0.01, -0.02, 0.04, 100, "open")
        said = told.contrasted(claim, found)
        assert said.startswith(contrast.name[0].upper())
        assert ("told beside the verdict" in said) == contrast.rider


def test_a_mechanism_without_which_arms_are_one_is_said_to_be_what_they_differ_in(tried):
    [each] = tried(0.3).explained
    assert "it is what they differ in" in told.role(tried(0.3), replace(each, alike=0.97))
    assert "it is what they differ in" not in told.role(tried(0.3), replace(each, alike=0.5))
