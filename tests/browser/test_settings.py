"""Settings: plain, comparable, changed into others only, and never a way to a file of this machine."""

import dataclasses

import pytest

from browser.scene import limits
from browser.scene.settings import Plan, Settings, bundled_scenario, own_scenario, own_strategy
from model import list_scenarios, list_strategies, load_scenario, load_strategy
from model.dimensions import choices
from model.scenario import FOLDER
from model.strategy import BUNDLED
from model.vocabulary import InputError

REGION = Settings("stylised-region")
TWO = Settings("two-disputes")
OWN_SCENARIO = (
    (FOLDER / "two-disputes.toml")
    .read_text(encoding="utf-8")
    .replace('name = "two-disputes"', 'name = "my-case"', 1)
)
OWN_STRATEGY = (
    'name = "my-way"\ntitle = "My way"\ndescription = "x"\nsource = "own"\nvaries = "step-for-step"\n'
)


# --- values -------------------------------------------------------------------------------------------------


def test_equal_settings_are_one_key():
    one, other = (
        Settings(seed=3, plans=(Plan("big-bang"),)),
        Settings().but(seed=3).with_plan(0, strategy="big-bang"),
    )
    assert one == other
    assert len({one, other, Settings()}) == 2


@pytest.mark.parametrize("field", [field.name for field in dataclasses.fields(Settings)])
def test_no_field_of_settings_can_be_written_or_left_out_of_the_comparison(field):
    settings = Settings()
    with pytest.raises(dataclasses.FrozenInstanceError):
        setattr(settings, field, None)
    assert settings.but(**{field: "other"}) != settings


def test_every_bundled_scenario_and_strategy_can_be_set():
    assert [Settings(name).case().name for name in list_scenarios()] == list_scenarios()
    named = [Settings(plans=(Plan(name),)).strategy().name for name in list_strategies()]
    assert named == list_strategies()


def test_the_same_settings_give_the_same_scenario_and_strategy_again():
    assert Settings(seed=1).case() is Settings(seed=2).case()
    assert Settings(seed=1).strategy() is Settings(seed=2).strategy()


# --- changes ------------------------------------------------------------------------------------------------


def test_a_plan_is_changed_without_the_other():
    settings = Settings(plans=(Plan(), Plan("big-bang")))
    changed = settings.with_plan(1, strategy="maximum-pressure")
    assert changed.plans == (Plan(), Plan("maximum-pressure"))
    assert settings.plans == (Plan(), Plan("big-bang"))
    assert [changed.strategy(place).name for place in (0, 1)] == ["step-for-step", "maximum-pressure"]


def test_numbers_stand_in_one_order_however_they_were_set():
    one = Settings().with_parameter("escalation", 0.5).with_parameter("cost.energy", 0.2)
    other = Settings().with_parameter("cost.energy", 0.2).with_parameter("escalation", 0.5)
    assert one == other
    assert one.parameters == (("cost.energy", 0.2), ("escalation", 0.5))
    assert one.with_parameter("escalation", 0.7).parameters == (("cost.energy", 0.2), ("escalation", 0.7))


def test_a_number_that_is_returned_leaves_no_trace():
    settings = Settings().with_parameter("escalation", 0.5)
    assert settings != Settings()
    assert settings.with_parameter("escalation", None) == Settings()
    assert Settings().with_parameter("escalation", None) == Settings()


def test_a_level_is_taken_by_the_strategy_of_its_plan_only():
    choice = next(each for each in choices() if each.id == "D01")
    plain = Settings(plans=(Plan(), Plan()))
    changed = [
        level
        for level in choice.levels
        if plain.with_plan(1, levels=((choice.id, choice.about, level),)).strategy(1) != plain.strategy(1)
    ]
    assert changed
    settings = plain.with_plan(1, levels=((choice.id, choice.about, changed[0]),))
    assert settings.strategy(0) == load_strategy("step-for-step")
    assert settings.strategy(1) != settings.strategy(0)


def test_a_level_that_there_is_not_is_told_when_the_strategy_is_asked_for():
    settings = Settings(plans=(Plan("step-for-step", (("D01", choices()[0].about, "no such level"),)),))
    with pytest.raises(InputError, match="no such level"):
        settings.strategy()


# --- the scenario -------------------------------------------------------------------------------------------


