"""What is made of the model description by the ODD protocol: the tables of docs/odd.md."""

from __future__ import annotations

from experiments.handbook.filling import coded, filled, table
from experiments.handbook.month import address, families, mechanisms
from experiments.handbook.places import DOCS, ROOT
from experiments.handbook.state_page import ROWS
from experiments.handbook.written import written
from model.vocabulary import BodyKind, Character, CivilKind, MediatorKind, Role, Stream, word_of, words_of
from model.world import TABLES

PAGE = DOCS / "odd.md"
#: Who is an agent, with the words for its kinds.
AGENTS = {
    "states": Role,
    "bodies": BodyKind,
    "mediators": MediatorKind,
    "civil": CivilKind,
    "parties": Character,
}


def page() -> str:
    """Return the page with its tables as they should stand."""
    made = {
        "the facts": facts(),
        "the entities": entities(),
        "the scenarios": scenarios(),
        "the month": schedule(),
        "the numbers": numbers(),
        "the draws": draws(),
        "the outcomes": outcomes(),
    }
    return filled(PAGE.read_text(encoding="utf-8"), made)


def facts() -> str:
    """Return the published facts that simulated episodes are held beside."""
    from experiments.facts import FACTS

    return table("fact | what it is about", [(fact.id, f"{fact.sentence}.") for fact in FACTS])


def entities() -> str:
    """Return the tables of the world, with how many columns each has."""
    rows = []
    for name, columns in TABLES.items():
        title, about = ROWS[name]
        kinds = coded(words_of(AGENTS[name])) if name in AGENTS else ""
        moved = sum(column.is_state for column in columns)
        place = f"[{title}](state.md#{title.lower().replace(' ', '-')})"
        rows.append((place, about, kinds, str(len(columns)), str(moved)))
    return table("table | what it holds | kinds, roles or types | columns: | moved: ", rows)


def scenarios() -> str:
    """Return the bundled scenarios with their scales."""
    from model import list_scenarios, load_scenario

    rows = []
    for name in list_scenarios():
        text = load_scenario(name).text
        sizes = (text.states, text.bodies, text.mediators, text.civil_society, text.disputes)
        rows.append((f"`{name}`", text.start, str(text.months), *(str(len(each)) for each in sizes)))
    return table(
        "scenario | starts | months: | states: | bodies: | mediators: | civil society: | disputes: ", rows
    )


def schedule() -> str:
    """Return the month: every item in order, its phases, and what happens."""
    rows = [
        (
            str(item.number) if place == 0 else "",
            f"[{item.name}](submodels/{address(family)}.md)",
            coded(item.phases),
            item.told,
        )
        for family in families()
        for place, item in enumerate(family)
    ]
    return table("no.: | item | phases | what happens", rows)


def numbers() -> str:
    """Return how many numbers each family has, and how many are judgement."""
    from model import Parameters

    known = Parameters.table()
    rows = [
        (
            f"[{str(family).capitalize()}](parameters.md#{str(family).replace(' ', '-')})",
            str(len(group)),
            str(int(group["uncertain"].sum())),
            str(int((group["source"] == "judgement").sum())),
        )
        for family, group in known.groupby("file", sort=False)
    ]
    total = (
        "**all**",
        str(len(known)),
        str(int(known["uncertain"].sum())),
        str(int((known["source"] == "judgement").sum())),
    )
    return table("family | numbers: | drawn in a comparison: | judgement: ", [*rows, total])


def draws() -> str:
    """Return what chance decides: every stream, and the files that draw from it."""
    takers: dict[str, list[str]] = {}
    foundations = [
        written(path.relative_to(ROOT).as_posix()) for path in sorted((ROOT / "model").glob("*.py"))
    ]
    for file in (*mechanisms(), *foundations):
        for stream in file.streams:
            takers.setdefault(stream, []).append(f"[{file.stem}](../{file.place})")
    rows = [(f"`{word_of(stream)}`", ", ".join(takers[stream.name])) for stream in Stream]
    return table("stream | drawn in", rows)


def outcomes() -> str:
    """Return what the metrics of the seeds are about."""
    from model.outcomes import METRICS, OUTCOMES

    named: dict[str, list[str]] = {}
    for outcome in OUTCOMES.values():
        named.setdefault(outcome.metric, []).append(outcome.name)
    return table(
        "metric | about | outcomes",
        [(metric, about, coded(named.get(metric, []))) for metric, about in METRICS.items()],
    )
