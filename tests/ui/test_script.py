"""The one script, in a real browser: what it makes quicker, and that axe finds nothing to mend."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from saidanddone.ui import errors, views
from tests.ui.pages import Person, ask, draw

pytestmark = pytest.mark.journey
STATIC = Path(views.__file__).parent / "static"
KINDS = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
PLACE = "http://place.test"


@pytest.fixture
def opened(chromium):
    """A window on pages that exist only in this test, like {"/": html}."""
    windows = []

    def open_at(pages, *, path="/", **options):
        window = chromium.new_context(**options)
        windows.append(window)
        page = window.new_page()
        page.asked = []
        page.route("**/*", lambda route: _answer(route, page, pages))
        page.goto(PLACE + path)
        return page

    yield open_at
    for window in windows:
        window.close()


def _answer(route, page, pages):
    path = route.request.url.removeprefix(PLACE)
    file = STATIC / path.removeprefix("/static/").split("?")[0]
    if path in pages:
        page.asked.append((route.request.method, path, route.request.post_data or ""))
        route.fulfill(body=pages[path], content_type="text/html; charset=utf-8")
    elif path.startswith("/static/") and file.exists():
        kind = KINDS.get(file.suffix, "font/woff2")
        route.fulfill(body=file.read_bytes(), content_type=kind)
    else:
        route.fulfill(status=404, body="")


FRONT = '{% extends "front.html" %}{% block title %}T{% endblock %}'


def test_leaving_leaves_nothing_behind(opened):
    html = draw("{% set leave = true %}" + FRONT + "{% block main %}<h1>M</h1>{% endblock %}")
    page = opened(
        {"/": html, "/leave/": "<h1>Weather</h1>", "/before": "<h1>B</h1>"}, path="/before"
    )
    page.goto(PLACE + "/")
    page.get_by_text("Leave this page now").click()
    expect(page.get_by_role("heading")).to_have_text("Weather")
    page.go_back()
    expect(page.get_by_role("heading")).to_have_text("B")


def test_room_left_is_said_once_it_matters(opened):
    html = draw(FRONT + '{% block main %}<textarea maxlength="20"></textarea>{% endblock %}')
    page = opened({"/": html})
    page.get_by_role("textbox").fill("short")
    expect(page.locator("main [role=status]")).to_have_text("")
    page.get_by_role("textbox").fill("seventeen letters")
    expect(page.locator("main [role=status]")).to_have_text("Room for 3 more letters")


def test_score_is_asked_while_typing(opened):
    form = (
        '<form method="post" data-score-url="/score/"><textarea name="why"></textarea>'
        "<p data-score></p></form>"
    )
    html = draw(FRONT + "{% block main %}" + form + "{% endblock %}")
    page = opened({"/": html, "/score/": "<b>Age 9</b>"})
    page.get_by_role("textbox").fill("Because the bus is late")
    expect(page.locator("[data-score]")).to_have_text("Age 9")
    assert "Because the bus is late" in page.asked[-1][2]


def test_list_is_put_in_order_by_dragging(opened):
    source = (
        '{% from "components/ordering.html" import ordering with context %}'
        + FRONT
        + "{% block head %}<script src='{{ static('ui/order.js') }}' defer></script>{% endblock %}"
        "{% block main %}"
        "{{ ordering('/order/', [{'key': 1, 'title': 'One'}, {'key': 2, 'title': 'Two'}, "
        "{'key': 3, 'title': 'Three'}]) }}{% endblock %}"
    )
    page = opened({"/": draw(source), "/order/": "<h1>Kept</h1>"})
    page.locator("li[data-key='3']").drag_to(
        page.locator("li[data-key='1']"), target_position={"x": 20, "y": 4}
    )
    expect(page.get_by_role("heading", name="Kept")).to_be_visible()
    assert "order=3%2C1%2C2" in page.asked[-1][2]


def test_list_is_put_in_order_by_keyboard(opened):
    source = (
        '{% from "components/ordering.html" import ordering with context %}'
        + FRONT
        + "{% block main %}"
        "{{ ordering('/order/', [{'key': 1, 'title': 'One'}, {'key': 2, 'title': 'Two'}]) }}"
        "{% endblock %}"
    )
    page = opened({"/": draw(source), "/order/": "<h1>Kept</h1>"}, java_script_enabled=False)
    page.get_by_role("button", name="Down One").press("Enter")
    expect(page.get_by_role("heading", name="Kept")).to_be_visible()
    assert "move=1%3Adown" in page.asked[-1][2]
    assert "order=" not in page.asked[-1][2]


def _desk():
    page = '{% extends "desk.html" %}{% block title %}T{% endblock %}{% set nav = "day" %}'
    side = "{% block side %}<ul><li><a href='/'>One</a></li></ul>{% endblock %}"
    body = "{% block main %}<h1>My day</h1>{% endblock %}"
    return draw(page + side + body, ask(user=Person("administrator", "participation_worker")))


LOOKS = {
    "gallery": lambda: views.gallery(ask("/")).content,
    "desk": _desk,
    "front, signed in": lambda: draw(
        FRONT + "{% block main %}<h1>M</h1>{% endblock %}", ask(user=Person("officer"))
    ),
    "database away": lambda: (
        errors.database_away(
            ask("/", post={"words": "The bus leaves early"}, HTTP_SEC_FETCH_SITE="same-origin")
        ).content
    ),
}


@pytest.mark.parametrize("kind", LOOKS)
@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (1280, "dark")])
def test_page_is_open_to_everyone(opened, kind, width, scheme):
    page = opened(
        {"/": LOOKS[kind]()}, viewport={"width": width, "height": 900}, color_scheme=scheme
    )
    found = Axe().run(page).response["violations"]
    assert [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in found] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
