"""Requests and pages for these tests: no database, no browser."""

from types import SimpleNamespace

from django.contrib.auth.models import AnonymousUser
from django.contrib.messages.storage.cookie import CookieStorage
from django.template import engines
from django.test import RequestFactory

PLACE = SimpleNamespace(
    name="Bury Children’s Partnership", short_name="Bury Partnership", place="Bury",
    front_door_number="0161 496 0111", front_door_hours="day or night",
    contact_email="hello@partnership.example", contact_address="Town Hall, Bury",
    logo="", version="7",
)  # fmt: skip


class Person:
    """Somebody signed in, as the base pages see them."""

    is_authenticated = True

    def __init__(self, *roles, organisation="Bury Council", strong=True):
        self.strong = strong
        self.acting_for = (
            SimpleNamespace(roles=list(roles), organisation=organisation) if organisation else None
        )

    def has_role(self, code):
        return bool(self.acting_for and code in self.acting_for.roles)

    def __str__(self):
        return "Nadia Larkspur"


def ask(path="/", *, user=None, post=None, **headers):
    factory = RequestFactory()
    request = factory.get(path, **headers) if post is None else factory.post(path, post, **headers)
    request.user = user or AnonymousUser()
    request.partnership = PLACE
    request.id = "a1b2c3d4e5"
    request._messages = CookieStorage(request)
    return request


def draw(source, request=None, **context):
    """A template, drawn as a page is."""
    return engines["jinja2"].from_string(source).render(context, request=request or ask())


def component(name, call, *, with_context=False, **context):
    """One component, called as a page calls it."""
    more = " with context" if with_context else ""
    return draw(
        f'{{% from "components/{name}.html" import {name}{more} %}}{{{{ {call} }}}}', **context
    )
