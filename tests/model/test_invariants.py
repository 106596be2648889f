"""What no month may break, whoever is in the world and whatever the strategy."""

import functools
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from model.compiled import is_plain
from model.ensemble import blank_outcomes, call_kernel, designs_of, run_ensemble, setting_of
from model.outcomes import DTYPE, EPISODE, OUTCOMES
from model.parameters import SWITCHABLE, defaults, uncertain_numbers
from model.records import blank
from model.scenario import list_scenarios, load_scenario
from model.strategy import list_strategies, load_strategy
from model.vocabulary import Event, Role
from model.world import LEDGER, TABLES, copy_of

pytestmark = pytest.mark.usefixtures("compiled")

ROOM = 60_000
MONTHS = 120
#: Rounding of a sum of some hundred terms.
ROUNDING = 1e-9

RELIEF = (Event.RELIEF, Event.RELIEF_EXPIRED, Event.STEPPED_BACK, Event.SNAPPED_BACK)
NAMED = [f"M{number:02d}" for number in SWITCHABLE]
EXAMPLES = 4 if is_plain() else 30

#: A life that breaks a rule is told as it was found: simpler ones cost too many months.
NO_SHRINKING = [Phase.explicit, Phase.reuse, Phase.generate]

lives = st.fixed_dictionaries(
    {
        "region": st.integers(0, 5),
        "status": st.sampled_from(["threatened", "imposed"]),
        "strategy": st.sampled_from(list_strategies()),
        "seed": st.integers(0, 2**31 - 1),
        "replicate": st.integers(0, 10_000),
        "draw": st.none() | st.integers(0, 2**31 - 1),
        "without": st.lists(st.sampled_from(NAMED), max_size=4, unique=True),
    }
)
property_of_lives = settings(max_examples=EXAMPLES, deadline=None, derandomize=True, phases=NO_SHRINKING)


@functools.cache
def region(seed, status):
    """Return one of a few small regions."""
    grow = {"seed": seed, "states": 12 + seed, "status": status, "disputes": 1 + seed % 2}
    return load_scenario("stylised-region", grow=grow)


def drawn_numbers(seed):
    """Return one draw of all uncertain numbers from their ranges, or the defaults."""
    numbers = defaults()
    if seed is not None:
        luck = np.random.default_rng(seed)
        for number in uncertain_numbers():
            numbers[number.name] = luck.uniform(number.low, number.high)
    return numbers


class Life:
    """One run through the compiled month, with its ledger, a few months at a time."""

    def __init__(self, scenario, strategy, seed=7, replicate=0, draw=None, without=()):
        numbers = drawn_numbers(draw)
        self.setting = setting_of(scenario, [load_strategy(strategy)], numbers, without)
        self.designs = designs_of(1, 1, 1, seed, [replicate])
        self.outcomes = blank_outcomes(self.setting, self.designs)
        self.world = copy_of(self.setting.opening)._replace(ledger=blank(LEDGER, ROOM))

    def live(self, first, last):
        """Live from the month ``first`` up to ``last``; return the world."""
        call_kernel(self.setting, self.world, self.designs, range(1), range(first, last), self.outcomes)
        return self.world

    @property
    def events(self):
        """The rows of the ledger that are written."""
        written = self.world.written
        assert written == self.world.seen.times.sum(), "the ledger was too short"
        return self.world.ledger[:written]


def life_of(life):
    """Return a life not yet lived."""
    scenario = region(life["region"], life["status"])
    return Life(
        scenario, life["strategy"], life["seed"], life["replicate"], life["draw"], tuple(life["without"])
    )


def outside_range(world, ledger):
    """Return the columns that hold what their declaration does not allow."""
    faults = []
    for name, columns in TABLES.items():
        table = ledger if name == "ledger" else getattr(world, name)
        for column in columns:
            values = np.asarray(table[column.name], float)
            allowed = (values >= column.low - ROUNDING) & (values <= column.high + ROUNDING)
            if not (np.isfinite(values).all() and allowed.all()):
                faults.append(f"{name}.{column.name}: {values.min():g} to {values.max():g}")
    return faults


def relief_booked(world, events, dispute):
    """Return what the ledger says is relieved in one dispute, by party and sector."""
    row = world.disputes[dispute]
    booked = np.zeros_like(world.parties.relieved)
    party_of = {
        int(world.parties[party].state): party
        for party in range(row.first_party, row.first_party + row.parties)
    }
    for event in events[np.isin(events.event, RELIEF) & (events.dispute == dispute)]:
        booked[party_of[int(event.who)], event.subject] += event.amount
    return booked


@given(lives)
@property_of_lives
def test_every_column_keeps_to_its_declared_range_in_every_month(life):
    lived = life_of(life)
    for first, last in pairwise([*range(0, MONTHS, 6), MONTHS]):
        assert outside_range(lived.live(first, last), lived.events) == []


