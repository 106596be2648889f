"""The page, for ``solara run app.py``; ``backchannel app`` serves the same one."""

from browser.page import Page

__all__ = ["Page"]
