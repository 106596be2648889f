"""What this is, and what it is not."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import solara

from browser.reading.codes import key_in_words

#: Read aloud to whoever asks what the page shows: how a paragraph begins, and how it goes on.
PARAGRAPHS = (
    (
        "Backchannel simulates the diplomacy around sanctions:",
        "who presses whom, who talks to whom unseen, what is offered in which order, who verifies it, and "
        "what governments, mediators, regional bodies and civil society make of it.",
    ),
    (
        "It is exploration, not forecast.",
        "A history is one story among many; the fan beside it shows 300 others under the same settings. A "
        "share of runs is not a probability of anything in the world.",
    ),
    (
        "How to read the page.",
        "Play the history, or move the month by hand, also backwards. Click an actor for its card, a "
        "stage or a sentence of the ledger for its month. Whatever is changed at the left takes effect at "
        "once, in the month that is looked at. Compare puts a second strategy beside the first on the "
        "same luck; Strategy opens the stages to be reordered and changed; Take away gives every file, "
        "figure and number, and a link that opens the page as it is.",
    ),
    ("What the codes are.", key_in_words()),
)


@solara.component
def About(is_open: solara.Reactive[bool]) -> None:
    """Show what the page is, while ``is_open``."""
    paragraphs = [{"head": head, "text": text} for head, text in PARAGRAPHS]
    Dialog(is_open=is_open.value, paragraphs=paragraphs, event_close=lambda *_: is_open.set(False))


@solara.component_vue("../vue/about.vue")
def Dialog(*, is_open: bool, paragraphs: Sequence[dict[str, str]], event_close: Callable[..., None]) -> None:
    """Show paragraphs in a dialog.

    Parameters
    ----------
    is_open : bool
        Whether it is shown.
    paragraphs : sequence of mapping
        How each begins ("head"), and how it goes on ("text").
    event_close : callable
        Told when the reader has put it away.
    """
