"""The strategy as a track: it says of every stage what the world's own rows and the ledger say."""

import json
from functools import cache
from pathlib import Path

import ipyvue
import pytest
import solara

import browser
from browser.parts.track import SIGNS, StrategyTrack, now_of, plan_of
from browser.reading.past import process_rows
from browser.reading.stage_words import brief_of, facts_of, rule_in_words
from browser.reading.tracks import State, track_of
from browser.scene.settings import Plan, Settings
from browser.scene.story import Story
from model import list_strategies, load_strategy
from model.vocabulary import Standing

#: Lives in which something befalls the process: scenario, strategy, seed, dispute.
LIVES = (
    ("iran-2012", "step-for-step", 7, None),
    ("iran-2012", "step-for-step", 8, None),
    ("iran-2012", "humanitarian-first", 8, None),
    ("iran-2012", "maximum-pressure", 7, None),
    ("iran-2012", "pause-for-relief", 8, None),
    ("two-disputes", "goodwill-snapback", 7, None),
    ("two-disputes", "goodwill-snapback", 8, None),
    ("two-disputes", "maximum-pressure", 8, None),
    ("two-disputes", "step-for-step", 7, "oskarian-border"),
    ("stylised-region", "regional-choreography", 8, None),
)

#: Where the stage that a track has reached may stand, by where the track stands.
ALLOWED = {
    Standing.WAITING: {State.AHEAD},
    Standing.TABLED: {State.TABLED, State.REFUSED},
    Standing.PERFORMING: {State.AGREED, State.DISPUTED},
    Standing.DWELLING: {State.RELEASED, State.DISPUTED},
    Standing.PAUSED: {State.PAUSED, State.STEPPED_BACK},
    Standing.BROKEN: {State.BROKEN, State.SNAPPED_BACK, State.SET_ASIDE},
    Standing.CONCLUDED: {State.SET_ASIDE},
}

OWN = """
name = "own"
title = "Own <b>rules</b>"
description = "A strategy of a reader's own."
source = "a reader"
[handover]
after_stages = 1
[[rules]]
when = "trust-below"
threshold = 0.99
then = "pause"
months = 2
[[rules]]
when = "leak"
then = "disclose"
"""


def own_stages(tracks, stages):
    return OWN + "".join(
        f"""
[[stages]]
title = "<img src=x onerror=alert(1)> {track} {stage}"
track = "{"main" if track == 0 else f"side-{track}"}"
relief = {{ energy = 0.02 }}
asks = {{ all = {0.05 * (stage + 1):.2f} }}
release = "verified"
"""
        for track in range(tracks)
        for stage in range(stages)
    )


@cache
def lived(scenario, strategy, seed, dispute=None, months=10**6):
    story = Story(Settings(scenario=scenario, plans=(Plan(strategy),), seed=seed, dispute=dispute))
    story.live(months)
    return story.told()


@cache
def track(life, month):
    return track_of(lived(*life), month)


@cache
def own(tracks=1, stages=3):
    settings = Settings(plans=(Plan("own"),), seed=8).with_own_strategy(own_stages(tracks, stages))
    story = Story(settings)
    story.live(10**6)
    return story.told()


@pytest.mark.parametrize("life", LIVES)
def test_a_stage_stands_where_the_process_stands_in_every_month(life):
    chapter = lived(*life)
    tracks = list(chapter.strategy.tracks.values())
    for month, snapshot in enumerate(chapter.snapshots):
        rows = snapshot.tables["processes"][process_rows(chapter)]
        lines = track(life, month).lines
        assert len(lines) == len(tracks)
        for line, stages, row in zip(lines, tracks, rows, strict=False):
            behind, standing = int(row["stage"]), Standing(int(row["standing"]))
            assert line.standing == standing
            assert [step.title for step in line.steps] == [stage.title for stage in stages]
            at_hand = [step for step in line.steps if step.is_at_hand]
            if standing == Standing.CONCLUDED and behind >= len(stages):
                assert not at_hand
            else:
                assert line.steps.index(at_hand[0]) == min(behind, len(stages) - 1)
                assert at_hand[0].state in ALLOWED[standing]
                assert (at_hand[0].state == State.DISPUTED) == bool(
                    row["disputed"] and standing in (Standing.PERFORMING, Standing.DWELLING)
                )
            for place, step in enumerate(line.steps):
                assert (step.done is not None) == (place < behind)
                if not step.is_at_hand:
                    left = {State.DONE, State.SNAPPED_BACK, State.DISPUTED}
                    assert step.state in (left if place < behind else {State.AHEAD, State.SET_ASIDE})


def test_between_them_these_lives_show_every_state():
    seen = set()
    for life in LIVES:
        chapter = lived(*life)
        for month in range(chapter.lived + 1):
            seen |= {step.state for line in track(life, month).lines for step in line.steps}
    assert seen == set(State) == set(SIGNS)


@pytest.mark.parametrize("life", LIVES)
def test_a_stage_is_done_released_and_agreed_when_the_world_says_so(life):
    chapter = lived(*life)
    rows = [snapshot.tables["processes"][process_rows(chapter)] for snapshot in chapter.snapshots]
    for number, line in enumerate(track_of(chapter, chapter.lived).lines):
        for place, step in enumerate(line.steps):
            if step.done:
                assert rows[step.done.month][number]["stage"] > place
                assert rows[step.done.month - 1][number]["stage"] <= place
                assert chapter.at(step.done.month).date == step.done.date
            if step.released:
                assert rows[step.released.month][number]["released_at"] == step.released.month - 1
            if step.agreed:
                assert rows[step.agreed.month][number]["agreed_at"] == step.agreed.month - 1


