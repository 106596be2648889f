"""A verdict follows from known effects by the claim's own rule; what is chosen is never what is measured."""

import numpy as np
import pytest

from experiments.claims import contrasts, judging, why
from experiments.claims.cases import GROUPS
from experiments.claims.contrasts import Evidence
from experiments.claims.judging import Subspace, judged

COMPLIANCE, HARDLINERS = "true_compliance", "hardliners_target"
NUMBER, REGIONS = 40, 8
WORLD = np.tile(np.arange(NUMBER), len(GROUPS))


def within(group):
    """Whether each world is of a group."""
    return np.repeat(GROUPS, NUMBER) == group


@pytest.fixture
def trial(pretended_trial):
    return pretended_trial


@pytest.fixture
def tried(claimed, trial, luck):
    """The judgement where the firm arm is better by so much than the mild one, with some noise."""

    def made(better, outcome=COMPLIANCE, spread=0.1, left=None, **changes):
        claim = claimed(outcome, **changes)
        mild, noise = luck(1), luck(2, spread=spread)
        worth = {outcome: {"mild": mild, "firm": mild + better + noise}}
        known = None if left is None else {("M78",): {outcome: {"mild": mild, "firm": mild + left + noise}}}
        return judged(trial(claim, worth, known))

    return made


# --- one contrast ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("better", "found", "verdict"),
    [
        (0.3, "holds", "confirmed"),
        (-0.3, "worse", "refuted"),
        (0.0, "same", "refuted"),
        (0.05, "open", "not told apart"),
    ],
)
@pytest.mark.parametrize(("outcome", "sign"), [(COMPLIANCE, 1), (HARDLINERS, -1)])
def test_an_effect_of_known_size_is_found_whichever_way_is_better(
    tried, outcome, sign, better, found, verdict
):
    spread = 0.6 if found == "open" else 0.1
    judgement = tried(sign * better, outcome, spread=spread)
    [finding] = judgement.whole.findings
    assert finding.found == found
    assert finding.low <= better <= finding.high
    assert judgement.verdict == verdict


def test_a_gap_that_is_nearer_to_nothing_is_better(claimed, trial):
    worth = {"delivery_gap": {"mild": 0.5, "firm": np.where(WORLD % 4 < 2, -0.1, 0.1)}}
    [finding] = judged(trial(claimed("delivery_gap"), worth)).whole.findings
    assert finding.effect == pytest.approx(0.4)


def test_worlds_are_told_by_which_arm_did_better(claimed, trial):
    firm = np.select([WORLD % 8 == 1, WORLD % 8 == 3], [-1.0, 0.0], 1.0)
    judgement = judged(trial(claimed(), {COMPLIANCE: {"mild": 0.0, "firm": firm}}))
    assert (judgement.better, judgement.level, judgement.behind) == (0.5, 0.25, 0.25)
    assert judgement.worlds == judgement.whole.findings[0].units == len(GROUPS) * NUMBER // 2


def test_worlds_in_which_an_outcome_does_not_apply_are_left_out(tried, claimed, trial, luck):
    mild = luck(1)
    firm = mild + 0.3 + luck(2, spread=0.1)
    firm[WORLD % 5 == 0] = np.nan
    judgement = judged(trial(claimed(), {COMPLIANCE: {"mild": mild, "firm": firm}}))
    [finding] = judgement.whole.findings
    assert finding.units == judgement.worlds * 4 // 5
    assert finding.effect == pytest.approx(0.3, abs=0.05)
    assert judgement.verdict == "confirmed"
    assert all(np.isfinite([each.mean, each.low, each.high]).all() for each in judgement.responses)


@pytest.mark.parametrize("where", [within(GROUPS[1]), within(GROUPS[1]) & (WORLD % 2 == 0), WORLD >= 0])
def test_a_part_in_which_an_outcome_never_applies_is_open(claimed, trial, luck, where):
    firm = np.where(where, np.nan, 0.3 + luck(1, spread=0.1))
    judgement = judged(trial(claimed(), {COMPLIANCE: {"mild": 0.0, "firm": firm}}))
    [finding] = judgement.groups[GROUPS[1]].findings
    odd = np.isfinite(firm[within(GROUPS[1]) & (WORLD % 2 == 1)]).sum()
    assert finding.units == odd
    assert judgement.groups[GROUPS[1]].state == ("holds" if odd else "open")
    assert judgement.verdict == ("not told apart" if where.all() else "confirmed")


