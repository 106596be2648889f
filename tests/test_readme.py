"""Everything that the README tells a reader to type is typed, in order, word for word, and works."""

import os
import re
import signal
import subprocess
import sys
import urllib.request

import pytest

from tests import living

README = "README.md"
PATIENCE = 60.0
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


@pytest.mark.slow
def test_the_page_that_the_readme_opens_answers_and_ends():
    (command,) = recipe("app")
    assert command == f"{BIN}backchannel app"
    words = [sys.executable, "-m", "experiments", "app", "--port", "0", "--no-open"]
    environment = os.environ | {"PYTHONPATH": str(living.ROOT), "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(
        words, cwd=living.ROOT, env=environment, stdout=subprocess.PIPE, text=True, start_new_session=True
    ) as page:
        try:
            said = next(line for line in page.stdout if "http://" in line)
            address = re.search(r"http://[\w.:]+/", said)[0]
            with urllib.request.urlopen(f"{address}readyz", timeout=PATIENCE) as answer:
                assert answer.status == 200
        finally:
            os.killpg(page.pid, signal.SIGINT)
            page.wait(timeout=PATIENCE)
