"""One server and one browser for all tests of the page, and a reader for each."""

import os
import sys

import pytest
from harness import CHROMIUM, Reader, Server, chromium

#: On a machine that has to run these tests: a browser that is missing is an error there.
IS_REQUIRED = os.environ.get("BACKCHANNEL_BROWSER") == "required"


def pytest_collection_modifyitems(items):
    """Mark what opens a browser; where there is none, say so instead of failing."""
    for item in items:
        if item.path.is_relative_to(os.path.dirname(__file__)):
            item.add_marker(pytest.mark.browser)


def why_not():
    """Return why no browser can be opened here; empty if one can."""
    try:
        import playwright  # noqa: F401
    except ImportError:
        return "playwright is not installed (make setup)"
    return "" if CHROMIUM else "there is no Chromium on this machine (on Debian: apt-get install chromium)"


@pytest.fixture(scope="session")
def browser():
    reason = why_not()
    if reason and IS_REQUIRED:
        pytest.fail(f"BACKCHANNEL_BROWSER=required, but {reason}")
    if reason:
        pytest.skip(reason)
    if not sys.platform.startswith("linux"):
        pytest.skip("the tests of the page run on Linux")
    with chromium() as opened:
        yield opened


@pytest.fixture(scope="session")
def server(browser, compiled, tmp_path_factory):
    served = Server(tmp_path_factory.mktemp("server")).start()
    yield served
    served.stop()


@pytest.fixture
def visit(browser, server):
    """Let readers open the page; whatever goes wrong for one of them, or on the server, fails the test."""
    readers = []
    known = len(server.faults())

    def opened(query="", url=server.url, **more):
        reader = Reader(browser, url, **more)
        readers.append(reader)
        return reader.open(query)

    yield opened
    for reader in readers:
        reader.close()
    wrong = [fault for reader in readers for fault in reader.faults]
    assert wrong == []
    assert server.faults()[known:] == []


@pytest.fixture(scope="session")
def _reader(browser, server):
    """One page for all tests that leave it as it was, since opening one takes a second."""
    opened = Reader(browser, server.url).open()
    yield opened
    opened.close()


@pytest.fixture
def reader(_reader, server):
    """A reader whose page stands at month 0 of the first view; what goes wrong on it fails the test."""
    from playwright.sync_api import Error as PlaywrightError

    known = len(server.faults())
    try:
        _reader.click("to-watch", "reset").until_month(0)
    except PlaywrightError:  # the test before left it in disorder
        _reader.open()
    _reader.by("speed").select_option("4")
    yield _reader
    wrong = _reader.faults[:]
    _reader.faults.clear()
    assert wrong == []
    assert server.faults()[known:] == []
