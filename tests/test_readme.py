"""Everything that the README tells a reader to type is typed, in order, word for word, and works."""

import re
import subprocess

import pytest

from tests import living

README = "README.md"
#: What stands before a command of `make`: the environment that setup makes.
BIN = ".venv/bin/"


def made() -> list[str]:
    """Return the targets of `make` that the README tells a reader to type."""
    lines = [line for block in living.blocks(README, "sh") for line in block.splitlines()]
    return [line.split()[1] for line in lines if line.startswith("make ")]


def recipe(target: str) -> list[str]:
    """Return the commands that a target of `make` runs in the environment, without running them."""
    words = ["make", "--dry-run", "--always-make", target]
    done = subprocess.run(words, cwd=living.ROOT, capture_output=True, text=True, check=True)
    return [
        line
        for line in done.stdout.splitlines()
        if re.match(rf"(\w+=\S+ )?{re.escape(BIN)}(?!python -m pip)", line)
    ]


def ci() -> list[str]:
    """Return the lines of what every change has to pass."""
    return (living.ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()


@pytest.mark.slow
@pytest.mark.usefixtures("compiled")
def test_every_command_and_every_example_of_the_readme_works():
    with living.lived(README) as life:
        told = sorted(place.name for place in (life.folder / "results").iterdir())
        assert [name.split("-")[0] for name in told] == ["claims", "compare", "orders", "run"]


@pytest.mark.parametrize("target", [target for target in made() if target != "app"])
def test_what_the_readme_makes_is_made_by_ci(target):
    """Either CI types the same words, or each command of the recipe, shortened by options at most."""
    run = ci()
    assert f"make {target}" in run or all(any(line.startswith(it) for line in run) for it in recipe(target))


def test_the_page_is_opened_by_the_verb_that_is_tested():
    """That it answers and ends is said by the tests of the server, which open it so."""
    assert recipe("app") == [f"{BIN}backchannel app"]
