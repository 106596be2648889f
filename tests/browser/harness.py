"""The page in a real browser: a server of its own, and readers that note whatever goes wrong."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[2]
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
#: Nothing may be asked of the network, by the page or by the browser itself.
FLAGS = [
    *["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"],
    *["--disable-background-networking", "--disable-component-update", "--disable-default-apps"],
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
]
HERE = ("http://127.0.0.1:", "ws://127.0.0.1:", "data:", "blob:")
#: Milliseconds that a state may take to come about on a busy machine.
PATIENCE = 60_000
#: What a server executes: the page as its reader gets it, except that the log keeps every fault.
SERVE = """
import logging
from browser.serving import server
logging.basicConfig(level=logging.WARNING)
server.quiet = lambda: None
server.serve(port={port}, open_browser=False)
"""
#: Resolves once nothing of the page has changed for a fifth of a second, at the latest after ten seconds.
SETTLED = """() => new Promise(done => {
    let timer = setTimeout(end, 200);
    const last = setTimeout(end, 10000);
    const watch = new MutationObserver(() => { clearTimeout(timer); timer = setTimeout(end, 200); });
    watch.observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true });
    function end() {
        [timer, last].forEach(clearTimeout);
        watch.disconnect();
        requestAnimationFrame(() => done());
    }
})"""


def free_port():
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


class Server:
    """A server of the page, as a process of its own.

    Parameters
    ----------
    folder : Path
        Where its log is kept.
    before : str
        Python that is executed first, such as to set rules of one's own.
    """

    def __init__(self, folder, before=""):
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}/"
        self.log = Path(folder) / f"server-{self.port}.log"
        self.program = f"{before}\n{SERVE.format(port=self.port)}"
        self.process = None

    def start(self):
        path = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")]))
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-c", self.program],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=self.log.parent,
                env=os.environ | {"PYTHONPATH": path},
            )
        end = time.monotonic() + 120
        while not self.is_ready():
            if self.process.poll() is not None or time.monotonic() > end:
                raise RuntimeError(f"the server did not come up:\n{self.log.read_text()}")
            time.sleep(0.1)
        return self

    def is_ready(self):
        try:
            with urllib.request.urlopen(f"{self.url}readyz", timeout=5) as answer:
                return answer.status == 200
        except (urllib.error.URLError, OSError):
            return False

    def faults(self):
        """Return what the log says of errors."""
        lines = self.log.read_text(errors="replace").splitlines()
        return [line for line in lines if "Traceback" in line or "ERROR" in line or "Error:" in line]

    def memory(self):
        """Return the memory that the server holds, in MiB (Linux only)."""
        for line in Path(f"/proc/{self.process.pid}/status").read_text().splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) / 1024
        raise RuntimeError("no VmRSS")

    def stop(self, how=signal.SIGTERM):
        """Ask the server to end; return how many seconds it took."""
        begun = time.monotonic()
        if self.process.poll() is None:
            self.process.send_signal(how)
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        return time.monotonic() - begun


@contextmanager
def chromium():
    """Have a headless browser."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        try:
            yield browser
        finally:
            browser.close()


