"""The notebooks run from top to bottom, show what their files keep, and use what every reader may use."""

import ast
import base64
import difflib
import re
import sys
from importlib import import_module

import nbformat
import pytest

from experiments import notebooks

PLACES = {place.stem: place for place in notebooks.places()}
REFRESH = "it shows something else than its file keeps; if the change of results is meant: make notebooks"
#: What a notebook may import from, beside the standard library; None stands for all of it.
PUBLIC = {"model", "experiments", "model.transforms"}
LIBRARIES = {"numpy", "pandas", "matplotlib", "networkx", "duckdb"}
LONGEST = 15  # lines of a cell
LARGEST = 600_000  # bytes of a notebook

every_notebook = pytest.mark.parametrize("name", PLACES)


def kept(name):
    return nbformat.read(PLACES[name], as_version=4)


def code(name):
    return [cell.source for cell in kept(name).cells if cell.cell_type == "code"]


def prose(name):
    return [cell.source for cell in kept(name).cells if cell.cell_type == "markdown"]


def test_there_are_notebooks():
    assert PLACES


def test_what_a_cell_prints_is_one_text_however_it_came():
    def book(*texts):
        outputs = [nbformat.v4.new_output("stream", text=text) for text in texts]
        return nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("", outputs=outputs)])

    assert notebooks.shown(book("one\ntwo\n")) == notebooks.shown(book("one\n", "two\n"))


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.usefixtures("compiled")
@every_notebook
def test_a_notebook_shows_what_its_file_keeps(name):
    before, now = notebooks.shown(kept(name)), notebooks.shown(notebooks.executed(PLACES[name]))
    for was, became in zip(before, now, strict=False):
        changes = "\n".join(difflib.ndiff(was.text.splitlines(), became.text.splitlines()))
        assert was == became, f"{name}, code cell {became.cell}: {REFRESH}\n{changes}"
    assert len(before) == len(now), f"{name}: {REFRESH}"


@every_notebook
def test_a_notebook_was_run_in_order_and_without_complaint(name):
    cells = [cell for cell in kept(name).cells if cell.cell_type == "code"]
    assert [cell.execution_count for cell in cells] == list(range(1, len(cells) + 1))
    for cell in cells:
        for output in cell.outputs:
            assert output.output_type != "error"
            assert output.get("name") != "stderr", output.get("text")


@every_notebook
def test_a_notebook_is_small(name):
    assert PLACES[name].stat().st_size < LARGEST


@every_notebook
def test_a_notebook_carries_nothing_of_one_machine_or_occasion(name):
    book = kept(name)
    told = "\n".join([*code(name), *prose(name), *(text for _, text in notebooks.shown(book))])
    assert not re.search(r"(?<![\w./+])/(home|Users|work|tmp|root|var|mnt)/\w", told)
    assert not re.search(r"\bat 0x[0-9a-f]{6,}", told)  # where something lies in memory
    assert book.metadata.language_info == {"name": "python"}
    assert not any("execution" in cell.metadata for cell in book.cells)


@every_notebook
def test_figures_are_pictures(name):
    for cell in kept(name).cells:
        for output in cell.get("outputs", []):
            if "image/png" in output.get("data", {}):
                assert base64.b64decode(output.data["image/png"]).startswith(b"\x89PNG")


@every_notebook
def test_a_notebook_uses_only_the_public_interface(name):
    for node in ast.walk(ast.parse("\n".join(code(name)))):
        if isinstance(node, ast.Import):
            for each in node.names:
                assert not each.name.startswith(("model.", "experiments.", "browser"))
                assert is_open_to_all(each.name)
        elif isinstance(node, ast.ImportFrom):
            if node.module in PUBLIC:
                known = import_module(node.module).__all__
                assert {each.name for each in node.names} <= set(known), f"{node.module} has no such name"
            else:
                assert node.module.split(".")[0] not in ("model", "experiments"), node.module
                assert is_open_to_all(node.module)


def is_open_to_all(module):
    first = module.split(".")[0]
    return module in PUBLIC or first in LIBRARIES or first in sys.stdlib_module_names


@every_notebook
def test_no_cell_is_longer_than_a_glance(name):
    for cell in code(name):
        assert len(cell.splitlines()) <= LONGEST, cell


@every_notebook
def test_a_notebook_says_what_it_is_and_is_not(name):
    opening = " ".join(prose(name)[0].split())
    assert opening.startswith("# ")
    assert "minutes" in opening, "how long it takes to read"
    assert "exploration, not forecast" in " ".join(" ".join(prose(name)).split()).lower()


@every_notebook
def test_a_notebook_ends_with_three_exercises_and_where_to_read_on(name):
    end = "\n".join(prose(name))
    _, exercises = end.split("## Exercises")
    exercises, further = exercises.split("## Where to read on")
    assert re.findall(r"^(\d)\. ", exercises, re.MULTILINE) == ["1", "2", "3"]
    assert "](" in further


@every_notebook
def test_every_link_of_a_notebook_leads_somewhere(name):
    for place in re.findall(r"\]\((?!https?:|#)([^)#]+)", "\n".join(prose(name))):
        assert (PLACES[name].parent / place).exists(), place
