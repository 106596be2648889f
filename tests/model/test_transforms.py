"""One thing about a strategy changed, and all else the same: placebo, matched means, other designs."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as any_

from model.means import relief_of
from model.paths import depths_of, increments
from model.plan import Plans
from model.scenario import load_scenario
from model.strategy import list_strategies, load_strategy, stack
from model.strategy_fit import ground_of
from model.transforms import (
    PROFILES,
    all_orders,
    in_steps,
    matched,
    matched_all,
    other_orders,
    placebo,
    profiled,
    sector_order,
    switched,
)
from model.vocabulary import SECTORS, InputError, Milestone, PressurePhase, Sector, Track

CASE = load_scenario("iran-2012")
REGION = load_scenario("stylised-region")
NAMES = list_strategies()
#: Those whose stages differ, so that their order can.
ORDERED = [name for name in NAMES if other_orders(load_strategy(name)) > 0]

bundled = pytest.mark.parametrize("name", NAMES)
ordered = pytest.mark.parametrize("name", ORDERED)


def script(*stages, **header):
    """Return a small strategy; stages are verified unless they say otherwise."""
    said = {"name": "mine", "title": "Mine", "description": "One. Two.", "source": "a test"}
    steps = [
        {"title": f"Step {place}", "release": "verified"} | stage for place, stage in enumerate(stages, 1)
    ]
    return load_strategy(said | {"stages": steps} | header)


def shares(stage):
    return stage.relief.spread([0.0] * SECTORS)


def relief(strategy):
    """Return the share of each sector's measures that each stage gives back, stages by sectors."""
    return np.array([shares(stage) for stage in strategy.stages])


def asks(strategy, scenario=CASE):
    """Return the depth that each stage asks of each milestone, as the month reads it."""
    return stack([strategy], scenario).stages.asks


def rest(strategy, *but):
    """Return what a strategy says, but for its name, its words and the keys given."""
    return strategy.model_dump(exclude={"name", "title", "description", *but})


def same_totals(one, other, scenario=CASE):
    return one.totals(scenario) == pytest.approx(other.totals(scenario))


# --- what all transforms share -----------------------------------------------------------------------------

TRANSFORMS = {
    "shuffled-3": lambda strategy: placebo(strategy, 3),
    "order-1": lambda strategy: next(all_orders(strategy)),
    "public": lambda strategy: switched(strategy, "public"),
    "in-4": lambda strategy: in_steps(strategy, 4),
    "back": lambda strategy: profiled(strategy, "back"),
    "energy-first": lambda strategy: sector_order(strategy, ["energy"]),
    "matched": lambda strategy: matched(strategy, CASE, pressure=3.0, effort=200.0),
}


@pytest.mark.parametrize("suffix", TRANSFORMS)
@pytest.mark.parametrize("name", [name for name in ORDERED if name != "big-bang"])
def test_a_transform_has_a_name_of_its_own_fits_and_reads_back_equal(name, suffix, tmp_path):
    strategy = load_strategy(name)
    before = strategy.text()
    made = TRANSFORMS[suffix](strategy)
    assert made.name == f"{name}-{suffix}"
    assert made.varies == name
    assert (made.archetype, made.source) == (strategy.archetype, strategy.source)
    assert made.description.startswith(strategy.description)
    assert made.description.count(". ") == strategy.description.count(". ") + 1
    made.check(CASE)
    made.write(tmp_path / "made.toml")
    assert load_strategy(tmp_path / "made.toml") == made
    assert strategy.text() == before


# --- placebo -----------------------------------------------------------------------------------------------


@ordered
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_placebo_has_the_same_means_and_another_order(name, seed):
    strategy = load_strategy(name)
    made = placebo(strategy, seed)
    assert same_totals(made, strategy)
    assert same_totals(made, strategy, REGION)
    assert rest(made, "stages") == rest(strategy, "stages")
    assert made.tracks.keys() == strategy.tracks.keys()
    assert made.stages != strategy.stages


@ordered
def test_a_stage_of_a_placebo_takes_everything_with_it(name):
    strategy = load_strategy(name)
    made = placebo(strategy, 1)
    for track, stages in strategy.tracks.items():
        moved = made.tracks[track]
        said = {
            stage.title: (stage.model_copy(update={"asks": ()}), added)
            for stage, added in zip(stages, increments(stages), strict=True)
        }
        for stage, added in zip(moved, increments(moved), strict=True):
            before, asked = said.pop(stage.title)
            assert stage.model_copy(update={"asks": ()}) == before
            assert added == pytest.approx(asked)
        assert not said


