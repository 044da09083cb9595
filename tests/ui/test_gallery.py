"""The gallery shows every component, and any change is seen; WRITE_GALLERY=1 keeps it."""

import os
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.http import Http404

from saidanddone.core import clock
from saidanddone.ui import views
from tests.ui.pages import ask

SNAPSHOT = Path(__file__).parent / "gallery.snapshot.html"
TEMPLATES = Path(views.__file__).parent / "jinja2"


def _gallery():
    with clock.stand_at(datetime(2026, 11, 17, tzinfo=UTC)):
        html = views.gallery(ask("/components/")).content.decode()
    html = re.sub(r'(csrfmiddlewaretoken" value=")[^"]+', r"\1…", html)
    return re.sub(r"\n\s*\n+", "\n", html)


def test_gallery_is_as_it_was():
    html = _gallery()
    if os.environ.get("WRITE_GALLERY"):
        SNAPSHOT.write_text(html)
    assert html == SNAPSHOT.read_text()


@pytest.mark.parametrize("path", sorted(TEMPLATES.glob("components/*.html")), ids=lambda p: p.stem)
def test_component_is_one_macro_that_names_its_parameters(path):
    source = path.read_text()
    macros = re.findall(r"{%-? macro (\w+)\((.*)\)", source)
    assert [name for name, _ in macros] == [path.stem]
    opening = source[: source.index("{%")]
    assert opening.startswith(f"{{#- {path.stem}: ")
    named = {
        part.split("=")[0].strip() for part in re.sub(r"\{\}", "", macros[0][1]).split(",") if part
    }
    assert [
        name for name in named if not re.search(rf"\b{name}\b", opening[len(path.stem) + 6 :])
    ] == []


@pytest.mark.parametrize("path", sorted(TEMPLATES.glob("components/*.html")), ids=lambda p: p.stem)
def test_component_is_in_the_gallery(path):
    shown = "".join(page.read_text() for page in TEMPLATES.glob("ui/gallery/*.html"))
    used = shown + "".join(page.read_text() for page in TEMPLATES.glob("forms/*.html"))
    assert f'"components/{path.stem}.html"' in used


def test_gallery_is_not_in_a_live_place(settings):
    settings.LIVE = True
    with pytest.raises(Http404):
        views.gallery(ask())
    with pytest.raises(Http404):
        views.error_preview(ask(), "not-found")


@pytest.mark.parametrize("page", views.PREVIEWS)
def test_each_error_page_has_a_preview(page):
    assert views.error_preview(ask(), page).status_code >= 400


def test_unknown_preview_is_not_found():
    with pytest.raises(Http404):
        views.error_preview(ask(), "other")
