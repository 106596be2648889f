"""The page is served on this machine, to its own pages, from its own files, and ends when it is told to."""

import asyncio
import http.client
import os
import re
import signal
import socket
import subprocess
import sys
from contextlib import closing

import pytest
from typer.testing import CliRunner

from browser.serving import server
from browser.serving.guard import Guard, is_loopback, policy
from experiments.command import main
from model.vocabulary import InputError


async def passed_on(scope, receive, send):
    """Answer whatever comes through."""
    if scope["type"] == "websocket":
        await send({"type": "websocket.accept", "headers": scope["headers"]})
        return
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": scope["path"].encode()})


async def library(scope, receive, send):
    await send({"type": "http.response.start", "status": 203, "headers": []})
    await send({"type": "http.response.body", "body": scope["path"].encode()})


def asked(path="/", host="127.0.0.1:8765", origin=None, kind="http", listens="127.0.0.1", names=(), more=()):
    """Return what a guard answers to a request."""
    headers = [(b"host", host.encode()), *more]
    headers += [(b"origin", origin.encode())] if origin is not None else []
    answers = []

    async def receive():
        return {"type": f"{kind}.connect"}

    async def send(message):
        answers.append(message)

    scope = {"type": kind, "path": path, "headers": headers}
    asyncio.run(Guard(passed_on, library, listens, names)(scope, receive, send))
    return answers


CHANNEL = "/jupyter/api/kernels/0b1e-42/channels"


@pytest.mark.parametrize("host", ["127.0.0.1:8765", "localhost:8765", "LOCALHOST", "[::1]:8765"])
def test_its_own_names_are_answered(host):
    assert asked(host=host)[0]["status"] == 200
    assert (
        asked(CHANNEL, host=host, origin=f"http://{host}", kind="websocket")[0]["type"] == "websocket.accept"
    )


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example:1", "10.0.0.1", "", "a:b:c", "[::1"]
)
def test_no_other_name_is_answered(host):
    assert asked(host=host)[0]["status"] == 403
    assert asked(CHANNEL, host=host, kind="websocket")[0]["type"] == "websocket.close"


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "http://127.0.0.1:1", "null", "http://127.0.0.1", ""]
)
def test_no_page_of_another_server_reaches_it(origin):
    assert asked(CHANNEL, origin=origin, kind="websocket")[0]["type"] == "websocket.close"
    assert asked("/_solara/api/close/0b1e-42", origin=origin)[0]["status"] == 403


def test_on_every_address_it_answers_to_numbers_and_to_the_names_of_the_machine():
    assert asked(host="192.168.1.4:8765", listens="0.0.0.0")[0]["status"] == 200
    assert asked(host="desk.local:8765", listens="0.0.0.0", names=("desk.local",))[0]["status"] == 200
    assert asked(host="evil.example:8765", listens="0.0.0.0", names=("desk.local",))[0]["status"] == 403


@pytest.mark.parametrize(
    "path",
    [
        "/resourcez",
        "/etc/passwd",
        "/static/../../server.py",
        "/static/public/x.js",
        "/jupyter/nbextensions/mine/main.js",
        "/jupyter/nbextensions/jupyter-vue/../../x",
        "/_solara/api/evict/0b1e-42",
        "/other",
    ],
)
def test_what_the_page_does_not_ask_for_is_not_there(path):
    assert asked(path)[0]["status"] == 404


class WebSocketDisconnect(Exception):
    """As those who send raise it where somebody has gone."""


@pytest.mark.parametrize(
    ("fault", "is_told"),
    [
        (WebSocketDisconnect(), False),
        (ExceptionGroup("one", [ExceptionGroup("two", [WebSocketDisconnect()])]), False),
        (ExceptionGroup("one", [WebSocketDisconnect(), KeyError("x")]), True),
        (KeyError("x"), True),
    ],
)
def test_a_reader_who_leaves_is_no_fault(fault, is_told):
    async def failing(scope, receive, send):
        raise fault

    scope = {"type": "websocket", "path": CHANNEL, "headers": [(b"host", b"localhost")]}
    answering = Guard(failing, library, "127.0.0.1")(scope, None, None)
    if is_told:
        with pytest.raises((KeyError, ExceptionGroup)):
            asyncio.run(answering)
    else:
        assert asyncio.run(answering) is None


def test_libraries_come_from_this_machine_only():
    answers = asked("/_solara/cdn/echarts@5.4.0/dist/echarts.min.js")
    assert (answers[0]["status"], answers[1]["body"]) == (203, b"/echarts@5.4.0/dist/echarts.min.js")