@ordered
def test_a_placebo_asks_the_whole_demand_in_the_end(name):
    table = stack([placebo(load_strategy(name), 2)], CASE).stages
    depths = table.asks[table.track == 0]
    assert np.all(depths[-1] == 1.0)
    assert np.all(np.diff(depths, axis=0) >= 0.0)


def test_the_seed_names_the_order():
    strategy = load_strategy("leverage-reserve")
    assert placebo(strategy, 5) == placebo(strategy, 5)
    assert len({placebo(strategy, seed).stages for seed in range(30)}) > 10


@pytest.mark.parametrize("name", ["big-bang", "deep-secret"])
def test_there_is_no_placebo_where_every_order_says_the_same(name):
    assert other_orders(load_strategy(name)) == 0
    with pytest.raises(InputError, match=f"strategy '{name}': its stages stand in the only order there is"):
        placebo(load_strategy(name), 1)


def test_all_orders_are_every_order_that_says_something_else():
    alike, other, more = {"relief": {"all": 0.2}}, {"relief": {"all": 0.1}}, {"dwell": 5}
    strategy = script(alike, alike, other, more)
    made = list(all_orders(strategy))
    assert len(made) == other_orders(strategy) + 1 == 12
    assert made[0].stages == strategy.stages
    seen = {tuple((stage.relief, stage.dwell) for stage in each.stages) for each in made}
    assert len(seen) == 12
    assert len({each.name for each in made}) == 12


def test_orders_of_tracks_are_crossed_and_tracks_do_not_mix():
    stages = [{"dwell": 1}, {"dwell": 3}, {"track": "aid", "dwell": 1}, {"track": "aid", "dwell": 2}]
    made = list(all_orders(script(*stages)))
    assert len(made) == 4
    seen = {tuple(stage.dwell for stage in each.stages) for each in made}
    assert seen == {(1, 3, 1, 2), (1, 3, 2, 1), (3, 1, 1, 2), (3, 1, 2, 1)}
    assert all([stage.track for stage in each.stages] == ["main", "main", "aid", "aid"] for each in made)


def test_what_is_asked_by_name_keeps_to_its_name_in_every_order():
    stages = [{"asks": {"all": 0.2, "rights": 0.0}}, {"asks": {"inspections": 0.9}}, {"asks": {"all": 1.0}}]
    strategy = script(*stages)
    added = np.diff(asks(strategy), axis=0, prepend=0.0)
    for made in all_orders(strategy):
        order = [int(stage.title[-1]) - 1 for stage in made.stages]
        assert asks(made) == pytest.approx(np.cumsum(added[order], axis=0))


@settings(max_examples=40, deadline=None)
@given(
    steps=any_.lists(any_.floats(0.0, 1.0), min_size=2, max_size=5),
    named=any_.lists(any_.floats(0.0, 1.0), min_size=5, max_size=5),
    seed=any_.integers(0, 1000),
)
def test_whatever_is_asked_is_added_up_again(steps, named, seed):
    depths = np.maximum.accumulate(steps)
    own = np.maximum.accumulate(named[: len(steps)])
    stages = [
        {"dwell": place, "asks": {"all": float(depth), "inspections": float(mine)}}
        for place, (depth, mine) in enumerate(zip(depths, own, strict=True))
    ]
    strategy = script(*stages)
    made = placebo(strategy, seed)
    order = [stage.dwell for stage in made.stages]
    added = np.diff(asks(strategy), axis=0, prepend=0.0)
    assert asks(made) == pytest.approx(np.cumsum(added[order], axis=0), abs=1e-9)


# --- equal means -------------------------------------------------------------------------------------------


@bundled
@pytest.mark.parametrize("scenario", [CASE, REGION], ids=["iran-2012", "stylised-region"])
def test_means_are_brought_to_what_is_asked(name, scenario):
    made = matched(load_strategy(name), scenario, relief=1.0, pressure=7.5, effort=300.0)
    assert made.totals(scenario) == pytest.approx((1.0, 7.5, 300.0))