class Reader:
    """Somebody who looks at the page, and notes whatever goes wrong on it.

    Attributes
    ----------
    page : playwright.sync_api.Page
    faults : errors of the console and of scripts, requests that failed or left the machine, HTTP errors
    asked : addresses of all requests
    """

    def __init__(self, browser, url, size=(1280, 720), is_dark=False, **more):
        self.url = url
        self.context = browser.new_context(
            viewport={"width": size[0], "height": size[1]},
            color_scheme="dark" if is_dark else "light",
            **more,
        )
        self.page = self.context.new_page()
        self.page.set_default_timeout(PATIENCE)
        self.faults, self.asked = [], []
        self.page.on("console", self._told)
        self.page.on("pageerror", lambda error: self.faults.append(f"script: {error}"))
        self.page.on("request", self._asked)
        self.page.on("requestfailed", self._failed)
        self.page.on("response", self._answered)

    def _told(self, message):
        if message.type == "error":
            self.faults.append(f"console: {message.text}")

    def _asked(self, request):
        self.asked.append(request.url)
        if not request.url.startswith(HERE):
            self.faults.append(f"foreign: {request.url}")

    def _failed(self, request):
        # What the page asks while it is left is given up; that is no fault.
        if "ERR_ABORTED" not in (request.failure or ""):
            self.faults.append(f"failed: {request.url} {request.failure}")

    def _answered(self, response):
        if response.status >= 400:
            self.faults.append(f"HTTP {response.status}: {response.url}")

    # --- what a reader does ---------------------------------------------------------------------------------

    def open(self, query=""):
        self.page.goto(self.url + query)
        self.by("month").wait_for()
        return self

    def close(self):
        self.context.close()

    def by(self, testid):
        return self.page.get_by_test_id(testid)

    def click(self, *testids):
        for testid in testids:
            self.by(testid).click()
        return self

    def resize(self, size):
        self.page.set_viewport_size({"width": size[0], "height": size[1]})
        return self

    def has(self, testid):
        return self.by(testid).count() > 0

    def box(self, selector):
        """Return where an element stands in the window: left, top, right and bottom."""
        found = self.page.locator(selector).bounding_box()
        return found["x"], found["y"], found["x"] + found["width"], found["y"] + found["height"]

    # --- what is on sight -----------------------------------------------------------------------------------

    @property
    def month(self):
        return int(self.by("month").get_attribute("data-month"))

    def until(self, expression, given=None):
        """Wait until a JavaScript expression (of ``given``) holds."""
        self.page.wait_for_function(expression, arg=given)
        return self

    def until_month(self, month):
        return self.until(
            "month => document.querySelector('[data-testid=month]').dataset.month === String(month)", month
        )

    def until_played(self, month):
        """Wait until a history that plays has come so far, or further."""
        return self.until(
            "month => Number(document.querySelector('[data-testid=month]').dataset.month) >= month", month
        )

    def until_chart(self, testid):
        """Wait until a chart is drawn."""
        self.until(
            "id => document.querySelector(`[data-testid='${id}-chart'] [role=img]`)?.chart?.getOption()",
            testid,
        )
        return self

    def option(self, testid):
        """Return what a chart shows, as ECharts holds it."""
        return json.loads(
            self.page.evaluate(
                """id => JSON.stringify(
                    document.querySelector(`[data-testid='${id}-chart'] [role=img]`).chart.getOption())""",
                testid,
            )
        )

    def table(self, testid):
        """Return the table behind a chart, as its header and rows of text."""
        if not self.has(f"{testid}-table"):
            self.click(f"{testid}-open")
        self.by(f"{testid}-table").wait_for()
        return self.page.evaluate(
            """id => [...document.querySelectorAll(`[data-testid='${id}-table'] tr`)].map(
                row => [...row.children].map(cell => cell.textContent.trim()))""",
            testid,
        )

    def settled(self):
        """Wait until the page has not changed for a moment: all that was asked for is drawn."""
        self.page.evaluate(SETTLED)
        return self

    def answered(self):
        """Wait until all that was clicked is answered: a view that is asked for last is opened last."""
        self.click("to-compare").by("view-compare").wait_for()
        self.click("to-watch").by("view-watch").wait_for()
        return self

    def watch_months(self):
        """Note from now on every month that is shown; see `months_shown`."""
        self.page.evaluate(
            """() => {
                const shown = document.querySelector('[data-testid=month]');
                window.months = [Number(shown.dataset.month)];
                if (window.watch) window.watch.disconnect();
                window.watch = new MutationObserver(() => window.months.push(Number(shown.dataset.month)));
                window.watch.observe(shown, { attributes: true, attributeFilter: ['data-month'] });
            }"""
        )

    def months_shown(self):
        return self.page.evaluate("() => window.months")
