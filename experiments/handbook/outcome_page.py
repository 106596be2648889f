"""The page of the outcomes and of the labels of a run: docs/outcomes.md."""

from __future__ import annotations

from experiments.handbook.places import NOTE


def outcomes_page() -> str:
    """Return the page of the outcomes, metric by metric, and of the labels of a run."""
    from experiments.report import endings
    from model.outcomes import METRICS, OUTCOMES

    rows = [
        f"| {metric} | {about} | `{outcome.name}` | {outcome.unit} | {outcome.better} | {outcome.meaning} | "
        f"{outcome.where or 'in every run'} |"
        for metric, about in {**METRICS, "": "the model itself"}.items()
        for outcome in OUTCOMES.values()
        if outcome.metric == metric
    ]
    parts = [
        "# Outcomes\n",
        NOTE,
        f"A run is judged by {len(OUTCOMES)} outcomes with units, never by one score. The seeds name "
        f"{len(METRICS)} metrics, K01 to K{len(METRICS)}; each has one outcome or several here, and "
        "`tests/model/test_outcomes.py` holds every one against a history told by hand. A run has a row for "
        "each of its disputes. Where an outcome does not apply it is missing (NaN), not 0: means and "
        "comparisons leave such runs out, so read them beside the share of runs to which they apply. "
        "*Better* says which way: up, down, or nearer to zero. The months and bars in the meanings are "
        "conventions, listed under *Ledger* in [parameters.md](parameters.md).\n",
        "| | about | outcome | unit | better | what it is | applies |",
        "|---|---|---|---|---|---|---|",
        *rows,
        "\n## How a run ended\n",
        "Each dispute of a run also bears one label.\n",
        "| label | what it means |",
        "|---|---|",
        *(f"| {word} | {meaning} |" for word, meaning in endings()),
        "\nThe label is about the end of the run. `agreement_cause` says why the first agreement died, which "
        "may be long before: leak, noise (a finding that was wrong), cheating ..., or none where none did.\n",
    ]
    return "\n".join(parts)
