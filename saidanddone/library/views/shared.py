"""What the pages of the library have in common: base page, deeds, narrowing, files."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers

from saidanddone.core import clock
from saidanddone.core.files import answer
from saidanddone.core.lifecycle import Living
from saidanddone.library import permissions, states
from saidanddone.library.models import Document, Filed, Practice
from saidanddone.ui.tags import State

Crumbs = list[tuple[str, str]]


def draw(request: HttpRequest, template: str, **context: Any) -> HttpResponse:
    """A page for whoever looks: the public's, or the desk of those who are signed in."""
    context["base"] = "desk.html" if request.user.is_authenticated else "front.html"
    response = render(request, f"library/{template}.html", context)
    patch_vary_headers(response, ["Cookie"])
    return response


def deed(
    request: HttpRequest, title: str, form: forms.Form | None, button: str, *, crumbs: Crumbs,
    **more: Any,
) -> HttpResponse:  # fmt: skip
    """A page with one form and one button."""
    filled = {"intro": "", "grave": False, "warning": ""} | more
    return draw(request, "deed", title=title, form=form, button=button, crumbs=crumbs, **filled)


def typed(request: HttpRequest) -> QueryDict | None:
    """What was sent with a form, however empty; None when somebody only looks."""
    return request.POST if request.method == "POST" else None


def done_already(request: HttpRequest, record: Living, verb: str) -> bool:
    """Whether the deed was overtaken, by a second press or by somebody else; says so kindly."""
    if verb in record.open_verbs():
        return False
    messages.info(request, "That has been done already. This is how it stands now.")
    return True


def document_of(request: HttpRequest, slug: str) -> Document:
    """The document at this address, if this person may read it; not found otherwise."""
    visible = permissions.visible_documents(request.user).with_current().with_owner()
    return get_object_or_404(visible, slug=slug)


def crumbs_to(*more: tuple[str, str]) -> Crumbs:
    """The library, and what lies between it and the page."""
    return [("Library", reverse("library")), *more]


def crumbs_of(document: Document) -> Crumbs:
    """The library and this document."""
    return crumbs_to((document.title, document.get_absolute_url()))


def asked_before(request: HttpRequest) -> str:
    """The address of a narrowed list up to the number of its page."""
    asked = request.GET.copy()
    asked.pop("page", None)
    query = asked.urlencode()
    return f"?{query}&" if query else "?"


def given(filed: Filed, title: str) -> HttpResponse:
    """The file itself, as a download under a name that says what it is."""
    if not filed.file:
        raise Http404
    try:
        file = filed.file.open("rb")
    except FileNotFoundError as gone:
        raise Http404 from gone
    return answer(file, f"{title}.{filed.ending}", filed.media_type)


def in_a_year() -> date:
    """A year from today: when most papers are looked at again."""
    today = clock.today()
    return today.replace(year=today.year + 1, day=min(today.day, 28))


def document_state(document: Document) -> State | None:
    """How a document stands; nothing is said of one that is simply out."""
    if document.state == states.DRAFT:
        return State("s-idle", "Not published yet")
    if document.state == states.WITHDRAWN:
        return State("s-no", "Taken back")
    return None


def practice_state(practice: Practice) -> State | None:
    """How an example stands; nothing is said of one that is simply listed."""
    if practice.is_listed:
        return None
    return {
        states.WAITING: State("s-new", "Waiting to be read", "info"),
        states.ASKED: State("s-with", "A change is asked for", "watch"),
        states.DECLINED: State("s-no", "Not taken"),
        states.WITHDRAWN: State("s-no", "Taken back"),
        states.PUBLISHED: State("s-pause", "Off the list until it is confirmed", "watch"),
    }[practice.state]
