"""What every result is and is not. Whatever is written down or shown of a run says it, in these words."""

from __future__ import annotations

LABEL = "Exploratory, not a forecast"
