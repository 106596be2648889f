"""The page of every number that somebody had to choose: docs/parameters.md."""

from __future__ import annotations

from typing import Any

from experiments.handbook.filling import table
from experiments.handbook.places import NOTE

#: The columns of a table of numbers.
HEADINGS = "number | default: | low: | high: | unit | source | what it is"


def parameters_page() -> str:
    """Return the page of every number, by mechanism family, and which of them nobody has measured."""
    import model

    known = model.Parameters.table()
    judged = known.index[known["source"] == "judgement"]
    uncertain = int(known["uncertain"].sum())
    parts = [
        "# Numbers\n",
        NOTE,
        f"The model has {len(known)} numbers that somebody had to choose. {uncertain} of them are uncertain: "
        "a comparison draws them anew for every replicate, evenly from low to high. The others are "
        "conventions or tables of weights and stay as they are.\n\n"
        f"**{len(judged)} of the {len(known)} are judgement**: no published figure stands behind their "
        "default, nor behind their range. The rest name a source, listed in [sources.md](sources.md); a "
        "source bounds a number or gives its direction, it is seldom the number itself. "
        "`backchannel parameters` prints the same table.\n",
    ]
    for family, numbers in known.groupby("file", sort=False):
        parts.append(f"## {str(family).capitalize()}\n")
        parts += [table(HEADINGS, [number_row(str(name), row) for name, row in numbers.iterrows()]), ""]
    parts += ["## Judgement\n", _judged(known), ""]
    return "\n".join(parts)


def number_row(name: str, row: Any) -> tuple[str, ...]:
    """Return the cells of one number, in the order of `HEADINGS`."""
    span = (row.low, row.high) if row.uncertain else ("", "")
    return (f"`{name}`", *map(_shown, (row.default, *span)), row.unit, row.source, row.meaning)


def _shown(value: Any) -> str:
    if isinstance(value, str):
        return value
    return ", ".join(f"{one:.4g}" for one in (value if isinstance(value, tuple) else (value,)))


def _judged(known: Any) -> str:
    found = []
    for family, numbers in known.groupby("file", sort=False):
        names = [f"`{name}`" for name in numbers.index[numbers["source"] == "judgement"]]
        if names:
            found.append(
                f"- **{str(family).capitalize()}** ({len(names)} of {len(numbers)}): {', '.join(names)}"
            )
    return "What has no source, in one place:\n\n" + "\n".join(found)
