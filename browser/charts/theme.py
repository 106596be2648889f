"""The colours of the page, by day and by night; those of things are the palette's of every other figure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from experiments import palette


@dataclass(frozen=True)
class Theme:
    """Colours of everything that is not data.

    Attributes
    ----------
    ink, quiet, rule, paper : text, second text, lines of a grid, background
    is_dark : whether it is the one for the night
    """

    ink: str
    quiet: str
    rule: str
    paper: str
    is_dark: bool

    def colour(self, said: str) -> str:
        """Return a colour of the palette as it is legible here: ink is light by night."""
        if not self.is_dark:
            return said
        return {palette.INK: self.ink, palette.QUIET: self.quiet, palette.RULE: self.rule}.get(
            said, NIGHT.get(said, said)
        )

    def base(self) -> dict[str, Any]:
        """Return what every chart begins with: no animation, and text in these colours."""
        return {
            "animation": False,
            "backgroundColor": "transparent",
            "textStyle": {"color": self.ink, "fontFamily": "Roboto, sans-serif", "fontSize": 12},
            "aria": {"enabled": True, "decal": {"show": False}},
        }

    def tooltip(self, **more: Any) -> dict[str, Any]:
        """Return a tooltip in these colours, kept inside its chart."""
        return {
            "confine": True,
            "backgroundColor": self.paper,
            "borderColor": self.rule,
            "textStyle": {"color": self.ink, "fontSize": 12},
            **more,
        }


#: The dark blues and violets of the palette, lighter by night.
NIGHT = {
    palette.SENDER: "#4FA3DB",
    palette.TARGET: "#F0813A",
    palette.SHARED: "#2FC79B",
    palette.COLOURS[6]: "#9A8AE0",
}

LIGHT = Theme(palette.INK, "#5f5f5f", palette.RULE, "#ffffff", False)
DARK = Theme("#ececec", "#b0b0b0", "#4a4a4a", "#1e1e1e", True)


def theme_of(is_dark: bool) -> Theme:
    """Return the theme for the day or the night."""
    return DARK if is_dark else LIGHT


#: Colours that only the style sheet needs, by day and by night: what lies behind everything, what can be
#: pressed, what is wrong; and the signs of what brings the sides together and what drives them apart, which
#: are the palette's two sides, the second darker by day so that a small sign stands out.
PAGE = {
    "ground": ("#f6f7f9", "#141414"),
    "accent": ("#0b5c99", "#6db7ea"),
    "accent-soft": ("#e3eef7", "#1d3345"),
    "warn": ("#a23b1c", "#f2a58c"),
    "warn-soft": ("#fbeae4", "#3a211a"),
    "together": (palette.SENDER, NIGHT[palette.SENDER]),
    "apart": ("#b84a00", NIGHT[palette.TARGET]),
}


def variables() -> str:
    """Return the colours of the page as variables of its style sheet, by day and by night."""
    rules = []
    for place, (name, theme) in enumerate((("light", LIGHT), ("dark", DARK))):
        colours = {field: getattr(theme, field) for field in ("ink", "quiet", "rule", "paper")}
        colours |= {name: both[place] for name, both in PAGE.items()}
        said = " ".join(f"--bc-{name}: {colour};" for name, colour in colours.items())
        rules.append(f".theme--{name} {{ {said} }}")
    return "\n".join(rules)
