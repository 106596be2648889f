"""The actors of a watched world: named windows on rows of its tables.

An actor holds nothing of its own. What is read from it is read from its row, what is written to it stands
in the row when the next month begins, and the compiled month moves the same row. Every column that
``model.world`` declares is an attribute here, with the declaration as its documentation. A share beyond its
range is refused; identities, rows of other tables and counts that a scenario fixes cannot be written.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import IntEnum
from typing import TYPE_CHECKING, Any, ClassVar

import mesa
import numpy as np

from model import vocabulary
from model.network import LAYERS
from model.records import WHOLE, Column
from model.vocabulary import InputError, Kind, Role, member_of, nearest, words_of
from model.world import TABLES

if TYPE_CHECKING:
    from model.model import SanctionsModel

#: Units of columns that hold the structure of a world together; nobody writes them.
STRUCTURE = ("row", "identity")
#: Layers whose ties run one way.
ONE_WAY = ("trade", "trust")


def vocabulary_of(column: Column) -> type[IntEnum] | None:
    """Return the enumeration whose members ``column`` holds, or None where it holds numbers."""
    found = getattr(vocabulary, column.unit, None)
    return found if isinstance(found, type) and issubclass(found, IntEnum) else None


def _reader(column: Column) -> Callable[[Any], Any]:
    """Return what turns a stored value of ``column`` into the one a reader expects."""
    words = vocabulary_of(column)
    if column.shape > 1:
        return lambda stored: stored
    if words is not None:
        return words
    if column.unit == "yes or no":
        return bool
    return float if column.dtype.startswith("f") else int


class Live:
    """One column as an attribute: read from the row, checked and written to the row."""

    def __init__(self, column: Column) -> None:
        self.column = column
        self.read = _reader(column)
        self.words = vocabulary_of(column)
        self.fixed = column.unit in STRUCTURE or (column.unit == "count" and not column.moved_by)
        self.__doc__ = told(column)

    def __get__(self, window: Window | None, owner: type | None = None) -> Any:
        if window is None:
            return self
        return self.read(window.rows[self.column.name][window.row])

    def __set__(self, window: Window, value: Any) -> None:
        window.rows[self.column.name][window.row] = self._checked(window, value)

    def _checked(self, window: Window, value: Any) -> Any:
        column = self.column
        if self.fixed:
            raise InputError(f"{window!r}: {column.name} ({column.meaning}) is fixed by the scenario")
        if self.words is not None:
            if isinstance(value, str):
                return member_of(self.words, value)
            if value not in list(self.words):
                allowed = ", ".join(words_of(self.words))
                raise InputError(f"{window!r}: {column.name} is {value!r}; allowed is one of {allowed}")
            return value
        numbers = np.asarray(value)
        whole = column.dtype != WHOLE or numbers.dtype.kind in "iub"
        shaped = numbers.shape in ((), (column.shape,)) if column.shape > 1 else numbers.shape == ()
        if not (shaped and whole and numbers.dtype.kind in "iufb" and np.isfinite(numbers).all()):
            raise InputError(f"{window!r}: {column.name} is {value!r}; it holds {_held(column)}")
        if (numbers < column.low).any() or (numbers > column.high).any():
            raise InputError(f"{window!r}: {column.name} is {value!r}; allowed is {_range(column)}")
        return value


def _held(column: Column) -> str:
    kind = "whole number" if column.dtype == WHOLE else "number"
    return f"a {kind}" if column.shape == 1 else f"{column.shape} {kind}s, or one for all"


def _range(column: Column) -> str:
    low, high = (f"{bound:g}" for bound in (column.low, column.high))
    if column.unit == "yes or no":
        return "yes or no"
    if column.high == np.inf:
        return f"{column.unit}" if column.low == -np.inf else f"{low} and more ({column.unit})"
    return f"{low} to {high} ({column.unit})"


def told(column: Column) -> str:
    """Return the declaration of ``column`` as a sentence: what it means, its range, and what moves it."""
    words = vocabulary_of(column)
    held = f"{words.__name__}: {', '.join(words_of(words))}" if words is not None else _range(column)
    many = f"; {column.shape} of them" if column.shape > 1 else ""
    moved = f"; moved by {column.moved_by}" if column.moved_by else "; set by the scenario"
    return f"{column.meaning[0].upper()}{column.meaning[1:]} ({held}{many}{moved})."


class Window:
    """A view of one row of one table of a watched world; subclasses name the table."""

    table: ClassVar[str] = ""
    #: The columns, by name.
    columns: ClassVar[dict[str, Column]] = {}

    model: SanctionsModel
    row: int
    name: str

    def __init_subclass__(cls, table: str = "", **arguments: Any) -> None:
        super().__init_subclass__(**arguments)
        if not table:
            return
        cls.table = table
        cls.columns = {column.name: column for column in TABLES[table]}
        for name, column in cls.columns.items():
            setattr(cls, name, Live(column))
        lines = [f"{name}\n    {told(column)}" for name, column in cls.columns.items()]
        cls.__doc__ = "\n".join([cls.__doc__ or "", "", "Attributes", "----------", *lines])

    if TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any: ...

    @property
    def rows(self) -> Any:
        """The whole table, of which this is one row, as a plain structured array (quicker than records)."""
        return getattr(self.model.world, self.table).view(np.ndarray)

    def record(self) -> dict[str, Any]:
        """Return every column by its name; columns of several numbers as arrays of their own."""
        values = {name: getattr(self, name) for name in self.columns}
        return {
            name: value.copy() if isinstance(value, np.ndarray) else value for name, value in values.items()
        }

    def __repr__(self) -> str:
        return f"{type(self).__name__.lower()} '{self.name}'"


class Part(Window, table="parties"):
    """What one state is to one dispute: its role, its measures, its hidden character and red line.

    Drawn by `model.mechanisms.shocks` when a leader takes office; moved by bargaining, relief, channels,
    compliance and region.
    """

    def __init__(self, model: SanctionsModel, row: int) -> None:
        self.model, self.row = model, row
        dispute, state = model.case.parties[row]
        self.name = f"{state} in {dispute}"


class Dispute(Window, table="disputes"):
    """One sanctions dispute: what is asked, promised, done, reported and believed, and how tense it is.

    Moved by every mechanism; nearly all of them meet here.
    """

    def __init__(self, model: SanctionsModel, row: int) -> None:
        self.model, self.row = model, row
        self.name = model.case.disputes[row]


class Actor(Window, mesa.Agent):
    """An actor with a name, a row in the table of its kind, and ties to other actors.

    Attributes
    ----------
    name : str
        As in the scenario.
    number : int
        Its number among all actors, as the ledger and the trust layer count them.
    row : int
        Its row in the table of its kind.
    """

    kind_of_actor: ClassVar[Kind]

    def __init__(self, model: SanctionsModel, name: str, number: int, row: int) -> None:
        super().__init__(model)
        self.name, self.number, self.row = name, number, row

    def ties(self, layer: str) -> list[tuple[Actor, float]]:
        """Return those this actor is tied to along ``layer``, each with the weight of the tie.

        Ties of trade and trust are those that start here: whose trade, whose belief. Ties of the other
        layers are returned whichever end this actor is.

        Raises
        ------
        InputError
            If there is no such layer.
        """
        if layer not in LAYERS:
            raise InputError(f"'{layer}' is not one of {', '.join(LAYERS)}{nearest(layer, LAYERS)}")
        graph = self.model.network
        found = [(end, tie) for _, end, tie in graph.out_edges(self.name, data=True) if tie["layer"] == layer]
        if layer not in ONE_WAY:
            found += [
                (end, tie) for end, _, tie in graph.in_edges(self.name, data=True) if tie["layer"] == layer
            ]
        return [(self.model.actor(end), float(tie["weight"])) for end, tie in found]


class State(Actor, table="states"):
    """A state: an economy, a public, and a government that answers to it.

    Its losses are moved by `model.mechanisms.pressure`, its output and hardship by ``economy``, its public
    by ``domestic`` and ``civil``, its leader by ``shocks``, its dealings with a target by ``region``. What
    it does in a dispute (its measures, relief, membership, reading of the other side) stands in its `parts`.
    """

    kind_of_actor = Kind.STATE

    @property
    def parts(self) -> dict[str, Part]:
        """Its part in every dispute it is party to, by the dispute's name."""
        places = enumerate(self.model.case.parties)
        return {dispute: Part(self.model, row) for row, (dispute, state) in places if state == self.name}

    @property
    def roles(self) -> dict[str, Role]:
        """Its role in every dispute it is party to, by the dispute's name."""
        return {dispute: Role(part.role) for dispute, part in self.parts.items()}


