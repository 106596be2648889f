"""A page is lived: its files are saved, its commands and its Python run, and their answers are compared.

A page says by its shape what each block is:

- a block after the words "Save this as `NAME`" is that file;
- one after "This is `PATH`, whole" is that file of ours;
- ``sh`` is typed in a shell, in a folder where ``.venv`` is, and succeeds; ``make`` is left to CI;
- ``diff`` is done to a checkout, and a page with one is lived in a copy of it;
- ``python`` is run, all of a page in one interpreter;
- ``text`` is what the block before it answered, ``...`` standing for what is left out. Where the answer
  begins with "backchannel: ", the command is refused, and this is what is said.

A figure after ``<!-- from PATH -->`` is what the commands draw there.

``python tests/living.py docs/howto/*.md`` lives pages and brings answers and figures up to date.
"""

from __future__ import annotations

import contextlib
import difflib
import io
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import textwrap
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests import typist

ROOT = Path(__file__).resolve().parent.parent
BLOCK = re.compile(r"^(?P<margin> *)```(?P<language>\w+)\n(?P<body>.*?)^ *```$", re.DOTALL | re.MULTILINE)
SAVED = re.compile(r"[Ss]ave this as `([^`]+)`[^`]*\Z")
OURS = re.compile(r"[Tt]his is `([^`]+)`, whole[^`]*\Z")
PICTURED = re.compile(r"<!-- from (\S+) -->\n!\[[^]]*\]\(([^)]+)\)")
LEFT_OUT = "..."
REFUSED = "backchannel: "
#: Narrow enough for a page, and the same wherever a page is lived.
WIDTH = "100"


@dataclass(frozen=True)
class Block:
    """A block of code on a page, and the words before it."""

    language: str
    body: str
    before: str
    place: tuple[int, int]
    margin: str = ""


def blocks_of(text: str) -> list[Block]:
    """Return the blocks of code of a page, those inside lists too."""
    return [
        Block(
            found["language"],
            textwrap.dedent(found["body"]),
            re.sub(r"<!--.*?-->\n*", "", text[: found.start()]).rstrip().rpartition("\n\n")[2],
            found.span("body"),
            found["margin"],
        )
        for found in BLOCK.finditer(text)
    ]


def blocks(page: str, language: str) -> list[str]:
    """Return the blocks of a page in one language."""
    return [block.body for block in blocks_of(text_of(page)) if block.language == language]


def text_of(page: str) -> str:
    """Return what a page of the checkout says."""
    return (ROOT / page).read_text(encoding="utf-8")


def changes_model(page: str) -> bool:
    """Return whether a page changes the checkout, and so is lived in a copy of it."""
    return bool(blocks(page, "diff"))


