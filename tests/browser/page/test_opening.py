"""The page opens by itself, from this machine alone, and each reader has a page of their own."""

from harness import HERE


def test_the_page_opens_and_asks_nothing_of_the_network(visit):
    reader = visit()
    reader.settled()
    assert reader.by("play").is_enabled()
    assert len(reader.asked) > 5
    assert all(address.startswith(HERE) for address in reader.asked)


def test_the_page_says_what_it_shows(reader):
    assert reader.page.title() == "Backchannel"
    assert reader.month == 0
    assert "Iran" in reader.page.locator(".bc-what").inner_text()


def test_two_readers_do_not_see_each_other(visit):
    one, other = visit(), visit()
    one.click("step", "step").until_month(2)
    other.click("step").until_month(1)
    one.click("to-compare").by("view-compare").wait_for()
    other.by("view-watch").wait_for()
    other.click("play").by("pause").wait_for()
    one.by("play").wait_for()
    assert one.month == 2
    other.click("pause", "reset").until_month(0)
    assert one.month == 2


def test_what_the_page_is_can_be_asked_and_put_away(reader):
    reader.click("about").by("about-text").wait_for()
    assert "exploration, not forecast" in reader.by("about-text").inner_text()
    reader.page.keyboard.press("Escape")
    reader.by("about-text").wait_for(state="hidden")


def test_a_page_that_is_opened_again_begins_again(visit):
    reader = visit()
    reader.click("step").until_month(1)
    reader.page.reload()
    reader.by("month").wait_for()
    assert reader.month == 0


def test_the_address_keeps_the_layers_and_the_card_that_are_shown(visit):
    reader = visit().until_chart("network")
    reader.click("layer-trust", "layer-pressure")
    reader.by("network-actor").select_option("iran")
    reader.by("card").wait_for()
    reader.until("() => /layers=back-channel,trust-moves,trust&card=iran/.test(location.search)")
    reader.page.reload()
    reader.by("card").wait_for()
    assert reader.by("card").get_attribute("data-actor") == "iran"
    assert reader.by("layer-trust").get_attribute("aria-pressed") == "true"
    assert reader.by("layer-pressure").get_attribute("aria-pressed") == "false"
