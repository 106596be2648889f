import pytest

from experiments.search.search import run_search
from experiments.search.told import section


@pytest.fixture
def told(asked, pretended, tmp_path):
    def made(search=None, luck=0.0, **changes):
        said = asked(search, **changes)
        return section(run_search(said, tmp_path / "out", evaluate=pretended(luck=luck)))

    return made


@pytest.fixture(scope="module")
def plain(asked, pretended, tmp_path_factory):
    """The telling of a search in which luck is common to all."""
    folder = tmp_path_factory.mktemp("plain") / "out"
    return section(run_search(asked(), folder, evaluate=pretended()))


def test_the_finding_says_how_many_were_tried_of_how_many(plain):
    number = len(plain.tables["front in full"])
    assert f"of 200, {number} " in plain.finding
    assert any("the true front is not known" in sentence for sentence in plain.sentences)
    assert plain.question == "Which order is best?"


def test_the_share_of_the_true_front_is_told_where_it_is_known(told):
    found = told({"enumerate": True})
    assert found.finding.startswith("Of all 200 candidates, 10 are matched by no other")
    sentence = next(sentence for sentence in found.sentences if "on the true front" in sentence)
    assert "Every one of the 200 different candidates was run as well" in sentence
    assert "of the 10 on the true front" in sentence
    assert {"front", "trade-offs", "fresh", "course"} == set(found.figures)


def test_an_enumerated_front_is_called_true_on_these_draws_only(told):
    found = told({"enumerate": None})
    assert any("the true one on these draws and luck" in sentence for sentence in found.sentences)
    assert "course" not in found.figures


def test_flattery_is_told_where_there_is_some_and_not_where_there_is_none(plain):
    assert not any("looked better than it is" in sentence for sentence in plain.sentences)


def test_a_front_chosen_by_luck_is_said_to_have_looked_better_than_it_is(told):
    found = told(luck=3.0, uncertain={"points": 60})
    assert any("looked better than it is" in sentence for sentence in found.sentences)


def test_both_numbers_of_each_goal_stand_in_the_table(plain):
    table = plain.tables["front in full"]
    for goal in ("settled and lasted", "hardship"):
        for ground in ("", " fresh"):
            low, value, high = (table[f"{goal}{ground}{end}"] for end in (" low", "", " high"))
            assert ((low <= value) & (value <= high)).all()
    assert table["order"].str.count("→").eq(4).all()
    assert set(table["secret"]) <= {str(months) for months in range(10, 20)}


def test_a_base_that_is_beaten_is_named_with_how_surely(plain):
    sentence = plain.sentences[0]
    assert "beat five-steps as it stands" in sentence
    assert "in 100% of resamples" in sentence


def test_bases_whose_orders_stay_are_told_by_their_levels(told):
    found = told(
        generate={"levers": [{"name": "secret", "key": "talks.secrecy_months", "low": 1, "high": 14}]}
    )
    assert "order" not in found.tables["front in full"]
    assert not any(note.startswith("Steps:") for note in found.notes)


def test_a_front_of_one_is_told_and_drawn(told):
    goals = ["hardship", {"outcome": "hardship", "over": "worst-tenth"}]
    found = told({"goals": goals, "fresh": 0, "enumerate": True})
    assert "1 is matched by no other at all 2 goals" in found.finding
    assert "(100%; as many drawn blindly would have found" in " ".join(found.sentences)
    assert set(found.figures) == {"front", "trade-offs", "course"}
