"""Whether two names may be the same child's: capitals, accents, order and common slips apart."""

import re
import unicodedata
from datetime import date
from difflib import SequenceMatcher

NEAR = 0.8  # of 1: how much of the letters agree in their order
LETTERS = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe"})


def plain(name: str) -> tuple[str, ...]:
    """The parts of a name in small plain letters, in the order of the alphabet."""
    bare = unicodedata.normalize("NFKD", name.casefold().translate(LETTERS))
    bare = "".join(sign for sign in bare if not unicodedata.combining(sign)).replace("'", "")
    return tuple(sorted(re.findall(r"\w+", bare.replace("’", ""))))


def same_name(one: str, other: str) -> bool:
    """The same parts, whatever their order, capitals and accents."""
    return bool(plain(one)) and plain(one) == plain(other)


def near_name(one: str, other: str) -> bool:
    """A likely other spelling: a part left out, a nickname's beginning, a letter or two."""
    mine, theirs = plain(one), plain(other)
    if not mine or not theirs:
        return False
    shared = set(mine) & set(theirs)
    if shared and (set(mine) <= set(theirs) or set(theirs) <= set(mine)):
        return True
    return SequenceMatcher(None, " ".join(mine), " ".join(theirs)).ratio() >= NEAR


def why_alike(name: str, born: date | None, other_name: str, other_born: date | None) -> str:
    """In a few words why somebody should look whether this is one child; empty if nobody should."""
    same, near = same_name(name, other_name), near_name(name, other_name)
    if born is None or other_born is None:
        return "same name, no birth date to compare" if same else ""
    if born == other_born:
        return "same name and birth date" if same else "same birth date, name alike" if near else ""
    return "same name, birth date alike" if same and _slipped(born, other_born) else ""


def _slipped(born: date, other: date) -> bool:
    """Day and month turned round, or one figure wrong."""
    turned = (born.day, born.month, born.year) == (other.month, other.day, other.year)
    figures = zip(f"{born:%Y%m%d}", f"{other:%Y%m%d}", strict=True)
    return turned or sum(one != another for one, another in figures) == 1
