"""What every analysis gives back: a question, its answer in a sentence, and what the answer rests on.

A verb prints a section, the report has it as a chapter, and a notebook shows its figures and tables: all
from the same object, so that nothing is worded or drawn twice.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from matplotlib.figure import Figure


@dataclass(frozen=True)
class Section:
    """One question asked of a sweep, and its answer.

    Attributes
    ----------
    key : str
        Its verb, such as "survival"; also the name of its folder.
    question : str
        What is asked, as a heading.
    finding : str
        The answer in one sentence, made from the numbers.
    sentences : sequence of str
        What else the numbers say, a sentence each, the weightiest first.
    tables : mapping of str to DataFrame
        By short name such as "differences": what a reader may want to look up, a row a thing, columns in
        words, ready to be written as CSV.
    figures : mapping of str to Figure
        By short name; each title states a finding.
    notes : sequence of str
        How it was computed, and what it does not cover.
    """

    key: str
    question: str
    finding: str
    sentences: Sequence[str] = ()
    tables: Mapping[str, pd.DataFrame] = field(default_factory=dict)
    figures: Mapping[str, Figure] = field(default_factory=dict)
    notes: Sequence[str] = ()
