"""Pages are made of their own area's parts and of ui's; nothing is inline; each part is named."""

import re

import pytest

from tests.house.source import PACKAGE, name_of

TEMPLATES = sorted(
    file
    for file in PACKAGE.glob("*/jinja2/**/*")
    if file.is_file() and file.suffix in {".html", ".txt"}
)
PAGES = [file for file in TEMPLATES if file.suffix == ".html"]
COMPONENTS = sorted((PACKAGE / "ui/jinja2/components").glob("*.html"))
NAMED = re.compile(r"""{%-?\s*(?:extends|include|import|from)\s+(["'])([^"']+)\1\s*(~?)""")
# `base` is front.html or desk.html, as the one who looks is signed in or not.
MENTIONED = re.compile(r"{%-?\s*(?:extends(?!\s+base\s)|include|import|from)\s")
INLINE = re.compile(
    r"""\sstyle=|\son[a-z]+=|<style\b|<script(?![^>]*(?:\bsrc=|type="application/json"))""",
    re.IGNORECASE,
)
MOST_LINES = 200
IDS = {"ids": lambda file: str(file.relative_to(PACKAGE))}


def area_of(file):
    """The area in whose folder a template lies."""
    return file.relative_to(PACKAGE).parts[0]


def homes(name):
    """The areas that have a template of that name; Django's own form templates count as ui's."""
    found = {area_of(path) for path in PACKAGE.glob(f"*/jinja2/{name}")}
    return found or ({"ui"} if name.startswith("django/forms/") else set())


@pytest.mark.parametrize("file", TEMPLATES, **IDS)
def test_a_template_names_only_its_own_area_and_ui(file):
    words = file.read_text()
    named = NAMED.findall(words)
    assert len(named) == len(MENTIONED.findall(words)), "each name opens with fixed words in quotes"
    for _, name, goes_on in named:
        if goes_on:  # the rest is found while it runs, but within a folder of this area
            assert name.startswith(f"{area_of(file)}/"), f"{name_of(file)} may borrow {name}…"
            continue
        found = homes(name)
        assert found, f"{name_of(file)}: {name} is not there"
        assert found <= {area_of(file), "ui"}, f"{name_of(file)} borrows {name}"


@pytest.mark.parametrize("file", PAGES, **IDS)
def test_nothing_is_inline(file):
    assert INLINE.findall(file.read_text()) == []


@pytest.mark.parametrize("file", PAGES, **IDS)
def test_a_template_is_short(file):
    assert len(file.read_text().splitlines()) <= MOST_LINES


@pytest.mark.parametrize("file", COMPONENTS, **IDS)
def test_a_component_is_one_macro_of_its_name_and_says_what_it_takes(file):
    words = file.read_text()
    assert re.findall(r"{%-?\s*macro\s+(\w+)", words).count(file.stem) == 1
    assert words.lstrip().startswith("{#"), "it opens with a comment that names its parameters"


def test_templates_lie_in_a_folder_of_their_area():
    """So that two areas never shadow each other's pages; ui lends base pages and components."""
    lent = {
        "account",
        "mfa",
        "socialaccount",
        "allauth",
    }  # pages that allauth asks for by these names
    stray = [
        name_of(file)
        for file in TEMPLATES
        if area_of(file) != "ui"
        and file.relative_to(PACKAGE / area_of(file) / "jinja2").parts[0]
        not in {area_of(file), *lent}
    ]
    assert stray == []