# --- the best of several arms ------------------------------------------------------------------------------

DOSES = ({"name": "little"}, {"name": "some"}, {"name": "much"})


def test_the_best_arm_is_chosen_on_even_worlds_and_measured_on_odd_ones(claimed, trial):
    claim = claimed(arms=DOSES, contrast={"better": ["some", "much"], "than": ["little"]})
    flatters = np.where(WORLD % 2 == 0, 1.0, -0.5)
    [finding] = judged(
        trial(claim, {COMPLIANCE: {"little": 0.0, "some": 0.2, "much": flatters}})
    ).whole.findings
    assert (finding.arm, finding.effect, finding.found) == ("much", -0.5, "worse")


@pytest.mark.parametrize("outcome", [COMPLIANCE, HARDLINERS])
def test_the_best_control_is_meant_too(claimed, trial, outcome):
    claim = claimed(outcome, arms=DOSES, contrast={"better": ["much"], "than": ["little", "some"]})
    sign = 1 if outcome == COMPLIANCE else -1
    worth = {outcome: {"little": 0.0, "some": sign * 0.4, "much": sign * 0.3}}
    [finding] = judged(trial(claim, worth)).whole.findings
    assert (finding.control, finding.effect) == ("some", pytest.approx(-0.1))


def test_which_arm_is_best_may_differ_from_group_to_group(claimed, trial, luck):
    claim = claimed(arms=DOSES, contrast={"better": ["some", "much"], "than": ["little"]})
    much = np.where(within(GROUPS[0]), 0.6, -0.6) + luck(3, spread=0.05)
    judgement = judged(trial(claim, {COMPLIANCE: {"little": 0.0, "some": 0.3, "much": much}}))
    assert judgement.groups[GROUPS[0]].findings[0].arm == "much"
    assert all(judgement.groups[group].findings[0].arm == "some" for group in GROUPS[1:])


# --- the rule of the verdict -------------------------------------------------------------------------------


def part(state, share=1.0):
    return Subspace([], share, [], state)


ALIKE = dict.fromkeys(GROUPS, "holds")


@pytest.mark.parametrize(
    ("whole", "subspaces", "groups", "verdict"),
    [
        ("holds", [("holds", 1.0)], {}, "confirmed"),
        ("holds", [("holds", 0.75), ("open", 0.25)], {}, "confirmed"),
        ("holds", [("holds", 0.75), ("refuted", 0.25)], {}, "confirmed"),
        ("holds", [("holds", 0.74), ("open", 0.26)], {}, "holds in part of the space"),
        ("holds", [("holds", 1.0)], {GROUPS[2]: "open"}, "confirmed"),
        ("holds", [("holds", 1.0)], {GROUPS[2]: "refuted"}, "holds in part of the space"),
        ("open", [("holds", 1.0)], {}, "holds in part of the space"),
        ("open", [("open", 1.0)], {}, "holds in part of the space"),
        ("refuted", [("refuted", 1.0)], {}, "refuted"),
        ("open", [("refuted", 0.5), ("holds", 0.5)], {}, "refuted"),
        ("open", [("refuted", 0.49), ("holds", 0.51)], {}, "holds in part of the space"),
        ("open", [("open", 1.0)], dict.fromkeys(GROUPS, "open"), "not told apart"),
        ("open", [("refuted", 0.4), ("open", 0.6)], dict.fromkeys(GROUPS, "refuted"), "not told apart"),
    ],
)
def test_the_verdict_is_that_of_the_claims_own_rule(claimed, whole, subspaces, groups, verdict):
    found = {group: part(state) for group, state in (ALIKE | groups).items()}
    parts = [part(state, share) for state, share in subspaces]
    assert judging.verdict_of(claimed(), part(whole), parts, found) == verdict


def test_a_claim_that_is_refuted_in_one_kind_of_network_is_not_confirmed(claimed, trial, luck):
    better = np.where(within(GROUPS[3]), -0.3, 0.3) + luck(2, spread=0.1)
    judgement = judged(trial(claimed(), {COMPLIANCE: {"mild": 0.0, "firm": better}}))
    assert judgement.whole.state == "holds"
    assert judgement.share("holds") == pytest.approx(0.8)
    assert judgement.groups[GROUPS[3]].state == "refuted"
    assert judgement.verdict == "holds in part of the space"


