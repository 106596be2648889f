"""How quickly the page answers, in a real browser; run by hand, on a machine that does nothing else.

python tests/browser/measure.py                     # everything but memory
python tests/browser/measure.py step play           # some of it
python tests/browser/measure.py memory --minutes 10
"""

import argparse
import os
import statistics
import tempfile
import time

from harness import Reader, Server, chromium

#: Steps, and moves of a control, that are measured.
TIMES = 25
#: One network, and two of sixty actors.
ONE, TWO = "?month=12", "?scenario=stylised-region&vs=maximum-pressure&month=12&tab=compare"
ESCALATION = "control-number/escalation"

#: Notes the time of every frame in which a chart is drawn that was handed a new option.
WATCH = """() => {
    window.drawn = [];
    for (const place of document.querySelectorAll('.bc-chart [role=img]')) {
        const chart = place.chart, set = chart.setOption.bind(chart);
        let isNew = false;
        chart.setOption = (...given) => { isNew = true; return set(...given); };
        chart.on('rendered', () => { if (isNew) window.drawn.push(performance.now()); isNew = false; });
    }
    return window.drawn.push(0) && document.querySelectorAll('.bc-chart [role=img]').length;
}"""
#: Milliseconds from a click on Step until the month is written and every chart is drawn.
STEP = """charts => new Promise(done => {
    const shown = document.querySelector('[data-testid=month]'), month = shown.dataset.month;
    window.drawn = [];
    const begun = performance.now();
    const look = () => {
        if (shown.dataset.month !== month && window.drawn.length >= charts) done(performance.now() - begun);
        else requestAnimationFrame(look);
    };
    document.querySelector('[data-testid=step]').click();
    look();
})"""
#: Milliseconds from a click on one button until the page shows another, or another month.
CLICK = """([name, shown]) => new Promise(done => {
    const by = id => document.querySelector(`[data-testid=${id}]`), begun = performance.now();
    const look = () => {
        if (shown === 0 ? by('month').dataset.month === '0' : by(shown)) done(performance.now() - begun);
        else requestAnimationFrame(look);
    };
    by(name).click();
    look();
})"""
#: Milliseconds from a move of a slider until the fans are those of the new ensemble.
MOVE = """([name, to]) => new Promise(done => {
    const slider = document.querySelector(`[data-testid='${name}'] input[type=range]`);
    const shown = () => document.querySelector('[data-testid=series-panels]').__vue__;
    const said = () => JSON.stringify(shown().fans), before = said(), begun = performance.now();
    let fans = shown().fans, isNew = false;
    const look = () => {
        if (shown().fans !== fans) [fans, isNew] = [shown().fans, said() !== before];
        if (isNew && !shown().is_outdated) done(performance.now() - begun);
        else if (performance.now() > begun + 20000) done(NaN);
        else requestAnimationFrame(look);
    };
    slider.value = to;
    slider.dispatchEvent(new Event('input', { bubbles: true }));
    look();
})"""


def told(what, values, unit="s"):
    """Print the median of some values and their spread."""
    ordered = sorted(values)
    late = ordered[min(int(0.9 * len(ordered)), len(ordered) - 1)]
    print(
        f"{what}: median {statistics.median(ordered):.3g} {unit}, nine in ten below {late:.3g}, "
        f"longest {ordered[-1]:.3g} ({len(ordered)} times; load {os.getloadavg()[0]:.1f})",
        flush=True,
    )


def opened(browser, server, query=""):
    """Return a reader whose page is drawn and at rest, its ensemble shown."""
    reader = Reader(browser, server.url).open(query)
    if "tab=compare" in query:
        reader.page.locator("[data-testid=verdict][data-outdated=false]").wait_for()
        charts = ["network-a", "network-b"]
    else:
        reader.page.locator("[data-fan]").first.wait_for()
        charts = ["network"]
    for chart in charts:
        reader.until_chart(chart)
    return reader.settled()


def opening(browser, server):
    """From asking for the page until its network is drawn, first with nothing kept in the browser."""
    seconds = []
    for _ in range(5):
        begun = time.perf_counter()
        reader = Reader(browser, server.url).open().until_chart("network")
        seconds.append(time.perf_counter() - begun)
        reader.close()
    told("opening, nothing kept", seconds)
    reader, seconds = Reader(browser, server.url).open(), []
    for _ in range(5):
        begun = time.perf_counter()
        reader.open().until_chart("network")
        seconds.append(time.perf_counter() - begun)
    told("opening again", seconds)
    reader.close()


