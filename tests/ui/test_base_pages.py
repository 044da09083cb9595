"""The base pages: who I am is always said, and nothing personal is on a page for everyone."""

import pytest
from django.contrib import messages

from saidanddone.ui import context
from tests.ui.pages import PLACE, Person, ask, draw

FRONT = '{% extends "front.html" %}{% set nav = "wall" %}{% block title %}T{% endblock %}'
DESK = '{% extends "desk.html" %}{% set nav = "day" %}{% block title %}T{% endblock %}'


@pytest.mark.parametrize("base", [FRONT, DESK])
def test_header_says_who_i_am_and_for_whom(base):
    html = draw(base, ask(user=Person("officer")))
    assert '<a href="/acting-for/">Nadia Larkspur</a>' in html
    assert "acting for Bury Council" in html
    assert 'action="/sign-out/"' in html


@pytest.mark.parametrize("base", [FRONT, DESK])
def test_header_says_when_i_act_for_nobody(base):
    assert 'href="/our-story/">' in draw(base, ask(user=Person(organisation=None)))


def test_page_for_everyone_holds_nothing_personal():
    html = draw(FRONT, ask())
    for sign in ("csrf", "Sign out", "acting-for", "My day"):
        assert sign not in html


def test_front_marks_where_one_is():
    assert '<a href="/you-said-we-did/" aria-current="true">' in draw(FRONT)


def test_leave_is_shown_when_the_page_asks():
    assert 'href="/leave/" data-leave' in draw("{% set leave = true %}" + FRONT)
    assert "/leave/" not in draw(FRONT)


@pytest.mark.parametrize(
    ("roles", "keys"),
    [
        ((), "day boards decisions sessions library network people"),
        (
            ("practitioner",),
            "day voices issues stories boards decisions sessions library network people",
        ),
        (("officer",), "day issues boards decisions sessions library network people"),
        (
            ("administrator",),
            "day boards decisions sessions library network people coordinators settings status",
        ),
    ],
)
def test_desk_shows_only_where_one_may_go(roles, keys):
    assert " ".join(way.key for way in context.ways_for(Person(*roles))) == keys


@pytest.mark.parametrize(
    "person",
    [Person("subscriber"), Person("officer", strong=False), Person(organisation=None)],
    ids=["network member", "signed in by code", "no post"],
)
def test_people_are_for_professionals(person):
    assert "people" not in [way.key for way in context.ways_for(person)]


def test_desk_with_a_side_list_is_framed():
    page = (
        DESK
        + "{% block side %}<h2>Agenda</h2>{% endblock %}{% block main %}<h1>M</h1>{% endblock %}"
    )
    html = draw(page, ask(user=Person()))
    assert 'class="side" id="side"' in html
    assert html.count("<h1>M</h1>") == 1
    assert "frame" not in draw(DESK, ask(user=Person()))


def test_messages_are_drawn_once_at_the_top():
    request = ask(user=Person())
    messages.success(request, "Your answer was sent.")
    html = draw(DESK + "{% block main %}<h1>M</h1>{% endblock %}", request)
    assert html.index("Your answer was sent.") < html.index("<h1>M</h1>")


def test_theme_comes_after_the_stylesheet_and_only_if_there_is_one():
    html = draw(FRONT)
    assert html.index("said-and-done") < html.index("/theme.css?v=7")


def test_front_door_is_on_every_page():
    for base in (FRONT, DESK):
        html = draw(base, ask(user=Person()))
        assert f'href="tel:01614960111">{PLACE.front_door_number}</a>' in html


def test_nothing_is_inline():
    html = draw(FRONT) + draw(DESK, ask(user=Person()))
    for sign in (" style=", "<style", "javascript:", " onclick", "<script>"):
        assert sign not in html