def test_every_needed_contrast_has_to_hold_and_one_can_refute(claimed, trial, luck):
    mild = luck(1)
    worth = {COMPLIANCE: {"mild": mild, "firm": mild + 0.5}, HARDLINERS: {"mild": mild}}
    both = ["worse", "same"]

    def verdict(hardliners, **changes):
        first = {
            "name": "compliance",
            "better": ["firm"],
            "than": ["mild"],
            "outcome": COMPLIANCE,
            "least": 0.1,
        }
        second = first | {"name": "hardliners", "outcome": HARDLINERS, "refuted_by": both} | changes
        worth[HARDLINERS]["firm"] = mild + hardliners
        return judged(trial(claimed(contrasts=[first, second]), worth)).verdict

    assert verdict(-0.3) == "confirmed"
    assert verdict(0.3) == "refuted"
    assert verdict(0.0) == "refuted"
    assert verdict(0.0, refuted_by=["worse"]) == "not told apart"
    assert verdict(0.3, refuted_by=[]) == "not told apart"
    assert verdict(0.3, rider=True) == "confirmed"


# --- why, and where ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("left", [0.3, 0.1, 0.0, -0.2, 0.5])
def test_what_is_lost_without_a_mechanism_is_what_there_was_less_what_is_left(tried, left):
    [found] = tried(0.3, left=left).explained
    assert (found.without, found.contrast) == (("M78",), "firm against mild")
    assert found.effect == pytest.approx(0.3, abs=0.05)
    assert found.lost == pytest.approx(found.effect - found.left)
    assert found.lost == pytest.approx(0.3 - left)
    assert found.low <= found.lost <= found.high


def test_what_is_lost_has_the_sign_of_the_claim_where_less_is_better(tried):
    [found] = tried(-0.3, HARDLINERS, left=-0.1).explained
    assert (found.lost, found.left) == (pytest.approx(0.2), pytest.approx(0.1, abs=0.05))


def test_riders_are_not_explained(claimed, trial):
    first = claimed().contrasts[0].model_dump()
    claim = claimed(contrasts=[first, first | {"name": "beside", "rider": True}])
    assert [each.contrast for each in judged(trial(claim, {})).explained] == ["firm against mild"]


@pytest.mark.parametrize(("own", "found"), [(0.5, "holds"), (0.0, "same"), (-0.5, "worse")])
def test_an_arm_is_held_against_the_mean_of_its_shuffled_copies(claimed, trial, luck, own, found):
    claim = claimed(placebo={"arm": "firm", "copies": 2})
    mild = luck(1)
    copies = {f"firm shuffled {copy}": mild + luck(copy + 5, spread=0.1) for copy in (1, 2)}
    judgement = judged(trial(claim, {COMPLIANCE: {"mild": mild, "firm": mild + own} | copies}))
    assert (judgement.placebo.arm, judgement.placebo.found) == ("firm", found)
    assert judgement.placebo.effect == pytest.approx(own, abs=0.05)


def test_without_copies_there_is_no_placebo(claimed, trial):
    assert judged(trial(claimed(), {})).placebo is None
    assert judged(trial(claimed(placebo={"arm": "firm"}), {})).placebo is None


def test_thirds_of_a_number_that_decides_are_told_apart(claimed, trial, luck):
    claim = claimed(bands=[{"number": "leak_base"}])
    drawn = trial(claim, {}).draws["leak_base"].to_numpy()
    better = np.where(drawn > 2 / 3, -0.3, 0.3) + luck(2, spread=0.1)
    thirds = judged(trial(claim, {COMPLIANCE: {"mild": 0.0, "firm": better}})).bands["leak_base"]
    assert [part.state for _, _, part in thirds] == ["holds", "holds", "refuted"]
    assert sum(part.share for _, _, part in thirds) == pytest.approx(1.0)
    assert [low for low, _, _ in thirds[1:]] == [high for _, high, _ in thirds[:-1]]
    assert (thirds[0][0], thirds[-1][1]) == (drawn.min(), drawn.max())


def test_a_part_is_one_of_several_looks(claimed, trial, luck):
    claim = claimed()
    made = trial(claim, {COMPLIANCE: {"mild": 0.0, "firm": luck(2)}})
    evidence = Evidence(claim, contrasts.oriented(made.rows[()], claim), made.draws)
    [once], [often] = (
        judging.subspace(evidence, [], evidence.worlds, 1.0, looks).findings for looks in (1, len(GROUPS))
    )
    assert often.low < once.low < once.effect < once.high < often.high
    [in_group] = judged(made).groups[GROUPS[1]].findings
    gaps = evidence.gaps(claim.contrasts[0], ("firm", "mild"), contrasts.odd(evidence.worlds))
    inside = gaps[gaps.index.get_level_values("group") == GROUPS[1]]
    assert (in_group.low, in_group.high) == contrasts.measured(inside, len(GROUPS))[1:3]


