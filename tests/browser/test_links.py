"""A link says what a page shows, and nothing that it says is used unchecked."""

import base64
import zlib
from urllib.parse import parse_qsl

import pytest
from hypothesis import given, settings, strategies

from browser.exchange.links import MOST_CARRIED, Link, link_of, query_kept, query_of, settings_of
from browser.exchange.packing import carried
from browser.reading.look import Look
from browser.scene import limits
from browser.scene.settings import Plan, Settings
from model.dimensions import choices
from model.growth import Growth
from model.parameters import uncertain_numbers
from model.scenario import FOLDER
from model.strategy import BUNDLED
from model.vocabulary import InputError

OWN_SCENARIO = (
    (FOLDER / "two-disputes.toml")
    .read_text(encoding="utf-8")
    .replace('name = "two-disputes"', 'name = "my-case"', 1)
)
OWN_STRATEGY = (
    'name = "my-way"\ntitle = "My way"\ndescription = "x"\nsource = "own"\nvaries = "step-for-step"\n'
)

NUMBERS = [number for number in uncertain_numbers() if not isinstance(number.default, tuple)]
LEVELS = [
    (choice.id, choice.about, level)
    for choice in choices()
    if choice.id in ("D01", "D02", "D05", "D07")
    for level in choice.levels
]


@strategies.composite
def any_settings(draw):
    """Return settings that can be run."""
    scenario = draw(strategies.sampled_from(["iran-2012", "stylised-region", "my-case"]))
    levels = strategies.lists(strategies.sampled_from(LEVELS), max_size=2, unique_by=lambda level: level[:2])
    names = strategies.sampled_from(["step-for-step", "published-roadmap", "my-way"])
    plans = draw(strategies.lists(strategies.builds(Plan, names, levels.map(tuple)), min_size=1, max_size=2))
    numbers = draw(strategies.lists(strategies.sampled_from(NUMBERS), max_size=3, unique=True))
    values = [(each.name, draw(strategies.floats(each.low, each.high))) for each in numbers]
    grow = {
        "states": strategies.integers(30, 60),
        "generator": strategies.just("scale-free"),
        "io_backed": strategies.floats(0, 1),
    }
    grown = draw(strategies.fixed_dictionaries({}, optional=grow)) if scenario == "stylised-region" else {}
    made = Settings(
        scenario=scenario,
        plans=tuple(plans),
        seed=draw(strategies.integers(0, 2**63 - 1)),
        replicate=draw(strategies.integers(0, 1000)),
        months=draw(strategies.none() | strategies.integers(1, limits.MOST_MONTHS)),
        parameters=tuple(sorted(values)),
        grow=tuple(grown.items()),
        without=tuple(
            draw(strategies.lists(strategies.sampled_from(["M14", "M20", "M75"]), max_size=2, unique=True))
        ),
        uncertain=draw(strategies.booleans()),
        scenarios=(("my-case", OWN_SCENARIO),),
        strategies=(("my-way", OWN_STRATEGY),),
    )
    disputes = strategies.none() | strategies.sampled_from(made.case().disputes)
    return made.but(dispute=draw(disputes))


@settings(max_examples=60, deadline=None)
@given(any_settings(), strategies.integers(0, 480), strategies.sampled_from(["", "watch", "take"]))
def test_what_a_link_says_is_read_back_equal(asked, month, tab):
    link = Link(carried(asked), min(month, asked.span()), tab)
    assert link_of(link.query()) == link
    assert link_of(f"?{link.query()}") == link


@pytest.mark.parametrize(
    ("look", "said"),
    [
        (Look(), ""),
        (Look(layers=()), "layers="),
        (Look(layers=("back channel", "trade")), "layers=back-channel,trade"),
        (Look(size="hardship", card="iran"), "size=hardship&card=iran"),
    ],
)
def test_a_link_says_how_the_network_is_looked_at_where_that_is_not_usual(look, said):
    link = Link(look=look)
    assert link.query() == "&".join(filter(None, [Link().query(), said]))
    assert link_of(link.query()) == link


@pytest.mark.parametrize("query", ["layers=pressure,trad", "size=height", "card=atlantis"])
def test_what_is_not_known_of_the_network_is_refused(query):
    with pytest.raises(InputError, match="is not known"):
        link_of(query)


def test_a_link_is_readable():
    asked = Settings(
        plans=(Plan("step-for-step", (("D01", "Who moves first", "both at once"),)), Plan("big-bang")),
        parameters=((NUMBERS[0].name, NUMBERS[0].low),),
        without=("M14", "M20"),
    )
    said = parse_qsl(query_of(asked))
    assert ("scenario", "iran-2012") in said
    assert ("strategy", "step-for-step") in said
    assert ("vs", "big-bang") in said
    assert ("level", "D01~both at once") in said
    assert ("without", "M14,M20") in said
    assert (f"p.{NUMBERS[0].name}", repr(float(NUMBERS[0].low))) in said


