"""The ledger on the page: every sentence once, in its group, filtered as asked, and sent once."""

import json
from dataclasses import replace
from functools import cache
from pathlib import Path

import ipyvue
import pytest
import solara

import browser
from browser.charts.theme import LIGHT
from browser.parts.ledger import LedgerPanel, encoded, filters_of, titles_of
from browser.reading.ledger import (
    BESIDE,
    GROUPS,
    KINDS,
    Filters,
    Tone,
    changed,
    chosen,
    dates_of,
    lines_of,
    table_of,
)
from browser.scene.settings import Plan, Settings
from browser.scene.story import Story
from experiments.portrait import LANES, SIGNS
from model import chronicle
from model.vocabulary import Event, word_of, words_of

LIVES = (
    ("iran-2012", "step-for-step", 8),
    ("two-disputes", "step-for-step", 7),
    ("iran-2012", "pause-for-relief", 8),
)


@cache
def lived(scenario, strategy, seed, months=10**6):
    story = Story(Settings(scenario=scenario, plans=(Plan(strategy),), seed=seed))
    story.live(months)
    return story.told()


@cache
def lines(life):
    return lines_of(lived(*life))


# --- groups -------------------------------------------------------------------------------------------------


def test_every_kind_of_event_is_in_exactly_one_group_and_has_one_tone():
    told = [word for lane in LANES.values() for words in lane for word in words if word in words_of(Event)]
    told += [word_of(kind) for lane in BESIDE.values() for kinds in lane for kind in kinds]
    assert sorted(told) == sorted(words_of(Event))
    assert set(KINDS) == set(words_of(Event))
    assert {group for group, _ in KINDS.values()} == set(GROUPS) == set(BESIDE)


def test_the_groups_of_the_picture_of_a_history_are_kept():
    for group, lanes in LANES.items():
        for tone, words in zip(Tone, lanes, strict=True):
            assert all(KINDS[word] == (group, tone) for word in words if word in KINDS)
    assert len(Tone) == len(SIGNS)


# --- lines --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("life", LIVES)
def test_the_lines_are_the_merged_sentences_one_month_on(life):
    chapter = lived(*life)
    told = chronicle.told(chapter.events, chapter.cast.scenario.principals)
    assert [line.sentence for line in lines(life)] == told["sentence"].tolist() != []
    assert [line.month - 1 for line in lines(life)] == told["month"].tolist()
    assert all(chapter.at(line.month).date == line.date for line in lines(life))


@pytest.mark.parametrize("life", LIVES)
def test_a_line_concerns_those_whom_its_events_concern(life):
    chapter = lived(*life)
    events = chapter.events
    for line in lines(life):
        of_kind = events[(events["month"] == line.month - 1) & (events["kind"] == line.kind)]
        heard = {*of_kind["who"], *of_kind["whom"], *chapter.cast.scenario.principals}
        assert line.actors and set(line.actors) <= heard
    alone = events.groupby(["month", "kind"]).filter(lambda group: len(group) == 1)
    by_kind = {(line.month - 1, line.kind): line for line in lines(life)}
    told = [
        (row, by_kind[row.month, row.kind]) for row in alone.itertuples() if (row.month, row.kind) in by_kind
    ]
    assert told
    assert all({row.who, row.whom} - {""} <= set(line.actors) for row, line in told)


def test_actors_that_did_the_same_are_all_concerned():
    line = next(line for line in lines(LIVES[0]) if line.kind == "common-line")
    assert {"united-nations", "p5-plus-1", "european-union-council", "iran"} <= set(line.actors)


def test_a_sentence_that_names_the_principals_concerns_them():
    line = next(line for line in lines(LIVES[0]) if line.kind == "meeting")
    assert {"swiss-protecting-power", "united-states", "iran"} <= set(line.actors)