def test_means_of_arms_differ_by_the_effect(claimed, trial, luck):
    judgement = judged(trial(claimed(), {COMPLIANCE: {"mild": luck(1), "firm": luck(2)}}))
    means = {each.arm: each.mean for each in judgement.responses if each.group == why.EVERYWHERE}
    [finding] = judgement.whole.findings
    assert means["firm"] - means["mild"] == pytest.approx(finding.effect)


def test_responses_are_the_means_of_every_outcome_under_every_arm(claimed, trial):
    claim = claimed(also={"outcomes": [HARDLINERS]})
    worth = {COMPLIANCE: {"firm": np.where(within(GROUPS[0]), 1.0, 0.0)}, HARDLINERS: {"mild": 0.25}}
    found = {
        (each.arm, each.outcome, each.group): each.mean for each in judged(trial(claim, worth)).responses
    }
    assert len(found) == 2 * 2 * (1 + len(GROUPS))
    assert found["firm", COMPLIANCE, why.EVERYWHERE] == pytest.approx(0.2)
    assert found["firm", COMPLIANCE, GROUPS[0]] == 1.0
    assert found["mild", HARDLINERS, why.EVERYWHERE] == 0.25


# --- how often it is wrong ---------------------------------------------------------------------------------


def verdicts(claimed, trial, better, trials, alike=0.0):
    """The verdicts of so many trials in which three doses are better by so much, up to luck.

    Some of the luck is that of a region, in which several worlds are then ``alike``.
    """
    claim = claimed(
        least=0.05,
        arms=[{"name": "none"}, *DOSES],
        contrast={"better": ["little", "some", "much"], "than": ["none"], "refuted_by": ["worse"]},
    )
    found = []
    for seed in range(trials):
        chance = np.random.default_rng([4, seed])
        noise = chance.normal(0.0, 0.15, (4, len(WORLD)))
        noise += np.repeat(chance.normal(0.0, alike, (4, len(GROUPS) * REGIONS)), NUMBER // REGIONS, axis=1)
        doses = {arm["name"]: better + noise[place] for place, arm in enumerate(DOSES)}
        worth = {COMPLIANCE: {"none": noise[3]} | doses}
        found.append(judged(trial(claim, worth, seed=seed, regions=REGIONS)).verdict)
    return found


def test_arms_that_are_alike_are_confirmed_in_less_than_one_of_twenty_trials(claimed, trial, monkeypatch):
    for beside in ("responses_of", "explained", "placebo_of"):  # no verdict rests on them
        monkeypatch.setattr(why, beside, lambda *given: [])
    found = verdicts(claimed, trial, 0.0, 200)
    assert found.count("confirmed") < 10
    assert found.count("not told apart") > 180


def test_regions_that_differ_do_not_pass_for_doses_that_do(claimed, trial, monkeypatch):
    for beside in ("responses_of", "explained", "placebo_of"):  # no verdict rests on them
        monkeypatch.setattr(why, beside, lambda *given: [])
    assert verdicts(claimed, trial, 0.0, 100, alike=0.15).count("confirmed") < 5


def test_an_effect_of_twice_the_least_is_confirmed_in_most_trials(claimed, trial):
    found = verdicts(claimed, trial, 0.1, 20)
    assert found.count("confirmed") >= 18


def test_arms_that_are_one_without_a_mechanism_are_seen_to_be(tried):
    assert [each.alike for each in tried(0.3, spread=0.0, left=0.0).explained] == [1.0]
    assert [each.alike for each in tried(0.3, left=0.1).explained] == [0.0]


def test_only_worlds_that_tell_arms_apart_say_whether_a_mechanism_is_what_they_differ_in(claimed, trial):
    seldom = np.where(WORLD % 10 == 1, 1.0, 0.0)
    worth = {COMPLIANCE: {"firm": seldom}}
    for left, alike in ((seldom, 0.0), (0.0, 1.0)):
        known = {("M78",): {COMPLIANCE: {"firm": left}}}
        assert [each.alike for each in judged(trial(claimed(), worth, known)).explained] == [alike]
    assert [each.alike for each in judged(trial(claimed(), {})).explained] == [0.0]