def test_no_query_is_the_usual_page():
    assert link_of("") == link_of("?") == Link(Settings())


def test_a_link_carries_only_the_files_that_are_used():
    asked = Settings().with_own_scenario(OWN_SCENARIO).with_own_strategy(OWN_STRATEGY)
    assert "file=" not in query_of(asked)
    assert query_of(asked.but(scenario="my-case")).count("file=") == 1


def test_files_that_are_too_large_for_a_link_are_refused_in_a_sentence():
    comment = "# " + "x" * MOST_CARRIED + "\n"
    asked = Settings().with_own_scenario(comment + OWN_SCENARIO).but(scenario="my-case")
    with pytest.raises(InputError, match="'my-case' is too large for a link"):
        query_of(asked)
    assert settings_of(query_of(asked, 10**6), 10**6) == asked


def packed(data):
    return base64.urlsafe_b64encode(zlib.compress(data, 9)).decode().rstrip("=")


BOMB = packed(b" " * 50_000_000)

WRONG = {
    "scenario=nowhere": "no bundled scenario",
    "scenario=../../etc/passwd": "no bundled scenario",
    "strategy=/etc/passwd": "no strategy here",
    "scenaro=iran-2012": "'scenaro' cannot be set",
    "scenario=iran-2012&scenario=two-disputes": "said more than once",
    "dispute=nothing": "no dispute",
    "seed=-1": "seed",
    "seed=1e3": "seed",
    "seed=99999999999999999999": "seed",
    "seed=9223372036854775808": "seed",
    "months=0": "months",
    "months=100000000": "too long for this page",
    "month=97": "the run has 96",
    "tab=<script>": "names no view",
    "uncertain=yes": "0 or 1",
    "without=M999": "mechanism",
    "p.nothing=1": "not one of the model's numbers",
    f"p.{NUMBERS[0].name}=nan": "allowed is",
    f"p.{NUMBERS[0].name}=1e99": "allowed is",
    "grow.states=40": "lists its actors",
    "grow.nothing=1": "cannot be set",
    "grow.ranges={}": "cannot be set",
    "scenario=stylised-region&grow.states=1900": "too many for this page",
    "scenario=stylised-region&grow.states=1000000000": "too many for this page",
    "scenario=stylised-region&grow.states=[40]": "cannot be set",
    "level=D01": "not a dimension",
    "level=D99~x": "no dimension of design",
    "level=D01~never": "levels",
    "level2=D01~both at once": "second strategy",
    "strategy=%ff": "damaged",
    "a;b": "damaged",
    "file=!!!!": "damaged",
    "file=AAAA": "damaged",
    f"file={BOMB}": "too large",
    f"file={packed(b'x = 1')}": "neither a scenario",
    f"file={packed(OWN_STRATEGY.replace('step-for-step', '/etc/passwd').encode())}": "varies no other file",
    "&".join(f"level=D01~{place}" for place in range(500)): "damaged",
    "dispute=" + "x" * 200_000: "too long",
}


@pytest.mark.parametrize("query", WRONG, ids=range(len(WRONG)))
def test_what_cannot_be_set_is_refused_in_a_sentence(query):
    with pytest.raises(InputError, match=WRONG[query]) as refused:
        link_of(query)
    assert len(str(refused.value)) < 2000


def test_every_scalar_of_grow_can_be_said():
    usual = Growth()
    scalars = [
        (name, getattr(usual, name))
        for name in Growth.model_fields
        if name not in ("ranges", "fewest_senders")
    ]
    asked = Settings(scenario="stylised-region", grow=tuple(scalars))
    assert settings_of(query_of(asked)) == asked


@pytest.mark.parametrize(
    "path", [*FOLDER.glob("*.toml"), *BUNDLED.glob("*.toml")], ids=lambda path: path.stem
)
def test_every_bundled_file_fits_into_a_link(path):
    assert path.stat().st_size < MOST_CARRIED


def test_what_is_said_twice_or_with_a_point_is_the_same_state():
    assert settings_of("without=M14,M14").without == ("M14",)
    grown = settings_of("scenario=stylised-region&grow.states=40.0")
    assert grown == settings_of("scenario=stylised-region&grow.states=40")
    assert isinstance(dict(grown.grow)["states"], int)


def test_the_address_leaves_out_files_that_are_too_large_for_it():
    comment = "# " + "x" * MOST_CARRIED + "\n"
    asked = Settings().with_own_scenario(comment + OWN_SCENARIO).but(scenario="my-case", seed=9)
    assert link_of(query_kept(Link(asked, 3, "compare"))) == Link(Settings(seed=9), 3, "compare")
    small = carried(Settings().with_own_strategy(OWN_STRATEGY).with_plan(0, strategy="my-way"))
    assert link_of(query_kept(Link(small))) == Link(small)