@bundled
def test_matching_relief_scales_every_stage_alike_and_changes_nothing_else(name):
    strategy = load_strategy(name)
    half = matched(strategy, CASE, relief=0.5 * strategy.totals(CASE).relief)
    assert relief(half) == pytest.approx(0.5 * relief(strategy))
    assert rest(half, "stages") == rest(strategy, "stages")
    assert np.array_equal(asks(half), asks(strategy))


@bundled
def test_what_is_not_matched_stays_and_effort_alone_moves_nobody(name):
    strategy = load_strategy(name)
    assert rest(matched(strategy, CASE)) == rest(strategy)
    idle = matched(strategy, CASE, effort=500.0)
    assert rest(idle, "idle") == rest(strategy, "idle")
    plans = [stack([each], CASE) for each in (strategy, idle)]
    assert all(np.array_equal(*pair) for pair in zip(*(Plans(*plan) for plan in plans), strict=True))


def test_relief_grows_to_everything_and_then_the_other_sectors_make_up_for_it():
    strategy = script({"relief": {"finance": 0.8}}, {"relief": {"technology": 0.1}})
    now, ground = strategy.totals(CASE).relief, ground_of(CASE)
    whole = relief_of(script({"relief": {"finance": 1.0}}).stages[0], ground)
    more = matched(strategy, CASE, relief=1.5 * now)
    assert shares(more.stages[0])[Sector.FINANCE] == pytest.approx(1.0)
    assert relief_of(more.stages[1], ground) == pytest.approx(1.5 * now - whole)
    with pytest.raises(InputError, match=r"strategy 'mine': relief: 9 points a year are more than what"):
        matched(strategy, CASE, relief=9.0)


def test_nothing_can_be_made_of_no_relief():
    with pytest.raises(InputError, match=r"relief: 1 points a year are more .* at most 0"):
        matched(script({"asks": {"all": 1.0}}), CASE, relief=1.0)


def test_pressure_is_matched_by_level_then_by_length_and_where_there_is_none_by_a_ramp():
    maximum, neutral = load_strategy("maximum-pressure"), load_strategy("step-for-step")
    less, more = (matched(maximum, CASE, pressure=total).pressure for total in (6.0, 18.0))
    assert (less.phase, less.level, less.months) == (PressurePhase.MAXIMUM, 0.5, 12)
    assert (more.phase, more.level, more.months) == (PressurePhase.MAXIMUM, 1.0, 18)
    ramp = matched(neutral, CASE, pressure=4.5).pressure
    assert (ramp.phase, ramp.level, ramp.months) == (PressurePhase.RAMP, 0.9, 5)
    none = matched(maximum, CASE, pressure=0.0).pressure
    assert (none.phase, none.level, none.months) == (PressurePhase.NONE, 0.0, 0)


def test_a_script_cannot_be_carried_through_with_less_effort_than_it_takes():
    with pytest.raises(InputError, match=r"strategy 'quiet-ladder': effort: its script takes .* or more"):
        matched(load_strategy("quiet-ladder"), CASE, effort=10.0)


@pytest.mark.parametrize("total", [-1.0, float("nan"), float("inf")])
def test_a_total_that_is_none_is_refused(total):
    with pytest.raises(InputError, match=r"strategy 'big-bang': relief: .* is no total; 0 or more"):
        matched(load_strategy("big-bang"), CASE, relief=total)


@pytest.mark.parametrize("scenario", [CASE, REGION], ids=["iran-2012", "stylised-region"])
def test_all_bundled_strategies_can_be_brought_to_common_means(scenario):
    before = [load_strategy(name) for name in NAMES]
    after = matched_all(before, scenario)
    assert [each.name for each in after] == [f"{name}-matched" for name in NAMES]
    totals = np.array([each.totals(scenario) for each in after])
    assert totals == pytest.approx(np.tile(totals[0], (len(NAMES), 1)))
    assert totals[0][1] == 12.0
    again = matched_all(after, scenario)
    assert [rest(each) for each in again] == [rest(each) for each in after]


def test_only_what_is_named_is_made_equal():
    strategies = [load_strategy(name) for name in ("maximum-pressure", "quiet-ladder")]
    made = matched_all(strategies, CASE, by=("effort",))
    assert made[0].totals(CASE).effort == pytest.approx(made[1].totals(CASE).effort)
    assert [each.totals(CASE).pressure for each in made] == [12.0, 0.0]


def test_common_relief_is_the_least_that_any_offers():
    small = script({"relief": {"all": 0.3}})
    made = matched_all([small, load_strategy("big-bang")], CASE, by=("relief",))
    assert rest(made[0]) == rest(small)
    assert made[1].totals(CASE).relief == pytest.approx(small.totals(CASE).relief)


