"""How actors are told apart: the shape of each kind, the colour of each role, and whose name matters more."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from browser.scene.cast import PRINCIPALS
from experiments import palette
from model.vocabulary import Kind, word_of

if TYPE_CHECKING:
    from browser.scene.cast import Member
    from browser.scene.snapshot import Snapshot


class Paint(NamedTuple):
    """How a role is drawn: its name, its colour, and whether its shape is filled."""

    title: str
    colour: str
    is_filled: bool = True


#: The shape of every kind.
SHAPES = {Kind.STATE: "circle", Kind.BODY: "rect", Kind.MEDIATOR: "diamond", Kind.CIVIL_SOCIETY: "triangle"}
#: How large a shape is drawn against a circle of the same area.
SHAPE_SCALE = {Kind.STATE: 1.0, Kind.BODY: 0.85, Kind.MEDIATOR: 1.2, Kind.CIVIL_SOCIETY: 1.05}
#: How each role of a state in a dispute is painted; states without one are painted as "".
ROLES: dict[str, Paint] = {
    role: Paint(role.replace("-", " ") or "no part", colour) for role, colour in palette.ROLES.items()
}
#: Roles of those who can leave the coalition.
SENDERS = ("lead-sender", "sender")
#: How one that has left is told in the tooltip and in the key.
LEFT = "has left the coalition"
#: How the other kinds are painted.
KINDS: dict[Kind, Paint] = {
    kind: Paint(word_of(kind).replace("-", " "), palette.KINDS[word_of(kind)], kind == Kind.MEDIATOR)
    for kind in (Kind.BODY, Kind.MEDIATOR, Kind.CIVIL_SOCIETY)
}


def paint_of(member: Member, dispute: str, now: Snapshot | None = None) -> Paint:
    """Return how an actor is painted in a dispute; hollow where it has left the coalition by now."""
    if member.kind in KINDS:
        return KINDS[member.kind]
    paint = ROLES[role_of(member, dispute)]
    return paint._replace(is_filled=False) if now is not None and has_left(member, dispute, now) else paint


def has_left(member: Member, dispute: str, now: Snapshot) -> bool:
    """Return whether an actor is a sender that no longer keeps its measures in force."""
    if role_of(member, dispute) not in SENDERS:
        return False
    place = member.parties.get(dispute, next(iter(member.parties.values())))
    party = now.row("parties", place)
    return not party["member"] and bool((party["imposed"] > 0).any())


def role_of(member: Member, dispute: str) -> str:
    """Return the role of a state in the dispute that is looked at, or else in its first; empty for none."""
    return member.roles.get(dispute) or next(iter(member.roles.values()), "")


def role_told(member: Member, dispute: str) -> str:
    """Return the kind and the role of an actor, as in: state, target."""
    kind = word_of(member.kind).replace("-", " ")
    if member.kind != Kind.STATE:
        return kind
    role = ROLES[role_of(member, dispute)].title
    elsewhere = (
        next(iter(member.roles)).replace("-", " ") if member.roles and dispute not in member.roles else ""
    )
    return f"{kind}, {role} in {elsewhere}" if elsewhere else f"{kind}, {role}"


def rank_of(member: Member, dispute: str) -> float:
    """Return how much the name of an actor matters; principals and mediators first."""
    role = role_of(member, dispute)
    if role in PRINCIPALS:
        return 5.0
    if member.kind == Kind.MEDIATOR:
        return 3.5
    return {"sender": 3.0, "veto-player": 2.8, "ally": 2.6, "spoiler": 2.5, "neighbour": 2.4}.get(
        role, 2.0 if member.kind == Kind.BODY else 1.5 if role else 1.0
    )
