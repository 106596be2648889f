"""A ``backchannel`` that starts at once, for tests: an interpreter has all ready and forks for each command.

What starts a command is paid once, not once a command: imports, and loading the compiled month. All else is
as a reader has it: a shell types the words, finds ``.venv/bin/backchannel`` and waits for a process with
that folder, that environment, those streams and an exit status of its own. Only the name leads elsewhere.
"""

from __future__ import annotations

import atexit
import contextlib
import functools
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Mapping
from pathlib import Path

#: What is typed: it hands its words, folder, environment and streams over, and ends as the command ends.
CALL = """#!{python} -IS
import json, os, socket, sys
with socket.socket(socket.AF_UNIX) as line:
    line.connect({place!r})
    words = json.dumps([sys.argv[1:], os.getcwd(), dict(os.environ)]).encode()
    socket.send_fds(line, [len(words).to_bytes(8)], [0, 1, 2])
    line.sendall(words)
    answer = line.recv(1)
    sys.exit(answer[0] if answer else "backchannel ended without a status")
"""


def environment_in(folder: Path, checkout: Path, settings: Mapping[str, str]) -> None:
    """Make a ``.venv`` in ``folder`` that is ours, but for a ``backchannel`` that starts at once."""
    programs = folder / ".venv" / "bin"
    programs.mkdir(parents=True)
    for program in (Path(sys.prefix) / "bin").iterdir():
        (programs / program.name).symlink_to(program)
    (folder / ".venv" / "pyvenv.cfg").symlink_to(Path(sys.prefix) / "pyvenv.cfg")
    (folder / ".venv" / "lib").symlink_to(Path(sys.prefix) / "lib")
    call = programs / "backchannel"
    call.unlink(missing_ok=True)
    place = ready(checkout, tuple(sorted(settings.items())))
    call.write_text(CALL.format(python=sys.executable, place=place), encoding="utf-8")
    call.chmod(0o755)


@functools.cache
def ready(checkout: Path, settings: tuple[tuple[str, str], ...]) -> str:
    """Start an interpreter that waits for commands, once for all pages, and return where it listens."""
    folder = tempfile.mkdtemp(prefix="backchannel-")
    place = f"{folder}/line"
    words = [sys.executable, "-m", "tests.typist", place]
    waiting = subprocess.Popen(
        words,
        cwd=checkout,
        env=dict(settings),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        start_new_session=True,
    )

    def end() -> None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(waiting.pid, signal.SIGTERM)
        waiting.wait()
        waiting.stdout.close()
        shutil.rmtree(folder)

    atexit.register(end)
    assert waiting.stdout.readline() == b"ready\n", "no interpreter for the commands of the pages"
    return place


# --- in that interpreter ---


def wait(place: str) -> None:
    """Do each command that comes, in a process of its own."""
    with socket.socket(socket.AF_UNIX) as door:
        door.bind(place)
        door.listen()
        print("ready", flush=True)
        while True:
            line, _ = door.accept()
            with line:
                if os.fork() == 0:
                    door.close()
                    do(line)
            with contextlib.suppress(ChildProcessError):
                while os.waitpid(-1, os.WNOHANG)[0]:
                    pass


def do(line: socket.socket) -> None:
    """Do the command that comes over ``line`` and end this process."""
    status = 70
    try:
        size, streams, _, _ = socket.recv_fds(line, 8, 3)
        with line.makefile("rb") as told:
            words, folder, environment = json.loads(told.read(int.from_bytes(size)))
        for number, stream in enumerate(streams):
            os.dup2(stream, number)
            os.close(stream)
        os.chdir(folder)
        os.environ.clear()
        os.environ.update(environment)
        status = status_of(words)
    finally:
        line.send(bytes([status]))
        os._exit(status)


def status_of(words: list[str]) -> int:
    """Return how ``backchannel`` ends when it is given these words."""
    from experiments.command import main

    try:
        main(words, prog_name="backchannel")
    except SystemExit as end:
        return int(end.code or 0)
    except BaseException:
        traceback.print_exc()
        return 1
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
    return 0


def prepare() -> None:
    """Import what the commands of the pages use, and load the compiled month, both ways it is lived."""
    import duckdb  # noqa: F401

    import experiments
    from experiments import briefing, facts_aloud, report, telling  # noqa: F401
    from experiments.claims import aloud as claimed  # noqa: F401
    from experiments.sweeps import aloud as swept  # noqa: F401
    from model import SanctionsModel, run_ensemble

    for name in experiments.__all__:
        getattr(experiments, name)
    run_ensemble("iran-2012", "step-for-step", replicates=1, months=1)
    SanctionsModel("iran-2012", "step-for-step", months=1).run()


if __name__ == "__main__":
    prepare()
    wait(sys.argv[1])