def test_what_cannot_be_matched_is_told_with_the_strategy():
    nothing = script({"asks": {"all": 1.0}})
    with pytest.raises(InputError, match=r"strategy 'mine': relief: offers none in iran-2012"):
        matched_all([nothing, load_strategy("big-bang")], CASE)
    with pytest.raises(
        InputError, match=r"'efort' cannot be matched; one of relief, pressure, effort.*'effort'"
    ):
        matched_all([nothing], CASE, by=("efort",))


# --- other designs -----------------------------------------------------------------------------------------


@bundled
@pytest.mark.parametrize("track", ["public", "private", "dual", "private-then-public"])
def test_talks_can_be_switched_and_nothing_else_is(name, track):
    strategy = load_strategy(name)
    made = switched(strategy, track)
    assert made.talks.track.name == track.upper().replace("-", "_")
    assert rest(made, "talks") == rest(strategy, "talks")
    if track != "public":
        assert made.talks == strategy.talks.model_copy(update={"track": Track(made.talks.track)})


def test_what_belongs_to_a_back_channel_goes_with_it():
    said, made = load_strategy("deep-secret").talks, switched(load_strategy("deep-secret"), "public").talks
    changed = {key for key, value in made if value != getattr(said, key)}
    assert changed == {"track", "secrecy", "insiders"}


def test_a_track_that_is_none_is_told_those_that_are():
    with pytest.raises(InputError, match="'secret' is not one of public, private, dual"):
        switched(load_strategy("big-bang"), "secret")


@bundled
@pytest.mark.parametrize("steps", [1, 2, 3, 7, 12])
def test_steps_are_cut_anew_and_all_totals_stay(name, steps):
    strategy = load_strategy(name)
    made = in_steps(strategy, steps)
    assert len(made.tracks["main"]) == steps
    assert relief(made).sum(axis=0) == pytest.approx(relief(strategy).sum(axis=0))
    assert made.totals(CASE).relief == pytest.approx(strategy.totals(CASE).relief)
    assert made.totals(CASE).pressure == strategy.totals(CASE).pressure
    old, new = strategy.tracks["main"], made.tracks["main"]
    assert sum(stage.dwell for stage in new) == sum(stage.dwell for stage in old)
    assert depths_of(new)[-1] == depths_of(old)[-1]
    measures = [sorted(each for stage in track for each in stage.confidence) for track in (new, old)]
    assert measures[0] == measures[1]
    if all(stage.verify.every <= stage.dwell for stage in new):
        assert made.totals(CASE).effort == pytest.approx(strategy.totals(CASE).effort)


@bundled
def test_as_many_steps_as_before_are_the_same_steps(name):
    strategy = load_strategy(name)
    made = in_steps(strategy, len(strategy.tracks["main"]))
    untitled = [
        [stage.model_dump(exclude={"title", "relief", "asks"}) for stage in each.tracks["main"]]
        for each in (made, strategy)
    ]
    assert untitled[0] == untitled[1]
    tables = [stack([each], CASE).stages for each in (made, strategy)]
    for column in ("relief", "asks"):
        assert tables[0][column] == pytest.approx(tables[1][column])


def test_steps_follow_the_path_of_the_relief_that_they_cut():
    made = in_steps(load_strategy("leverage-reserve"), 10)
    given = np.cumsum(relief(made), axis=0)[1::2]
    assert given == pytest.approx(np.cumsum(relief(load_strategy("leverage-reserve")), axis=0))


def test_the_region_takes_over_at_the_same_point_of_the_way():
    assert in_steps(load_strategy("guaranteed-and-tapered"), 10).handover.after_stages == 8
    assert in_steps(load_strategy("guaranteed-and-tapered"), 1).handover.after_stages == 1


def test_no_steps_are_refused():
    with pytest.raises(InputError, match="0 steps are none; 1 or more"):
        in_steps(load_strategy("big-bang"), 0)


