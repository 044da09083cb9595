"""Our icons, drawn into the page so that they take the colour of the words beside them."""

import re
from functools import cache
from pathlib import Path

from markupsafe import Markup

FOLDER = Path(__file__).parent / "static" / "ui" / "icons"
ATTRIBUTES = 'aria-hidden="true" focusable="false"'


@cache
def icon(name: str, flip: bool = False) -> Markup:
    """One icon; a word always stands beside it. `flip` turns it round in right-to-left."""
    drawing = (FOLDER / f"{name}.svg").read_text()
    inside = re.sub(r"^<svg[^>]*>|</svg>\s*$", "", drawing)
    kind = "icon icon--flip" if flip else "icon"
    return Markup(f'<svg class="{kind}" viewBox="0 0 24 24" {ATTRIBUTES}>{inside}</svg>')  # noqa: S704 -- our own files


@cache
def logo() -> Markup:
    """The ampersand, in the place's own colours."""
    drawing = (FOLDER / "said-and-done.svg").read_text()
    inside = re.sub(r"^<svg[^>]*>|</svg>\s*$", "", drawing)
    inside = inside.replace('fill="#5a1f4e"', 'fill="currentColor"')
    inside = inside.replace('stroke="#fff"', 'stroke="var(--logo-stroke, #fff)"')
    return Markup(f'<svg class="logo__mark" viewBox="0 0 64 64" {ATTRIBUTES}>{inside}</svg>')  # noqa: S704 -- our own file