def step(browser, server):
    """From a click on Step until the new month is drawn."""
    for what, query in (("one network", ONE), ("two networks of 60 actors", TWO)):
        reader = opened(browser, server, query)
        charts = reader.page.evaluate(WATCH)
        seconds = []
        for _ in range(TIMES):
            seconds.append(reader.page.evaluate(STEP, charts) / 1000)
            reader.page.wait_for_timeout(250)
        told(f"step to picture, {what}", seconds)
        reader.close()


def play(browser, server, seconds=60):
    """Months lived and pictures drawn in a minute of play at ten months a second."""
    for what, query in (("one network", f"{ONE}&months=480"), ("two networks", f"{TWO}&months=480")):
        reader = opened(browser, server, query)
        charts = reader.page.evaluate(WATCH)
        reader.by("speed").select_option("10")
        lived = drawn = took = 0
        while took < seconds:
            month, already = reader.month, reader.page.evaluate("() => window.drawn.length")
            begun = time.monotonic()
            reader.click("play")
            reader.page.wait_for_timeout(min(seconds - took, 40) * 1000)
            lived += reader.month - month
            drawn += (reader.page.evaluate("() => window.drawn.length") - already) / charts
            took += time.monotonic() - begun
            reader.click("pause", "reset").until_month(0)
        print(
            f"play at 10 months a second, {what}: {lived / took:.1f} months lived a second, "
            f"{drawn / took:.1f} pictures drawn ({took:.0f} s; load {os.getloadavg()[0]:.1f})",
            flush=True,
        )
        reader.close()


def click(browser, server):
    """From a click on play, pause or reset until the page shows it."""
    reader, seconds = opened(browser, server, ONE), {"play": [], "pause": [], "reset": []}
    for _ in range(TIMES):
        for name, shown in (("play", "pause"), ("pause", "play"), ("reset", 0)):
            seconds[name].append(reader.page.evaluate(CLICK, [name, shown]) / 1000)
            reader.page.wait_for_timeout(250)
    for name, found in seconds.items():
        told(f"click on {name}", found)
    reader.close()


def control(browser, server):
    """From a move of a control until the ensemble under the new settings is shown."""
    reader = opened(browser, server)
    reader.by("controls-search").fill("escalation")
    reader.by(ESCALATION).wait_for()
    seconds = []
    for turn in range(TIMES):
        seconds.append(reader.page.evaluate(MOVE, [ESCALATION, 0.4 + 0.01 * turn]) / 1000)
        reader.page.wait_for_timeout(400)
    told("control to ensemble of 300 runs", seconds)
    reader.close()


def memory(browser, server, minutes=10):
    """What the server holds while a history is played and begun again, and again."""
    reader = opened(browser, server)
    reader.by("speed").select_option("10")
    begun, held, months = time.monotonic(), [server.memory()], 0
    while time.monotonic() - begun < 60 * minutes:
        reader.click("play")
        reader.page.wait_for_timeout(11_000)
        if reader.has("pause"):
            reader.click("pause")
        reader.by("play").wait_for()
        months += reader.month
        reader.click("reset").until_month(0)
        held.append(server.memory())
        if len(held) % 10 == 1:
            print(f"  after {time.monotonic() - begun:.0f} s: {held[-1]:.0f} MiB", flush=True)
    print(
        f"memory: {held[0]:.0f} MiB before, {held[min(5, len(held) - 1)]:.0f} after a minute, {held[-1]:.0f} "
        f"after {minutes:g}, at most {max(held):.0f} ({months} months, {len(held) - 1} resets)",
        flush=True,
    )
    reader.close()


MEASURES = {"opening": opening, "step": step, "play": play, "click": click, "control": control}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("what", nargs="*", metavar="WHAT", help=", ".join([*MEASURES, "memory"]))
    parser.add_argument("--minutes", type=float, default=10, help="of play, for the memory")
    asked = parser.parse_args()
    if unknown := set(asked.what) - {*MEASURES, "memory"}:
        parser.error(f"there is no measure {', '.join(sorted(unknown))}")
    with tempfile.TemporaryDirectory() as folder:
        begun = time.perf_counter()
        server = Server(folder).start()
        print(f"server ready: {time.perf_counter() - begun:.1f} s; {server.memory():.0f} MiB", flush=True)
        try:
            with chromium() as browser:
                for what in asked.what or MEASURES:
                    if what == "memory":
                        memory(browser, server, asked.minutes)
                    else:
                        MEASURES[what](browser, server)
        finally:
            server.stop()
        for fault in server.faults():
            print(f"FAULT {fault}")


if __name__ == "__main__":
    main()