def test_what_a_proxy_says_is_not_believed():
    headers = asked(CHANNEL, kind="websocket", more=[(b"x-script-name", b"/x"), (b"cookie", b"a=b")])[0][
        "headers"
    ]
    assert (b"cookie", b"a=b") in headers
    assert not [key for key, _ in headers if key == b"x-script-name"]


def test_a_page_may_load_nothing_from_elsewhere():
    added = dict(asked()[0]["headers"])
    assert added[b"content-security-policy"].decode() == policy("127.0.0.1:8765")
    sources = re.findall(r"(?:https?|wss?):[^ ;]*", policy("127.0.0.1:8765"))
    assert sources
    assert set(sources) == {"ws://127.0.0.1:8765", "wss://127.0.0.1:8765"}


@pytest.mark.parametrize(
    ("host", "expected"), [("127.0.0.1", True), ("::1", True), ("0.0.0.0", False), ("x", False)]
)
def test_it_is_known_who_can_reach_an_address(host, expected):
    assert is_loopback(host) is expected


def test_a_port_that_is_taken_is_told_in_a_sentence():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        answer = CliRunner().invoke(main, ["app", "--no-open", "--port", str(port)])
    assert answer.exit_code == 2
    assert f"port {port} of 127.0.0.1 is taken" in answer.stderr
    assert "Traceback" not in answer.stderr


@pytest.mark.parametrize("host", ["192.0.2.7", "no such host"])
def test_an_address_of_another_machine_is_told_in_a_sentence(host):
    with pytest.raises(InputError, match=r"--host"):
        server.listening(host, 0)


@pytest.mark.parametrize(
    ("host", "address"),
    [("127.0.0.1", "http://127.0.0.1:80/"), ("0.0.0.0", "http://127.0.0.1:80/"), ("::1", "http://[::1]:80/")],
)
def test_the_address_to_open_is_one_that_a_browser_takes(host, address):
    assert server.address_of(host, 80) == address


def test_a_missing_library_is_told_with_what_installs_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "solara.server.starlette", None)
    monkeypatch.setitem(sys.modules, "solara", None)
    with pytest.raises(InputError, match=re.escape("pip install 'backchannel[browser]'")):
        server.guarded("127.0.0.1", server.PAGE)


def test_help_of_the_verb_comes_without_what_serves_the_page():
    code = (
        "import sys; from typer.testing import CliRunner; from experiments.command import main;"
        "answer = CliRunner().invoke(main, ['app', '--help']);"
        "assert '--no-open' in answer.stdout; assert not {'browser', 'solara', 'mesa'} & sys.modules.keys()"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)


@pytest.fixture
def served(compiled, tmp_path):
    """Return the address of a server of its own, which serves from another working directory."""
    command = [sys.executable, "-m", "experiments", "app", "--port", "0", "--no-open"]
    paths = os.pathsep.join([os.getcwd(), *filter(None, [os.environ.get("PYTHONPATH")])])
    environment = {**os.environ, "PYTHONPATH": paths}
    process = subprocess.Popen(
        command, cwd=tmp_path, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    line = process.stdout.readline()
    found = re.search(r"http://127\.0\.0\.1:(\d+)/", line)
    assert found, (line, process.communicate(timeout=60))
    yield process, int(found[1])
    if process.poll() is None:
        process.kill()
        process.communicate(timeout=60)


def got(port, path, **headers):
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=30)) as connection:
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        return answer.status, answer.read()


@pytest.mark.slow
def test_the_server_answers_refuses_and_ends_quietly(served):
    process, port = served
    assert got(port, "/readyz")[0] == 200
    status, page = got(port, "/?scenario=iran-2012&file=" + "A" * 90_000)
    assert (status, b"Backchannel" in page) == (200, True)
    assert b'id="app"' in page, "the frame has a place for the page"
    assert b'theme.variant = "auto"' in page, "by day and by night as the reader's machine has it"
    assert got(port, "/", Host="evil.example")[0] == 403
    assert got(port, "/_solara/cdn/echarts@5.4.0/dist/echarts.min.js")[0] == 200
    assert got(port, "/_solara/cdn/unknown@1.0.0/x.js")[0] == 404
    assert got(port, "/_solara/cdn/echarts@5.4.0/dist")[0] == 404
    assert got(port, "/_solara/cdn/..%2f..%2f..%2fpyvenv.cfg")[0] == 404
    assert got(port, "/static/assets/..%2f..%2fserver.py")[0] == 404
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out.strip(), err) == (0, "Stopped.", "")
