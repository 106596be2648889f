import io

import pytest

from experiments import draw_endings, draw_fan, draw_history, draw_network, draw_track
from experiments.pictures import FEW, placed
from model import InputError, SanctionsModel, load_scenario, run_ensemble, trace_ensemble

pytestmark = pytest.mark.usefixtures("compiled")


@pytest.fixture(scope="module")
def lived():
    return SanctionsModel("two-disputes", "step-for-step", seed=3, months=24).run()


def is_drawn(figure):
    page = io.BytesIO()
    figure.savefig(page, format="png", dpi=40)
    return page.getvalue().startswith(b"\x89PNG")


def labels(axes):
    return [text.get_text().replace("\n", " ") for text in axes.texts]


def test_every_actor_of_a_network_is_named(lived):
    figure = draw_network(lived.network)
    assert is_drawn(figure)
    assert len(labels(figure.axes[0])) == len(lived.case.actors)


def test_layers_stand_apart_with_everybody_at_one_place(lived):
    figure = draw_network(lived.network, ("trade", "trust"), apart=True)
    assert [axes.get_title("left") for axes in figure.axes] == ["trade", "trust"]
    assert figure.axes[0].get_xlim() == figure.axes[1].get_xlim()


def test_a_layer_that_nobody_is_tied_by_is_not_drawn(lived):
    graph = lived.network.copy()
    graph.remove_edges_from([tie for tie in graph.edges(keys=True) if tie[2] == "transnational"])
    figure = draw_network(graph, ("transnational", "proximity"), apart=True)
    assert [axes.get_title("left") for axes in figure.axes] == ["proximity"]


def test_a_layer_that_does_not_exist_is_refused_with_those_that_do(lived):
    with pytest.raises(InputError, match="back channel"):
        draw_network(lived.network, ("back chanel",))


@pytest.mark.parametrize("scenario", ["iran-2012", "two-disputes"])
def test_the_lead_sender_stands_left_and_the_target_right(scenario):
    model = SanctionsModel(scenario, months=1)
    assert len(model.case.actors) > FEW
    places = placed(model.network)
    across = {name: x for name, (x, _) in places.items()}
    assert min(across, key=across.get) == model.lead.name
    assert max(across, key=across.get) == model.target.name


def test_everybody_stays_in_place_while_trust_moves(lived):
    assert placed(lived.network) == placed(SanctionsModel("two-disputes", months=1).network)


def test_a_history_and_its_track_are_drawn(lived):
    assert is_drawn(draw_history(lived))
    figure = draw_track(lived)
    assert is_drawn(figure)
    names = [label.get_text() for label in figure.axes[0].get_yticklabels()]
    assert names == [*(stage.title for stage in lived.strategy.stages), "back channel"]


def test_a_fan_has_a_picture_for_each_series_and_a_line_for_each_history(lived):
    traces = trace_ensemble("two-disputes", ["step-for-step", "big-bang"], replicates=5, seed=3, months=24)
    figure = draw_fan(traces, [lived], ("tension", "relief"))
    assert is_drawn(figure)
    assert [len(axes.lines) for axes in figure.axes[:2]] == [3, 3]  # two medians, one history
    with pytest.raises(InputError, match="tension"):
        draw_fan(traces, [], ("tensoin",))


def test_endings_have_a_bar_for_each_strategy():
    runs = run_ensemble(load_scenario("two-disputes"), ["step-for-step", "big-bang"], replicates=5, months=24)
    figure = draw_endings(runs)
    assert is_drawn(figure)
    assert {label.get_text() for label in figure.axes[0].get_yticklabels()} == {"step-for-step", "big-bang"}
