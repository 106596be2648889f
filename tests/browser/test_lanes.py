"""The timeline of the ledger: a mark for what happened, where and when it happened."""

import json

import pytest

from browser.charts.lanes import LANE, height_of, lanes_option
from browser.charts.theme import DARK, LIGHT

GROUPS = {"talks": "Talks", "relief": "Relief"}
DATES = ["2012-11", "2012-11", "2012-12", "2013-01", "2013-02"]
STORY = [
    (1, "talks", 0, "They met."),
    (1, "talks", 0, "They agreed."),
    (1, "talks", 1, "It leaked."),
    (4, "relief", 2, "<b>{a}</b>"),
]


def marks(option, place=0):
    return [
        (series["id"], tuple(mark["value"]))
        for series in option["series"]
        if series["xAxisIndex"] == place
        for mark in series["data"]
    ]


def test_there_is_a_mark_for_each_month_lane_and_tone():
    option = lanes_option({"one": STORY}, GROUPS, DATES, 4, LIGHT)
    assert marks(option) == [("0-0", (1, 0)), ("0-1", (1, 0)), ("0-2", (4, 1))]
    assert [series["symbol"] for series in option["series"]] == ["triangle", "triangle", "diamond"]
    assert option["series"][1]["symbolRotate"] == 180


def test_a_mark_tells_its_date_and_what_happened():
    option = lanes_option({"one": STORY}, GROUPS, DATES, 4, LIGHT)
    first = option["series"][0]["data"][0]
    assert first["tooltip"]["formatter"] == "<b>2012-11</b><br>They met.<br>They agreed."
    assert first["symbolSize"] > option["series"][1]["data"][0]["symbolSize"]


def test_what_a_file_says_is_escaped_and_no_template():
    option = lanes_option({"one": STORY}, GROUPS, DATES, 4, LIGHT)
    assert option["series"][2]["data"][0]["tooltip"]["formatter"].endswith("&lt;b&gt;&#123;a}&lt;/b&gt;")


def test_a_mark_tells_so_many_sentences_and_how_many_more():
    crowded = [(2, "talks", 0, f"No. {number}.") for number in range(9)]
    (mark,) = lanes_option({"one": crowded}, GROUPS, DATES, 4, LIGHT)["series"][0]["data"]
    assert mark["tooltip"]["formatter"].endswith("No. 3.<br>and 5 more")


def test_a_long_sentence_is_cut_at_a_word():
    (mark,) = lanes_option({"one": [(2, "talks", 0, "word " * 99)]}, GROUPS, DATES, 4, LIGHT)["series"][0][
        "data"
    ]
    assert mark["tooltip"]["formatter"].endswith("word …") and len(mark["tooltip"]["formatter"]) < 190


def test_what_comes_later_is_faint():
    option = lanes_option({"one": STORY}, GROUPS, DATES, 3, LIGHT)
    faint = [mark["value"] for series in option["series"] for mark in series["data"] if "itemStyle" in mark]
    assert faint == [[4, 1]]


@pytest.mark.parametrize("month", [0, 3])
def test_a_line_stands_at_the_month_looked_at_even_where_nothing_happened(month):
    for story in ([], STORY):
        option = lanes_option({"one": story}, GROUPS, DATES, month, LIGHT)
        assert option["series"][0]["markLine"]["data"] == [{"xAxis": month}]


def test_the_axis_names_the_januaries():
    option = lanes_option({"one": STORY}, GROUPS, DATES, 0, LIGHT)
    assert option["xAxis"][0]["data"] == ["", "", "", "2013", ""]


def test_of_two_stories_one_stands_above_the_other_on_the_same_months():
    option = lanes_option({"one": STORY, "other": STORY[:1]}, GROUPS, DATES, 2, LIGHT)
    top, below = option["grid"]
    assert top["top"] + LANE * len(GROUPS) <= option["title"][1]["top"] < below["top"]
    assert top["left"] == below["left"] and option["xAxis"][0]["data"] == option["xAxis"][1]["data"]
    assert [title["text"] for title in option["title"]] == ["one", "other"]
    assert marks(option, 1) == [("1-0", (1, 0))]
    assert [axis["axisLabel"]["show"] for axis in option["xAxis"]] == [False, True]
    assert height_of(2, len(GROUPS)) > below["top"] + LANE * len(GROUPS) > height_of(1, len(GROUPS))


def test_the_option_always_says_the_same_keys_and_is_plain():
    options = [
        lanes_option({"one": story}, GROUPS, DATES, month, theme)
        for story in ([], STORY)
        for month in (0, 4)
        for theme in (LIGHT, DARK)
    ]
    assert len({tuple(option) for option in options}) == 1
    assert all(json.loads(json.dumps(option, allow_nan=False)) == option for option in options)


def test_by_night_the_marks_are_lighter():
    day, night = (lanes_option({"one": STORY}, GROUPS, DATES, 0, theme) for theme in (LIGHT, DARK))
    assert day["series"][0]["itemStyle"] != night["series"][0]["itemStyle"]


def test_a_group_without_a_lane_is_left_out():
    option = lanes_option({"one": [(1, "weather", 0, "It rained.")]}, GROUPS, DATES, 0, LIGHT)
    assert marks(option) == []
