"""The parts inside Mesa's own page: nothing that is typed and no month that fails ends it."""

import pytest
import solara

from browser import mesa_page
from browser.mesa_page import Ledger, Map, Page, Series, Track, Watched, parameters
from model import SanctionsModel, list_scenarios, list_strategies


def test_its_model_lives_as_the_model_does():
    watched, model = (
        Watched("two-disputes", "big-bang", "11", 3),
        SanctionsModel("two-disputes", "big-bang", 11, 3),
    )
    for _ in range(12):
        watched.step()
        model.step()
    assert watched.fault == ""
    assert watched.chapter.lived == 12
    assert watched.outcome() == pytest.approx(model.outcome(), nan_ok=True)


@pytest.mark.parametrize("seed", ["abc", "", "-1", "1.5", "٣", "9" * 40, None])
def test_a_seed_that_is_none_is_told_and_the_usual_is_shown(seed):
    watched = Watched(seed=seed)
    assert "is no whole number" in watched.fault
    assert (watched.seed, watched.chapter.lived) == (7, 0)


@pytest.mark.parametrize(
    "named", [{"scenario": "nowhere"}, {"strategy": "/etc/passwd"}, {"scenario": "../x"}]
)
def test_what_is_not_bundled_is_told_and_the_usual_is_shown(named):
    watched = Watched(**named)
    assert "Shown instead: iran-2012, step-for-step, seed 7" in watched.fault
    assert watched.case.name == "iran-2012"


def test_every_choice_that_it_offers_makes_a_model():
    offered = parameters()
    assert offered["scenario"]["values"] == list_scenarios()
    assert offered["strategy"]["values"] == list_strategies()
    usual = {name: choice["value"] for name, choice in offered.items()}
    assert Watched(**usual).fault == ""
    for scenario in offered["scenario"]["values"]:
        assert Watched(**usual | {"scenario": scenario}).chapter.cast.scenario.name in (scenario, "iran-2012")


def failing(world, given, month):
    """Fail in the third month."""
    if month == 2:
        raise ZeroDivisionError("a rule of one's own")


def test_a_month_that_fails_is_told_and_no_further_one_is_lived(monkeypatch, caplog):
    monkeypatch.setattr(mesa_page, "PHASES", (failing,))
    watched = Watched()
    for _ in range(5):
        watched.step()
    assert "a rule of one's own" in watched.fault
    assert not watched.running
    assert watched.chapter.lived == 2
    assert "a month failed" in caplog.text


def test_at_the_horizon_nothing_more_happens():
    watched = Watched("stylised-region")
    while watched.running:
        watched.step()
    lived = watched.chapter.lived
    assert lived == watched.horizon
    watched.step()
    assert watched.chapter.lived == lived


@pytest.mark.parametrize("part", [Map, Series, Ledger, Track], ids=lambda part: part.f.__name__)
def test_every_part_is_drawn_before_and_after_a_month(part):
    watched = Watched()
    for _ in range(2):
        box, context = solara.render(part(watched), handle_error=False)
        assert box.children
        context.close()
        watched.step()


def test_the_page_is_drawn_and_each_reader_has_a_model_of_its_own(monkeypatch):
    made = []

    def counted():
        made.append(Watched())
        return made[-1]

    monkeypatch.setattr(mesa_page, "Watched", counted)
    for _ in range(2):
        box, context = solara.render(solara.AppLayout(children=[Page()]), handle_error=False)
        assert box.children
        context.close()
    assert len(made) == 2
