"""Claims are tested in the real case and in regions of four kinds of network, each with luck of its own."""

import pytest

from experiments.claims.cases import FAMILIES, GROUPS, REAL, SCALES, Case, cases


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


def test_half_of_the_worlds_of_every_case_choose_and_half_measure(found):
    assert all(case.worlds % 2 == 0 for case in found[1])


def test_no_two_cases_share_a_name_a_seed_or_a_region(found):
    made = found[1]
    for told in ("name", "seed"):
        assert len({getattr(case, told) for case in made}) == len(made)
    assert len({str(case.scenario.raw) for case in made}) == len(made)


def test_each_scale_is_larger_than_the_one_before():
    assert list(SCALES) == [scale.name for scale in SCALES.values()] == ["fast", "plain", "full"]
    sizes = [(scale.worlds, scale.regions) for scale in SCALES.values()]
    assert sizes == sorted(sizes)
    assert all(scale.worlds % scale.regions == 0 for scale in SCALES.values())


def test_draws_are_a_row_a_world_the_same_again_and_others_under_another_seed(found):
    case = found[1][0]
    draws = case.draws()
    assert draws["replicate"].tolist() == list(range(case.worlds))
    assert draws.equals(case.draws())
    other = Case(case.group, case.name, case.scenario, case.worlds, case.seed + 1).draws()
    numbers = [name for name in draws if name != "replicate"]
    assert not (draws[numbers].to_numpy() == other[numbers].to_numpy()).all(axis=0).any()


def test_a_larger_seed_moves_all_cases_but_their_regions(found):
    scale, made = found
    again = cases(scale, 1007)
    assert [case.seed - 1000 for case in again] == [case.seed for case in made]
    assert [case.scenario.raw for case in again] == [case.scenario.raw for case in made]
