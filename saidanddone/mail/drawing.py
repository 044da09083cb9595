"""Draws a letter once from its template, leaving open places that are filled for each person.

A template writes `{{ each.name }}` where people's copies differ. The place is kept in the text
between two characters that no words may hold, and filling it is plain replacement: whatever
stands in somebody's name is never read as a template.
"""

import re
import secrets
from functools import cache
from html import escape
from typing import Any, NamedTuple

from django.conf import settings
from django.template import TemplateDoesNotExist, engines
from jinja2 import Environment, TemplateNotFound
from mjml import mjml2html

OPEN, SHUT = "\ue000", "\ue001"  # from the range that no alphabet uses
PLACE = re.compile(f"{OPEN}([a-z_]+){SHUT}")
NOT_PLAIN = re.compile(r"[^\n\x20-\x5b\x5d-\x7e]")  # a backslash is none of them either
CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x85\u2028\u2029\ud800-\udfff]")


class Drawn(NamedTuple):
    """A letter's two bodies, with open places."""

    text: str
    html: str


class Each:
    """What `each` is in a template: any name asked of it is an open place."""

    def __init__(self) -> None:
        self._mark = secrets.token_hex(8)  # so that no word in the letter can pass for a place

    def __getattr__(self, name: str) -> "Place":
        if not re.fullmatch("[a-z_]+", name) or name.startswith("_"):
            raise AttributeError(name)
        return Place(f"{OPEN}{self._mark}:{name}{SHUT}")

    def settle(self, drawn: str) -> str:
        """Keep our own places, and take the two characters out of everything else."""
        parts = re.split(f"{OPEN}{self._mark}:([a-z_]+){SHUT}", drawn)
        words = [part.replace(OPEN, "").replace(SHUT, "") for part in parts[::2]]
        names = [f"{OPEN}{name}{SHUT}" for name in parts[1::2]]
        return "".join(word + name for word, name in zip(words, [*names, ""], strict=True))


class Place(str):
    """An open place; it needs no escaping, since what fills it is escaped."""

    __slots__ = ()

    def __html__(self) -> str:
        return self


def draw(template: str, context: dict[str, Any]) -> Drawn:
    """Both bodies of a letter: `…/emails/name.txt`, and `….html` or `….mjml` if there is one."""
    name = template.removesuffix(".txt")
    each = Each()
    around = {**context, "each": each, "site": settings.SITE_ADDRESS}
    text = _rendered(f"{name}.txt", around, escaping=False)
    if text is None:
        raise TemplateDoesNotExist(f"{name}.txt")
    html = _rendered(f"{name}.html", around, escaping=True)
    if html is None:
        html = laid_out(_rendered(f"{name}.mjml", around, escaping=True) or "")
    return Drawn(each.settle(clean(text)).strip() + "\n", each.settle(clean(html)))


def _rendered(name: str, around: dict[str, Any], *, escaping: bool) -> str | None:
    """The template with everything in it; None if there is no template of that name."""
    try:
        return _environment(escaping=escaping).get_template(name).render(around)
    except TemplateNotFound as missing:
        if missing.name != name:
            raise TemplateDoesNotExist(missing.name or "") from missing
        return None


def laid_out(mjml: str) -> str:
    """HTML that old mail programs draw as it is meant, from MJML.

    Its compiler writes some characters inside attributes in a way of its own; so it sees none but
    plain ones, and the others are put back afterwards.
    """
    if not mjml.strip():
        return ""
    mark = secrets.token_hex(8)
    plain = NOT_PLAIN.sub(lambda found: f"{mark}{ord(found[0]):06x}", mjml)
    html = mjml2html(plain)
    return re.sub(f"{mark}([0-9a-f]{{6}})", lambda found: chr(int(found[1], 16)), html)


def _environment(*, escaping: bool) -> Environment:
    """The pages' own environment, with or without escaping."""
    return _overlay(engines["jinja2"].env, escaping)


@cache
def _overlay(environment: Environment, escaping: bool) -> Environment:
    return environment.overlay(autoescape=escaping)


def place(name: str) -> str:
    """An open place for a header, which no template draws."""
    return f"{OPEN}{name}{SHUT}"


def places(*texts: str) -> set[str]:
    """The names of all open places."""
    return {name for text in texts for name in PLACE.findall(text)}


def parts(text: str) -> list[str]:
    """The text cut at its places: words, name, words, name, … words."""
    return PLACE.split(text)


def fill(text: str, values: dict[str, str], *, escaped: bool = False) -> str:
    """One person's copy. What a copy lacks is left out: it was asked for when it was queued."""
    return PLACE.sub(lambda place: value(values, place[1], escaped=escaped), text)


def value(values: dict[str, str], name: str, *, escaped: bool = False) -> str:
    """What stands in one place of one person's copy."""
    words = clean(str(values.get(name, "")))
    return escape(words) if escaped else words


def clean(words: str) -> str:
    """Words as a letter may hold them: no control characters, one kind of line end."""
    return CONTROLS.sub("", words.replace("\r\n", "\n").replace("\r", "\n"))


def one_line(words: str) -> str:
    """Words as a header may hold them."""
    return " ".join(clean(words).split())
