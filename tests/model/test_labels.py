"""What a run is called, on histories told by hand."""

import pytest

from model.labels import LABELS
from model.process import blame_for, fall_apart
from model.vocabulary import Cause, Conduct, DisputeStatus, Label, Standing

#: A history for every label; one that ends badly had a stage agreed before.
ENDINGS = {
    Label.SETTLED_AND_DURABLE: lambda h: h.promises(1.0).does(1.0).concludes(),
    Label.SETTLED_BUT_SHAM: lambda h: h.promises(1.0).does(0.3).concludes(),
    Label.NEVER_STARTED: lambda h: h,
    Label.STALLED: lambda h: h.main(standing=Standing.PERFORMING, agreed_at=5),
    Label.LEAKED_TO_DEATH: lambda h: h.agrees().breaks(Cause.LEAK),
    Label.REVERSED_BY_NOISE: lambda h: h.agrees().breaks(Cause.NOISE),
    Label.KILLED_BY_SPOILER: lambda h: h.agrees().breaks(Cause.SPOILER),
    Label.KILLED_BY_TURNOVER: lambda h: h.concludes().live(3).breaks(Cause.TURNOVER),
    Label.KILLED_BY_SHOCK: lambda h: h.agrees().breaks(Cause.SHOCK),
    Label.SPONSOR_EXIT: lambda h: h.concludes().live(3).breaks(Cause.SPONSOR_EXIT),
    Label.BLOC_FRACTURE: lambda h: h.agrees().breaks(Cause.BLOC_FRACTURE),
    Label.CAUGHT_CHEATING: lambda h: h.concludes().live(3).breaks(Cause.CHEATING),
    Label.WALKED_OUT: lambda h: h.breaks(Cause.REFUSAL),
    Label.TARGET_YIELDED: lambda h: h.promises(1.0).does(1.0).concludes().live(yielded=1),
    Label.SENDER_GAVE_UP: lambda h: h.breaks(Cause.LEAK).live(status=DisputeStatus.ENDED),
}

#: More ways to the same labels.
OTHER_ENDINGS = [
    ("feigned", Label.SETTLED_BUT_SHAM, lambda h: h.does(0.9).concludes().live(conduct=Conduct.SHAMMING)),
    ("yielded and kept nothing", Label.SETTLED_BUT_SHAM, lambda h: h.does(0.2).concludes().live(yielded=1)),
    ("agreed beside the main track", Label.STALLED, lambda h: h.agrees_beside()),
    ("on the table for the first time", Label.NEVER_STARTED, lambda h: h.talks()),
    ("at it again", Label.STALLED, lambda h: h.breaks(Cause.LEAK).live().agrees().talks(1).performs()),
    ("broke over a standstill", Label.STALLED, lambda h: h.agrees().breaks(Cause.STALLED)),
    ("broke its word in the open", Label.WALKED_OUT, lambda h: h.concludes().live().breaks(Cause.DEFIANCE)),
    ("on the table again", Label.LEAKED_TO_DEATH, lambda h: h.breaks(Cause.LEAK).live().talks(restarts=1)),
    (
        "dropped after an agreement had died",
        Label.SENDER_GAVE_UP,
        lambda h: h.concludes().live().breaks(Cause.TURNOVER).live(status=DisputeStatus.ENDED),
    ),
]

#: The last blow before a process breaks, and what the run is called for it.
BLOWS = {
    "last_leak": Label.LEAKED_TO_DEATH,
    "last_attack": Label.KILLED_BY_SPOILER,
    "last_turnover": Label.KILLED_BY_TURNOVER,
    "last_incident": Label.KILLED_BY_SHOCK,
    "last_sponsor_exit": Label.SPONSOR_EXIT,
    "last_defection": Label.BLOC_FRACTURE,
}


def test_every_label_is_explained_and_has_a_history_that_ends_so():
    assert set(LABELS) == set(ENDINGS) == set(Label)


@pytest.mark.parametrize("label", Label, ids=lambda label: label.name)
def test_a_history_is_called_by_how_it_ended(history, label):
    assert ENDINGS[label](history.promises(1.0)).outcome().label == label


@pytest.mark.parametrize(
    ("label", "told"), [ending[1:] for ending in OTHER_ENDINGS], ids=[e[0] for e in OTHER_ENDINGS]
)
def test_there_are_other_ways_to_the_same_end(history, label, told):
    assert told(history.promises(1.0)).outcome().label == label


@pytest.mark.parametrize("blow", BLOWS)
def test_what_broke_months_after_a_blow_is_called_by_the_blow(history, blow):
    history.agrees().talks().live(6)
    history.row[blow] = history.month - 2
    cause = blame_for(history.world, 0, history.month, 6.0, Cause.STALLED)
    fall_apart(history.world, history.given, 0, history.month, cause)
    assert history.live().outcome().label == BLOWS[blow]


@pytest.mark.parametrize("blow", BLOWS)
def test_what_broke_long_after_a_blow_is_not(history, blow):
    history.agrees().talks().live(12)
    history.row[blow] = 2
    cause = blame_for(history.world, 0, history.month, 6.0, Cause.STALLED)
    fall_apart(history.world, history.given, 0, history.month, cause)
    assert history.live().outcome().label == Label.STALLED


def test_only_what_is_kept_counts_as_lasting(history):
    kept = {Label.SETTLED_AND_DURABLE, Label.TARGET_YIELDED}
    for label, told in ENDINGS.items():
        outcome = told(history.again().promises(1.0)).outcome()
        assert bool(outcome.settled_and_lasted) == (label in kept), label.name