@pytest.mark.parametrize("life", LIVES)
def test_how_often_a_stage_was_refused_is_what_the_ledger_counts(life):
    chapter = lived(*life)
    events = chapter.events
    for line in track_of(chapter, chapter.lived).lines:
        for step in line.steps:
            said = events[
                (events["dispute"] == chapter.dispute) & (events["subject"] == f"stage {step.place + 1}")
            ]
            assert step.refused == (said["kind"] == "refused").sum()
            assert [entry.sentence for entry in step.past] == said["sentence"].tolist()[-4:]


@pytest.mark.parametrize("life", LIVES[:5])
def test_nothing_that_comes_later_is_told(life):
    chapter = lived(*life)
    for month in (1, 13, 61):
        assert track_of(chapter, month) == track_of(lived(*life, months=month), month)


def test_a_stage_of_which_nothing_is_left_to_tell_leads_nowhere():
    steps = track_of(lived(*LIVES[0]), 0).lines[0].steps
    assert [step.changed for step in steps] == [None] * len(steps)
    assert not any(step.past for step in steps)


def test_a_click_leads_to_a_month_that_is_already_seen():
    chapter = lived(*LIVES[1])
    for month in range(chapter.lived + 1):
        steps = track_of(chapter, month).lines[0].steps
        assert all(step.changed is None or 1 <= step.changed <= month for step in steps)


def test_a_rule_says_when_it_fired_in_the_words_of_the_ledger():
    chapter = own()
    events = chapter.events
    fired = events[(events["kind"] == "rule-fired") & (events["why"] == "pause")]
    assert len(fired) > 0
    rules = {rule.text: rule for rule in track_of(chapter, chapter.lived).rules}
    times = rules["With trust low, the talks were paused"].times
    assert [when.month for when in times] == (fired["month"] + 1).tolist()
    assert (
        rules["Disclose when leak"].times == () or "After the leak, the back channel was disclosed" in rules
    )


def test_a_rule_that_has_not_fired_says_what_it_waits_for():
    rules = [rule.text for rule in track_of(own(), 0).rules]
    assert rules[0] == "The region takes over after stage 1"
    assert rules[1].startswith("Pause for 2 months when trust below 0.99")


def test_the_phase_of_pressure_is_over_when_the_strategy_says():
    chapter = lived(*LIVES[3])
    (before,), (after,) = track_of(chapter, 11).rules, track_of(chapter, 12).rules
    assert before.text == after.text == "12 months of pressure (maximum) come first"
    assert (before.times, [when.month for when in after.times]) == ((), [12])


def test_what_befell_the_process_is_what_the_ledger_says_of_its_dispute():
    chapter = lived(*LIVES[5])
    events = chapter.events[chapter.events["dispute"] == chapter.dispute]
    turns = {turn.text: turn for turn in track_of(chapter, chapter.lived).turns}
    months = events.loc[events["kind"] == "snapped-back", "month"].unique() + 1
    assert [when.month for when in turns["Relief was snapped back"].times] == months.tolist() != []


def test_a_dispute_has_its_own_track():
    one = lived("two-disputes", "step-for-step", 7)
    other = lived(*LIVES[8])
    assert one.dispute != other.dispute
    assert [track_of(one, 40).lines[0].sentence] != [track_of(other, 40).lines[0].sentence]


def test_a_stage_says_what_it_asks_offers_and_how_it_is_checked():
    stages = load_strategy("humanitarian-first").stages
    first, technology = stages[0], next(stage for stage in stages if stage.title == "Technology")
    assert dict(facts_of(first))["Offers"] == "60% of essential goods given back on schedule"
    assert dict(facts_of(first))["Asks"] == "Nothing new"
    facts = dict(facts_of(technology))
    assert facts["Asks"] == "50% of all that is demanded"
    assert facts["Offers"] == "20% of finance and 100% of technology given back after verification"
    assert facts["Checked"].startswith("Third party, every month, with audits and on site")
    assert (brief_of(first), brief_of(technology)) == (
        "gives 60% more relief in essential goods",
        "reach 50% for relief in 2 sectors",
    )


def test_every_bundled_strategy_can_be_said():
    for name in list_strategies():
        strategy = load_strategy(name)
        said = [text for line in plan_of(strategy) for stage in line for _, text in stage["facts"]]
        assert said and all(text and "  " not in text for text in said)
        assert all(rule_in_words(rule) for rule in strategy.rules)


def test_twelve_stages_on_each_of_four_tracks_are_little_to_send():
    chapter = own(4, 12)
    track = track_of(chapter, chapter.lived)
    assert [len(line.steps) for line in track.lines] == [12] * 4
    assert [line.name for line in track.lines] == ["", "side 1", "side 2", "side 3"]
    assert len(json.dumps(now_of(track))) < 24_000
    one = lived(*LIVES[1])
    assert len(json.dumps(now_of(track_of(one, one.lived)))) < 5_000


def test_a_title_from_a_file_is_sent_as_text_that_the_view_escapes():
    plan = plan_of(own().strategy)
    assert plan[0][0]["title"].startswith("<img src=x")
    assert "v-html" not in (Path(browser.__file__).parent / "vue/track.vue").read_text("utf-8")


def test_the_part_sends_the_plan_once_and_the_month_each_time():
    chapter = lived(*LIVES[1])
    asked = []
    _, rc = solara.render(StrategyTrack(chapter, 10, asked.append), handle_error=False)
    view = rc.find(ipyvue.VueTemplate).widget
    sent = []
    view.observe(lambda change: sent.append(change["name"]))
    before = view.standing
    rc.render(StrategyTrack(chapter, 24, asked.append))
    assert "standing" in sent and "stages" not in sent and view.standing != before
    now = json.loads(view.standing)
    assert now["lines"][0]["sentence"].startswith("Stage 4 (Fourth step)")
    rc.close()
