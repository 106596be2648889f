"""Say what is being done, how fast, and how long it will take; on stderr, so that results can be piped."""

from __future__ import annotations

import time
from types import TracebackType
from typing import Any, Self

from rich.console import Console
from rich.progress import (
    BarColumn,
    Progress,
    ProgressColumn,
    SpinnerColumn,
    Task,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
)
from rich.text import Text

#: Seconds between plain lines where there is no terminal to draw a bar on.
PAUSE = 10.0
#: Seconds between changes of the one line that a notebook shows.
BLINK = 1.0
#: Seconds from which on a rate is told: several workers have done their first batch at almost the same time.
LEAST = 1.0


class Pace(ProgressColumn):
    """Runs a second, the time to go and what failed, once there is something to tell."""

    def render(self, task: Task) -> Text:
        """Return the text for `task`."""
        return Text(str(task.fields.get("pace", "")))


def pace(done: int, to_go: int, seconds: float) -> str:
    """Return "1,200 runs a second, 0:42 to go"."""
    rate = done / max(seconds, 1e-9)
    shown = f"{rate:,.0f}" if rate >= 10 else f"{rate:.2g}"
    return f"{shown} runs a second, {clock(to_go / rate)} to go"


def clock(seconds: float) -> str:
    """Return a time as "0:42" or "3:07:42"."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes}:{rest:02d}"


class Progressing:
    """What is called as runs are done: a bar on a terminal, plain lines elsewhere, one line in a notebook."""

    def __init__(self, what: str, console: Console | None = None) -> None:
        self.console = console or Console(stderr=True)
        self.sentences = {
            "compiling": "compiling the model",
            "running": f"running {what}",
            "asking": f"asking for {what}",
        }
        self.bars: dict[str, TaskID] = {}
        self.begun: dict[str, float] = {}
        self.first: dict[str, int] = {}
        self.before: dict[str, tuple[int, float]] = {}
        self.told: dict[str, float] = {}
        self.handle: Any = None
        self.latest = time.monotonic()
        self.board = Progress(
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(bar_width=24),
            TextColumn("{task.fields[count]}"),
            TimeElapsedColumn(),
            Pace(),
            console=self.console,
            transient=True,
        )

    @property
    def is_drawn(self) -> bool:
        """Whether there is a terminal that a bar can be drawn on."""
        return self.console.is_terminal and not self.console.is_dumb_terminal

    def __enter__(self) -> Self:
        if self.is_drawn:
            self.board.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.is_drawn:
            self.board.stop()

    def __call__(self, doing: str, done: int, total: int, failed: int = 0) -> None:
        """Show that `done` of `total` are ready of what is being done ("compiling" or "running").

        What is done at the first call counts as done before, by an earlier sweep perhaps. The clock of the
        rate begins when the first of the rest has been done, which took as long as it takes to begin: workers
        that start, a month that each compiles.
        """
        now = time.monotonic()
        # The first word of a part may come when some of it is done: it began where the last part ended.
        self.begun.setdefault(doing, self.latest)
        self.first.setdefault(doing, done)
        if done > self.first[doing]:
            self.before.setdefault(doing, (done, now))
        self.latest = now
        if self.is_drawn:
            self._draw(doing, done, total, failed)
        else:
            self._tell(doing, done, total, failed)

    def sentence(self, doing: str, done: int, total: int) -> str:
        """Return what is being done; of compiling also how long it took the last time, its `total`."""
        known = self.sentences.get(doing, doing)
        lasting = f" (about {total} s on this machine)" if doing == "compiling" and total and not done else ""
        return known + lasting

    def paces(self, doing: str, done: int, total: int, failed: int) -> str:
        """Return how fast it goes, how long it will take and what failed, as far as that can be told."""
        earlier, since = self.before.get(doing, (done, self.latest))
        parts = []
        if doing == "running" and done > earlier and self.latest - since >= LEAST:
            parts.append(pace(done - earlier, total - done, self.latest - since))
        if failed:
            parts.append(f"{failed:,} failed")
        return ", ".join(parts)

    def _draw(self, doing: str, done: int, total: int, failed: int) -> None:
        sentence = self.sentence(doing, done, total)
        is_counted = doing != "compiling"
        if doing not in self.bars:
            for earlier in self.bars.values():
                self.board.update(earlier, visible=False)
            self.bars[doing] = self.board.add_task(sentence, total=None, count="", pace="")
        # A compiler does not know how far it is: its bar only shows that it works, and the time.
        self.board.update(
            self.bars[doing],
            completed=done,
            total=total if is_counted else None,
            count=f"{done:,} of {total:,}" if is_counted else "",
            pace=self.paces(doing, done, total, failed),
        )

    def _tell(self, doing: str, done: int, total: int, failed: int) -> None:
        is_finished = done >= max(total, 1)
        pause = BLINK if self.console.is_jupyter else PAUSE
        if self.latest - self.told.get(doing, -pause) < pause and not is_finished:
            return
        self.told[doing] = self.latest
        line = f"{self.sentence(doing, done, total)} ..."
        if is_finished:
            line += f" done in {self.latest - self.begun[doing]:.1f} s"
            line += f", {failed:,} failed" if failed else ""
        elif doing != "compiling" and done:
            known = [f"{done:,} of {total:,}", self.paces(doing, done, total, failed)]
            line += " " + ", ".join(part for part in known if part)
        if self.console.is_jupyter:
            self._show(line)
        else:
            self.console.print(line, highlight=False, soft_wrap=True)

    def _show(self, line: str) -> None:
        """Show a line in a notebook, in the place of the one before."""
        from IPython.display import display

        shown = {"text/plain": line}
        if self.handle is None:
            self.handle = display(shown, raw=True, display_id=True)
        else:
            self.handle.update(shown, raw=True)
