"""Histories told by hand: columns are set, months are added up, and the run is judged."""

import numpy as np
import pytest

from model.ensemble import blank_outcomes, designs_of, setting_of
from model.given import Given
from model.ledger import note
from model.mechanisms.record import record
from model.scenario import load_scenario
from model.strategy import load_strategy
from model.verdict import judge
from model.vocabulary import Cause, Standing
from model.world import copy_of

#: Set to the month that is being told.
NOW = object()

PLACE = {
    "name": "by-hand",
    "title": "A case for histories told by hand",
    "start": "2020-01",
    "months": 48,
    "states": [
        {"name": "target", "size": 1.0, "exposure": {"energy": 0.3}},
        {"name": "lead", "size": 10.0},
        {"name": "ally", "size": 5.0},
        {"name": "neighbour", "size": 4.0},
        {"name": "faraway", "size": 1.0},
        {"name": "hermit", "size": 7.0},
    ],
    "trade": [
        {"from": "target", "to": "lead", "share": 0.5},
        {"from": "neighbour", "to": "target", "share": 0.2},
        {"from": "faraway", "to": "neighbour", "share": 0.2},
    ],
    "mediators": [{"name": "envoy", "kind": "envoy"}],
    "civil_society": [
        {"name": "city", "kind": "community"},
        {"name": "village", "kind": "community"},
        {"name": "traders", "kind": "business"},
        {"name": "strangers", "kind": "community"},
    ],
    "constituencies": [
        {"civil_society": "city", "state": "target", "reach": 0.3},
        {"civil_society": "village", "state": "target", "reach": 0.2},
        {"civil_society": "traders", "state": "lead", "reach": 0.5},
        {"civil_society": "strangers", "state": "faraway", "reach": 0.9},
    ],
    "disputes": [
        {
            "name": "matter",
            "target": "target",
            "lead": "lead",
            "parties": [
                {"state": "lead", "imposed": {"energy": 0.6}},
                {"state": "ally", "role": "sender", "imposed": {"energy": 0.2}},
            ],
            "milestones": [{"name": "rights", "asked": 1.0, "cost": 2.0, "worth": 2.0}],
            "channels": [{"mediator": "envoy"}],
        }
    ],
}
#: Nobody trades, nobody is heard, nothing is imposed.
BARE_PLACE = {
    "name": "bare",
    "title": "Two states and nothing else",
    "start": "2020-01",
    "months": 48,
    "states": [{"name": "target"}, {"name": "lead"}],
    "disputes": [
        {
            "name": "matter",
            "target": "target",
            "lead": "lead",
            "milestones": [{"name": "rights", "asked": 1.0, "cost": 2.0, "worth": 2.0}],
        }
    ],
}
#: Half of the relief a stage, of which half more is promised than will be delivered.
PLAN = {
    "name": "two-halves",
    "title": "Two halves",
    "description": "Half of the relief for half of the demand, twice.",
    "source": "made up",
    "framing": {"promise": 1.5},
    "stages": [
        {"title": "First", "relief": {"energy": 0.5}, "asks": {"all": 0.5}, "release": "verified"},
        {"title": "Second", "relief": {"energy": 0.5}, "asks": {"all": 1.0}, "release": "verified"},
    ],
}


