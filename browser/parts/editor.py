"""The strategy editor: stages are moved, added, changed and removed; what is wrong is said at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import solara

from browser.editor.desk import SUMS, Desk, acted, begun, current
from browser.editor.review import review
from browser.editor.views import bar_of, form_at, list_of, sums_of
from browser.parts.subtabs import SubTabs
from browser.scene.settings import Settings
from browser.scene.sides import LETTERS
from browser.steering.choice import case_of

#: What an event of a component says: "op" and what belongs to it.
Act = Callable[[Mapping[str, Any]], None]


@solara.component_vue("../vue/editor_bar.vue")
def EditorBar(bar: dict[str, Any], event_act: Act | None = None) -> None:
    """Show totals, faults, and what can be done with the draft as a whole."""


@solara.component_vue("../vue/editor_list.vue")
def EditorList(items: dict[str, Any], event_act: Act | None = None) -> None:
    """Show the stages as cards that can be dragged, the tables of the header, and the rules."""


@solara.component_vue("../vue/editor_form.vue")
def EditorForm(form: dict[str, Any], heard: float = 0, event_act: Act | None = None) -> None:
    """Show a field for every key of a stage, a rule or a table; ``heard`` numbers the last edit answered."""


@solara.component_vue("../vue/editor_sums.vue")
def EditorSums(sums: dict[str, Any], event_act: Act | None = None) -> None:
    """Show what is given back and asked in all by the end of each stage."""


@solara.component
def EditorPanel(
    settings: Settings,
    place: int,
    on_change: Callable[[Settings], None],
    draft: solara.Reactive[Desk | None] | None = None,
) -> None:
    """Show the strategy of a plan, of two by choice; putting it to use tells ``on_change`` the new settings.

    Parameters
    ----------
    settings : Settings
    place : int
        Whose strategy is shown first.
    on_change : callable
    draft : Reactive, optional
        What is edited, for as long as the reader wants it; None stands for nothing yet. By default it is
        lost with the panel.
    """
    mine: solara.Reactive[Desk | None] = solara.use_reactive(None)
    kept = mine if draft is None else draft
    chosen: solara.Reactive[int] = solara.use_reactive(place)
    place = min(chosen.value, len(settings.plans) - 1)
    heard = solara.use_ref(0.0)
    fresh = solara.use_memo(lambda: begun(settings, place), [settings.plans[place], settings.strategies])
    desk = current(kept.value, fresh)
    scenario = solara.use_memo(
        lambda: case_of(settings), [settings.scenario, settings.scenarios, settings.grow]
    )
    reviewed = solara.use_memo(
        lambda: None if scenario is None else review(desk.sheet.draft, scenario, desk.sheet.start),
        [desk.sheet, scenario],
    )
    if scenario is None or reviewed is None:
        solara.Text("There is no scenario to edit a strategy for: what is set cannot be run.")
        return

    def act(op: Mapping[str, Any]) -> None:
        if not isinstance(op, Mapping):
            return
        if isinstance(number := op.get("n"), int | float):
            heard.current = number
        after, changed = acted(current(kept.value, fresh), op, settings, place)
        kept.set(after)
        if changed != settings:
            on_change(changed)

    with solara.Div(classes=["bc-editor"], attributes={"data-testid": "editor"}):
        if len(settings.plans) > 1:
            letters = {f"edit-{letter.lower()}": letter for letter in LETTERS}
            SubTabs(
                letters,
                list(letters)[place],
                lambda key: chosen.set(list(letters).index(key)),
                "Whose strategy is edited",
            )
        EditorBar(bar=bar_of(desk, reviewed, settings, place), event_act=act)
        with solara.Div(classes=["bc-ed-body"]):
            EditorList(items=list_of(desk, reviewed), event_act=act)
            if desk.looking == SUMS:
                EditorSums(sums=sums_of(reviewed), event_act=act)
            else:
                EditorForm(form=form_at(desk, reviewed, scenario), heard=heard.current, event_act=act)
