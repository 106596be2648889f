"""A strategy is data: a text file that an analyst can read aloud, checked and turned into rows.

The keys of a file and their neutral defaults stand in ``strategy_format``, what can be wrong with one in
``strategy_faults``, how a file varies another in ``strategy_variants``, what it costs in ``means``.
Depths asked are those to be reached by the end of a stage, relative to what the dispute demands (1.0 is
the full demand), and stand until a later stage asks more; relief is the share of what was imposed that a
stage gives back, and adds up.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Self

from pydantic import PrivateAttr, ValidationError, model_validator

from model.means import Totals, totals_of
from model.plan import Plans
from model.strategy_faults import faults_of, translated
from model.strategy_fit import Setting, misfits
from model.strategy_format import Script
from model.strategy_idle import without_idle
from model.strategy_rows import rows_of
from model.strategy_variants import EVERY_STAGE, VARIES, misuse, retold, varied
from model.vocabulary import InputError, label_of_file, nearest

#: Where the bundled strategies are kept.
BUNDLED = Path(__file__).parent / "strategies"
#: The folder from which paths are seen that stand in no file.
HERE = Path()


class Strategy(Script):
    """A strategy without faults: what is asked and given, in which order, on which conditions.

    Two strategies are equal that say the same, wherever they were read from.
    """

    _path: Path | None = PrivateAttr(None)
    _varies: str | None = PrivateAttr(None)

    @model_validator(mode="after")
    def _faultless(self) -> Self:
        faults = faults_of(self)
        if faults:
            raise InputError("\n".join(faults))
        return self

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Strategy) and dict(self) == dict(other)

    def __hash__(self) -> int:
        return hash(tuple(dict(self).values()))

    @property
    def path(self) -> Path | None:
        """The file it was read from; None where it was read from a dictionary."""
        return self._path

    @property
    def varies(self) -> str | None:
        """The name of the strategy that it varies; None where it stands for itself."""
        return self._varies

    def check(self, scenario: Setting) -> None:
        """Raise if the strategy asks or offers what the scenario does not have.

        Raises
        ------
        InputError
            If it names a milestone that a dispute does not demand, relief in a sector in which no sender
            trades with the target, a sender that is none, or a regional role where there is no body.
        """
        faults = misfits(self, scenario)
        if faults:
            raise InputError("\n".join(f"{self.label}: {fault}" for fault in faults))

    def totals(self, scenario: Setting) -> Totals:
        """Return its relief (points a year), pressure (level x months) and effort (envoy-months)."""
        return totals_of(self, scenario)

    def write(self, path: str | Path) -> None:
        """Write the strategy to a file that reads back equal; keys left at their defaults stay out.

        A variant is written out whole, so that the file stands for itself.
        """
        Path(path).write_text(self.text(), encoding="utf-8")

    def text(self) -> str:
        """Return the strategy as the text of a file."""
        return toml_of(self.model_dump(exclude_unset=True))

    def derived(self, suffix: str, how: str, changes: Mapping[str, Any]) -> Strategy:
        """Return a strategy that differs from this one as a file does that varies it.

        Parameters
        ----------
        suffix : str
            What its name and title have after those of this one.
        how : str
            A sentence on the difference, which its description ends with.
        changes : mapping
            What such a file would say, but for what it says of itself. What can then no longer act is left
            out.
        """
        own = {
            "name": f"{self.name}-{suffix}",
            "title": f"{self.title}, {suffix.replace('-', ' ')}",
            "description": f"{self.description} {how}",
            "source": self.source,
        }
        said = varied(self.model_dump(exclude_unset=True), own | dict(changes))
        made = validated(said, {}, f"strategy '{own['name']}'")
        made._varies = self.name
        return made

    @property
    def label(self) -> str:
        """How messages name it: by its file, or by its name where it was read from a dictionary."""
        return label_of_file(self._path) if self._path else f"strategy '{self.name}'"


def list_strategies(variants: bool = True) -> list[str]:
    """Return the names of the bundled strategies in alphabetical order, with or without ``variants``."""
    names = sorted(path.stem for path in BUNDLED.glob("*.toml"))
    return [name for name in names if variants or load_strategy(name).varies is None]


def load_strategy(source: str | Path | Mapping[str, Any] | Strategy) -> Strategy:
    """Return the strategy of that name, in that file, or said by that dictionary.

    Parameters
    ----------
    source : str, Path, mapping or Strategy
        The name of a bundled strategy, the path of a file ending in ``.toml``, what such a file holds, or
        a strategy, which is returned as it is.

    Raises
    ------
    InputError
        If there is no such strategy, or if it has faults: all of them, one a line.
    """
    if isinstance(source, Strategy):
        return source
    if isinstance(source, Mapping):
        return read(source, f"strategy '{source.get('name', 'without a name')}'")
    return read_file(path_of(source))


def path_of(source: str | Path, home: Path = HERE) -> Path:
    """Return the file of a strategy given by its bundled name or by its path from the folder ``home``."""
    bundled = list_strategies()
    if str(source) in bundled:
        return BUNDLED / f"{source}.toml"
    path = home / source
    if path.is_file():
        return path
    hint = nearest(path.stem, bundled)
    raise InputError(f"{source}: there is no such strategy; a path or one of {', '.join(bundled)}{hint}")


def read_file(path: Path, variants: Sequence[Path] = ()) -> Strategy:
    """Return the strategy in the file ``path``, which is being varied by the files ``variants``."""
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise InputError(f"{label_of_file(path)}: is not a TOML file: {fault}") from fault
    strategy = read(content, label_of_file(path), path.parent, (*variants, path.resolve()))
    strategy._path = path
    return strategy


def read(
    content: Mapping[str, Any], label: str, home: Path = HERE, variants: Sequence[Path] = ()
) -> Strategy:
    """Return the strategy that ``content`` says, or raise all its faults, each with its ``label``."""
    if VARIES not in content and EVERY_STAGE not in content:
        return validated(content, None, label)
    base = base_of(content, label, home, variants)
    strategy = validated(varied(base.model_dump(exclude_unset=True), content), content, label)
    strategy._varies = base.name
    return strategy


def validated(said: Mapping[str, Any], own: Mapping[str, Any] | None, label: str) -> Strategy:
    """Return the strategy that says ``said``, of which only ``own`` is its author's, or raise all its faults.

    What was taken over and cannot act beside what is its own is left out; None stands for all of it.
    """
    try:
        return Strategy.model_validate(dict(said) if own is None else without_idle(said, own))
    except ValidationError as error:
        faults = retold(translated(error, Strategy), own or {})
    raise InputError("\n".join(f"{label}: {fault}" for fault in faults))


def base_of(content: Mapping[str, Any], label: str, home: Path, variants: Sequence[Path]) -> Strategy:
    """Return the strategy that ``content`` varies, whose path it says as seen from the folder ``home``.

    Raises
    ------
    InputError
        If there is none, if it has faults, or if it varies in its turn one of ``variants``.
    """
    if faults := misuse(content):
        raise InputError("\n".join(f"{label}: {fault}" for fault in faults))
    try:
        path = path_of(content[VARIES], home)
        if path.resolve() in variants:
            raise InputError(f"{content[VARIES]}: varies itself, by way of the files that vary it")
        return read_file(path, variants)
    except InputError as fault:
        raise InputError(
            "\n".join(f"{label}: {VARIES}: {line}" for line in str(fault).splitlines())
        ) from None


def stack(strategies: Sequence[Strategy], scenario: Setting) -> Plans:
    """Return the strategies as read-only rows, checked against the scenario in which they will run.

    Returns
    -------
    Plans
        One header a strategy in the order given; its stages, track after track, and its rules follow one
        another in the tables that the headers point into.

    Raises
    ------
    InputError
        If a strategy does not fit the scenario (see `Strategy.check`).
    """
    for strategy in strategies:
        strategy.check(scenario)
    return rows_of(strategies, scenario)


def toml_of(content: Mapping[str, Any]) -> str:
    """Return a strategy's keys as the text of a file: the header in tables, a stage or rule a section."""
    lines = []
    for key, value in content.items():
        if isinstance(value, Mapping):
            lines += ["", f"[{key}]", *lines_of(value)]
        elif isinstance(value, Sequence) and not isinstance(value, str):
            for section in value:
                lines += ["", f"[[{key}]]", *lines_of(section)]
        else:
            lines.append(f"{key} = {value_of(value)}")
    return "\n".join(lines) + "\n"


def lines_of(table: Mapping[str, Any]) -> list[str]:
    """Return the keys of a table, one a line."""
    return [f"{key} = {value_of(value)}" for key, value in table.items()]


def value_of(value: Any) -> str:
    """Return a value as TOML spells it; text, numbers and truth as JSON does."""
    if isinstance(value, Mapping):
        return "{ " + ", ".join(lines_of(value)) + " }"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(value_of(each) for each in value) + "]"
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007F")
