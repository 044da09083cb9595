"""How hard a text is to read: the age at which most can, and the words that make it hard.

The age is five more than the Flesch–Kincaid grade, 0.39 × words per sentence + 11.8 × syllables
per word − 15.59, because the first American grade begins at about six. The formula is from
Kincaid, Fishburne, Rogers and Chissom, Derivation of New Readability Formulas for Navy Enlisted
Personnel, 1975. `textstat` counts the syllables; hard are the words of three or more that are not
on its list of common English words.
"""

import re
from decimal import Decimal
from typing import NamedTuple

from markupsafe import Markup, escape
from textstat import textstat

FIRST_GRADE_AGE = 5
YOUNGEST, OLDEST = 5, 25  # beyond these the formula only counts how long a sentence is
MOST_LETTERS = 20_000
WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")


class Reading(NamedTuple):
    """A text's reading age in years, and its hard words in the order of the text."""

    age: Decimal
    hard: tuple[str, ...]


def read(*texts: str) -> Reading:
    """How hard these texts are together; an empty text can be read by anybody."""
    text = "\n\n".join(_ended(text.strip()) for text in texts if text.strip())[:MOST_LETTERS]
    if not WORD.search(text):
        return Reading(Decimal(YOUNGEST), ())
    age = textstat.flesch_kincaid_grade(text) + FIRST_GRADE_AGE
    difficult = {_bare(word) for word in textstat.difficult_words_list(text)}
    hard: dict[str, str] = {}
    for word in WORD.findall(text):
        if _bare(word) in difficult:
            hard.setdefault(_bare(word), word)
    age = Decimal(str(round(min(max(age, YOUNGEST), OLDEST), 1)))
    return Reading(age, tuple(hard.values()))


def marked(text: str, hard: tuple[str, ...]) -> Markup:
    """The text, escaped, with each of these words marked."""
    wanted = {_bare(word) for word in hard}
    parts, end = [], 0
    for found in WORD.finditer(text):
        if _bare(found[0]) not in wanted:
            continue
        parts += [escape(text[end : found.start()]), Markup("<mark>{}</mark>").format(found[0])]
        end = found.end()
    return Markup("").join([*parts, escape(text[end:])])


def _bare(word: str) -> str:
    """The word as the list spells it: small letters, without hyphen and apostrophe."""
    return "".join(letter for letter in word.lower() if letter.isalpha())


def _ended(text: str) -> str:
    """A heading or a line without its full stop is a sentence of its own."""
    lines = (line.strip() for line in text.splitlines() if line.strip())
    return "\n".join(line if line[-1] in ".!?…:" else f"{line}." for line in lines)