class History:
    """One run of one dispute, told month by month; every method but `outcome` returns the history."""

    def __init__(self, setting):
        self.setting, self.world, self.month = setting, copy_of(setting.opening), 0
        self.given = Given(
            setting.network, setting.plans, setting.parameters[0], setting.switches[0], np.uint64(0)
        )
        self.row, self.tally = self.world.disputes[0], self.world.tallies[0]
        self.row.tension = 0.0
        for name in ("support", "legitimacy", "hardliners", "resentment", "rhetoric"):
            self.world.states[name] = 0.5

    def again(self):
        """Return a history of the same case from the beginning."""
        return History(self.setting)

    def _set(self, record, columns):
        for name, value in columns.items():
            record[name] = self.month if value is NOW else value
        return self

    def live(self, months=1, **columns):
        """Let months go by in which columns of the dispute stand so."""
        self._set(self.row, columns)
        for _ in range(months):
            record(self.world, self.given, self.month)
            self.month += 1
        return self

    def target(self, **columns):
        """Set columns of the target's state."""
        return self._set(self.world.states[self.row.target_state], columns)

    def lead(self, **columns):
        """Set columns of the lead sender's state."""
        return self._set(self.world.states[self.row.lead_state], columns)

    def state(self, place, **columns):
        """Set columns of the state at ``place``."""
        return self._set(self.world.states[place], columns)

    def party(self, place, **columns):
        """Set columns of a party: 0 the target, 1 the lead sender, 2 its ally."""
        return self._set(self.world.parties[place], columns)

    def main(self, **columns):
        """Set columns of the main process."""
        return self._set(self.world.processes[0], columns)

    def line(self, **columns):
        """Set columns of the back channel."""
        return self._set(self.world.channels[0], columns)

    def group(self, place, **columns):
        """Set columns of civil society: 0 and 1 live in the target, 2 in the lead sender, 3 elsewhere."""
        return self._set(self.world.civil[place], columns)

    def tallied(self, **columns):
        """Set what other phases write into the tally."""
        return self._set(self.tally, columns)

    def happens(self, event, times=1, amount=0.0):
        """Write an event into the ledger."""
        for _ in range(times):
            note(self.world, self.month, event, 0, 0, 0, amount=amount)
        return self

    def promises(self, share):
        """Let the target have promised this share of the demand."""
        self.row.agreed[:] = share * self.row.asked
        return self

    def does(self, share):
        """Let this share of the demand be truly done."""
        self.row.done[:] = share * self.row.asked
        return self

    def reports(self, share):
        """Let the target report this share of the demand as done."""
        self.row.reported[:] = share * self.row.asked
        return self

    def is_believed(self, share):
        """Let the senders believe that this share of the demand is done."""
        self.row.observed[:] = share * self.row.asked
        return self

    def trusts(self, target, lead):
        """Let the target and the lead sender trust each other so far."""
        for party, belief in ((0, target), (1, lead)):
            self.world.trust[self.world.parties[party].tie_to].belief = belief
        return self

    def relieves(self, share):
        """Let this share of all measures stand relieved."""
        self.world.parties.relieved[:] = share * self.world.parties.imposed
        return self

    def talks(self, restarts=0):
        """Let talks be on, or on again."""
        return self.main(standing=Standing.TABLED, restarts=restarts)

    def concludes(self):
        """Let an agreement be concluded this month."""
        if self.tally.first_agreement_at < 0:
            self.tally.first_agreement_at = self.month
        self._set(self.row, {"agreement": 1, "agreement_at": NOW})
        return self.main(standing=Standing.CONCLUDED, agreed_at=max(self.month - 1, 0))

    def breaks(self, cause=Cause.STALLED):
        """Let talks, and the agreement that rests on them, break this month."""
        if self.row.agreement == 1 and self.tally.agreements_ended == 0:
            self.tally.first_cause = cause
        self.tally.agreements_ended += self.row.agreement
        self._set(self.row, {"agreement": 0, "cause": cause})
        return self.main(standing=Standing.BROKEN, since=NOW)

    def agrees(self):
        """Let the stage at hand be agreed this month."""
        return self.main(agreed_at=NOW)

    def agrees_beside(self):
        """Let a stage of a second track be agreed this month."""
        return self._set(self.world.processes[1], {"agreed_at": NOW, "standing": Standing.PERFORMING})

    def releases(self):
        """Let its relief be released this month."""
        return self.main(standing=Standing.DWELLING, released_at=NOW)

    def performs(self):
        """Let the stage that was agreed be carried out."""
        return self.main(standing=Standing.PERFORMING)

    def progresses(self):
        """Let a step forward be made this month."""
        return self._set(self.row, {"last_progress": NOW})

    def turns_over(self):
        """Let a principal come under a new leader this month."""
        return self._set(self.row, {"last_turnover": NOW})

    def loses_sponsor(self):
        """Let the sponsor leave this month."""
        return self._set(self.row, {"last_sponsor_exit": NOW})

    def outcome(self):
        """Return what the run is judged by if it ends here."""
        row = blank_outcomes(self.setting, designs_of(1, 1, 1, 7, [0]))[0]
        judge(self.world, self.given, 0, row)
        return row


def _setting(place):
    plan = (
        PLAN
        if place is PLACE
        else {**PLAN, "stages": [{"title": "Talk", "asks": {"all": 1.0}, "release": "verified"}]}
    )
    return setting_of(load_scenario(place), [load_strategy(plan)])


@pytest.fixture(scope="session")
def _by_hand():
    return _setting(PLACE)


@pytest.fixture
def history(_by_hand):
    """Return a history in which nothing has happened yet."""
    return History(_by_hand)


@pytest.fixture
def bare():
    """Return a history of two states with nothing between them."""
    return History(_setting(BARE_PLACE))
