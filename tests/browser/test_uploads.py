"""Files of a reader's own: recognised, bounded, refused in sentences, and never a way to the disk."""

import builtins
import io
import json
import time
from pathlib import Path

import pytest

from browser.exchange.bringing import used
from browser.exchange.links import query_of
from browser.exchange.uploads import LARGEST, MOST_FAULTS, dots_in, upload_of
from browser.scene.settings import Settings
from model.scenario import FOLDER
from model.strategy import BUNDLED
from model.vocabulary import InputError

SCENARIO = (FOLDER / "two-disputes.toml").read_text(encoding="utf-8")
STRATEGY = (BUNDLED / "step-for-step.toml").read_text(encoding="utf-8")
HEAD = 'name = "x"\ntitle = "x"\ndescription = "x"\nsource = "x"\n'
BEGIN = 'name = "x"\ntitle = "x"\nstart = "2012-01"\nmonths = 12\n'


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.toml")), ids=lambda path: path.stem)
def test_every_bundled_scenario_can_be_uploaded(path):
    upload = upload_of(path.read_bytes())
    assert (upload.kind, upload.name) == ("scenario", path.stem)


@pytest.mark.parametrize("path", sorted(BUNDLED.glob("*.toml")), ids=lambda path: path.stem)
def test_every_bundled_strategy_can_be_uploaded(path):
    upload = upload_of(path.read_bytes())
    assert (upload.kind, upload.name) == ("strategy", path.stem)


def test_a_scenario_is_used_at_once_with_its_own_length_and_disputes():
    before = Settings(scenario="stylised-region", months=20, grow=(("states", 40),))
    own = SCENARIO.replace('name = "two-disputes"', 'name = "mine"', 1)
    after = used(before, upload_of(own))
    assert after.scenario == after.case().name == "mine"
    assert (after.months, after.grow, after.dispute) == (None, (), None)


def test_a_strategy_takes_the_place_of_one_plan():
    own = STRATEGY.replace('name = "step-for-step"', 'name = "mine"', 1)
    after = used(Settings(), upload_of(own))
    assert [plan.strategy for plan in after.plans] == ["mine"]
    assert after.strategy().name == "mine"


def test_settings_that_were_downloaded_are_shown_again():
    before = Settings(seed=11, uncertain=True)
    assert used(Settings(), upload_of(json.dumps({"link": query_of(before)}))) == before


def test_a_strategy_that_does_not_fit_the_scenario_is_not_used():
    own = HEAD + '[[stages]]\ntitle = "a"\nrelease = "verified"\nasks = { withdrawal = 1.0 }\n'
    with pytest.raises(InputError, match="withdrawal"):
        used(Settings(), upload_of(own))


WRONG = {
    "nothing": (b"", "empty"),
    "no text": (b"\xff\xfe\x00\x01", "UTF-8"),
    "no TOML": (b"stages = [", "not a TOML file"),
    "something else": (b"x = 1", "neither a scenario"),
    "both": (b"stages = []\nstates = []", "neither a scenario"),
    "other JSON": (b"{}", "no link"),
    "no JSON": (b"{", "not JSON"),
    "deep JSON": (b'{"a":' * 100_000, "not JSON"),
    "a large file": (b"#" * 3_000_000, "too large"),
    "a large strategy": (b"stages = []\n" + b"#" * LARGEST["strategy"], "too large"),
    "deep lists": (b"stages = " + b"[" * 90_000 + b"]" * 90_000, "not a TOML file"),
    "a long key": (b"stages = 1\n" + b".".join([b"a"] * 90_000) + b" = 1", "joins more than"),
    "a long number": (b"stages = " + b"9" * 90_000, "not a TOML file"),
    "nesting": (b"stages = " + b"[" * 20 + b"]" * 20, "deep within one another"),
    "keys": (("stages = []\n" + "".join(f"k{n} = 1\n" for n in range(500))).encode(), "keys are too many"),
    "growth": ((BEGIN + "[grow]\nstates = 1000000000\n").encode(), "actors are too many"),
    "grown disputes": ((BEGIN + "[grow]\nstates = 200\ndisputes = 40\n").encode(), "disputes are too many"),
    "months": ((BEGIN.replace("12\n", "1000000000\n") + "[grow]\n").encode(), "months"),
    "states": (
        (BEGIN + "".join(f'[[states]]\nname = "s{n}"\n' for n in range(400))).encode(),
        "actors are too many",
    ),
    "ties": ((BEGIN + '[[trade]]\nfrom = "a"\nto = "b"\n' * 6000).encode(), "entries are too many"),
    "ties to nobody": ((BEGIN + '[[trade]]\nfrom = "a"\nto = "b"\n' * 200).encode(), "are not listed"),
    "odd actors": ((BEGIN + 'states = [{ name = ["a"] }, 3]\ndisputes = 4\n').encode(), "states"),
    "odd grow": ((BEGIN + "grow = [1]\n").encode(), "grow"),
    "stages": ((HEAD + "[[stages]]\n" * 200).encode(), "too many for this page"),
    "a path": ((HEAD + 'varies = "/etc/passwd"\n').encode(), "varies no other file"),
    "a path upwards": (
        (HEAD + 'varies = "../strategies/step-for-step.toml"\n').encode(),
        "varies no other file",
    ),
    "an odd path": ((HEAD + "varies = { a = 1 }\n").encode(), "varies"),
    "no base": ((HEAD + "every_stage = { release = 'verified' }\n").encode(), "varies"),
}


