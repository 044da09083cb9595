"""The components: names fail when undefined, words are escaped, shapes follow what happened."""

from datetime import date
from types import SimpleNamespace

import pytest
from django.core.paginator import Paginator
from jinja2 import UndefinedError

from saidanddone.ui.charts import howfar, threadlet
from tests.ui.pages import ask, component, draw


def test_undefined_name_fails():
    with pytest.raises(UndefinedError):
        draw("{{ nobody_gave_this }}")


def test_voice_escapes_and_keeps_the_words():
    html = component("voice", "voice(words, by)", words="<script>it's</script>", by="Age 13 & up")
    assert '<p dir="auto">&lt;script&gt;it&#39;s&lt;/script&gt;</p>' in html
    assert "Age 13 &amp; up" in html


def test_voice_names_its_language_and_its_picture():
    html = component(
        "voice", 'voice("", "Drawn", lang="pl", picture="/p/1", picture_words="A bus")'
    )
    assert "blockquote" not in html
    assert 'src="/p/1" alt="A bus"' in html
    assert 'lang="pl"' in component("voice", 'voice("Nie", "x", lang="pl")')


def _reply(**over):
    parts = {"said": "a", "decided": "b", "why": "c", "could_not": "", "next": "d", "by_when": None}
    return SimpleNamespace(**parts | over)


def test_reply_has_its_headings_in_order():
    html = component(
        "reply", "reply(r, 'From Dot', on)", r=_reply(could_not="e"), on=date(2020, 1, 2)
    )
    heads = [
        "What you said",
        "What we decided",
        "Why<",
        "What we could not do",
        "What happens next",
    ]
    assert sorted(heads, key=html.index) == heads
    assert "2 January 2020" in html


def test_reply_leaves_out_what_could_all_be_done():
    html = component("reply", "reply(r, 'From Dot', on)", r=_reply(), on=date(2020, 1, 2))
    assert "What we could not do" not in html


def test_pager_of_one_page_is_nothing():
    assert component("pager", "pager(p)", p=Paginator([1], 10).page(1)).strip() == ""


def test_pager_marks_this_page():
    html = component("pager", "pager(p, '?about=bus&')", p=Paginator(range(30), 10).page(2))
    assert 'href="?about=bus&amp;page=3" rel="next"' in html
    assert html.count('aria-current="page"') == 1


def test_facts_offer_change_only_where_they_can():
    rows = [("When", "Friday", "/change/", "when"), ("Who", "Dot")]
    html = component("facts", "facts(rows)", rows=rows)
    assert 'Change<span class="hidden-words"> when</span>' in html
    assert html.count("Change") == 1
    assert "facts--change" not in component("facts", "facts(rows)", rows=[("Who", "Dot")])


def test_table_names_each_cell_for_a_phone():
    html = component("table", "table('Actions', ['What', ('Days', 'num')], [['Call', 3]])")
    assert '<th scope="row">Call</th>' in html
    assert '<td data-label="Days" class="num">3</td>' in html


def test_verb_form_posts_with_a_token_and_its_held_values():
    html = component(
        "verb_form", "verb_form('/x/', 'Take them back', grave=True, hold={'voice': 3})",
        with_context=True,
    )  # fmt: skip
    assert 'method="post" action="/x/"' in html
    assert "csrfmiddlewaretoken" in html
    assert '<input type="hidden" name="voice" value="3">' in html
    assert '<button class="button button--grave">Take them back</button>' in html


def test_safety_gives_the_three_numbers():
    html = component("safety", "safety()", with_context=True)
    assert [n for n in ("tel:999", "tel:08001111", "tel:01614960111") if n in html] == [
        "tel:999", "tel:08001111", "tel:01614960111",
    ]  # fmt: skip


def test_threadlet_is_solid_only_for_what_happened():
    assert 'x2="32.4" y1="10" y2="10" stroke="currentColor" stroke-width="3"/>' in threadlet(
        2, 6, closed=False
    )
    assert "stroke-dasharray" not in threadlet(6, 6, closed=True)
    assert threadlet(99, 6, closed=False) == threadlet(5, 6, closed=False)


def test_howfar_of_nothing_does_not_fail():
    assert 'cx="2"' in howfar(3, 0)
    assert 'cx="252"' in howfar(9, 3)


def test_title_says_that_there_is_an_error():
    page = '{% extends "front.html" %}{% block title %}Tell us{% endblock %}'
    form = SimpleNamespace(errors={"words": ["?"]})
    assert "<title>Error: Tell us – Bury" in draw(page, form=form)
    assert "<title>Tell us – Bury" in draw(page, form=None)
    assert "<title>Tell us – Bury" in draw(page, ask())
