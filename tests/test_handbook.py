"""The handbook tells the whole model: nothing that the code declares is left out, no link leads nowhere."""

import html
import re
from functools import cache

import pytest

import experiments
import model
from experiments import pages
from experiments.claims.claim import Ablation, Arm, Band, Claim, Contrast, Placebo, Rule
from experiments.handbook import (
    crosslinks,
    equations,
    home_page,
    month,
    nav,
    shelf,
    state_page,
    submodel_pages,
    word_page,
)
from experiments.handbook.places import DOCS, ROOT
from experiments.handbook.written import is_equation, written
from model.chronicle import SENTENCES
from model.outcomes import METRICS, OUTCOMES
from model.series import SERIES
from model.vocabulary import word_of, words_of
from model.world import TABLES

#: Pages that the contents name, and that are written by themselves.
AWAITED = {
    "claims.md",
    "conditions.md",
    *(
        f"howto/{name}.md"
        for name in (
            "cite",
            "first-comparison",
            "own-mechanism",
            "own-outcome",
            "own-scenario",
            "own-strategy",
            "read-the-report",
            "sweep-on-a-cluster",
        )
    ),
}
SUBMODELS = sorted(path.name for path in submodel_pages.pages())


@cache
def text_of(page):
    return (DOCS / page).read_text(encoding="utf-8")


def submodels():
    return "\n".join(text_of(f"submodels/{page}") for page in SUBMODELS)


def in_contents():
    return [page for section in nav.sections().values() for page in section]


def test_the_contents_name_a_page_as_it_is_called_once_made_anew():
    made = {
        DOCS / "words.md": "# Another title\n",
        DOCS / "howto" / "own-claim.md": "a page without a title\n",
    }
    contents = home_page.contents(made)
    assert "[Another title](words.md)" in contents
    assert "[docs/howto/own-claim.md](howto/own-claim.md)" in contents
    assert "[Numbers](parameters.md)" in contents


def test_every_page_is_in_the_contents_once():
    there = {path.relative_to(DOCS).as_posix() for path in DOCS.rglob("*.md")}
    named = in_contents()
    assert there <= set(named)
    assert len(named) == len(set(named))


def test_the_contents_name_no_page_that_is_not_there():
    elsewhere = {"notebooks/", "code/index.md", *shelf.AT_ROOT}
    assert {page for page in in_contents() if not nav.is_there(page)} <= elsewhere | AWAITED


@pytest.mark.parametrize("table", TABLES)
def test_every_column_of_the_world_is_told_with_its_unit_and_its_movers(table):
    _, told = text_of("state.md").split(f"Table `{table}`.")
    told = told.split("\n## ")[0]
    for column in TABLES[table]:
        assert f"| `{column.name}` |" in told, column.name
        assert column.meaning in told, column.name


def test_every_mover_of_a_column_has_a_page():
    movers = {
        mover.strip() for columns in TABLES.values() for each in columns for mover in each.moved_by.split(",")
    }
    assert all(month.page_of(mover) for mover in movers - {"", "every phase"})


def test_every_monthly_series_is_told():
    assert all(f"| `{name}` |" in text_of("state.md") for name in SERIES)


@pytest.mark.parametrize("event", SENTENCES, ids=word_of)
def test_every_event_is_told_with_who_writes_it(event):
    (row,) = [line for line in text_of("events.md").splitlines() if f"| `{word_of(event)}` |" in line]
    assert "submodels/" in row.rsplit(" | ", 1)[1]


def test_every_word_of_the_model_is_listed():
    for name, words in word_page.vocabularies().items():
        told = text_of("words.md").split(f"\n## {name}\n")[1].split("\n## ")[0]
        assert all(f"`{word}`" in told for word in words_of(words)), name


def test_every_number_stands_with_the_submodel_that_reads_it():
    told = submodels()
    assert [name for name in model.Parameters.table().index if f"| `{name}` |" not in told] == []


def test_every_mechanism_stands_with_the_submodel_that_carries_it():
    told = submodels()
    carried = pages.carriers()
    assert [name for name in carried if f"| {name} | {pages.said()[name]} |" not in told] == []


@pytest.mark.parametrize("package", [model, experiments], ids=lambda package: package.__name__)
def test_the_reference_has_every_public_name(package):
    told = text_of(f"reference/{package.__name__}.md")
    assert [name for name in package.__all__ if f"::: {package.__name__}.{name}\n" not in told] == []


def test_every_outcome_is_told_in_the_model_description_too():
    odd = text_of("odd.md")
    assert [name for name, each in OUTCOMES.items() if each.metric and f"`{name}`" not in odd] == []


def test_every_file_of_mechanisms_has_a_place_in_the_month():
    assert {item.file for item in month.items()} == set(month.mechanisms())
    assert all(item.phases for item in month.items())


@pytest.mark.parametrize("file", month.mechanisms(), ids=lambda file: file.stem)
def test_a_mechanism_says_its_idea_and_what_every_function_does(file):
    assert file.idea
    assert all(function.told for function in file.functions)