def test_a_common_line_brings_together_and_one_lost_drives_apart():
    tones = {
        line.sentence.split(" a common line")[0].split()[-1]: line.tone
        for line in lines(LIVES[2])
        if line.kind == "common-line"
    }
    assert tones == {"to": Tone.TOGETHER, "held": Tone.APART}


def test_the_dates_are_those_of_the_months():
    chapter = lived(*LIVES[0])
    assert dates_of(chapter) == [snapshot.date for snapshot in chapter.snapshots]


# --- filters ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("group", GROUPS)
def test_a_filter_of_groups_lets_through_these_groups(group):
    for life in LIVES:
        kept = chosen(lines(life), Filters(groups=(group,)))
        assert kept == [line for line in lines(life) if KINDS[line.kind][0] == group]
    assert any(chosen(lines(life), Filters(groups=(group,))) for life in LIVES)


def test_several_groups_let_through_each_of_them():
    both = chosen(lines(LIVES[0]), Filters(groups=("talks", "shocks")))
    one, other = (chosen(lines(LIVES[0]), Filters(groups=(group,))) for group in ("talks", "shocks"))
    assert sorted(both) == sorted([*one, *other]) and one and other


def test_a_filter_of_actors_lets_through_what_concerns_them():
    kept = chosen(lines(LIVES[0]), Filters(actor="iaea"))
    assert 0 < len(kept) < len(lines(LIVES[0]))
    assert all("IAEA" in line.sentence for line in kept)
    assert all("IAEA" not in line.sentence for line in lines(LIVES[0]) if line not in kept)


def test_a_search_finds_every_word_of_it_whatever_the_case_or_a_date():
    kept = chosen(lines(LIVES[0]), Filters(text="STAGE agreed"))
    assert kept and all("agreed" in line.sentence and "stage" in line.sentence for line in kept)
    dated = chosen(lines(LIVES[0]), Filters(text="2013-"))
    assert dated and {line for line in lines(LIVES[0]) if line.date.startswith("2013")} <= set(dated)
    assert chosen(lines(LIVES[0]), Filters(text="no such words")) == []


def test_a_filter_of_disputes_keeps_what_happened_in_none():
    disputes = lived(*LIVES[1]).cast.scenario.disputes
    kept = [chosen(lines(LIVES[1]), Filters(dispute=dispute)) for dispute in disputes]
    assert all(0 < len(each) < len(lines(LIVES[1])) for each in kept)
    assert {line for each in kept for line in each} == set(lines(LIVES[1]))
    assert all(line.dispute in ("", disputes[0]) for line in kept[0])


def test_no_filter_lets_everything_through():
    assert chosen(lines(LIVES[0]), Filters()) == lines(LIVES[0])


def test_the_browser_says_its_filters_and_nothing_unknown_is_taken():
    said = {"groups": ["relief", "<b>"], "actor": "iran", "text": "x", "dispute": ""}
    assert filters_of(said) == Filters(("relief",), "iran", "x", "")


# --- what is sent -------------------------------------------------------------------------------------------


def test_a_history_that_goes_on_sends_only_what_is_new():
    scenario, strategy, seed = LIVES[0]
    story = Story(Settings(scenario=scenario, plans=(Plan(strategy),), seed=seed))
    sent, sizes, whole = None, [], []
    for month in range(story.model.horizon):
        story.live(month)
        chapter = story.told()
        now = [encoded(line, chapter) for line in lines_of(chapter)]
        news = None if sent is None else changed(sent, now)
        if news is None:
            sent, news = now, {}
            whole.append(month)
        rebuilt = [*sent]
        for place in sorted(news):
            rebuilt[place:] = [news[place], *rebuilt[place + 1 :]]
        assert rebuilt == now
        sizes.append(len(json.dumps(news)))
    assert len(whole) <= 4
    assert max(sizes) < 6_000
    assert len(json.dumps(now)) < 20_000


def test_another_history_is_sent_as_a_whole():
    one, other = lines(LIVES[0]), lines(LIVES[2])
    assert changed(one, one) == {}
    assert changed(one, other) is None
    assert changed(one, one[:-1]) is None


