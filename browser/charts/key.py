"""What the shapes and colours of a network mean."""

from __future__ import annotations

from typing import Any

from browser.charts.theme import Theme
from browser.reading.roles import KINDS, LEFT, ROLES, SENDERS, SHAPES, role_of
from browser.scene.story import Chapter
from model.vocabulary import Kind


def key_of(chapter: Chapter, theme: Theme) -> list[dict[str, Any]]:
    """Return what shapes and colours mean: those kinds and roles that are in the chapter's network."""
    members = chapter.cast.members.values()
    roles = {role_of(member, chapter.dispute) for member in members if member.kind == Kind.STATE}
    entries = [(SHAPES[Kind.STATE], paint) for role, paint in ROLES.items() if role in roles]
    if not roles.isdisjoint(SENDERS):
        entries.append((SHAPES[Kind.STATE], ROLES[SENDERS[-1]]._replace(title=LEFT, is_filled=False)))
    there = {member.kind for member in members}
    entries += [(SHAPES[kind], paint) for kind, paint in KINDS.items() if kind in there]
    return [
        {
            "shape": shape,
            "title": paint.title,
            "colour": theme.colour(paint.colour),
            "is_filled": paint.is_filled,
        }
        for shape, paint in entries
    ]