@pytest.mark.parametrize(
    "element",
    [
        "1. Purpose and patterns",
        "2. Entities, state variables and scales",
        "3. Process overview and scheduling",
        "4. Design concepts",
        "5. Initialisation",
        "6. Input data",
        "7. Submodels",
        "Basic principles",
        "Emergence",
        "Adaptation",
        "Objectives",
        "Learning",
        "Prediction",
        "Sensing",
        "Interaction",
        "Stochasticity",
        "Collectives",
        "Heterogeneity",
        "Observation",
    ],
)
def test_the_model_description_has_every_element_of_the_protocol(element):
    assert re.search(rf"^##+ {element}", text_of("odd.md"), re.MULTILINE)


@pytest.mark.parametrize(
    "word",
    [
        "Stage",
        "Track",
        "Release rule",
        "Leverage",
        "Win-set",
        "Back channel",
        "Snapback",
        "Draw",
        "Replicate",
        "Paired difference",
        "Agent-based model",
        "Mechanism",
        "Point",
        "Logit",
    ],
)
def test_the_glossary_explains(word):
    assert f"\n**{word}" in text_of("glossary.md")


def plain(text):
    """Return what a line says without its dress."""
    text = html.unescape(re.sub(r"<[^>]+>", "", text.replace("<br>", " ")))
    for dressed, bare in {"×": "x", "−": "-", "′": "'", "Σ": "sum"}.items():
        text = text.replace(dressed, bare)
    return re.sub(r"[\s_^]", "", text)


@pytest.mark.parametrize("file", month.mechanisms(), ids=lambda file: file.stem)
def test_an_equation_on_a_page_says_what_the_code_says(file):
    for part in (*file.parts, *written("model/packages.py").parts):
        if is_equation(part):
            assert plain(equations.fence(part)) == plain(part)


def test_a_cross_between_two_names_is_a_times_sign_and_a_variable_called_x_is_not():
    assert equations.typeset("rate x stake") == "rate × stake"
    assert equations.typeset("(x + up)").startswith("(x ")


def test_what_stands_left_of_the_sign_of_equality_has_a_column_of_its_own():
    assert equations.rows_of("a' = b + c\n     + d") == [("a′", "= b + c<br>+ d")]


@pytest.mark.parametrize("page", SUBMODELS)
def test_every_function_that_a_page_links_to_is_there(page):
    links = re.findall(r"\]\(\.\./\.\./([\w/]+\.py)#(\w+)\)", text_of(f"submodels/{page}"))
    for place, name in links:
        assert re.search(rf"^def {name}\(", (ROOT / place).read_text(encoding="utf-8"), re.MULTILINE), name


def test_a_link_to_code_leads_to_the_line_on_the_site():
    text = "[it](../../model/bounded.py#pushed)"
    lines = (ROOT / "model" / "bounded.py").read_text(encoding="utf-8").splitlines()
    (line,) = [number for number, line in enumerate(lines, 1) if line.startswith("def pushed(")]
    found = shelf.relinked(text, "submodels/shocks.md")
    assert found == f"[it](../code/model/bounded.py.md#__codelineno-0-{line})"


def test_a_link_between_two_pages_stays_as_it_is():
    text = "[here](state.md#states), [there](https://example.org/a.md), [below](#below)"
    assert shelf.relinked(text, "odd.md") == text


def test_a_page_that_is_named_by_its_file_is_named_by_its_title_on_the_site():
    assert shelf.relinked("[words.md](words.md)", "state.md") == "[Words](words.md)"


def test_every_mechanism_source_and_dimension_has_a_place_that_its_label_leads_to():
    labels = {*pages.said(), *METRICS, *(f"D{number:02d}" for number in range(1, 47))}
    assert labels <= set(crosslinks.places())


def test_a_label_is_linked_in_words_and_not_in_code_or_in_a_link():
    text = '<p>M01, <code>M01</code>, <a href="x">M01</a>, M999</p>'
    link = '<a class="label" href="../mechanisms.html#m01">M01</a>'
    assert crosslinks.linked(text, "submodels/trust.md") == text.replace("<p>M01", f"<p>{link}")


def test_a_label_is_an_anchor_where_it_is_explained():
    row = "<tr><td>M01</td><td>An open channel, as in M02</td></tr>"
    found = crosslinks.linked(crosslinks.anchored(row, "mechanisms.md"), "mechanisms.md")
    assert found == row.replace("<td>M01", '<td><span id="m01"></span>M01')


def test_every_link_to_a_word_of_the_glossary_leads_to_it():
    terms = re.findall(r"^\*\*([^*,.:]+)", text_of("glossary.md"), re.MULTILINE)
    for path in DOCS.rglob("*.md"):
        linked = re.findall(r"glossary\.md#([\w-]+)", path.read_text(encoding="utf-8"))
        assert set(linked) <= {month.slug(term) for term in terms}, path.name


def test_the_site_is_told_to_ask_no_other_machine():
    asked = [*DOCS.glob("assets/*"), ROOT / "mkdocs.yml"]
    assert not any(re.search(r"https?://|@import", path.read_text(encoding="utf-8")) for path in asked)
    settings = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    assert "font: false" in settings
    assert "iframe-worker" in settings  # else the theme fetches one


def test_every_table_of_the_world_is_introduced():
    assert set(state_page.ROWS) == set(TABLES)


def test_every_key_of_a_claim_file_is_told():
    told = text_of("claim-files.md")
    for entry in (Arm, Band, Ablation, Claim, Contrast, Placebo, Rule):
        for name in entry.model_fields:
            assert f"`{name}`" in told or f"`[{name}]`" in told or f"`[[{name}]]`" in told, name
