"""Every dimension of design and every institution can be said in a strategy file, and none is ignored.

The table is model/designs.toml. The runs share their luck and a small region in which every institution has
somebody to carry it; two levels whose runs are the same in every outcome are one level.
"""

import functools
import tomllib
from enum import IntEnum
from pathlib import Path
from typing import Any, get_args

import pytest
from showing import stages_of

from model.compiled import is_plain
from model.ensemble import run_ensemble
from model.outcomes import EPISODE, OUTCOMES, RECORDED
from model.scenario import load_scenario
from model.strategy import Strategy, load_strategy
from model.strategy_format import Script, Stage, Table
from model.strategy_words import Shares
from model.vocabulary import Confidence, InputError, word_of, words_of

HERE = Path(__file__).parent
CATALOGUE = tomllib.loads((HERE.parent.parent / "model" / "designs.toml").read_text(encoding="utf-8"))
REGION = load_scenario(HERE / "region.toml")
REPLICATES = 40
#: Beside the deepest measure no other makes a stage deeper.
DEEPEST = word_of(Confidence.INSPECTION)
#: Measures that do the same work and differ in depth alone.
OF_ONE_KIND = ("technical-workshop = joint-risk-assessment", "cyber-norms = counter-terrorism")
#: Keys of a level that are not tables of a strategy file, and that name a strategy rather than say something.
SHORTHANDS = ("every_stage", "first_stage", "last_stage", "relief_by_stage")
LABELS = ("name", "title", "description", "archetype", "source")
#: What evens out the books of a comparison and is no design.
FILLER = ("idle",)


# --- what a level says, as a strategy ---


def merged(first: Any, second: Any) -> Any:
    """Return what two fragments say together: tables key by key, rules one after another, else the second."""
    if not isinstance(first, dict) or not isinstance(second, dict):
        return second
    together = {key: merged(first[key], second[key]) if key in first else second[key] for key in second}
    if "rules" in first and "rules" in second:
        together["rules"] = first["rules"] + second["rules"]
    return first | together


def text_of(name: str, *fragments: dict[str, Any]) -> dict[str, Any]:
    """Return the strategy file that says all ``fragments``, a later one over an earlier one."""
    said = functools.reduce(merged, fragments)
    header = {key: value for key, value in said.items() if key not in (*SHORTHANDS, "stages", "level")}
    names = {"name": name, "title": name, "description": "A level. Nothing else.", "source": "a test"}
    return names | header | {"stages": stages_of(said)}


def choices_of(kind: str) -> dict[str, list[tuple[str, dict[str, dict[str, Any]]]]]:
    """Return, by id, the choices of the table: what each is about, and the file of each of its levels."""
    found: dict[str, list[tuple[str, dict[str, dict[str, Any]]]]] = {}
    for entry in CATALOGUE[kind]:
        for number, choice in enumerate(entry.get("choice", [entry]), 1):
            levels = {
                level["level"]: text_of(
                    f"{entry['id']}-{number}-{place}".lower(), choice.get("beside", {}), level
                )
                for place, level in enumerate(choice["levels"], 1)
            }
            found.setdefault(entry["id"], []).append((choice.get("about", entry["name"]), levels))
    return found


DIMENSIONS = choices_of("dimension")
INSTITUTIONS = choices_of("institution")
FILES = [
    text
    for kind in (DIMENSIONS, INSTITUTIONS)
    for choices in kind.values()
    for _, levels in choices
    for text in levels.values()
]


def refusal(text: dict[str, Any]) -> str:
    """Return why a strategy is refused in the region, or nothing."""
    try:
        load_strategy(text).check(REGION)
    except InputError as fault:
        return str(fault)
    return ""


# --- what the runs say ---


def lives(strategies: list[Strategy], replicates: int = REPLICATES) -> dict[str, list[bytes]]:
    """Return, by strategy, the outcomes of each run as bytes, all on the same luck."""
    columns = [*OUTCOMES, *(name for name in EPISODE if name in RECORDED)]
    table = run_ensemble(REGION, strategies, replicates=replicates)
    runs: dict[str, list[bytes]] = {}
    for strategy, own in table.groupby("strategy", observed=True):
        runs[str(strategy)] = [row.tobytes() for row in own[columns].to_numpy(float)]
    return runs


@functools.cache
def all_lives() -> dict[str, list[bytes]]:
    """Return the runs of every level in the table that is accepted."""
    return lives([load_strategy(text) for text in FILES if not refusal(text)])