@dataclass
class Life:
    """One page, lived in a folder of its own.

    Attributes
    ----------
    page : where it stands in the checkout
    folder : where files are saved and commands typed
    compiled : whether a page that changes the model has its commands run compiled; else uncompiled
    answered : what each ``text`` block should have said, by its place on the page
    """

    page: str
    folder: Path
    compiled: bool = True
    answered: dict[tuple[int, int], str] = field(default_factory=dict)
    groups: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Make ready the folder; where the page changes the model, with a copy of it."""
        self.blocks = blocks_of(text_of(self.page))
        self.checkout = ROOT
        self.environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
        if changes_model(self.page):
            self.checkout = copied(self.folder)
            self.environment["XDG_CACHE_HOME"] = str(self.folder / ".cache")  # what it compiles goes with it
            self.environment |= {} if self.compiled else {"NUMBA_DISABLE_JIT": "1"}
        self.environment |= {"PYTHONPATH": str(self.checkout), "COLUMNS": WIDTH, "NO_COLOR": "1"}
        self.environment["GIT_CEILING_DIRECTORIES"] = str(self.folder.parent)
        self.environment["PYTHONDONTWRITEBYTECODE"] = "1" if self.checkout == ROOT else ""
        if self.checkout == ROOT:
            typist.environment_in(self.folder, ROOT, self.environment)
        else:
            (self.folder / ".venv").symlink_to(sys.prefix)

    def live(self) -> None:
        """Live the page from top to bottom."""
        names: dict[str, Any] = {"__name__": "__main__"}
        answer = ""
        try:
            for block, following in zip(self.blocks, [*self.blocks[1:], None], strict=True):
                expected = following.body if following and following.language == "text" else None
                if saved := SAVED.search(block.before):
                    place = self.folder / saved[1]
                    place.parent.mkdir(parents=True, exist_ok=True)
                    place.write_text(block.body, encoding="utf-8")
                elif ours := OURS.search(block.before):
                    assert block.body == text_of(ours[1]), f"{ours[1]} has other words now"
                elif block.language == "sh":
                    answer = self.typed(block.body, expected)
                elif block.language == "diff":
                    self.applied(block.body)
                elif block.language == "python":
                    answer = self.run(block.body, names)
                elif block.language == "text":
                    self.answered[block.place] = answer
        finally:
            self.end()

    def typed(self, commands: str, expected: str | None) -> str:
        """Type the lines into a shell and return what they answer."""
        lines = [line for line in commands.splitlines() if not re.match(r"make\b|#|$", line)]
        if not lines:
            return ""
        refused = expected is not None and expected.startswith(REFUSED)
        with tempfile.TemporaryFile("w+") as said, tempfile.TemporaryFile("w+") as told:
            shell = subprocess.Popen(
                ["bash", "-euo", "pipefail", "-c", "\n".join(lines)],
                cwd=self.folder, env=self.environment, stdin=subprocess.DEVNULL, stdout=said, stderr=told,
                start_new_session=True,
            )  # fmt: skip
            self.groups.append(shell.pid)
            status = shell.wait(timeout=600)
            said.seek(0)
            told.seek(0)
            answer, errors = said.read(), told.read()
        assert status == (2 if refused else 0), (
            f"{self.page}: {commands}\nends with {status}: {answer}{errors}"
        )
        return errors if refused else answer

    def run(self, code: str, names: dict[str, Any]) -> str:
        """Run a block of Python, in the folder, and return what it prints."""
        with contextlib.chdir(self.folder), contextlib.redirect_stdout(io.StringIO()) as said:
            exec(compile(code, self.page, "exec"), names)
        return said.getvalue()

    def applied(self, change: str) -> None:
        """Do what a ``diff`` says to the copy of the checkout."""
        words = ["git", "apply", "--recount", "-"]
        done = subprocess.run(
            words, cwd=self.folder, input=change, text=True, capture_output=True, check=False
        )
        assert done.returncode == 0, f"{self.page}: {done.stderr}{change}"

    def end(self) -> None:
        """End what the page left running, and wait until it has ended."""
        for group in self.groups:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(group, signal.SIGTERM)
                for _ in range(100):
                    time.sleep(0.1)
                    os.killpg(group, 0)
                os.killpg(group, signal.SIGKILL)

    def check(self) -> None:
        """Compare what the page says is answered with what was."""
        for block in self.blocks:
            if block.place in self.answered:
                answer = self.answered[block.place]
                assert says(block.body, answer), (
                    f"{self.page} says\n\n{block.body}\nbut the answer is\n\n{answer}\n"
                    f"Look at it, then: .venv/bin/python tests/living.py {self.page}"
                )
        for drawn, shown in self.pictures():
            assert drawn.is_file() and shown.is_file(), f"{self.page}: {drawn.relative_to(self.folder)}"

    def pictures(self) -> list[tuple[Path, Path]]:
        """Return what the commands drew, and where the page has it."""
        found = PICTURED.findall(text_of(self.page))
        return [(self.folder / drawn, ROOT / Path(self.page).parent / shown) for drawn, shown in found]

    def refreshed(self) -> str:
        """Return the page with what is answered now, as far left out as it was."""
        text = text_of(self.page)
        for block in reversed(self.blocks):
            if block.place in self.answered:
                body = textwrap.indent(abridged(self.answered[block.place], block.body), block.margin)
                text = text[: block.place[0]] + body + text[block.place[1] :]
        return text


def copied(folder: Path) -> Path:
    """Copy the checkout, without what is made in it but for its bytecode, and return where."""

    def left_out(place: str, names: list[str]) -> set[str]:
        made = {".git", ".venv", "results", "site"} if Path(place) == ROOT else set()
        return {name for name in names if name in made or re.fullmatch(r"\..*_cache", name)}

    shutil.copytree(ROOT, folder, ignore=left_out, dirs_exist_ok=True)
    return folder


def says(shown: str, answer: str) -> bool:
    """Return whether ``shown`` is the answer, but for what is left out of it and for blanks."""
    return bool(
        re.fullmatch("".join(map(_line, _even(shown))), "".join(f"{line}\n" for line in _even(answer)))
    )


def _line(line: str) -> str:
    if line == LEFT_OUT:
        return r"(?:[^\n]*\n)*?"
    return r"[^\n]*?".join(map(re.escape, line.split(LEFT_OUT))) + r"\n"


def _even(text: str) -> list[str]:
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]


def abridged(answer: str, shown: str) -> str:
    """Return the lines of an answer that are most like those shown, and the marks of what is left out."""
    lines = [line.rstrip() for line in answer.strip("\n").splitlines()]
    kept, start = [], 0
    for old in shown.splitlines():
        if old.strip() in ("", LEFT_OUT):
            kept.append(old)
            continue
        like = [_likeness(old, line) for line in lines[start:]]
        if like:
            best = start + max(range(len(like)), key=like.__getitem__)
            kept.append(old if LEFT_OUT in old and says(old, lines[best]) else lines[best])
            start = best + 1
    return "\n".join(kept) + "\n"


def _likeness(old: str, new: str) -> float:
    """Return how like two lines are, their numbers last."""
    plain = [" ".join(line.split()) for line in (old, new)]
    masked = [re.sub(r"\d+", "0", line) for line in plain]
    in_words, in_all = (difflib.SequenceMatcher(None, *pair).ratio() for pair in (masked, plain))
    return in_words + 0.1 * in_all


@contextlib.contextmanager
def lived(page: str, compiled: bool = True) -> Iterator[Life]:
    """Live a page in a folder that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="backchannel-") as folder:
        life = Life(page, Path(folder), compiled)
        life.live()
        yield life


if __name__ == "__main__":
    for named in sys.argv[1:]:
        place = Path(named).resolve()
        with lived(str(place.relative_to(ROOT))) as life:
            place.write_text(life.refreshed(), encoding="utf-8")
            for drawn, shown in life.pictures():
                shutil.copyfile(drawn, shown)