@bundled
@pytest.mark.parametrize("profile", PROFILES)
def test_a_profile_changes_when_relief_comes_and_not_how_much(name, profile):
    strategy = load_strategy(name)
    made = profiled(strategy, profile)
    assert same_totals(made, strategy)
    assert relief(made).sum(axis=0) == pytest.approx(relief(strategy).sum(axis=0))
    assert rest(made, "stages") == rest(strategy, "stages")
    said = [[stage.model_dump(exclude={"relief"}) for stage in each.stages] for each in (made, strategy)]
    assert sorted(said[0], key=str) == sorted(said[1], key=str)
    assert np.array_equal(relief(made).any(axis=1), np.array([bool(stage.relief) for stage in made.stages]))


def test_profiles_give_early_evenly_late_or_in_the_middle():
    given = {profile: relief(profiled(load_strategy("step-for-step"), profile))[:, 0] for profile in PROFILES}
    assert given["linear"] == pytest.approx(0.2)
    assert all(one > other for one, other in pairwise(given["front"]))
    assert all(one < other for one, other in pairwise(given["back"]))
    assert given["front"] == pytest.approx(given["back"][::-1])
    assert given["sigmoid"] == pytest.approx(given["sigmoid"][::-1])
    assert np.argmax(given["sigmoid"]) == 2


def test_a_profile_leaves_the_order_of_sectors_and_the_stages_without_relief():
    made = relief(profiled(load_strategy("pilot-elite-first"), "back"))
    first = [
        int(np.argmax(made[:, sector] > 0.0)) for sector in (Sector.FINANCE, Sector.ENERGY, Sector.ESSENTIAL)
    ]
    assert first == sorted(first)
    assert made[0, Sector.ESSENTIAL] == 0.0
    waiting = relief(profiled(load_strategy("confidence-first"), "front"))
    assert np.all(waiting[:3] == 0.0)
    assert np.all(waiting[3:].sum(axis=1) > 0.0)


def test_a_profile_that_is_none_is_told_those_that_are():
    with pytest.raises(InputError, match=r"'fronted' is no profile of relief; one of front, .*mean 'front'"):
        profiled(load_strategy("big-bang"), "fronted")


@bundled
def test_sectors_come_in_the_order_named_at_the_pace_there_was(name):
    strategy = load_strategy(name)
    made = sector_order(strategy, ["travel", "finance"])
    assert made.totals(REGION).relief == pytest.approx(strategy.totals(REGION).relief)
    for track in strategy.tracks:
        old, new = (np.array([shares(stage) for stage in each.tracks[track]]) for each in (strategy, made))
        assert new.sum(axis=1) == pytest.approx(old.sum(axis=1))
        assert new.sum(axis=0) == pytest.approx(old.sum(axis=0))
        after = np.cumsum(new, axis=0)
        others = [sector for sector in Sector if sector not in (Sector.TRAVEL, Sector.FINANCE)]
        for stage in after[after[:, others].sum(axis=1) > 1e-9]:
            assert stage[Sector.TRAVEL] == pytest.approx(new[:, Sector.TRAVEL].sum())
            assert stage[Sector.FINANCE] == pytest.approx(new[:, Sector.FINANCE].sum())


@pytest.mark.parametrize(
    ("sectors", "fault"),
    [
        (["finace"], r"'finace' is not one of energy, finance.*did you mean 'finance'"),
        (["energy", "energy"], "sectors in order: energy, energy; each of .* at most once"),
        ([], "sectors in order: none"),
    ],
)
def test_an_order_of_sectors_that_is_none_is_refused(sectors, fault):
    with pytest.raises(InputError, match=fault):
        sector_order(load_strategy("step-for-step"), sectors)


@pytest.mark.parametrize(
    "cut",
    [
        lambda strategy: in_steps(strategy, 2),
        lambda strategy: profiled(strategy, "back"),
        lambda strategy: sector_order(strategy, ["energy"]),
    ],
)
def test_the_relief_of_one_sender_is_not_cut_anew(cut):
    strategy = script({"relief": {"all": 0.2}, "only_sender": "germany"}, {"relief": {"all": 0.2}})
    with pytest.raises(InputError, match=r"stages\[1\]\.only_sender: 'germany': relief of one sender"):
        cut(strategy)


def test_milestones_named_in_a_case_are_cut_with_the_rest():
    strategy = script({"asks": {"inspections": 0.4}}, {"asks": {"all": 1.0}})
    made = asks(in_steps(strategy, 4))
    assert made[:, Milestone.INSPECTIONS] == pytest.approx([0.2, 0.4, 0.7, 1.0])
    assert made[:, Milestone.DISARMAMENT] == pytest.approx([0.0, 0.0, 0.5, 1.0])
