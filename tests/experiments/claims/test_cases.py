"""Claims are tested in the real case and in regions of four kinds of network, each with luck of its own."""

from dataclasses import replace

import pandas as pd
import pytest

from experiments.claims.cases import FAMILIES, GROUPS, REAL, SCALES, cases, regions_of
from experiments.claims.trial import WORLD


@pytest.fixture(scope="module", params=["fast", "plain"])
def found(request):
    return SCALES[request.param], cases(SCALES[request.param], 7)


def test_every_group_has_its_cases_and_as_many_worlds_as_the_others(found):
    scale, made = found
    worlds = {group: [case.worlds for case in made if case.group == group] for group in GROUPS}
    assert {case.group for case in made} == {*GROUPS}
    assert len(worlds[REAL]) == 1
    assert all(len(worlds[family]) == scale.regions for family in FAMILIES)
    assert all(sum(each) == scale.worlds for each in worlds.values())


def test_half_of_the_worlds_of_every_group_choose_and_half_measure(found):
    scale, made = found
    for group in GROUPS:
        inside = [case for case in made if case.group == group]
        assert sum(case.measured for case in inside) == scale.worlds // 2
        assert sum((case.draws()["replicate"] % 2 == 1).sum() for case in inside) == scale.worlds // 2


def test_no_grown_region_measures_where_it_chose(found):
    for case in found[1]:
        kinds = set(case.draws()["replicate"] % 2)
        assert len(kinds) == (2 if case.group == REAL else 1)


def test_no_two_cases_share_a_name_a_seed_or_a_region(found):
    made = found[1]
    for told in ("name", "seed"):
        assert len({getattr(case, told) for case in made}) == len(made)
    assert len({str(case.scenario.raw) for case in made}) == len(made)


def test_each_scale_is_larger_than_the_one_before():
    assert list(SCALES) == [scale.name for scale in SCALES.values()] == ["fast", "plain", "full"]
    sizes = [(scale.worlds, scale.regions) for scale in SCALES.values()]
    assert sizes == sorted(sizes)
    assert all(scale.worlds % scale.regions == scale.regions % 2 == 0 for scale in SCALES.values())


def test_draws_are_a_row_a_world_the_same_again_and_others_under_another_seed(found):
    case = found[1][0]
    draws = case.draws()
    assert draws["replicate"].tolist() == list(range(case.worlds))
    assert draws.equals(case.draws())
    other = replace(case, seed=case.seed + 1).draws()
    numbers = [name for name in draws if name != "replicate"]
    assert not (draws[numbers].to_numpy() == other[numbers].to_numpy()).all(axis=0).any()


def test_another_seed_moves_the_luck_of_every_case_and_no_region(found):
    scale, made = found
    again = cases(scale, 8)
    assert not {case.seed for case in again} & {case.seed for case in made}
    assert [case.scenario.raw for case in again] == [case.scenario.raw for case in made]


def test_worlds_stand_in_the_region_of_their_case_and_real_ones_alone():
    family = FAMILIES[0]
    rows = [(REAL, REAL, 0), (REAL, REAL, 1), (family, "a", 0), (family, "b", 1), (family, "a", 2)]
    first, second, a, b, again = regions_of(pd.MultiIndex.from_tuples(rows, names=WORLD))
    assert a == again
    assert len({first, second, a, b}) == 4