@pytest.mark.parametrize("what", WRONG)
def test_a_file_that_cannot_be_used_is_refused_in_a_sentence(what):
    content, told = WRONG[what]
    with pytest.raises(InputError, match=told) as refused:
        upload_of(content)
    assert len(str(refused.value)) < 4000


def test_a_file_is_refused_by_the_size_that_the_browser_tells():
    with pytest.raises(InputError, match="too large"):
        upload_of(b"", size=10**12)


def test_each_distinct_fault_is_told_once():
    stages = "".join(f'[[stages]]\ntitle = "s"\nrelese = "verified"\nodd = {n}\n' for n in range(40))
    with pytest.raises(InputError) as refused:
        upload_of(HEAD + stages)
    lines = str(refused.value).splitlines()
    assert len(lines) == 3
    assert all("stages[1]" in line and "(and at 39 more places)" in line for line in lines)
    assert str(refused.value).count("one of title, track") == 1 + str(refused.value).count("did you mean")


def test_of_many_faults_only_the_first_are_told():
    with pytest.raises(InputError) as refused:
        upload_of(HEAD + "stages = []\n" + "".join(f"odd_{n} = 1\n" for n in range(40)))
    lines = str(refused.value).splitlines()
    assert len(lines) == MOST_FAULTS + 1
    assert lines[-1].startswith("and ")
    assert str(refused.value).count("one of name") == 1


def test_a_file_of_comments_is_too_large_before_it_is_neither():
    with pytest.raises(InputError, match="too large"):
        upload_of("# nothing\n" * 160_000)


def test_no_upload_opens_a_file_but_those_bundled(monkeypatch):
    opened = []

    def watched(original):
        def opening(path, *rest, **named):
            opened.append(Path(path))
            return original(path, *rest, **named)

        return opening

    monkeypatch.setattr(io, "open", watched(io.open))
    monkeypatch.setattr(builtins, "open", watched(builtins.open))
    own = 'name = "mine"\ntitle = "x"\ndescription = "x"\nsource = "x"\nvaries = "big-bang"\n'
    used(Settings(), upload_of(own))
    used(Settings(), upload_of(SCENARIO + f"\n# {time.time()}"))
    assert opened, "a strategy that varies a bundled one reads that one"
    assert {path.resolve().parent for path in opened} <= {
        FOLDER.resolve(),
        BUNDLED.resolve(),
        FOLDER.parent.resolve(),
    }


@pytest.mark.parametrize(
    ("line", "dots"),
    [("a.b.c = 1.5", 3), ('"a.b".c = "x.y"', 1), (r'"a\".b".c', 1), ("'a\\'.b = '.'", 1), ("", 0)],
)
def test_dots_are_counted_outside_of_what_is_quoted(line, dots):
    assert dots_in(line) == dots
