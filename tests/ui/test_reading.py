"""How hard a text reads: older for harder words, the same for the same, an answer for anything."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as some

from saidanddone.ui.reading import OLDEST, YOUNGEST, marked, read

EASY = "We can put two lights on the path. They come on when it is dark."
HARD = (
    "The multi-agency partnership will undertake a comprehensive evaluation of commissioning "
    "arrangements in order to determine strategic alignment with statutory responsibilities."
)


def test_easy_words_read_young_and_hard_words_old():
    assert read(EASY).age < 9 < read(HARD).age
    assert read(EASY).hard == ()


def test_the_age_is_the_grade_and_five_years():
    # 6 words, 1 sentence, 6 syllables: 0.39 * 6 + 11.8 * 1 - 15.59 = -1.45, below the youngest.
    assert read("We can put the light on.").age == YOUNGEST
    # 5 words, 9 syllables: 0.39 * 5 + 11.8 * 1.8 - 15.59 = 7.6, and five years.
    assert read("Commissioning requires patient people often.").age >= 12


def test_hard_words_are_named_once_in_the_order_of_the_text():
    found = read("Partnership evaluation. Another partnership.")
    assert found.hard == ("Partnership", "evaluation")


def test_parts_are_read_as_sentences_of_their_own():
    assert read("We are glad", "You are too") == read("We are glad.", "You are too.")
    assert read("", "  ", "\n") == (Decimal(YOUNGEST), ())


def test_marked_marks_whole_words_and_escapes_the_rest():
    text = marked("<b>Evaluation</b> of re-evaluation", ("evaluation",))
    assert text == "&lt;b&gt;<mark>Evaluation</mark>&lt;/b&gt; of re-evaluation"


@given(some.text(max_size=400))
def test_any_text_has_an_age_and_stays_itself_when_marked(text):
    found = read(text)
    assert YOUNGEST <= found.age <= OLDEST
    bare = marked(text, found.hard).replace("<mark>", "").replace("</mark>", "")
    assert bare.unescape() == text
