"""What a reader brings, by a file or by a link: used, or refused in a sentence while the page lives on."""

import pytest

from browser.scene.settings import own_scenario
from model.scenario import FOLDER

HEAD = 'name = "mine"\ntitle = "Mine"\ndescription = "x"\nsource = "x"\n'
OWN = (
    (FOLDER / "two-disputes.toml")
    .read_text(encoding="utf-8")
    .replace('name = "two-disputes"', 'name = "my-case"', 1)
    .replace('title = "Two disputes, one capital"', 'title = "<b>Two</b> disputes of my own"', 1)
)
#: Files that cannot be used, by what is wrong with each, and words of the sentence that says so.
REFUSED = {
    "no TOML": (b"stages = [", "is not a TOML file"),
    "no text": (bytes(range(256)) * 8, "no text file in UTF-8"),
    "empty": (b"  \n", "is empty"),
    "something else": (b'name = "x"\n', "neither a scenario"),
    "10 MB": (b"# " + b"x" * 10_000_000, "too large"),
    "1.5 MB": (OWN.encode() + b"# " + b"x" * 1_500_000, "too large"),
    "a path": ((HEAD + 'varies = "/etc/passwd"\n').encode(), "varies no other file"),
    "a path up": ((HEAD + 'varies = "../../../etc/passwd"\n').encode(), "varies no other file"),
    "a name that is a path": (OWN.replace('"my-case"', '"../../etc/passwd"', 1).encode(), "name"),
    "a number out of range": (OWN.replace("months = ", "months = -", 1).encode(), "months"),
    "an actor that there is not": (OWN.replace('target = "', 'target = "no-', 1).encode(), "no-"),
    "a link to a path": (b'{"link": "scenario=/etc/passwd"}', "is no bundled scenario"),
}


def bring(reader, content, name="file.toml"):
    reader.click("to-take")
    reader.by("upload").set_input_files({"name": name, "mimeType": "text/plain", "buffer": content})
    reader.by("brought").wait_for()
    return reader.by("brought")


@pytest.mark.parametrize("what", REFUSED)
def test_a_file_that_cannot_be_used_is_refused_in_a_sentence_and_the_page_lives_on(reader, what):
    content, words = REFUSED[what]
    said = bring(reader, content)
    assert words in said.inner_text()
    assert said.get_attribute("role") == "alert"
    assert "root:" not in reader.page.content()
    assert "Traceback" not in said.inner_text()
    reader.click("to-watch", "step").until_month(1)
    assert "Iran" in reader.page.locator(".bc-what").inner_text()


def test_a_scenario_that_is_brought_is_watched_at_once(reader):
    said = bring(reader, OWN.encode())
    assert said.inner_text() == "The scenario “my-case” is in use."
    reader.page.locator(".bc-what", has_text="<b>Two</b> disputes of my own: Step for step").wait_for()
    reader.click("to-watch", "step", "step").until_month(2)
    reader.by("slider").fill("40")
    reader.until_month(40)
    assert not reader.by("fault").inner_text()
    _, *actors = reader.until_chart("network").table("network")
    assert len(actors) == len(own_scenario(OWN, ()).actors)


def test_a_strategy_that_is_brought_takes_its_place(reader):
    text = HEAD + 'varies = "big-bang"\n'
    assert bring(reader, text.encode()).inner_text() == "The strategy “mine” is in use."
    reader.page.locator(".bc-what", has_text="2012 to 2019: Mine").wait_for()
    reader.click("to-watch", "step").until_month(1)


@pytest.mark.parametrize(
    ("fresh", "words"),
    [
        ("?scenario=/etc/passwd", "is no bundled scenario"),
        ("?scenario=../../etc/passwd", "is no bundled scenario"),
        (f"?scenario={FOLDER / 'iran-2012.toml'}", "is no bundled scenario"),
        ("?scenario=file:///etc/passwd", "is no bundled scenario"),
        ("?strategy=../strategies/big-bang.toml", "is no strategy here"),
        ("?seed=-1", "allowed is a whole number"),
        ("?month=97", "the run has 96"),
        ("?<script>alert(1)</script>=1", "cannot be set"),
        ("?file=xxxx", "damaged"),
        ("?%ff", "damaged"),
    ],
    indirect=["fresh"],
)
def test_a_link_that_cannot_be_shown_says_so_and_shows_the_page(fresh, words):
    told = fresh.by("fault").inner_text()
    assert told.startswith("This link cannot be shown: ")
    assert words in told
    assert "root:" not in fresh.page.content()
    fresh.click("step").until_month(1)


@pytest.mark.parametrize("fresh", ["?scenario=two-disputes&month=7&seed=3&tab=take"], indirect=True)
def test_a_link_opens_what_it_says(fresh):
    fresh.by("view-take").wait_for()
    assert fresh.month == 7
    assert "scenario=two-disputes" in fresh.by("link").input_value()
    assert "seed=3" in fresh.by("link").input_value()