def same(levels: dict[str, list[bytes]]) -> list[str]:
    """Return, a line each, the levels that lead to the same runs."""
    groups: dict[tuple[bytes, ...], list[str]] = {}
    for level, runs in levels.items():
        groups.setdefault(tuple(runs), []).append(level)
    return [" = ".join(group) for group in groups.values() if len(group) > 1]


def ignored(choices: list[tuple[str, dict[str, dict[str, Any]]]]) -> list[str]:
    """Return, a line each, the levels of some choices that are accepted and make no difference."""
    found = []
    for about, levels in choices:
        told = {level: all_lives()[text["name"]] for level, text in levels.items() if not refusal(text)}
        found += [f"{about}: {line}" for line in same(told)]
    return found


def tell(faults: list[str]) -> None:
    """Fail with all ``faults`` in one message, if there are any."""
    if faults:
        pytest.fail("\n".join(faults), pytrace=False)


needs_runs = [
    pytest.mark.usefixtures("compiled"),
    pytest.mark.skipif(is_plain(), reason="thousands of runs: compiled only"),
]


@pytest.fixture(params=DIMENSIONS)
def dimension(request: pytest.FixtureRequest) -> list[tuple[str, dict[str, dict[str, Any]]]]:
    return DIMENSIONS[request.param]


@pytest.fixture(params=INSTITUTIONS)
def institution(request: pytest.FixtureRequest) -> list[tuple[str, dict[str, dict[str, Any]]]]:
    return INSTITUTIONS[request.param]


# --- the table is whole ---


def test_every_dimension_and_every_institution_is_in_the_table():
    numbered = [name for name in DIMENSIONS if name[1:].isdigit()]
    assert numbered == [f"D{number:02d}" for number in range(1, 47)]
    assert list(INSTITUTIONS) == [f"I{number:02d}" for number in range(1, 21)]


def keys_of(table: type[Table], at: str = "") -> dict[str, Any]:
    """Return every key of a strategy file by its path, with its annotation."""
    found = {}
    for name, field in table.model_fields.items():
        inner = [each for each in (field.annotation, *get_args(field.annotation)) if isinstance(each, type)]
        below = next((each for each in inner if issubclass(each, Table)), None)
        found |= keys_of(below, f"{at}{name}.") if below else {f"{at}{name}": field.annotation}
    return found


KEYS = {key: kind for key, kind in keys_of(Script).items() if key not in (*LABELS, *FILLER, "stages.title")}


def said_at(key: str) -> list[Any]:
    """Return every value that the table gives to a key, in all files."""
    values: list[Any] = FILES
    for part in key.split("."):
        values = [value[part] for value in values if part in value]
        values = [each for value in values for each in (value if isinstance(value, list) else [value])]
    return values


@pytest.mark.parametrize("key", KEYS)
def test_every_key_of_a_strategy_file_is_a_design_choice(key):
    assert said_at(key)


def words_at(kind: Any) -> list[str]:
    """Return the words that a key of this kind can hold."""
    for each in (kind, *get_args(kind)):
        if isinstance(each, type) and issubclass(each, IntEnum):
            return words_of(each)
        if isinstance(each, type) and issubclass(each, Shares):
            return words_of(each.vocabulary)
    return []


@pytest.mark.parametrize("key", [key for key, kind in KEYS.items() if words_at(kind)])
def test_every_word_of_a_strategy_file_is_a_level(key):
    said = {word for value in said_at(key) for word in (value if isinstance(value, dict) else [value])}
    assert set(words_at(KEYS[key])) - said == set()


# --- every level is accepted, and none is ignored ---


def test_every_level_can_be_said(dimension):
    refused = [
        f"{about}, {level}: {refusal(text)}"
        for about, levels in dimension
        for level, text in levels.items()
        if refusal(text)
    ]
    tell(refused)


def test_every_institution_can_be_granted_and_withheld(institution):
    ((_, levels),) = institution
    assert len(levels) > 1
    assert [refusal(text) for text in levels.values()] == [""] * len(levels)


@needs_runs[0]
@needs_runs[1]
def test_no_two_levels_lead_to_the_same_runs(dimension):
    tell(ignored(dimension))


@needs_runs[0]
@needs_runs[1]
def test_an_institution_that_is_granted_changes_the_runs(institution):
    tell(ignored(institution))