def test_a_region_is_grown_as_it_is_set():
    grown = REGION.but(grow=(("states", 35),)).case()
    assert grown.name == "stylised-region"
    assert len(grown.actors) < len(REGION.case().actors)
    assert grown.text == load_scenario("stylised-region", grow={"states": 35}).text


def test_what_is_not_grown_is_told():
    with pytest.raises(InputError, match="grow"):
        Settings(grow=(("states", 35),)).case()


def test_a_run_lasts_as_long_as_is_set_or_as_the_scenario_says():
    assert Settings().span() == Settings().case().months
    assert Settings(months=9).span() == 9


def test_a_dispute_is_known_by_its_name():
    names = TWO.case().disputes
    assert [TWO.but(dispute=name).place_of_dispute() for name in names] == [0, 1]
    assert TWO.place_of_dispute() == 0
    with pytest.raises(InputError, match="'nowhere' is no dispute"):
        TWO.but(dispute="nowhere").place_of_dispute()


# --- files of the reader's own ------------------------------------------------------------------------------


def test_own_files_are_used_by_their_names_and_said_anew():
    settings = Settings().with_own_scenario(OWN_SCENARIO).with_own_strategy(OWN_STRATEGY)
    settings = settings.but(scenario="my-case", plans=(Plan("my-way"),))
    assert settings.case().name == "my-case"
    assert settings.case().disputes == TWO.case().disputes
    assert settings.strategy().title == "My way"
    assert settings.strategy().stages == load_strategy("step-for-step").stages
    anew = settings.with_own_strategy(OWN_STRATEGY.replace("My way", "Another way"))
    assert anew.strategy().title == "Another way"
    assert [name for name, _ in anew.strategies] == ["my-way"]


def test_an_own_file_comes_before_the_bundled_one_of_its_name():
    settings = Settings().with_own_strategy(OWN_STRATEGY.replace('"my-way"', '"big-bang"'))
    assert settings.with_plan(0, strategy="big-bang").strategy().title == "My way"
    assert Settings(plans=(Plan("big-bang"),)).strategy() == load_strategy("big-bang")


def test_own_files_are_not_written_out_where_settings_are_told():
    told = repr(Settings().with_own_strategy(OWN_STRATEGY))
    assert "My way" not in told
    assert "seed=7" in told


@pytest.mark.parametrize("add", [Settings.with_own_scenario, Settings.with_own_strategy])
def test_a_text_that_is_no_toml_is_told_and_changes_nothing(add):
    with pytest.raises(InputError, match="is not a TOML file"):
        add(Settings(), "stages = [")


# --- never a file of this machine ---------------------------------------------------------------------------

FOUND = str(FOLDER / "iran-2012.toml")
PATHS = ["/etc/passwd", "../../etc/passwd", FOUND, "iran-2012.toml", "./iran-2012", "scenarios/iran-2012", ""]


@pytest.mark.parametrize("path", PATHS)
def test_no_path_is_a_scenario_even_if_there_is_such_a_file(path):
    assert load_scenario(FOUND).name == "iran-2012"
    with pytest.raises(InputError, match="is no bundled scenario"):
        bundled_scenario(path, ())
    with pytest.raises(InputError, match="is no bundled scenario"):
        Settings(path).case()


@pytest.mark.parametrize(
    "path", ["/etc/passwd", str(BUNDLED / "big-bang.toml"), "big-bang.toml", "../big-bang"]
)
def test_no_path_is_a_strategy_or_varied_by_one(path):
    with pytest.raises(InputError, match="is no strategy here"):
        Settings(plans=(Plan(path),)).strategy()
    with pytest.raises(InputError, match="varies no other file"):
        own_strategy(OWN_STRATEGY.replace('"step-for-step"', f'"{path}"'))


def test_an_own_scenario_is_read_from_its_text_and_not_from_its_name():
    text = OWN_SCENARIO.replace('"my-case"', '"etc"', 1)
    assert own_scenario(text, ()).name == "etc"
    with pytest.raises(InputError):
        own_scenario(OWN_SCENARIO.replace('"my-case"', '"/etc/passwd"', 1), ())


def test_many_disputes_over_many_months_are_too_much_for_the_runs():
    grown = Settings(scenario="stylised-region", grow=(("disputes", 10),))
    assert limits.check(grown.but(months=230))
    with pytest.raises(InputError, match="10 disputes over 230 months at most"):
        limits.check(grown.but(months=231))
