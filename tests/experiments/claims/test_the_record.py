"""The record of the full run is of this code, to the last digits of a fast run, or says that it is not."""

from functools import cache

import pytest

from experiments.claims import record
from experiments.claims.cases import FAMILIES, GROUPS, SCALES
from experiments.claims.claim import list_claims, load_claim
from experiments.claims.figures import title_of
from experiments.claims.testing import SEED, try_claim
from experiments.handbook.places import DOCS, README


@cache
def kept():
    return record.read()


def test_the_record_is_of_every_claim_in_full():
    found = kept()
    assert list(found.judgements) == list(found.fast) == list_claims()
    assert (found.scale, found.seed) == ("full", SEED)
    assert found.worlds == SCALES["full"].worlds * len(GROUPS)


def test_the_record_is_of_three_families_of_networks_at_least_and_of_the_real_case():
    assert len(FAMILIES) >= 3
    for judged in kept().judgements.values():
        assert set(judged.groups) == set(GROUPS)


@pytest.mark.parametrize("id", list_claims())
def test_the_record_judges_the_claim_as_its_file_says_it(id):
    assert kept().judgements[id].claim == load_claim(id)


@pytest.mark.usefixtures("compiled")
@pytest.mark.parametrize("id", list_claims())
def test_a_fast_run_gives_the_numbers_of_the_record_or_the_page_says_that_it_is_out_of_date(id):
    found = record.numbers(try_claim(id, "fast"))
    if record.differing(kept(), {id: found}):
        page = (DOCS / "claims.md").read_text(encoding="utf-8")
        assert "may be out of date" in page, "run: backchannel claims --full --record"


def test_the_readme_says_what_the_record_says():
    assert title_of(list(kept().judgements.values())) in README.read_text(encoding="utf-8")


@pytest.mark.parametrize("id", [*list_claims(), "scoreboard"])
def test_every_claim_has_its_figure_beside_the_record(id):
    assert (record.KEPT / f"{id}.png").is_file()
