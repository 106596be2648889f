"""Say what is being done, how fast, and how long it will take; on stderr, so that results can be piped."""

from __future__ import annotations

import time
from types import TracebackType
from typing import Self

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


class Pace(ProgressColumn):
    """Runs a second and the time to go, once there is something to tell."""

    def render(self, task: Task) -> Text:
        """Return the text for `task`."""
        if not task.total or not task.completed or not task.elapsed:
            return Text("")
        return Text(pace(int(task.completed), int(task.total), task.elapsed))


def pace(done: int, total: int, seconds: float) -> str:
    """Return "1,200 runs a second, 0:42 to go"."""
    rate = done / max(seconds, 1e-9)
    minutes, rest = divmod(round((total - done) / rate), 60)
    shown = f"{rate:,.0f}" if rate >= 10 else f"{rate:.2g}"
    return f"{shown} runs a second, {minutes}:{rest:02d} to go"


class Progressing:
    """What ``run_ensemble`` calls as it goes: a bar on a terminal, plain lines elsewhere."""

    def __init__(self, what: str, console: Console | None = None) -> None:
        self.console = console or Console(stderr=True)
        self.sentences = {"compiling": "compiling the model", "running": f"running {what}"}
        self.bars: dict[str, TaskID] = {}
        self.begun: dict[str, float] = {}
        self.told: dict[str, float] = {}
        self.latest = time.monotonic()
        self.board = Progress(
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(bar_width=24),
            TimeElapsedColumn(),
            Pace(),
            console=self.console,
            transient=True,
        )

    def __enter__(self) -> Self:
        if self.console.is_terminal:
            self.board.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.console.is_terminal:
            self.board.stop()

    def __call__(self, doing: str, done: int, total: int) -> None:
        """Show that `done` of `total` are ready of what is being done ("compiling" or "running")."""
        # The first word of a part may come when some of it is done: it began where the last part ended.
        self.begun.setdefault(doing, self.latest)
        self.latest = time.monotonic()
        if self.console.is_terminal:
            self._draw(doing, done, total)
        else:
            self._tell(doing, done, total)

    def sentence(self, doing: str, done: int, total: int) -> str:
        """Return what is being done; of compiling also how long it took the last time, its `total`."""
        known = self.sentences.get(doing, doing)
        lasting = f" (about {total} s on this machine)" if doing == "compiling" and total and not done else ""
        return known + lasting

    def _draw(self, doing: str, done: int, total: int) -> None:
        sentence = self.sentence(doing, done, total)
        if doing not in self.bars:
            for earlier in self.bars.values():
                self.board.update(earlier, visible=False)
            self.bars[doing] = self.board.add_task(sentence, total=None)
        # A compiler does not know how far it is: its bar only shows that it works, and the time.
        self.board.update(self.bars[doing], completed=done, total=None if doing == "compiling" else total)

    def _tell(self, doing: str, done: int, total: int) -> None:
        moment = time.monotonic()
        due = moment - self.told.get(doing, -PAUSE) >= PAUSE
        finished = done >= max(total, 1)
        if not due and not finished:
            return
        self.told[doing] = moment
        line = f"{self.sentence(doing, done, total)} ..."
        if finished:
            line += f" done in {moment - self.begun[doing]:.1f} s"
        elif done and doing != "compiling":
            line += f" {done:,} of {total:,}, {pace(done, total, moment - self.begun[doing])}"
        self.console.print(line, highlight=False, soft_wrap=True)
