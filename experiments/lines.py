"""How each monthly series is drawn: its label, its colour and its line, the same in every picture."""

from __future__ import annotations

from typing import NamedTuple

from experiments.palette import INK, QUIET, SENDER, SHARED, TARGET


class Line(NamedTuple):
    """One series as a line: its column, its label, its colour and its style as matplotlib says it."""

    series: str
    label: str
    colour: str
    style: str


class Panel(NamedTuple):
    """One small picture: its title, the unit of its axis, and its series."""

    title: str
    unit: str
    series: tuple[Line, ...]


#: Every line by its series; what is of one side has the colour of that side.
LINES: dict[str, Line] = {
    line.series: line
    for line in (
        Line("pressure_legal", "level in force", TARGET, "-"),
        Line("relief", "relieved", SENDER, "-"),
        Line("pressure_felt", "pressure felt", TARGET, "-"),
        Line("misreading", "misreading", QUIET, ":"),
        Line("compliance_reported", "reported", TARGET, "--"),
        Line("compliance_observed", "observed", SENDER, ":"),
        Line("compliance_true", "true", INK, "-"),
        Line("trust_sender_in_target", "sender's trust", SENDER, "-"),
        Line("trust_target_in_sender", "target's trust", TARGET, "-"),
        Line("support_sender", "support, sender", SENDER, "-"),
        Line("support_target", "support, target", TARGET, "-"),
        Line("hardliners_sender", "hardliners, sender", SENDER, "-"),
        Line("hardliners_target", "hardliners, target", TARGET, "-"),
        Line("suspicion", "suspicion, both", QUIET, ":"),
        Line("tension", "tension", INK, "-"),
        Line("hardship", "civilian hardship", TARGET, "-"),
        Line("output", "target's output", TARGET, "-"),
        Line("legitimacy_sender", "legitimacy, sender", SENDER, "-"),
        Line("legitimacy_target", "legitimacy, target", TARGET, "-"),
        Line("rhetoric_sender", "rhetoric, sender", SENDER, "-"),
        Line("rhetoric_target", "rhetoric, target", TARGET, "-"),
        Line("resentment_target", "resentment", TARGET, "-"),
        Line("ownership_target", "ownership", SHARED, "--"),
        Line("expectation", "relief expected", TARGET, "-"),
        Line("publicity", "publicity", INK, "-"),
        Line("channels_open", "open back channels", SHARED, "-"),
    )
}


def panel(title: str, unit: str, *names: str) -> Panel:
    """Return a panel with the lines of these series."""
    return Panel(title, unit, tuple(LINES[name] for name in names))


#: The panels of a history that is printed.
PANELS = (
    panel("measures", "share", "pressure_legal", "relief"),
    panel("burden", "points a year", "pressure_felt", "misreading"),
    panel(
        "compliance", "share of the demand", "compliance_reported", "compliance_observed", "compliance_true"
    ),
    panel("trust", "share", "trust_sender_in_target", "trust_target_in_sender"),
    panel("at home", "share", "hardliners_sender", "hardliners_target", "suspicion"),
    panel("tension and hardship", "share", "tension", "hardship"),
)

#: Panels of a printed history without whose title the labels of their lines say too little.
HEADED = ("measures", "compliance")
#: What a series is called where it stands alone, by series.
ALONE: dict[str, str] = {
    **{name: line.label for name, line in LINES.items()},
    **{
        line.series: f"{panel.title}, {line.label}"
        for panel in PANELS
        for line in panel.series
        if panel.title in HEADED
    },
}