@given(lives)
@property_of_lives
def test_nobody_relieves_more_than_it_imposed(life):
    lived = life_of(life)
    for first, last in pairwise([*range(0, MONTHS, 6), MONTHS]):
        parties = lived.live(first, last).parties
        assert (parties.relieved <= parties.imposed + ROUNDING).all()


@given(lives)
@property_of_lives
def test_the_ledgers_relief_adds_up_to_the_relief_in_force(life):
    lived = life_of(life)
    world = lived.live(0, MONTHS)
    booked = sum(relief_booked(world, lived.events, dispute) for dispute in range(len(world.disputes)))
    assert np.allclose(booked, world.parties.relieved, atol=1e-6)


@given(lives)
@property_of_lives
def test_the_ledger_is_written_in_order_and_inside_the_run(life):
    lived = life_of(life)
    lived.live(0, MONTHS)
    months = lived.events.month
    assert (np.diff(months) >= 0).all()
    assert months.size == 0 or (months[0] >= 0 and months[-1] < MONTHS)


def ties_of_dealings(world):
    """Return the trust ties between parties to a dispute, and from its principals to those who mediate."""
    held = (world.parties.tie_to, world.channels.tie_target, world.channels.tie_lead)
    return {int(tie) for ties in held for tie in ties}


@given(lives)
@property_of_lives
def test_a_belief_moves_only_by_what_was_seen_or_said(life):
    lived = life_of(life)
    before = lived.setting.opening.trust.belief.copy()
    world = lived.live(0, MONTHS)
    moved = set(np.flatnonzero(world.trust.belief != before))
    seen = ties_of_dealings(world)
    said = {int(row.tie) for row in lived.setting.network.word}
    assert moved <= seen | said


@given(lives)
@property_of_lives
def test_without_word_of_mouth_only_those_who_deal_with_each_other_change_their_minds(life):
    silent = life | {"without": [*life["without"], "M21"]}
    lived = life_of(silent)
    before = lived.setting.opening.trust.belief.copy()
    world = lived.live(0, MONTHS)
    assert set(np.flatnonzero(world.trust.belief != before)) <= ties_of_dealings(world)


@given(lives)
@property_of_lives
def test_counterparts_do_change_their_minds(life):
    lived = life_of(life | {"status": "imposed", "draw": None, "without": []})
    before = lived.setting.opening.trust.belief.copy()
    world = lived.live(0, MONTHS)
    principals = world.parties.tie_to[np.isin(world.parties.role, (Role.TARGET, Role.LEAD_SENDER))]
    assert (world.trust.belief[principals] != before[principals]).any()


@given(lives)
@property_of_lives
def test_nothing_outside_the_world_changes(life):
    lived = life_of(life)
    given_tables = [*lived.setting.opening, *lived.setting.network, *lived.setting.plans]
    given_tables += [lived.setting.parameters, lived.setting.switches, lived.designs]
    before = [table.tobytes() for table in given_tables]
    lived.live(0, MONTHS)
    assert [table.tobytes() for table in given_tables] == before


@given(lives)
@property_of_lives
def test_no_outcome_is_missing_but_those_that_say_where_they_apply(life):
    lived = life_of(life)
    lived.live(0, MONTHS)
    missing = {name for name in DTYPE.names if np.isnan(lived.outcomes[name].astype(float)).any()}
    assert not missing & {name for name, outcome in OUTCOMES.items() if not outcome.where}
    assert missing & set(EPISODE) <= {"imposed_at", "ended_at"}


@given(lives)
@property_of_lives
def test_what_does_not_move_stays_as_the_scenario_set_it(life):
    lived = life_of(life)
    opening = lived.setting.opening
    world = lived.live(0, MONTHS)
    still = [
        f"{name}.{column.name}"
        for name, columns in TABLES.items()
        if name not in ("ledger", "tallies")
        for column in columns
        if not column.is_state and (name, column.name) != ("disputes", "plan")
        if not np.array_equal(getattr(world, name)[column.name], getattr(opening, name)[column.name])
    ]
    assert still == []


@pytest.mark.parametrize("part", ["network", "plans"])
def test_networks_and_strategies_are_read_only(part):
    setting = Life(region(0, "imposed"), "step-for-step").setting
    for table in getattr(setting, part):
        assert not table.flags.writeable
        if len(table):
            with pytest.raises(ValueError, match="read-only"):
                table[0] = table[0]


@pytest.mark.parametrize("part", ["parameters", "switches"])
def test_numbers_and_switches_are_read_only(part):
    table = getattr(Life(region(0, "imposed"), "step-for-step").setting, part)
    with pytest.raises(ValueError, match="read-only"):
        table[table.dtype.names[0]] = 0.5


@pytest.mark.parametrize("scenario", list_scenarios())
def test_no_principal_stands_at_a_wall_for_more_than_a_tenth_of_the_months(scenario):
    runs = run_ensemble(scenario, list_strategies(), replicates=2 if is_plain() else 25)
    assert runs.bound_share.max() <= 0.1
