"""What every results folder of an experiment has: a manifest, a name, a question."""

from __future__ import annotations

from pathlib import Path
from typing import Any, ClassVar

from experiments import manifest
from model.vocabulary import InputError


class Kept:
    """A results folder of one kind.

    Parameters
    ----------
    folder : str or Path

    Raises
    ------
    InputError
        If it is not such a folder.
    """

    #: What the manifest calls it, and the verb that writes it.
    kind: ClassVar[str]
    #: What its manifest has to say, for anything to be read.
    needs: ClassVar[tuple[str, ...]] = (
        "name",
        "title",
        "command",
        "finished",
        "scenarios",
        "seed",
        "without",
    )

    def __init__(self, folder: str | Path) -> None:
        self.folder = Path(folder)
        #: The manifest.
        self.account: dict[str, Any] = manifest.read_manifest(self.folder)
        if self.account.get("kind") != self.kind:
            told = f"holds no {self.kind}: name a folder that backchannel {self.kind} wrote"
            raise InputError(f"'{folder}' {told}")
        lacking = [name for name in self.needs if name not in self.account]
        if lacking:
            raise InputError(f"'{self.folder / manifest.MANIFEST}' is damaged: it lacks {', '.join(lacking)}")

    @property
    def name(self) -> str:
        """Name of the experiment."""
        return str(self.account["name"])

    @property
    def title(self) -> str:
        """Its question."""
        return str(self.account["title"])
