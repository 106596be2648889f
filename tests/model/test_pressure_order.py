"""Pressure before, beside and after the talks: when each begins, and what it takes."""

import pytest

from model import SanctionsModel, load_strategy
from model.means import months_of
from model.vocabulary import Sector

PRESSURE = {"phase": "maximum", "level": 0.95, "months": 12}
WHEN = {"before": {}, "beside": {"beside": True}, "later": {"beside": True, "begins": 24}}


def ladder(when):
    ladder = load_strategy("step-for-step")
    return ladder.derived(when, "", {"pressure": PRESSURE | WHEN[when]})


def level_on_energy(model):
    model.step()
    return float(model.world.parties.imposed[model.dispute.lead][Sector.ENERGY])


def month_of_first_talks(when):
    events = SanctionsModel("iran-2012", ladder(when), seed=7).run().events()
    return events.loc[events["kind"] == "talks-opened", "month"].min()


@pytest.mark.usefixtures("compiled")
def test_talks_wait_for_pressure_that_comes_before_them_and_go_on_beside_it():
    assert month_of_first_talks("before") >= PRESSURE["months"]
    assert month_of_first_talks("beside") < PRESSURE["months"]


@pytest.mark.usefixtures("compiled")
def test_measures_are_raised_when_pressure_begins_and_not_before():
    levels = {}
    for when in WHEN:
        model = SanctionsModel("iran-2012", ladder(when), seed=7)
        levels[when] = [level_on_energy(model) for _ in range(25)]
    assert levels["before"][0] == levels["beside"][0] == pytest.approx(0.95)
    assert max(levels["later"][:24]) < 0.95
    assert levels["later"][24] == pytest.approx(0.95)


@pytest.mark.parametrize(("when", "months"), [("before", 27), ("beside", 15), ("later", 36)])
def test_a_script_lasts_until_its_stages_and_its_pressure_are_over(when, months):
    assert months_of(ladder(when)) == months


def test_when_it_comes_changes_nothing_about_the_means_that_are_planned():
    from model import load_scenario

    scenario = load_scenario("iran-2012")
    assert len({ladder(when).totals(scenario).pressure for when in WHEN}) == 1
    assert len({ladder(when).totals(scenario).relief for when in WHEN}) == 1
