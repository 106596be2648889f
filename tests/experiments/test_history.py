import json
from dataclasses import replace

import numpy as np
import pandas as pd

from experiments import compare, history, telling


def test_quiet_months_are_skipped_and_a_date_is_told_once():
    events = pd.DataFrame(
        {"date": ["2012-01", "2012-01", "2013-05-01"], "sentence": ["Talks open.", "They leak.", "They end."]}
    )
    assert history.told(events) == ["2012-01  Talks open.", "         They leak.", "2013-05  They end."]


def test_what_is_said_twice_in_a_month_is_told_once_and_counted():
    events = pd.DataFrame({"date": ["2012-01"] * 3, "sentence": ["A.", "B.", "A."]})
    assert history.told(events) == ["2012-01  A. (2 times)", "         B."]


def test_a_history_without_events_says_so():
    assert history.told(pd.DataFrame({"date": [], "sentence": []})) == [
        "Nothing happened that the ledger records."
    ]


def test_every_stored_row_is_lived_again_to_the_last_bit(pretended):
    compare.compare(compare.prepare(compare.Order("a-case", replicates=4)), pretended / "out")
    for row in range(12):
        life, stored, changed = history.recorded(pretended / "out", row)
        assert history.departures(history.live(life).outcome(), stored) == []
        assert changed == []


def test_a_changed_outcome_is_named():
    stored = {"leaks": 1, "hardship": 0.25, "label": "stalled", "months": np.nan, "settled": True}
    assert history.departures(stored, stored) == []
    changed = stored | {"hardship": np.nextafter(0.25, 1), "months": 3.0}
    assert history.departures(changed, stored) == ["hardship", "months"]


def test_every_dispute_of_a_history_is_lived_again_and_told(pretended):
    compare.compare(compare.prepare(compare.Order("a-double-case", replicates=2)), pretended / "out")
    told = []
    for row in (4, 5):
        life, stored, _ = history.recorded(pretended / "out", row)
        watched = history.live(life)
        assert life.dispute == stored["dispute"]
        assert history.departures(watched.outcome(life.dispute), stored) == []
        told.append([line for line in history.endings(life, watched) if line.startswith("How")])
    one, another = told
    assert one == another[::-1]
    assert one[0].startswith("How one-matter ended")


def test_one_dispute_of_several_is_told_with_what_belongs_to_none(pretended):
    for dispute, elsewhere in (("one-matter", "Another matter leaks."), ("another", "One matter leaks.")):
        watched = history.live(telling.begun("a-double-case", "quiet-talks", 7, 0, None, dispute))
        told = "\n".join(history.told_of(watched, dispute=dispute))
        assert f"{dispute.replace('-matter', '').capitalize()} matter leaks." in told
        assert "Senderland votes." in told
        assert elsewhere not in told
    assert {"One matter leaks.", "Another matter leaks."} <= set(watched.events()["sentence"])


def test_the_folder_of_a_history_holds_the_series_of_the_dispute_that_is_told(pretended):
    for place, dispute in enumerate(("one-matter", "another")):
        life = telling.begun("a-double-case", "quiet-talks", 7, 0, None, dispute)
        telling.tell(life, pretended / dispute, figure=False)
        assert pd.read_csv(pretended / dispute / "months.csv")["hardship"][0] == 0.3 + 0.1 * place
        assert json.loads((pretended / dispute / "manifest.json").read_text())["dispute"] == dispute


def test_where_there_is_one_dispute_it_is_not_named_even_if_the_user_named_it(pretended):
    named = replace(telling.begun("a-case", "quiet-talks", 7, 0, None, "the-dispute"), dispute="the-dispute")
    assert named.told is None
    assert telling.about(named, "another way", 100) == []
    assert history.endings(named, history.live(named))[0].startswith("How it ended")


def test_what_does_not_apply_is_not_told_as_never():
    assert history.amount(np.nan, "leverage_left") == "does not apply"
    assert history.amount(np.nan, "months_to_agreement") == "never"


def test_amounts_are_words_where_words_are_clearer():
    assert [history.amount(value) for value in (True, np.nan, 0.123456, "lifted")] == [
        "yes",
        "never",
        "0.1235",
        "lifted",
    ]
