"""How states look in a list: each has a shape and words, so that colour alone says nothing."""

from typing import NamedTuple

from saidanddone.core.imports import CHANGED, LEFT_OUT, NEW, REFUSED, SAME


class State(NamedTuple):
    """A state as a tag: shape, words and tone."""

    shape: str
    words: str
    tone: str = ""


IMPORT_FATES = {
    REFUSED: State("s-off", "Not taken", "bad"),
    NEW: State("s-new", "New", "info"),
    CHANGED: State("s-with", "Changes", "watch"),
    LEFT_OUT: State("s-none", "Left out"),
    SAME: State("s-done", "Stays as it is"),
}