class RegionalBody(Actor, table="bodies"):
    """A regional or international body: it holds members to a line, hosts, evaluates, sponsors, verifies.

    Its line and cohesion are moved by `model.mechanisms.region`; where a dispute names it as the verifier,
    ``verification`` reports in its name.
    """

    kind_of_actor = Kind.BODY


class Mediator(Actor, table="mediators"):
    """Somebody who carries messages between the two sides of a dispute, and finds packages they can share.

    It opens, keeps and loses channels in `model.mechanisms.channels`, bridges offers in ``bargaining``, and
    stands as high as ``trust`` says the two sides believe it.
    """

    kind_of_actor = Kind.MEDIATOR


class CivilSociety(Actor, table="civil"):
    """A group outside government that watches, suffers, trades, reports or mobilises.

    What it holds and how loudly it is heard is moved by `model.mechanisms.civil`, which also lets it weigh
    on governments and, as a watchdog, on what monitors find.
    """

    kind_of_actor = Kind.CIVIL_SOCIETY


#: The class of each kind of actor, in the order in which actors are numbered.
CLASSES: dict[Kind, type[Actor]] = {
    kind.kind_of_actor: kind for kind in (State, RegionalBody, Mediator, CivilSociety)
}

#: What is kept of agents where that is asked for: every single number that a mechanism moves.
AGENT_SERIES: dict[type[Actor], dict[str, str]] = {
    kind: {name: name for name, column in kind.columns.items() if column.is_state and column.shape == 1}
    for kind in CLASSES.values()
}