@needs_runs[0]
@needs_runs[1]
def test_each_kind_of_confidence_measure_does_work_of_its_own_beside_being_deep():
    rest = [{"relief": {"all": 0.5}, "asks": {"all": depth}} for depth in (0.5, 1.0)]
    files = {
        word: text_of(f"first-{word}", {"stages": [{"dwell": 0, "confidence": [word, DEEPEST]}, *rest]})
        for word in words_of(Confidence)
        if word != DEEPEST
    }
    runs = lives([load_strategy(text) for text in files.values()])
    alike = same({word: runs[text["name"]] for word, text in files.items()})
    tell([group for group in alike if group not in OF_ONE_KIND])


@needs_runs[0]
@needs_runs[1]
def test_the_order_of_the_table_means_nothing():
    first = load_strategy(FILES[0])
    assert lives([first])[first.name] == all_lives()[first.name]


def test_a_stage_that_says_nothing_is_a_verified_one():
    (stage,) = load_strategy(text_of("plain", {"stages": [{}]})).stages
    assert stage == Stage(title="Step 1", release="verified")


# --- what could not act is refused ---

PUBLIC = "public talks have no back channel; private, dual or private-then-public for talks.track"


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        (
            {"pressure": {"level": 0.5}},
            "pressure.level: 0.5: nothing brings measures there; ramp, maximum or scaled for pressure.phase",
        ),
        (
            {"pressure": {"phase": "hold", "months": 6, "level": 0.5}},
            "pressure.level: 0.5: nothing brings measures there; ramp, maximum or scaled for pressure.phase",
        ),
        (
            {"pressure": {"phase": "ramp", "months": 6}},
            "pressure.level: missing: 'ramp' brings measures to a level; above 0",
        ),
        (
            {"talks": {"track": "public", "channel_timing": "on-shock"}},
            f"talks.channel_timing: 'on-shock': {PUBLIC}",
        ),
        ({"talks": {"track": "public", "keep_channel": True}}, f"talks.keep_channel: true: {PUBLIC}"),
        ({"talks": {"track": "public", "secrecy": 0.5}}, f"talks.secrecy: 0.5: {PUBLIC}"),
        ({"talks": {"track": "public", "secrecy_months": 6}}, f"talks.secrecy_months: 6: {PUBLIC}"),
        ({"talks": {"track": "public", "insiders": 4}}, f"talks.insiders: 4: {PUBLIC}"),
        ({"talks": {"track": "public", "memorandum": "full"}}, f"talks.memorandum: 'full': {PUBLIC}"),
        (
            {"talks": {"track": "public", "oversight": "legislature", "oversight_every": 6}},
            f"talks.oversight_every: 6: {PUBLIC}",
        ),
        (
            {"talks": {"track": "public", "first_mover": "mediator"}},
            "talks.first_mover: 'mediator': a mediator works through a back channel; "
            "private, dual or private-then-public for talks.track",
        ),
        (
            {"talks": {"disclosure": "real-time", "secrecy_months": 6}},
            "talks.secrecy_months: 6: what is told as it happens is no secret; another word for "
            "talks.disclosure",
        ),
        (
            {"talks": {"disclosure": "none", "secrecy_months": 0, "disclosure_depth": 0.3}},
            "talks.disclosure_depth: 0.3: nothing is ever told; another word for talks.disclosure, or a "
            "limit by talks.secrecy_months",
        ),
        (
            {"talks": {"oversight_every": 3}},
            "talks.oversight_every: 3: nobody watches; inspector, legislature or audit for talks.oversight",
        ),
        (
            {"talks": {"regulators": True}},
            "talks.regulators: true: there is no track for them to sit in; parallel or first for "
            "talks.technical_track",
        ),
        (
            {"talks": {"electoral_window": 6}},
            "talks.electoral_window: 6: no ballot is heeded; before, after or avoid for "
            "talks.electoral_timing",
        ),
        (
            {"talks": {"electoral_timing": "before"}},
            "talks.electoral_timing: 'before': talks open at once, no pressure to cut short; a "
            "pressure.phase before talks, or after or avoid",
        ),
        (
            {"pressure": {"beside": True}},
            "pressure.beside: true: there is nothing for talks to go on beside; ramp, maximum or scaled for "
            "pressure.phase",
        ),
        (
            {"pressure": {"phase": "ramp", "level": 0.9, "months": 6, "begins": 12}},
            "pressure.begins: 12: talks wait for the end of it, so it begins at once; true for "
            "pressure.beside",
        ),
        (
            {"sponsor": {"guarantee": True}},
            "sponsor.guarantee: true: there is no sponsor; above 0 for sponsor.intensity",
        ),
        (
            {"sponsor": {"intensity": 0.5, "months": 6}},
            "sponsor.months: 6: a constant sponsor does not change; taper or hard-exit for sponsor.taper",
        ),
        (
            {"sponsor": {"intensity": 0.5, "final": 0.1, "months": 6, "taper": "hard-exit"}},
            "sponsor.final: 0.1: only a taper comes to it; taper for sponsor.taper",
        ),
        (
            {"civilians": {"entry_stage": 2}},
            "civilians.entry_stage: 2: nobody has a seat; observer, evaluator or co-designer for somebody",
        ),
        (
            {"civilians": {"business": "observer", "entry_stage": 4}},
            "civilians.entry_stage: 4: is never reached; less than the number of stages on the main track",
        ),
        (
            {"hostilities": {"pause_months": 6}},
            "hostilities.pause_months: 6: there is no relief for a pause; above 0 for "
            "hostilities.pause_relief",
        ),
        (
            {"findings": {"handling": "record", "deadline": 3}},
            "findings.deadline: 3: nobody is bound by it; procedure or panel for findings.handling",
        ),
        (
            {"review": {"renewal": "lapse"}},
            "review.renewal: 'lapse': there is no sunset; 1 or more for review.sunset",
        ),
        (
            {"review": {"adaptivity": "feedback"}},
            "review.adaptivity: 'feedback': the script changes at reviews, and there are none; 1 or more "
            "for review.every",
        ),
        (
            {"stages": [{"asks": {"all": 1.0}, "escrow": True}]},
            "stages[1].escrow: true: the stage gives no relief; a share for a sector in its relief",
        ),
        (
            {"stages": [{"asks": {"all": 1.0}, "expires": 6}]},
            "stages[1].expires: 6: the stage gives no relief; a share for a sector in its relief",
        ),
        (
            {"stages": [{"asks": {"all": 1.0}, "only_sender": "lead"}]},
            "stages[1].only_sender: lead: the stage gives no relief; a share for a sector in its relief",
        ),
        (
            {"stages": [{"relief": {"all": 1.0}, "paired": True}]},
            "stages[1].paired: true: the stage asks nothing; a depth for a milestone in its asks",
        ),
        (
            {"first_stage": {"verify": {"by": "self-report", "tools": ["satellite", "audits"]}}},
            "stages[1].verify.tools: satellite, audits: nobody looks where the target reports on itself; "
            "another word for verify.by",
        ),
        (
            {"first_stage": {"verify": {"by": "self-report", "number": 3}}},
            "stages[1].verify.number: 3: nobody looks where the target reports on itself; another word for "
            "verify.by",
        ),
        (
            {"first_stage": {"on_failure": {"response": "none", "reach": "all-sectors"}}},
            "stages[1].on_failure.reach: 'all-sectors': nothing follows; another word for "
            "on_failure.response",
        ),
        (
            {"talks": {"track": "public"}, "rules": [{"when": "leak", "then": "advance"}]},
            f"rules[1].when: 'leak': {PUBLIC}",
        ),
        (
            {"talks": {"track": "public"}, "rules": [{"when": "incident", "then": "close-channel"}]},
            f"rules[1].then: 'close-channel': {PUBLIC}",
        ),
        (
            {"talks": {"disclosure": "real-time"}, "rules": [{"when": "incident", "then": "go-public"}]},
            "rules[1].then: 'go-public': what is told as it happens cannot be told again; another word for "
            "talks.disclosure",
        ),
    ],
)
def test_a_key_that_cannot_act_is_refused_with_what_would_let_it(said, fault):
    assert refusal(text_of("idle", said)) == f"strategy 'idle': {fault}"


def test_a_key_that_says_none_of_a_thing_may_stand_beside_what_needs_none():
    talks = {"track": "public", "secrecy": 0.0, "keep_channel": False, "memorandum": "none"}
    assert refusal(text_of("modest", {"talks": talks, "sponsor": {"guarantee": False}})) == ""


def test_what_is_not_said_is_never_a_fault():
    assert refusal(text_of("public", {"talks": {"track": "public", "disclosure": "real-time"}})) == ""
