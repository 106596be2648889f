"""Where the documents stand, and what a page says of itself that is made from the code."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
README = ROOT / "README.md"
NOTE = "<!-- Made by python -m experiments.pages: change the code, not this page. -->\n"
