import re

import pytest

from experiments import compare, report


@pytest.fixture
def page(pretended):
    brief = compare.compare(compare.prepare(compare.Order("a-case", replicates=30)), pretended / "out")
    return brief, (pretended / "out" / "report.html").read_text(encoding="utf-8")


def test_report_opens_without_a_network(page):
    assert re.findall(r"(?:src|href)=\"(?!data:)", page[1]) == []
    assert "http" not in page[1].replace("data:image/png", "")


def test_report_says_that_it_is_not_a_forecast_and_how_to_make_it_again(page):
    assert page[1].count(report.LABEL) >= 2
    assert "backchannel compare a-case --replicates 30 --seed 7" in page[1]
    assert page[0].finding in page[1]


def test_report_says_plainly_when_means_differ(page):
    assert "do not spend the same" in page[1]


def test_a_single_strategy_is_reported_without_differences(pretended):
    order = compare.Order("a-case", ("quiet-talks",), replicates=5, fixed=True)
    compare.compare(compare.prepare(order), pretended / "out")
    text = (pretended / "out" / "report.html").read_text(encoding="utf-8")
    assert "Which differences are real" not in text
    assert "Only luck varied" in text


def test_numbers_are_short():
    assert [report.number(value) for value in (0.12345, 1234.5, float("nan"), "month")] == [
        "0.123",
        "1,234",
        "–",
        "month",
    ]
    assert report.interval(float("inf"), float("inf"), "wait") == "never"
    assert report.interval(0.37, 0.5, "share") == "37–50%"
