"""What each confidence-building measure is good for."""

import pytest

from model.mechanisms.confidence import (
    adjacent_work,
    data_shared,
    held,
    mutual_vulnerability,
    shared_view,
)
from model.vocabulary import Confidence

#: What measures do beside calming and showing good faith, and which of them do it.
WORK = {
    shared_view: {"technical-workshop", "joint-risk-assessment"},
    mutual_vulnerability: {"military-data", "stockpile-declaration", "humanitarian-corridor"},
    adjacent_work: {"cyber-norms", "counter-terrorism"},
    data_shared: {"information-protocol", "military-data", "common-standards"},
}


def bits(measures):
    """Return a row of measures in which these are held."""
    return sum(1 << Confidence[name.replace("-", "_").upper()] for name in measures)


@pytest.mark.parametrize("measure", Confidence)
def test_a_measure_is_held_or_it_is_not(measure):
    assert held(1 << measure, 1 << measure) == 1.0
    assert held(~(1 << measure), 1 << measure) == 0.0


@pytest.mark.parametrize("work", list(WORK), ids=lambda work: work.__name__)
def test_each_kind_of_work_is_done_by_its_own_measures_and_by_no_others(work):
    measures = WORK[work]
    everything = bits(measure.name for measure in Confidence)
    assert work(bits(measures)) == work(everything) == len(measures)
    assert work(everything & ~bits(measures)) == 0.0
