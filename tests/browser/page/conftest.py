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


#: What a page shows besides the numbers of its month: its parts, and how each that can be set is set.
STATE = """() => JSON.stringify([
    document.querySelector('.bc-what').textContent,
    [...document.querySelectorAll('[data-testid]')].map(each => each.dataset.testid),
    [...document.querySelectorAll('input, select, textarea')].map(each => [each.value, each.checked]),
    [...document.querySelectorAll('[aria-pressed], [aria-expanded], [aria-selected]')].map(
        each => [each.ariaPressed, each.ariaExpanded, each.ariaSelected]),
])"""


@pytest.fixture(scope="session")
def _reader(browser, server):
    """One reader for all tests that need no page of their own, since opening one takes a second."""
    opened = Reader(browser, server.url)
    yield opened
    opened.close()


@pytest.fixture
def fresh(_reader, server, request):
    """A reader who has just opened the page, or a link to it that the test names."""
    known = len(server.faults())
    _reader.begun = None
    yield _reader.open(getattr(request, "param", ""))
    wrong = _reader.faults[:]
    _reader.faults.clear()
    assert wrong == []
    assert server.faults()[known:] == []


@pytest.fixture
def reader(_reader, server):
    """A reader before the page as it opens: opened anew only if the test before left it otherwise."""
    known = len(server.faults())
    if not is_as_it_opens(_reader):
        _reader.open().settled()
        at_rest(_reader)
        _reader.begun = _reader.page.evaluate(STATE)
    yield _reader
    wrong = _reader.faults[:]
    _reader.faults.clear()
    assert wrong == []
    assert server.faults()[known:] == []


def at_rest(reader):
    """Take a reader back to month 0 of the first view."""
    reader.click("to-watch", "tab-series", "reset").until_month(0)
    reader.by("speed").select_option("4")
    reader.by("play").wait_for()
    reader.by("series-panels").wait_for()


def is_as_it_opens(reader):
    """Return whether a reader's page could be taken back to what it showed when it was opened."""
    from playwright.sync_api import Error as PlaywrightError

    if getattr(reader, "begun", None) is None:
        return False
    try:
        at_rest(reader)
        return reader.settled().page.evaluate(STATE) == reader.begun
    except PlaywrightError:
        return False
