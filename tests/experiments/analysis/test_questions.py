import pytest

from experiments import ask
from experiments.analysis import questions
from model.vocabulary import InputError


def test_a_sweep_of_two_strategies_over_numbers_answers_all_but_orders(swept):
    asked = [verb for verb, _ in questions.askable(swept)]
    assert asked == ["differences", "robustness", "survival", "drivers", "conditions"]


def test_a_sweep_of_orders_is_asked_for_them_first(ordered):
    assert questions.askable(ordered)[0] == ("orders", "iran-2012")
    assert "drivers" not in [verb for verb, _ in questions.askable(ordered)]  # nothing varied


@pytest.mark.parametrize("verb", [verb for verb in questions.ANSWERS if verb != "orders"])
def test_every_answer_says_its_verb_and_makes_a_statement(swept, verb):
    section = ask(swept.folder, verb)
    assert section.key == verb
    assert section.question.endswith("?")
    assert len(section.finding) > 20


def test_what_the_experiment_says_is_asked_unless_another_thing_is_named(swept):
    assert "hardship at most 0.3" in " ".join(ask(swept, "robustness").sentences)
    other = ask(swept, "robustness", thresholds={"hardship": 0.2})
    assert "hardship at most 0.2" in " ".join(other.sentences)
    assert "settled and lasted" in ask(swept, "drivers").question
    assert "hardship" in ask(swept, "drivers", outcome="hardship").question


def test_a_question_that_nobody_answers_is_refused_with_those_that_are():
    with pytest.raises(InputError, match=r"is no question; one of differences, .*did you mean 'survival'"):
        ask(_Anything(), "survivl")


class _Anything(questions.Results):
    def __init__(self):
        pass


def test_orders_are_not_found_where_none_were_varied(swept):
    with pytest.raises(InputError, match="order"):
        ask(swept, "orders")