def test_a_line_is_sent_by_the_places_of_its_words():
    chapter = lived(*LIVES[1])
    members = list(chapter.cast.members)
    for line in lines(LIVES[1]):
        month, group, tone, dispute, actors, sentence = encoded(line, chapter)
        assert (month, sentence, Tone(tone)) == (line.month, line.sentence, line.tone)
        assert list(GROUPS)[group] == line.group
        assert tuple(members[number] for number in actors) == line.actors
        assert line.dispute == ("" if dispute < 0 else chapter.cast.scenario.disputes[dispute])


def views(rc):
    return [view for view in rc.find(ipyvue.VueTemplate).widgets if hasattr(view, "one_news")]


def test_the_part_does_not_send_the_lines_again_when_another_month_is_looked_at():
    chapter = lived(*LIVES[0])
    _, rc = solara.render(LedgerPanel((chapter,), 10, lambda month: None, LIGHT), handle_error=False)
    (view,) = views(rc)
    sent = []
    view.observe(lambda change: sent.append(change["name"]))
    rc.render(LedgerPanel((chapter,), 11, lambda month: None, LIGHT))
    assert "month" in sent and view.month == 11
    assert not {"fixed", "one", "one_news", "other", "other_news"} & set(sent)
    rc.close()


def test_a_month_more_is_sent_as_news():
    _, rc = solara.render(
        LedgerPanel((lived(*LIVES[0], months=18),), 18, lambda month: None, LIGHT), handle_error=False
    )
    (view,) = views(rc)
    before = view.one
    chapter = lived(*LIVES[0], months=21)
    rc.render(LedgerPanel((chapter,), 21, lambda month: None, LIGHT))
    assert view.one == before and len(view.one) + len(view.one_news) >= len(lines_of(chapter)) > len(before)
    rc.close()


def test_another_dispute_is_told_of_as_soon_as_it_is_looked_at():
    scenario, strategy, seed = LIVES[1]
    one = lived(scenario, strategy, seed, months=30)
    other = replace(one, dispute=one.cast.scenario.disputes[1])
    _, rc = solara.render(LedgerPanel((one,), 10, lambda month: None, LIGHT), handle_error=False)
    assert [view.dispute for view in views(rc)] == [one.dispute]
    rc.render(LedgerPanel((other,), 10, lambda month: None, LIGHT))
    assert [view.dispute for view in views(rc)] == [other.dispute]
    rc.close()


def test_two_stories_are_sent_side_by_side():
    pair = lived("iran-2012", "step-for-step", 8), lived("iran-2012", "pause-for-relief", 8)
    _, rc = solara.render(LedgerPanel(pair, 10, lambda month: None, LIGHT), handle_error=False)
    (view,) = views(rc)
    assert view.fixed["titles"] == titles_of(pair)
    assert [len(view.one), len(view.other)] == [len(lines(LIVES[0])), len(lines(LIVES[2]))]
    rc.close()


def test_two_stories_are_told_apart_by_the_letters_of_their_sides():
    chapter = lived(*LIVES[0])
    assert titles_of((chapter,)) == ["Step for step"]
    assert titles_of((chapter, chapter)) == ["A: Step for step", "B: Step for step"]


def test_the_table_tells_every_line_and_of_two_stories_whose():
    frame = table_of({"one": lines(LIVES[0])})
    assert len(frame) == len(lines(LIVES[0])) and "strategy" not in frame
    both = table_of({"one": lines(LIVES[0]), "other": lines(LIVES[2])})
    assert both["strategy"].value_counts().to_dict() == {
        "one": len(lines(LIVES[0])),
        "other": len(lines(LIVES[2])),
    }
    assert both["date"].is_monotonic_increasing


def test_the_view_escapes_what_it_is_sent():
    view = Path(browser.__file__).parent / "vue/ledger.vue"
    assert "v-html" not in view.read_text("utf-8")
